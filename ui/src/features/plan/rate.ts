/** Rates of sale for reading: one decimal is enough; the arithmetic card has more. */

/** A decimal rate with at most one decimal. */
export const rate = (perDay: string): string => {
  const value = Number(perDay);
  const tenths = Math.round(value * 10);
  return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);
};
