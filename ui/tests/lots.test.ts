/** The picture of a lot's genealogy and the parts of its cost. */
import { describe, expect, it } from "vitest";
import type { Genealogy, GenealogyLot, GenealogyStep, LotCostCard } from "../src/contract";
import { costParts, widthOf } from "../src/features/stock/cost";
import {
  type Box,
  curve,
  layoutOf,
  NARROW,
  ROOMY,
  type Sizes,
} from "../src/features/stock/descent";

const lot = (id: string, depth: number): GenealogyLot => ({
  id,
  lotNo: id,
  sku: id,
  skuCode: id,
  skuName: { zh: id, en: id },
  expiresOn: null,
  order: null,
  depth,
});

const step = (from: string, to: string): GenealogyStep => ({ from, to, kind: "consumed", qty: 1 });

const seed = (n: number) => {
  let state = n;
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
};

/** Lots in columns of up to four, each made of one or two of the column before. */
const family = (n: number): Genealogy => {
  const random = seed(n);
  const columns = Array.from({ length: 1 + random(6) }, (_, column) =>
    Array.from({ length: column === 2 ? 1 : 1 + random(4) }, (_, row) =>
      lot(`${column}.${row}`, column - 2),
    ),
  );
  const steps = columns.slice(1).flatMap((column, before) =>
    column.flatMap((one) => {
      const parents = columns[before] ?? [];
      return [...new Set([random(parents.length), random(parents.length)])].flatMap((at) => {
        const parent = parents[at];
        return parent ? [step(parent.id, one.id)] : [];
      });
    }),
  );
  return { lots: columns.flat(), steps };
};

const overlap = (a: Box, b: Box, sizes: Sizes): boolean =>
  Math.abs(a.x - b.x) < sizes.width && Math.abs(a.y - b.y) < sizes.height;

describe("a genealogy's picture", () => {
  it("has every lot once, none on another, all inside, made-of to the left", () => {
    for (let n = 1; n <= 200; n += 1) {
      const genealogy = family(n);
      const sizes = n % 2 === 0 ? ROOMY : NARROW;
      const { boxes, lines, width, height } = layoutOf(genealogy, sizes);
      expect(boxes.map((box) => box.lot.id).sort()).toEqual(
        genealogy.lots.map(({ id }) => id).sort(),
      );
      const clash = boxes.some((a, at) => boxes.slice(at + 1).some((b) => overlap(a, b, sizes)));
      expect(clash).toBe(false);
      for (const { x, y } of boxes) {
        expect(x >= 0 && x + sizes.width <= width).toBe(true);
        expect(y >= 0 && y + sizes.height <= height).toBe(true);
      }
      expect(lines).toHaveLength(genealogy.steps.length);
      expect(lines.every((line) => line.from.x < line.to.x)).toBe(true);
    }
  });

  it("puts lots beside those they came of, so that lines need not cross", () => {
    const lots = [lot("m", 0), lot("b", 1), lot("a", 1), lot("bb", 2), lot("aa", 2)];
    const steps = [step("m", "a"), step("m", "b"), step("a", "bb"), step("b", "aa")];
    const { boxes } = layoutOf({ lots, steps }, ROOMY);
    const y = (id: string): number => boxes.find((box) => box.lot.id === id)?.y ?? Number.NaN;
    expect(Math.sign(y("a") - y("b"))).toBe(Math.sign(y("bb") - y("aa")));
  });

  it("leaves out a step to a lot that is not there", () => {
    const { lines } = layoutOf({ lots: [lot("a", 0)], steps: [step("a", "gone")] }, ROOMY);
    expect(lines).toEqual([]);
  });

  it("draws from the right edge to the left edge", () => {
    const { lines } = layoutOf(
      { lots: [lot("a", -1), lot("b", 0)], steps: [step("a", "b")] },
      ROOMY,
    );
    expect(lines.map(curve)).toEqual([
      `M${ROOMY.width} ${ROOMY.height / 2} C196 25 196 25 ${ROOMY.width + ROOMY.gapX} ${ROOMY.height / 2}`,
    ]);
  });
});

describe("a lot's cost", () => {
  const card: LotCostCard = {
    lot: "l",
    lotNo: "L",
    currency: "CNY",
    whole: "75362.83",
    own: "43362.83",
    takenOver: "32000.00",
    units: 5000,
    unitCost: "15.0726",
    onHand: "42203.19",
    sold: "30145.13",
    used: "0.00",
    lost: "0.00",
    writtenOff: "0.00",
    atPartner: "0.00",
    claimed: "0.00",
    passed: [{ lot: "r", lotNo: "R", skuCode: "S", amount: "3014.51" }],
    profit: {
      sold: 2000,
      valued: 0,
      unvalued: 2000,
      value: "0.00",
      cogs: "30145.13",
      valuedCogs: "0.00",
      profit: null,
      derivation: { lines: [] },
    },
  };

  it("shows only parts that hold something, the lots that took it over last", () => {
    const parts = costParts(card);
    expect(parts.map(({ where }) => where)).toEqual(["onHand", "sold", "passed"]);
    const cents = parts.reduce((sum, { amount }) => sum + Number(amount.replace(".", "")), 0);
    expect(cents).toBe(Number(card.whole.replace(".", "")));
  });

  it("fills the bar", () => {
    const parts = costParts(card);
    const widths = parts.map(({ amount }) => widthOf(amount, parts));
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100);
    expect(widthOf("0.00", [])).toBe(0);
  });
});
