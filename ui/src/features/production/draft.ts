/** An order while it is typed: what an offer fills in, what is still missing, what is sent. */
import type {
  Day,
  Id,
  LossBaseWord,
  OfferFields,
  OrderCard,
  OrderKindWord,
  OrderMoney,
  SaveOrder,
} from "../../contract";
import type { Keyed } from "../../kit/lines";
import {
  isPrice,
  percentOf,
  ppmOf,
  type Step,
  scheduleFault,
  stepsOf,
  termsOf,
} from "../../kit/terms/check";

export type Line = Keyed & {
  sku: Id | null;
  qty: number | null;
  price: string;
  /** Whether somebody typed the price, so that no offer takes its place. */
  typed: boolean;
  /** The one that holds when it is issued without. */
  version: Id | null;
};

export type Head = {
  kind: OrderKindWord;
  factory: Id | null;
  deliverTo: Id | null;
  promisedOn: Day | null;
  /** In percent, as people say it. */
  tolerance: string;
  taxRate: string;
  priceIncludesTax: boolean;
  overIsFree: boolean;
  lossBase: LossBaseWord;
  forOrder: Id | null;
  terms: string;
};

export type Draft = {
  head: Head;
  lines: Line[];
  steps: Step[];
  /** Where tax, schedule and loss base are from: nobody's yet, an offer's, or somebody's. */
  terms: "none" | "offer" | "typed";
};

const WHOLE = 1_000_000;

/** All of it when it comes: what holds when nothing is agreed. */
const ON_RECEIPT = { trigger: "receipt", milestone: null, days: 0, sharePpm: WHOLE } as const;

export const emptyLine = (key: string): Line => ({
  key,
  sku: null,
  qty: null,
  price: "",
  typed: false,
  version: null,
});

const NEW: Draft = {
  head: {
    kind: "production",
    factory: null,
    deliverTo: null,
    promisedOn: null,
    tolerance: "0",
    taxRate: "13",
    priceIncludesTax: true,
    overIsFree: false,
    lossBase: "good",
    forOrder: null,
    terms: "",
  },
  lines: [emptyLine("0")],
  steps: stepsOf([ON_RECEIPT]),
  terms: "none",
};

const headOf = (card: OrderCard): Head => ({
  kind: card.row.kind,
  factory: card.row.factory,
  deliverTo: card.deliverTo,
  promisedOn: card.row.promisedOn,
  tolerance: percentOf(card.overTolerancePpm),
  taxRate: percentOf(card.taxRatePpm),
  priceIncludesTax: card.priceIncludesTax,
  overIsFree: card.overIsFree,
  lossBase: card.lossBase,
  forOrder: card.forOrder,
  terms: card.terms,
});

/** What is there to change; without a card a new order. */
export const draftOf = (card: OrderCard | null, money: OrderMoney | null): Draft =>
  card === null
    ? NEW
    : {
        head: headOf(card),
        lines: card.lines.map(({ sku, qty, version }, at) => ({
          key: String(at),
          sku,
          qty,
          price: money?.unitPrices[at] ?? "",
          typed: true,
          version,
        })),
        steps: stepsOf(card.schedule.length > 0 ? card.schedule : [ON_RECEIPT]),
        terms: "typed",
      };

/** The draft with an offer's tax, schedule and loss base, unless somebody has typed them. */
export const withOffer = (draft: Draft, offer: OfferFields | undefined): Draft => {
  if (offer === undefined || draft.terms === "typed") return draft;
  return {
    ...draft,
    head: {
      ...draft.head,
      taxRate: percentOf(offer.taxRatePpm),
      priceIncludesTax: offer.priceIncludesTax,
      overIsFree: !offer.overReceiptPaid,
      lossBase: offer.lossBase,
    },
    steps: stepsOf(offer.terms),
    terms: "offer",
  };
};

const isEmpty = (line: Line): boolean =>
  line.sku === null && line.qty === null && line.price === "";

export const isWhole = (line: Line): boolean =>
  line.sku !== null && line.qty !== null && line.qty > 0 && isPrice(line.price);

/** Whether a text is a tax rate: from 0 to under 100 %. */
export const isRate = (percent: string): boolean => (ppmOf(percent) ?? WHOLE) < WHOLE;

/** Whether a text is a share that is tolerated: from 0 to 100 %. */
export const isTolerance = (percent: string): boolean => (ppmOf(percent) ?? WHOLE + 1) <= WHOLE;

/** What is sent; null while something is missing. */
export const saveOf = (id: Id | null, draft: Draft): SaveOrder | null => {
  const { head, steps } = draft;
  const { factory, deliverTo, taxRate, tolerance, ...rest } = head;
  const lines = draft.lines.filter((line) => !isEmpty(line));
  if (factory === null || deliverTo === null || !isRate(taxRate) || !isTolerance(tolerance))
    return null;
  if (lines.length === 0 || !lines.every(isWhole) || scheduleFault(steps) !== null) return null;
  return {
    ...rest,
    id,
    factory,
    deliverTo,
    forOrder: head.kind === "purchase" ? head.forOrder : null,
    terms: head.terms.trim(),
    taxRatePpm: ppmOf(taxRate) ?? 0,
    overTolerancePpm: ppmOf(tolerance) ?? 0,
    schedule: termsOf(steps),
    lines: lines.flatMap(({ sku, qty, version }) =>
      sku !== null && qty !== null ? [{ sku, qty, version }] : [],
    ),
    unitPrices: lines.map(({ price }) => price.trim()),
  };
};
