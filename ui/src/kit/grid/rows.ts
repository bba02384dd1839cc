/** Where a grid's rows come from: an array, or pages of a view that the core holds. */
import { useCallback, useMemo, useRef, useState } from "react";
import type { Column, Sort } from "./columns";

export type Rows<R> = {
  count: number;
  /** The row, or undefined while its page is on the way. */
  at: (index: number) => R | undefined;
  /** Tells which rows are about to be seen. */
  want?: (first: number, last: number) => void;
};

const collator = new Intl.Collator("zh-CN", { numeric: true });

const compare = (a: string | number, b: string | number): number =>
  typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));

/** Sorts a copy; empty values stay last whichever way. */
export const sorted = <R>(
  rows: R[],
  by: (row: R) => string | number | null,
  descending: boolean,
): R[] => {
  const keyed = rows.map((row) => ({ row, key: by(row) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) {
      return Number(a.key === null) - Number(b.key === null);
    }
    return descending ? compare(b.key, a.key) : compare(a.key, b.key);
  });
  return keyed.map(({ row }) => row);
};

export const useArrayRows = <R>(list: R[], columns: Column<R>[], sort: Sort | null): Rows<R> =>
  useMemo(() => {
    const by = columns.find((column) => column.id === sort?.column)?.by;
    const rows = by && sort ? sorted(list, by, sort.descending) : list;
    return { count: rows.length, at: (index) => rows[index] };
  }, [list, columns, sort]);

export const PAGE_ROWS = 200;
const PAGES_KEPT = 60;

/** Pages of one view: each is asked for once, the oldest are forgotten. */
export class PageCache<R> {
  private readonly pages = new Map<number, R[]>();
  private readonly asked = new Set<number>();

  constructor(
    private readonly load: (offset: number, limit: number) => Promise<R[]>,
    private readonly arrived: () => void,
    /** The first page, when it came with the view: so nothing is grey for a moment. */
    first: readonly R[] = [],
  ) {
    if (first.length > 0) this.pages.set(0, [...first]);
  }

  at(index: number): R | undefined {
    return this.pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  want(first: number, last: number): void {
    for (
      let page = Math.floor(first / PAGE_ROWS);
      page <= Math.floor(last / PAGE_ROWS);
      page += 1
    ) {
      if (!this.pages.has(page) && !this.asked.has(page)) void this.fetch(page);
    }
  }

  private async fetch(page: number): Promise<void> {
    this.asked.add(page);
    try {
      this.pages.set(page, await this.load(page * PAGE_ROWS, PAGE_ROWS));
      const oldest = this.pages.keys().next().value;
      if (this.pages.size > PAGES_KEPT && oldest !== undefined) this.pages.delete(oldest);
      this.arrived();
    } catch {
      // Whoever loads has told the user; the rows stay grey and are asked for again when seen.
    } finally {
      this.asked.delete(page);
    }
  }
}

/** Rows of a view of the core; a new `view` number means new rows. */
export const usePagedRows = <R>(
  view: number,
  count: number,
  load: (view: number, offset: number, limit: number) => Promise<R[]>,
  first?: readonly R[],
): Rows<R> => {
  const [, setArrived] = useState(0);
  const latest = useRef({ load, first });
  latest.current = { load, first };
  const cache = useMemo(
    () =>
      new PageCache<R>(
        (offset, limit) => latest.current.load(view, offset, limit),
        () => setArrived((n) => n + 1),
        latest.current.first,
      ),
    [view],
  );
  const want = useCallback((first: number, last: number) => cache.want(first, last), [cache]);
  // A new object for each page that arrives, so that the grid draws again.
  return { count, at: (index) => cache.at(index), want };
};
