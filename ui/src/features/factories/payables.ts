/** What is to be paid: in which order it is shown, and sums that are exact to the cent. */
import type { Amount, OrderRow, PayableRow } from "../../contract";
import { exact, sumOf } from "../../kit/decimal";

/** Whether an amount is more than nothing. */
export const isOpen = (amount: Amount): boolean => exact(amount)[0] > 0n;

/** Whether a text is an amount that can be billed: above zero, at most two decimals. */
export const isAmount = (text: string): boolean =>
  /^\d{1,12}(\.\d{1,2})?$/.test(text.trim()) && isOpen(text.trim());

/** Whether a text is an amount of at least zero. */
export const isAmountOrZero = (text: string): boolean => /^\d{1,12}(\.\d{1,2})?$/.test(text.trim());

/** By due day, the oldest first; what has no day yet comes last. */
export const byDueDay = (rows: readonly PayableRow[]): PayableRow[] =>
  [...rows].sort(
    (a, b) =>
      (a.due.dueOn ?? "9999").localeCompare(b.due.dueOn ?? "9999") ||
      a.number.localeCompare(b.number),
  );

export type PayableSums = { late: Amount; soon: Amount; later: Amount; planned: Amount };

const SOON_DAYS = 30;

/** What is late, due within 30 days, later, and not due before something happens. */
export const payableSums = (rows: readonly PayableRow[]): PayableSums => {
  const sum = (fits: (late: number | null) => boolean): Amount =>
    sumOf(rows.filter(({ lateDays }) => fits(lateDays)).map(({ due }) => due.open));
  return {
    late: sum((late) => late !== null && late > 0),
    soon: sum((late) => late !== null && late <= 0 && late >= -SOON_DAYS),
    later: sum((late) => late !== null && late < -SOON_DAYS),
    planned: sum((late) => late === null),
  };
};

/**
 * What of an amount with tax is tax, rounded half up to the cent: a proposal for an invoice that
 * has its own figures printed on it.
 */
export const shareOfTax = (gross: Amount, ratePpm: number): { net: Amount; tax: Amount } => {
  const [units, digits] = exact(gross);
  const cents = units * 10n ** BigInt(Math.max(0, 2 - digits));
  const whole = BigInt(1_000_000 + ratePpm);
  const tax = (2n * cents * BigInt(ratePpm) + whole) / (2n * whole);
  const text = (value: bigint): Amount => {
    const padded = value.toString().padStart(3, "0");
    return `${padded.slice(0, -2)}.${padded.slice(-2)}`;
  };
  return { net: text(cents - tax), tax: text(tax) };
};

/** Whether lots have come of an order: a bill is spread over them. */
export const hasLots = ({ received }: OrderRow): boolean => received > 0;

/**
 * Whether an order can be invoiced: its goods came, or they are still to come and the invoice comes
 * before them.
 */
export const canBeInvoiced = (order: OrderRow): boolean =>
  hasLots(order) || order.state === "issued" || order.state === "accepted";

/** The orders of which that holds, the newest first. */
export const ordersOf = (orders: OrderRow[], holds: (order: OrderRow) => boolean): OrderRow[] =>
  orders.filter(holds).sort((a, b) => (b.issuedOn ?? "").localeCompare(a.issuedOn ?? ""));
