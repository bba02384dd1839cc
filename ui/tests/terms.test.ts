/** Terms while they are typed: what the editors refuse, and that they give back what they got. */
import { describe, expect, it } from "vitest";
import type { OfferRow, TermFields } from "../src/contract";
import { bomDraft, bomOf, emptyLine, isBomLine } from "../src/kit/terms/bom";
import {
  percentOf,
  ppmOf,
  risesAt,
  type Step,
  scheduleFault,
  stepsOf,
  type Tier,
  termsOf,
  tierFaults,
} from "../src/kit/terms/check";
import { draftOf, newOffer, offerOf } from "../src/kit/terms/offer";

const tier = (from: number | null, price: string): Tier => ({ key: `${from}`, from, price });

const step = (trigger: Step["trigger"], percent: string, more: Partial<Step> = {}): Step => ({
  key: `${trigger} ${percent}`,
  trigger,
  milestone: "ready",
  days: 0,
  percent,
  ...more,
});

describe("shares in percent", () => {
  it("are exact both ways for every share of four decimals", () => {
    for (let ppm = 0; ppm <= 1_000_000; ppm += 1_237) expect(ppmOf(percentOf(ppm))).toBe(ppm);
    expect(percentOf(130_000)).toBe("13");
    expect(percentOf(333_333)).toBe("33.3333");
    expect(percentOf(100)).toBe("0.01");
  });

  it("take nothing that is no percentage", () => {
    expect(["", "x", "-1", "1.23456", "1e2", "1,5", ".5"].map(ppmOf)).toEqual(
      Array.from({ length: 7 }, () => null),
    );
  });
});

describe("tiers", () => {
  it("rise one above the other and begin at the MOQ or below", () => {
    expect(tierFaults([tier(3000, "8.60"), tier(10000, "8.10")], 3000)).toEqual([null, null]);
    expect(tierFaults([tier(3000, "8.60"), tier(3000, "8.10")], 3000)).toEqual([null, "rising"]);
    expect(tierFaults([tier(3001, "8.60")], 3000)).toEqual(["moq"]);
    expect(tierFaults([tier(null, "8"), tier(0, "8")], 1)).toEqual(["from", "from"]);
    expect(tierFaults([tier(1, ""), tier(2, "8.1234567"), tier(3, "-1")], 1)).toEqual([
      "price",
      "price",
      "price",
    ]);
  });

  it("tell where a unit becomes dearer", () => {
    expect(risesAt([tier(1, "8"), tier(10, "9"), tier(20, "7"), tier(30, "7")])).toEqual([10]);
  });
});

describe("a payment schedule", () => {
  it("is a hundred per cent in the order in which it falls due", () => {
    const deposit = step("accept", "30");
    const filling = step("milestone", "20", { milestone: "filling" });
    const sample = step("milestone", "20", { milestone: "sample" });
    expect(scheduleFault([deposit, filling, step("receipt", "50")])).toBeNull();
    expect(scheduleFault([step("before_ship", "70"), deposit])).toEqual({ fault: "order", at: 1 });
    expect(scheduleFault([filling, sample, step("receipt", "60")])).toEqual({
      fault: "order",
      at: 1,
    });
    expect(scheduleFault([deposit, step("receipt", "69.9999")])).toEqual({
      fault: "whole",
      at: null,
    });
  });

  it("has no empty share, no share beyond all, and no day beyond ten years", () => {
    expect(scheduleFault([])).toEqual({ fault: "empty", at: null });
    expect(scheduleFault([step("accept", "0")])).toEqual({ fault: "share", at: 0 });
    expect(scheduleFault([step("accept", "101")])).toEqual({ fault: "share", at: 0 });
    const far = step("receipt", "100", { days: 3_651 });
    expect(scheduleFault([far])).toEqual({ fault: "days", at: 0 });
  });

  it("comes back as it went in, a milestone only where it counts", () => {
    const terms: TermFields[] = [
      { trigger: "accept", milestone: null, days: 3, sharePpm: 300_000 },
      { trigger: "milestone", milestone: "packing", days: 0, sharePpm: 200_000 },
      { trigger: "before_ship", milestone: null, days: 0, sharePpm: 500_000 },
    ];
    expect(termsOf(stepsOf(terms))).toEqual(terms);
  });
});

describe("an offer", () => {
  const offer: OfferRow = {
    id: "o1",
    partnerName: "F",
    skuCode: "S",
    skuName: { zh: "S", en: "S" },
    current: true,
    fields: {
      partner: "p1",
      sku: "s1",
      tiersFrom: [3000, 10000],
      taxRatePpm: 130_000,
      priceIncludesTax: true,
      moq: 3000,
      multiple: 500,
      leadDaysMean: 25,
      leadDaysP90: 34,
      terms: [{ trigger: "receipt", milestone: null, days: 30, sharePpm: 1_000_000 }],
      lossBase: "good_and_rejected",
      overReceiptPaid: true,
      from: "2026-01-01",
      to: null,
    },
  };
  const draft = draftOf(offer, ["8.6", "8.1"]);

  it("comes back as it went in", () => {
    expect(offerOf("o1", draft)).toEqual({
      id: "o1",
      fields: offer.fields,
      unitPrices: ["8.60", "8.10"],
    });
  });

  it("is sent without a tier in which nothing stands yet", () => {
    const tiers = [...draft.tiers, tier(null, "")];
    expect(tierFaults(tiers, 3000)).toEqual([null, null, null]);
    expect(offerOf("o1", { ...draft, tiers })).toEqual(offerOf("o1", draft));
    expect(offerOf("o1", { ...draft, tiers: [tier(null, "")] })).toBeNull();
  });

  it("is not sent while something is missing or wrong", () => {
    expect(offerOf(null, newOffer("2026-11-22", "s1"))).toBeNull();
    expect(offerOf("o1", { ...draft, leadDaysP90: 24 })).toBeNull();
    expect(offerOf("o1", { ...draft, to: "2025-12-31" })).toBeNull();
    expect(offerOf("o1", { ...draft, taxPercent: "" })).toBeNull();
    expect(offerOf("o1", { ...draft, moq: 2999 })).toBeNull();
    expect(offerOf("o1", { ...draft, steps: [] })).toBeNull();
  });
});

describe("a bill of materials", () => {
  const bom = {
    id: "b1",
    sku: "s1",
    factory: "p1",
    version: null,
    from: "2026-01-01",
    to: null,
    lines: [
      { material: "m1", per1000: 1000, allowancePpm: 20_000, suppliedBy: "brand" as const },
      { material: "m2", per1000: 500, allowancePpm: 0, suppliedBy: "factory" as const },
    ],
  };

  it("comes back as it went in", () => {
    expect(bomOf("b1", bomDraft(bom, null, "2026-11-22"))).toEqual(bom);
  });

  it("is sent without a line that nobody has touched, and not with one that somebody has", () => {
    const draft = bomDraft(bom, null, "2026-11-22");
    const withThird = (part: object) => ({
      ...draft,
      lines: [...draft.lines, { ...emptyLine("2"), ...part }],
    });
    expect(bomOf("b1", withThird({}))).toEqual(bom);
    expect(bomOf("b1", withThird({ per1000: 2000 }))).toBeNull();
  });

  it("names a material once, not the goods themselves, and keeps something", () => {
    const draft = bomDraft(bom, null, "2026-11-22");
    const [first = emptyLine("0"), second = emptyLine("1")] = draft.lines;
    const withSecond = (part: object) => ({ ...draft, lines: [first, { ...second, ...part }] });
    for (const part of [{ material: "m1" }, { material: "s1" }, { per1000: null }])
      expect(bomOf("b1", withSecond(part))).toBeNull();
    expect(bomOf("b1", withSecond({ allowance: "100" }))).toBeNull();
    expect(isBomLine(second, draft)).toBe(true);
    expect(bomOf("b1", { ...draft, lines: [] })).toBeNull();
  });
});
