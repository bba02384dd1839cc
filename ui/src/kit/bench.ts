/** The margin bench asked about nothing yet: what every question to it starts from. */
import type { RunBench } from "../contract";

export const NOTHING_ASKED: RunBench = {
  sku: null,
  unitCost: null,
  price: null,
  category: null,
  qty: null,
  channels: [],
  coupon: null,
  markUp: null,
  overrides: {
    packing: null,
    feeVatPpm: null,
    returnPpm: null,
    returnLoss: null,
    destruction: null,
  },
  belowCost: null,
};
