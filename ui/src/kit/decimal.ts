/** Arithmetic on decimal strings, exact: price times units, and sums. */
import type { Amount } from "../contract";

/** Units at a unit price, rounded half up to `digits` places. */
export const times = (unitPrice: string, units: number, digits = 2): string => {
  const negative = unitPrice.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? unitPrice.slice(1) : unitPrice).split(".");
  const exact = BigInt(whole + fraction) * BigInt(units);
  const cut = 10n ** BigInt(Math.max(0, fraction.length - digits));
  const pad = 10n ** BigInt(Math.max(0, digits - fraction.length));
  const rounded = ((exact + cut / 2n) / cut) * pad;
  const text = rounded.toString().padStart(digits + 1, "0");
  const value = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return negative && rounded !== 0n ? `-${value}` : value;
};

/** A decimal text as a whole number and how many of its digits are decimals. */
export const exact = (amount: Amount): [bigint, number] => {
  const [whole = "0", fraction = ""] = amount.replace("-", "").split(".");
  const units = BigInt(whole + fraction);
  return [amount.startsWith("-") ? -units : units, fraction.length];
};

/** The sum of decimal texts, with as many decimals as the longest has. */
export const sumOf = (amounts: readonly Amount[]): Amount => {
  const read = amounts.map(exact);
  const digits = Math.max(2, ...read.map(([, length]) => length));
  const total = read.reduce((sum, [units, at]) => sum + units * 10n ** BigInt(digits - at), 0n);
  const text = (total < 0n ? -total : total).toString().padStart(digits + 1, "0");
  return `${total < 0n ? "-" : ""}${text.slice(0, -digits)}.${text.slice(-digits)}`;
};
