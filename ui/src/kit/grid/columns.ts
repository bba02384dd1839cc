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
  /** Takes the room that is left. */
  grow?: boolean;
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

type Layout = { widths: Record<string, number>; shown: Record<string, boolean> };

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

export const useColumnLayout = <R>(grid: string, columns: Column<R>[]): ColumnLayout<R> => {
  const [layout, setLayout] = useSaved<Layout>(`grid.${grid}`, nothingChosen);
  return useMemo(() => {
    const isShown = (column: Column<R>): boolean => layout.shown[column.id] ?? !column.hidden;
    const widthOf = (column: Column<R>): number => layout.widths[column.id] ?? column.width;
    const chosen = columns.filter(isShown);
    const grows = chosen.some((column) => column.grow);
    const template = chosen.map((column, at) => {
      const fills = column.grow || (!grows && at === chosen.length - 1);
      return fills ? `minmax(${widthOf(column)}px, 1fr)` : `${widthOf(column)}px`;
    });
    return {
      columns: chosen,
      template: template.join(" "),
      width: chosen.reduce((sum, column) => sum + widthOf(column), 0),
      isShown,
      resize: (id, width) =>
        setLayout({
          ...layout,
          widths: { ...layout.widths, [id]: Math.max(NARROWEST, Math.round(width)) },
        }),
      show: (id, shown) => setLayout({ ...layout, shown: { ...layout.shown, [id]: shown } }),
      reset: () => setLayout(nothingChosen),
    };
  }, [columns, layout, setLayout]);
};
