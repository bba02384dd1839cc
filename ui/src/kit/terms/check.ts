/**
 * Terms of suppliers while they are typed: tiers of prices, the schedule of payments, shares in
 * percent. Says what is wrong where it was typed; the core refuses the same again.
 */
import type { MilestoneWord, TermFields, TriggerWord } from "../../contract";
import type { Keyed } from "../lines";

const PPM_OF_PERCENT = 10_000;
export const WHOLE_PPM = 1_000_000;
const DAYS_MAX = 3_650;

/** A price from so many units on, as typed. */
export type Tier = Keyed & { from: number | null; price: string };

/** A share of the price and what makes it fall due, as typed. */
export type Step = Keyed & {
  trigger: TriggerWord;
  milestone: MilestoneWord;
  days: number | null;
  percent: string;
};

export const TRIGGERS: readonly TriggerWord[] = ["accept", "milestone", "before_ship", "receipt"];

export const MILESTONES: readonly MilestoneWord[] = [
  "sample",
  "material_ready",
  "filling",
  "packing",
  "qc",
  "ready",
];

/** Whether a text is a price: not below zero, at most six decimals. */
export const isPrice = (text: string): boolean => /^\d{1,12}(\.\d{1,6})?$/.test(text.trim());

/** A percentage with at most four decimals as parts per million; null when it is none. */
export const ppmOf = (percent: string): number | null => {
  const [, whole, fraction = ""] = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(percent.trim()) ?? [];
  if (whole === undefined) return null;
  return Number(whole) * PPM_OF_PERCENT + Number(fraction.padEnd(4, "0"));
};

/** Parts per million as the percentage that people type. */
export const percentOf = (ppm: number): string => {
  const fraction = String(ppm % PPM_OF_PERCENT)
    .padStart(4, "0")
    .replace(/0+$/, "");
  const whole = String(Math.floor(ppm / PPM_OF_PERCENT));
  return fraction === "" ? whole : `${whole}.${fraction}`;
};

const isBegun = ({ from, price }: Tier): boolean => from !== null || price !== "";

/** The tiers without a line in which nothing stands yet. */
export const begunTiers = (tiers: readonly Tier[]): Tier[] => tiers.filter(isBegun);

export type TierFault = "from" | "rising" | "price" | "moq";

/** What is wrong with each tier: each starts above the one before, the first not above the MOQ. */
export const tierFaults = (tiers: readonly Tier[], moq: number | null): (TierFault | null)[] =>
  tiers.map((tier, at) => {
    const before = tiers[at - 1]?.from ?? 0;
    if (at > 0 && !isBegun(tier)) return null;
    if (tier.from === null || tier.from < 1) return "from";
    if (tier.from <= before) return "rising";
    if (!isPrice(tier.price)) return "price";
    return at === 0 && moq !== null && tier.from > moq ? "moq" : null;
  });

/** The tiers from which on a unit costs more than before: allowed, but worth a look. */
export const risesAt = (tiers: readonly Tier[]): number[] =>
  tiers.flatMap(({ from, price }, at) => {
    const before = tiers[at - 1]?.price ?? price;
    return from !== null && Number(price) > Number(before) ? [from] : [];
  });

export type ScheduleFault = "empty" | "share" | "days" | "order" | "whole";

/** How far in an order's life a share falls due. */
const stageOf = ({ trigger, milestone }: Step): number =>
  TRIGGERS.indexOf(trigger) * 10 + (trigger === "milestone" ? MILESTONES.indexOf(milestone) : 0);

/** All shares together, ppm; what is no share counts nothing. */
export const totalPpm = (steps: readonly Step[]): number =>
  steps.reduce((sum, step) => sum + (ppmOf(step.percent) ?? 0), 0);

/** What is wrong with a schedule, and at which step; a step of null is the whole. */
export const scheduleFault = (
  steps: readonly Step[],
): { fault: ScheduleFault; at: number | null } | null => {
  if (steps.length === 0) return { fault: "empty", at: null };
  for (const [at, step] of steps.entries()) {
    const share = ppmOf(step.percent);
    if (share === null || share < 1 || share > WHOLE_PPM) return { fault: "share", at };
    if ((step.days ?? 0) > DAYS_MAX) return { fault: "days", at };
    const before = steps[at - 1];
    if (before && stageOf(step) < stageOf(before)) return { fault: "order", at };
  }
  return totalPpm(steps) === WHOLE_PPM ? null : { fault: "whole", at: null };
};

export const stepsOf = (terms: readonly TermFields[]): Step[] =>
  terms.map((term, at) => ({
    key: String(at),
    trigger: term.trigger,
    milestone: term.milestone ?? "ready",
    days: term.days,
    percent: percentOf(term.sharePpm),
  }));

export const termsOf = (steps: readonly Step[]): TermFields[] =>
  steps.map(({ trigger, milestone, days, percent }) => ({
    trigger,
    milestone: trigger === "milestone" ? milestone : null,
    days: trigger === "before_ship" ? 0 : (days ?? 0),
    sharePpm: ppmOf(percent) ?? 0,
  }));
