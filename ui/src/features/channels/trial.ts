/** What is played with at the bench, and the question to the core that it makes. */
import type { RunBench } from "../../contract";
import { NOTHING_ASKED } from "../../kit/bench";
import { isPrice, ppmOf } from "../../kit/terms/check";

export type Trial = {
  sku: string | null;
  /** One price in all channels; null asks each channel's own. */
  price: string | null;
  /** Null takes that of the goods. */
  unitCost: string | null;
  /** What the brand takes off each order by a coupon; null is none. */
  coupon: string | null;
  /** What an agent adds to the price, inside it, where rules let one; null is nothing. */
  markUp: string | null;
  /** In percent; null takes what each channel assumes. */
  returns: string | null;
  /** Packing and freight of an order; null takes what each channel assumes. */
  packing: string | null;
};

export const nothingTried: Trial = {
  sku: null,
  price: null,
  unitCost: null,
  coupon: null,
  markUp: null,
  returns: null,
  packing: null,
};

const ALL_PPM = 1_000_000;

/** Whether a text is an amount that can be asked for: at most two decimals. */
export const isAmount = (text: string): boolean =>
  isPrice(text) && /^\d{1,7}(\.\d{1,2})?$/.test(text.trim());

/** Whether a text is a share of 0 to 100 percent. */
export const isShare = (text: string): boolean => (ppmOf(text) ?? ALL_PPM + 1) <= ALL_PPM;

/** The question to the core; null while there is neither goods nor a price and a cost. */
export const benchOf = (trial: Trial): RunBench | null => {
  const { sku, price, unitCost, coupon, markUp, returns, packing } = trial;
  if (sku === null && (price === null || unitCost === null)) return null;
  const returnPpm = returns === null ? null : ppmOf(returns);
  return {
    ...NOTHING_ASKED,
    sku,
    price,
    unitCost,
    coupon,
    markUp,
    overrides: { ...NOTHING_ASKED.overrides, packing, returnPpm },
  };
};

/** A round end of a slider that leaves room on both sides of an amount. */
export const sliderEnd = (amount: string | null, least: number): number => {
  const wanted = Math.max(least, 2 * Number(amount ?? 0));
  const step = 10 ** Math.max(1, Math.floor(Math.log10(wanted)));
  return Math.ceil(wanted / step) * step;
};
