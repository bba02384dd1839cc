/** A supplier's offer while it is typed, and back. */
import type { Day, Id, OfferFields, OfferRow, SaveOffer } from "../../contract";
import {
  begunTiers,
  isPrice,
  percentOf,
  ppmOf,
  type Step,
  scheduleFault,
  stepsOf,
  type Tier,
  termsOf,
  tierFaults,
} from "./check";

export type OfferDraft = {
  partner: Id | null;
  sku: Id | null;
  tiers: Tier[];
  taxPercent: string;
  priceIncludesTax: boolean;
  moq: number | null;
  multiple: number | null;
  leadDaysMean: number | null;
  leadDaysP90: number | null;
  steps: Step[];
  lossBase: OfferFields["lossBase"];
  overReceiptPaid: boolean;
  from: Day | null;
  to: Day | null;
};

/** A new offer: a deposit and the rest before the goods leave is what most factories ask for. */
export const newOffer = (today: Day, sku: Id | null): OfferDraft => ({
  partner: null,
  sku,
  tiers: [{ key: "0", from: 1, price: "" }],
  taxPercent: "13",
  priceIncludesTax: true,
  moq: 1,
  multiple: 1,
  leadDaysMean: null,
  leadDaysP90: null,
  steps: [
    { key: "0", trigger: "accept", milestone: "ready", days: 0, percent: "30" },
    { key: "1", trigger: "before_ship", milestone: "ready", days: 0, percent: "70" },
  ],
  lossBase: "good",
  overReceiptPaid: false,
  from: today,
  to: null,
});

/** A price with at least two decimals, as people write it. */
const padded = (price: string): string => {
  const [whole = "", fraction = ""] = price.split(".");
  return whole === "" ? "" : `${whole}.${fraction.padEnd(2, "0")}`;
};

export const draftOf = ({ fields }: OfferRow, prices: readonly string[]): OfferDraft => {
  const { tiersFrom, taxRatePpm, terms, ...rest } = fields;
  return {
    ...rest,
    tiers: tiersFrom.map((from, at) => ({
      key: String(at),
      from,
      price: padded(prices[at] ?? ""),
    })),
    taxPercent: percentOf(taxRatePpm),
    steps: stepsOf(terms),
  };
};

/** What is sent, or null while something is missing or wrong. */
export const offerOf = (id: Id | null, draft: OfferDraft): SaveOffer | null => {
  const { partner, sku, moq, multiple, leadDaysMean, leadDaysP90, from, to } = draft;
  const taxRatePpm = ppmOf(draft.taxPercent);
  const tiers = begunTiers(draft.tiers);
  if (partner === null || sku === null || from === null || taxRatePpm === null) return null;
  if (moq === null || multiple === null || leadDaysMean === null || leadDaysP90 === null)
    return null;
  if (leadDaysP90 < leadDaysMean || (to !== null && to < from)) return null;
  if (tiers.length === 0 || tierFaults(tiers, moq).some((fault) => fault !== null)) return null;
  if (scheduleFault(draft.steps) !== null) return null;
  return {
    id,
    fields: {
      partner,
      sku,
      tiersFrom: tiers.map((tier) => tier.from ?? 0),
      taxRatePpm,
      priceIncludesTax: draft.priceIncludesTax,
      moq,
      multiple,
      leadDaysMean,
      leadDaysP90,
      terms: termsOf(draft.steps),
      lossBase: draft.lossBase,
      overReceiptPaid: draft.overReceiptPaid,
      from,
      to,
    },
    unitPrices: tiers.map(({ price }) => price.trim()).filter(isPrice),
  };
};
