/** Arithmetic on decimal strings, exact: for the one product the window makes, price times units. */

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
