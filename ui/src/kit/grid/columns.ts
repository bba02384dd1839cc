/** What a grid's column is, and what a person has made of the columns: widths and choice. */
import type { ReactNode } from "react";
import { useMemo } from "react";
import { useSaved } from "../saved";

export type Column<R> = {
  id: string;
  /** With its unit: "Cover (days)". Cells carry no units. */
  title: string;
  width: number;
  /** Right-aligned with tabular figures. */
  numeric?: boolean;
  /** Takes room that is left; 2 takes twice as much as 1. */
  grow?: number;
  /** Not shown until chosen. */
  hidden?: boolean;
  /** The head can be clicked to sort. */
  sortable?: boolean;
  cell: (row: R) => ReactNode;
  /** The cell as text for the clipboard: raw numbers without grouping. */
  text: (row: R) => string;
  /** What rows of an array are sorted by; null comes last. */
  by?: (row: R) => string | number | null;
  total?: ReactNode;
};

export type Sort = { column: string; descending: boolean };

export type Layout = { widths: Record<string, number>; shown: Record<string, boolean> };

export type ColumnLayout<R> = {
  columns: Column<R>[];
  template: string;
  width: number;
  isShown: (column: Column<R>) => boolean;
  resize: (id: string, width: number) => void;
  show: (id: string, shown: boolean) => void;
  reset: () => void;
};

const NARROWEST = 44;
const nothingChosen: Layout = { widths: {}, shown: {} };

/**
 * The columns that fit into `room` pixels; 0 is room for all. What is in `spare` steps aside, the
 * first first, unless the person has asked for it.
 */
export const fitting = <R>(
  columns: Column<R>[],
  room: number,
  spare: readonly string[],
  layout: Layout,
): Column<R>[] => {
  const widthOf = (column: Column<R>): number => layout.widths[column.id] ?? column.width;
  let shown = columns.filter((column) => layout.shown[column.id] ?? !column.hidden);
  for (const id of spare) {
    const width = shown.reduce((sum, column) => sum + widthOf(column), 0);
    if (room === 0 || width <= room) break;
    shown = shown.filter((column) => column.id !== id || layout.shown[id]);
  }
  return shown;
};

export const useColumnLayout = <R>(
  grid: string,
  columns: Column<R>[],
  room: number,
  spare: readonly string[],
): ColumnLayout<R> => {
  const [layout, setLayout] = useSaved<Layout>(`grid.${grid}`, nothingChosen);
  return useMemo(() => {
    const widthOf = (column: Column<R>): number => layout.widths[column.id] ?? column.width;
    const chosen = fitting(columns, room, spare, layout);
    const grows = chosen.some((column) => column.grow);
    const template = chosen.map((column, at) => {
      const share = column.grow ?? (!grows && at === chosen.length - 1 ? 1 : 0);
      return share > 0 ? `minmax(${widthOf(column)}px, ${share}fr)` : `${widthOf(column)}px`;
    });
    return {
      columns: chosen,
      template: template.join(" "),
      width: chosen.reduce((sum, column) => sum + widthOf(column), 0),
      isShown: (column) => chosen.includes(column),
      resize: (id, width) =>
        setLayout({
          ...layout,
          widths: { ...layout.widths, [id]: Math.max(NARROWEST, Math.round(width)) },
        }),
      show: (id, shown) => setLayout({ ...layout, shown: { ...layout.shown, [id]: shown } }),
      reset: () => setLayout(nothingChosen),
    };
  }, [columns, room, spare, layout, setLayout]);
};
