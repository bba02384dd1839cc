/** Where what a lot cost is now, as parts of a bar. */
import type { Amount, LotCostCard } from "../../contract";

type Where =
  | "onHand"
  | "sold"
  | "used"
  | "lost"
  | "writtenOff"
  | "atPartner"
  | "claimed"
  | "passed";

export type CostPart = {
  where: Where;
  amount: Amount;
  /** Of what was passed on, into which lot. */
  into: LotCostCard["passed"][number] | null;
};

const HELD: readonly Exclude<Where, "passed">[] = [
  "onHand",
  "sold",
  "used",
  "lost",
  "writtenOff",
  "atPartner",
  "claimed",
];

const isZero = (amount: Amount): boolean => /^-?0*(\.0*)?$/.test(amount);

/** The parts that hold something, in the order in which the bar shows them. */
export const costParts = (card: LotCostCard): CostPart[] => [
  ...HELD.map((where): CostPart => ({ where, amount: card[where], into: null })).filter(
    ({ amount }) => !isZero(amount),
  ),
  ...card.passed
    .filter(({ amount }) => !isZero(amount))
    .map((into): CostPart => ({ where: "passed", amount: into.amount, into })),
];

/** How wide a part of the bar is, in percent; only a picture, so approximate. */
export const widthOf = (part: Amount, parts: readonly CostPart[]): number => {
  const whole = parts.reduce((sum, { amount }) => sum + Math.abs(Number(amount)), 0);
  return whole === 0 ? 0 : (100 * Math.abs(Number(part))) / whole;
};
