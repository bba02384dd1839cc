/**
 * A receipt while it is typed: what came of which line, and where the next key goes. By keyboard
 * and scanner alone: field by field through each line, behind the last a further lot, and from a
 * lot of which nothing is typed the posting.
 */
import type { OrderLine, ReceiveLine } from "../../contract";
import { readDay } from "../../kit/DayInput";
import { type Keyed, split } from "../../kit/lines";
import { type Scan, sameGoods } from "./scan";

/** A line of the order may come as several lots. */
export type Delivery = Omit<ReceiveLine, "qty"> & Keyed & { qty: number | null };

/** The fields of a line that are walked through, in their order. */
const FIELDS = ["lotNo", "mfgOn", "expiresOn", "qty", "spoilt", "replaces"] as const;

export type Field = (typeof FIELDS)[number];

/** Whether Enter leads through a column. */
export const isField = (name: string): name is Field =>
  (FIELDS as readonly string[]).includes(name);

/** Which fields a receipt asks for, and of which lines one date makes the other. */
export type Asks = { fields: readonly Field[]; keeps: (line: number) => boolean };

/** The fields of a receipt: what the factory spoilt and what is replaced only where it can be. */
export const fieldsOf = (shown: { spoilt: boolean; replaces: boolean }): Field[] =>
  FIELDS.filter((field) => (field === "spoilt" || field === "replaces" ? shown[field] : true));

/** What a further lot of a line says at first: nothing, for it has its own number and dates. */
export const FURTHER = {
  lotNo: "",
  mfgOn: null,
  expiresOn: null,
  qty: null,
  spoilt: 0,
  replaces: null,
} as const;

const open = (line: OrderLine): number => Math.max(0, line.qty - line.received);

const empty = (line: OrderLine, key: string): Delivery => ({
  key,
  line: line.line,
  lotNo: "",
  mfgOn: null,
  expiresOn: null,
  qty: open(line),
  spoilt: 0,
  replaces: null,
});

/** One row for each line that still waits; all lines when none does. */
export const firstDeliveries = (lines: OrderLine[]): Delivery[] => {
  const waiting = lines.filter((line) => open(line) > 0);
  return (waiting.length > 0 ? waiting : lines).map((line) => empty(line, `${line.line}`));
};

/** What is sent: rows of nothing are left out. */
export const delivered = (rows: Delivery[]): ReceiveLine[] =>
  rows.flatMap(({ key: _, qty, lotNo, ...row }) =>
    qty !== null && (qty > 0 || row.spoilt > 0) ? [{ ...row, qty, lotNo: lotNo.trim() }] : [],
  );

/** Whether nothing is typed of a lot yet. */
const isBlank = (row: Delivery): boolean =>
  Object.entries(FURTHER).every(([name, value]) => row[name as keyof typeof FURTHER] === value);

/**
 * Where Enter goes from a field. One date is enough where the shelf life makes the other of it.
 * `more`: behind the last line comes a further lot of it; `post`: from a lot left blank.
 */
export const next = (
  rows: Delivery[],
  at: { key: string; field: Field },
  { fields, keeps }: Asks,
): { key: string; field: Field } | "more" | "post" => {
  const index = rows.findIndex(({ key }) => key === at.key);
  const row = rows[index];
  const following = rows[index + 1];
  if (row === undefined || (isBlank(row) && following === undefined)) return "post";
  const one = (row.mfgOn !== null || row.expiresOn !== null) && keeps(row.line);
  const after = fields.slice(fields.indexOf(at.field) + 1);
  const field = after.find((it) => !one || (it !== "mfgOn" && it !== "expiresOn"));
  if (field !== undefined) return { key: at.key, field };
  return following === undefined ? "more" : { key: following.key, field: "lotNo" };
};

const DIGITS_OF_A_DAY = 8;

/** The day that was typed where a quantity belongs: eight digits of one, and more than is open. */
export const dayForQty = ({ qty, line }: Delivery, lines: OrderLine[]): string | null => {
  const typed = String(qty ?? "");
  const waits = lines.find((known) => known.line === line);
  const fits = qty === null || (waits !== undefined && qty <= open(waits));
  return fits || typed.length !== DIGITS_OF_A_DAY ? null : readDay(typed);
};

/** What a scan says, and nothing else of a row. */
const told = (scan: Scan): Partial<Delivery> => ({
  ...(scan.lotNo === null ? {} : { lotNo: scan.lotNo }),
  ...(scan.mfgOn === null ? {} : { mfgOn: scan.mfgOn }),
  ...(scan.expiresOn === null ? {} : { expiresOn: scan.expiresOn }),
  ...(scan.qty === null ? {} : { qty: scan.qty }),
});

/** The row that a scan is for: the one where it was scanned, else one of the goods it names. */
const rowFor = (
  rows: Delivery[],
  at: string,
  scan: Scan,
  gtinOf: (line: number) => string | null,
): Delivery | undefined => {
  const here = rows.find(({ key }) => key === at);
  const { gtin } = scan;
  if (gtin === null || here === undefined) return here;
  const isOf = (row: Delivery): boolean => {
    const known = gtinOf(row.line);
    return known !== null && sameGoods(known, gtin);
  };
  if (isOf(here)) return here;
  const others = rows.filter(isOf);
  return others.find((row) => row.lotNo === "") ?? others[0];
};

export type Scanned = { rows: Delivery[]; key: string } | "unknown";

/**
 * A scan at a row: fills the row of the goods that it names. Another lot of a row that has one
 * already becomes a part of it. Goods that the order has not are not taken.
 */
export const scanned = (
  rows: Delivery[],
  at: string,
  scan: Scan,
  gtinOf: (line: number) => string | null,
): Scanned => {
  const row = rowFor(rows, at, scan, gtinOf);
  const here = rows.find(({ key }) => key === at);
  // Goods without a number of their own are taken for what stands where it was scanned.
  const target = row ?? (here && gtinOf(here.line) === null ? here : undefined);
  if (target === undefined) return "unknown";
  const other = target.lotNo !== "" && scan.lotNo !== null && target.lotNo !== scan.lotNo;
  if (!other || target.key === at) {
    const filled = rows.map((one) => (one.key === target.key ? { ...one, ...told(scan) } : one));
    return { rows: filled, key: target.key };
  }
  const parted = split(rows, target, { ...FURTHER, ...told(scan) });
  return { rows: parted, key: parted[parted.indexOf(target) + 1]?.key ?? target.key };
};
