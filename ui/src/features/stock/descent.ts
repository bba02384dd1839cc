/** Where the boxes and lines of a lot's genealogy go: made of on the left, went into on the right. */
import type { Genealogy, GenealogyLot, GenealogyStep, Id } from "../../contract";

/** Sizes of a picture in pixels. */
export type Sizes = {
  width: number;
  /** Of a box; one that has more words beside it than fit is as high as they are. */
  height: number;
  gapX: number;
  gapY: number;
  /** How wide the words on a line are, and how high what one step says. */
  label: number;
  row: number;
};

export const ROOMY: Sizes = { width: 150, height: 50, gapX: 152, gapY: 12, label: 116, row: 17 };

/** So that three columns fit beside a list; units stand above what became of them. */
export const NARROW: Sizes = { width: 100, height: 50, gapX: 82, gapY: 10, label: 56, row: 31 };

export type Box = { lot: GenealogyLot; x: number; y: number; height: number };

type Point = { x: number; y: number };

/** What went from one lot into another: one line, with words at the box that has fewer lines. */
export type Line = {
  /** Of one pair of lots, each in its own way. */
  steps: GenealogyStep[];
  /** Where the curve begins and ends: at a box, or behind the words beside it. */
  from: Point;
  to: Point;
  /** Middle of the left edge of the words. */
  label: Point;
};

export type Layout = { boxes: Box[]; lines: Line[]; width: number; height: number };

/** The lots by depth, from what the lot was made of to what it went into. */
const columnsOf = (lots: readonly GenealogyLot[]): GenealogyLot[][] => {
  const depths = [...new Set(lots.map(({ depth }) => depth))].sort((a, b) => a - b);
  return depths.map((depth) => lots.filter((lot) => lot.depth === depth));
};

/** Puts each column in the order of its neighbours' places, so that fewer lines cross. */
const ordered = (
  columns: GenealogyLot[][],
  steps: readonly GenealogyStep[],
  middle: number,
): GenealogyLot[][] => {
  const rowOf = new Map<Id, number>();
  const seat = (column: GenealogyLot[]): void => {
    for (const [row, { id }] of column.entries()) rowOf.set(id, row - (column.length - 1) / 2);
  };
  const neighbours = (id: Id): number[] =>
    steps.flatMap(({ from, to }) => {
      const other = from === id ? to : to === id ? from : null;
      const row = other === null ? undefined : rowOf.get(other);
      return row === undefined ? [] : [row];
    });
  const weight = ({ id }: GenealogyLot): number => {
    const rows = neighbours(id);
    return rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + row, 0) / rows.length;
  };
  const out = columns.map((column) => [...column]);
  const distances = out
    .map((_, at) => at)
    .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  for (const at of distances) {
    const weights = new Map(out[at]?.map((lot) => [lot.id, weight(lot)]));
    out[at]?.sort(
      (a, b) =>
        (weights.get(a.id) ?? 0) - (weights.get(b.id) ?? 0) || a.lotNo.localeCompare(b.lotNo),
    );
    seat(out[at] ?? []);
  }
  return out;
};

/** A line before it has a place: between which columns, and at which end its words stand. */
type Strand = { steps: GenealogyStep[]; ends: [Id, Id]; at: "from" | "to"; height: number };

/** The steps of each pair of lots together. */
const pairsOf = (steps: readonly GenealogyStep[], known: ReadonlyMap<Id, number>) => {
  const pairs = new Map<string, GenealogyStep[]>();
  for (const step of steps) {
    if (!known.has(step.from) || !known.has(step.to)) continue;
    const key = `${step.from} ${step.to}`;
    pairs.set(key, [...(pairs.get(key) ?? []), step]);
  }
  return [...pairs.values()];
};

/**
 * Words stand where lines are apart: between two columns at the side of the one with more boxes
 * that lines touch, at the left where a line goes past a column.
 */
const strandsOf = (
  steps: readonly GenealogyStep[],
  columnOf: ReadonlyMap<Id, number>,
  sizes: Sizes,
): Strand[] => {
  const all = pairsOf(steps, columnOf).map((pair): Omit<Strand, "at"> & { gap: number | null } => {
    const ends: [Id, Id] = [pair[0]?.from ?? "", pair[0]?.to ?? ""];
    const [left, right] = [columnOf.get(ends[0]) ?? 0, columnOf.get(ends[1]) ?? 0];
    const height = pair.length * sizes.row + LABEL_GAP;
    return { steps: pair, ends, height, gap: right - left === 1 ? left : null };
  });
  const past = new Set(
    all.filter(({ gap }) => gap === null).map(({ ends }) => columnOf.get(ends[0]) ?? 0),
  );
  const touched = (gap: number, end: 0 | 1): number =>
    new Set(all.filter((one) => one.gap === gap).map(({ ends }) => ends[end])).size;
  return all.map(({ gap, ...strand }) => {
    const left = gap === null || past.has(gap) || touched(gap, 0) >= touched(gap, 1);
    return { ...strand, at: left ? "from" : "to" };
  });
};

/** Between the words of two lines. */
const LABEL_GAP = 5;

/** The box whose side the words of a line stand at. */
const holderOf = ({ ends, at }: Strand): Id => ends[at === "from" ? 0 : 1];
const otherOf = ({ ends, at }: Strand): Id => ends[at === "from" ? 1 : 0];

/** Boxes in their columns, each as high as the words at its sides need. */
const boxesOf = (columns: GenealogyLot[][], strands: Strand[], sizes: Sizes): Box[] => {
  const beside = (id: Id, at: Strand["at"]): number =>
    strands
      .filter((one) => one.at === at && holderOf(one) === id)
      .reduce((sum, { height }) => sum + height, 0);
  const high = columns.map((column) =>
    column.map(({ id }) => Math.max(sizes.height, beside(id, "from"), beside(id, "to"))),
  );
  const heightOf = (heights: number[]): number =>
    heights.reduce((sum, height) => sum + height + sizes.gapY, -sizes.gapY);
  const whole = Math.max(sizes.height, ...high.map(heightOf));
  return columns.flatMap((column, at) => {
    const heights = high[at] ?? [];
    let y = (whole - heightOf(heights)) / 2;
    return column.map((lot, row) => {
      const height = heights[row] ?? sizes.height;
      const box = { lot, x: at * (sizes.width + sizes.gapX), y, height };
      y += height + sizes.gapY;
      return box;
    });
  });
};

export const layoutOf = ({ lots, steps }: Genealogy, sizes: Sizes): Layout => {
  const raw = columnsOf(lots);
  const middle = Math.max(
    0,
    raw.findIndex((column) => column.some(({ depth }) => depth === 0)),
  );
  const columns = ordered(raw, steps, middle);
  const columnOf = new Map(
    columns.flatMap((column, at) => column.map(({ id }): [Id, number] => [id, at])),
  );
  const strands = strandsOf(steps, columnOf, sizes);
  const boxes = boxesOf(columns, strands, sizes);
  const boxOf = new Map(boxes.map((box) => [box.lot.id, box]));
  const middleOf = (id: Id): number => {
    const box = boxOf.get(id);
    return box ? box.y + box.height / 2 : 0;
  };
  /** Where the words of a line stand at their box: in the order of the lots at the other ends. */
  const portOf = (strand: Strand): number => {
    const holder = holderOf(strand);
    const all = strands
      .filter((one) => one.at === strand.at && holderOf(one) === holder)
      .sort((a, b) => middleOf(otherOf(a)) - middleOf(otherOf(b)));
    const height = all.reduce((sum, one) => sum + one.height, 0);
    const above = all.slice(0, all.indexOf(strand)).reduce((sum, one) => sum + one.height, 0);
    return middleOf(holder) - height / 2 + above + strand.height / 2;
  };
  const lines = strands.map((strand): Line => {
    const [left, right] = strand.ends;
    const [startX, endX] = [(boxOf.get(left)?.x ?? 0) + sizes.width, boxOf.get(right)?.x ?? 0];
    const y = portOf(strand);
    return strand.at === "from"
      ? {
          steps: strand.steps,
          from: { x: startX + sizes.label, y },
          to: { x: endX, y: middleOf(right) },
          label: { x: startX, y },
        }
      : {
          steps: strand.steps,
          from: { x: startX, y: middleOf(left) },
          to: { x: endX - sizes.label, y },
          label: { x: endX - sizes.label, y },
        };
  });
  return {
    boxes,
    lines,
    width: Math.max(1, columns.length) * (sizes.width + sizes.gapX) - sizes.gapX,
    height: Math.max(sizes.height, ...boxes.map(({ y, height }) => y + height)),
  };
};

/** The part of a line that runs behind its words, from their box to where the curve takes over. */
export const stem = ({ label }: Line, sizes: Sizes): string =>
  `M${label.x} ${label.y} h${sizes.label}`;

/** A line of the picture: a curve that leaves to the right and arrives from the left. */
export const curve = ({ from, to }: Line): string => {
  const bend = (to.x - from.x) / 2;
  return `M${from.x} ${from.y} C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
};
