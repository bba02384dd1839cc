/** A grid of rows that are all here: sorted in the window, in the order that the person left. */
import type { ReactNode } from "react";
import { useSaved } from "../saved";
import type { Sort } from "./columns";
import { DataGrid, type DataGridProps } from "./DataGrid";
import { useArrayRows } from "./rows";

export const ArrayGrid = <R,>(
  props: Omit<DataGridProps<R>, "rows" | "sort" | "onSort"> & {
    list: R[];
    /** The order before anybody has chosen one; without it the list's own. */
    firstSort?: Sort;
  },
): ReactNode => {
  const { list, firstSort, ...grid } = props;
  const [sort, setSort] = useSaved<Sort | null>(`sort.${grid.id}`, firstSort ?? null);
  const rows = useArrayRows(list, grid.columns, sort);
  return <DataGrid {...grid} rows={rows} sort={sort} onSort={setSort} />;
};
