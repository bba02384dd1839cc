/** The picture of a lot's genealogy and the parts of its cost. */
import { describe, expect, it } from "vitest";
import type { Genealogy, GenealogyLot, GenealogyStep, LotCostCard } from "../src/contract";
import { costParts, widthOf } from "../src/features/stock/cost";
import {
  type Box,
  curve,
  type Line,
  layoutOf,
  NARROW,
  ROOMY,
  type Sizes,
  stem,
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

/** Boxes and the words on lines, as the rectangles that they cover. */
type Covered = { x: number; y: number; width: number; height: number };
const ofBox = ({ x, y, height }: Box, { width }: Sizes): Covered => ({ x, y, width, height });
const ofLabel = ({ label, steps }: Line, sizes: Sizes): Covered => {
  const height = steps.length * sizes.row;
  return { x: label.x, y: label.y - height / 2, width: sizes.label, height };
};
const overlap = (a: Covered, b: Covered): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Points of a line's curve between its ends. */
const pointsOf = ({ from, to }: Line): { x: number; y: number }[] =>
  Array.from({ length: 19 }, (_, at) => {
    const t = (at + 1) / 20;
    const bend = (to.x - from.x) / 2;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3];
    return {
      x: a * from.x + b * (from.x + bend) + c * (to.x - bend) + d * to.x,
      y: (a + b) * from.y + (c + d) * to.y,
    };
  });

describe("a genealogy's picture", () => {
  it("has every lot once, none on another, all inside, made-of to the left", () => {
    for (let n = 1; n <= 200; n += 1) {
      const genealogy = family(n);
      const sizes = n % 2 === 0 ? ROOMY : NARROW;
      const { boxes, lines, width, height } = layoutOf(genealogy, sizes);
      expect(boxes.map((box) => box.lot.id).sort()).toEqual(
        genealogy.lots.map(({ id }) => id).sort(),
      );
      const all = [
        ...boxes.map((box) => ofBox(box, sizes)),
        ...lines.map((line) => ofLabel(line, sizes)),
      ];
      const clash = all.some((a, at) => all.slice(at + 1).some((b) => overlap(a, b)));
      expect(clash).toBe(false);
      for (const one of all) {
        expect(one.x >= 0 && one.x + one.width <= width).toBe(true);
        expect(one.y >= 0 && one.y + one.height <= height).toBe(true);
      }
      // No line runs through words or boxes.
      const through = lines
        .flatMap(pointsOf)
        .some(({ x, y }) => all.some((one) => overlap({ x, y, width: 0, height: 0 }, one)));
      expect(through).toBe(false);
      expect(lines.flatMap(({ steps }) => steps)).toHaveLength(genealogy.steps.length);
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

  it("says on one line all that went from a lot into another, apart from what others say", () => {
    const parents = ["a", "b", "c", "d", "e", "f"];
    const lots = [lot("m", 0), ...parents.map((id) => lot(id, -1))];
    const steps = parents.flatMap((id) => [
      step(id, "m"),
      { ...step(id, "m"), kind: "loss_allowed" as const, qty: 600 },
    ]);
    const { lines, boxes } = layoutOf({ lots, steps }, NARROW);
    expect(lines.map((line) => line.steps.length)).toEqual(parents.map(() => 2));
    const labels = lines.map((line) => ofLabel(line, NARROW));
    expect(labels.some((a, at) => labels.slice(at + 1).some((b) => overlap(a, b)))).toBe(false);
    // Its words stand beside the lot that they are about.
    for (const line of lines) {
      const box = boxes.find((one) => one.lot.id === line.steps[0]?.from);
      expect(box && box.y <= line.label.y && line.label.y <= box.y + box.height).toBe(true);
    }
  });

  it("goes past a column between two lots", () => {
    const lots = [lot("box", -2), lot("part", -1), lot("set", 0)];
    const steps = [step("box", "part"), step("part", "set"), step("box", "set")];
    const { lines } = layoutOf({ lots, steps }, ROOMY);
    const labels = lines.map((line) => ofLabel(line, ROOMY));
    expect(labels.some((a, at) => labels.slice(at + 1).some((b) => overlap(a, b)))).toBe(false);
    expect(lines).toHaveLength(3);
  });

  it("leaves out a step to a lot that is not there", () => {
    const { lines } = layoutOf({ lots: [lot("a", 0)], steps: [step("a", "gone")] }, ROOMY);
    expect(lines).toEqual([]);
  });

  it("draws from the words beside a box to the left edge of the next", () => {
    const { lines } = layoutOf(
      { lots: [lot("a", -1), lot("b", 0)], steps: [step("a", "b")] },
      ROOMY,
    );
    expect(lines.map(curve)).toEqual([
      `M${ROOMY.width + ROOMY.label} 25 C284 25 284 25 ${ROOMY.width + ROOMY.gapX} 25`,
    ]);
    // And behind the words, from their box.
    expect(lines.map((line) => stem(line, ROOMY))).toEqual([`M${ROOMY.width} 25 h${ROOMY.label}`]);
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
    elsewhere: "3014.51",
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
