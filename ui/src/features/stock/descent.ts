/** Where the boxes and lines of a lot's genealogy go: made of on the left, went into on the right. */
import type { Genealogy, GenealogyLot, GenealogyStep, Id } from "../../contract";

/** Sizes of a picture in pixels. */
export type Sizes = { width: number; height: number; gapX: number; gapY: number };

export const ROOMY: Sizes = { width: 150, height: 50, gapX: 92, gapY: 12 };

/** So that three columns fit beside a list. */
export const NARROW: Sizes = { width: 100, height: 50, gapX: 52, gapY: 10 };

export type Box = { lot: GenealogyLot; x: number; y: number };

export type Line = {
  step: GenealogyStep;
  /** From the right edge of one box to the left edge of the other. */
  from: { x: number; y: number };
  to: { x: number; y: number };
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

export const layoutOf = ({ lots, steps }: Genealogy, sizes: Sizes): Layout => {
  const raw = columnsOf(lots);
  const middle = Math.max(
    0,
    raw.findIndex((column) => column.some(({ depth }) => depth === 0)),
  );
  const columns = ordered(raw, steps, middle);
  const rows = Math.max(1, ...columns.map((column) => column.length));
  const { width, height, gapX, gapY } = sizes;
  const whole = rows * (height + gapY) - gapY;
  const boxes = columns.flatMap((column, at) => {
    const used = column.length * (height + gapY) - gapY;
    return column.map((lot, row) => ({
      lot,
      x: at * (width + gapX),
      y: (whole - used) / 2 + row * (height + gapY),
    }));
  });
  const boxOf = new Map(boxes.map((box) => [box.lot.id, box]));
  const lines = steps.flatMap((step): Line[] => {
    const [from, to] = [boxOf.get(step.from), boxOf.get(step.to)];
    if (!from || !to) return [];
    return [
      {
        step,
        from: { x: from.x + width, y: from.y + height / 2 },
        to: { x: to.x, y: to.y + height / 2 },
      },
    ];
  });
  return {
    boxes,
    lines,
    width: Math.max(1, columns.length) * (width + gapX) - gapX,
    height: whole,
  };
};

/** A line of the picture: a curve that leaves to the right and arrives from the left. */
export const curve = ({ from, to }: Line): string => {
  const bend = Math.max(26, Math.abs(to.x - from.x) / 2);
  return `M${from.x} ${from.y} C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
};
