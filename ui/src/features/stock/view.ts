/** A sorted view of the stock that the core holds open for this screen, and its pages. */
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { AppError, OpenStock, StockRow, StockView } from "../../contract";
import { asAppError, call } from "../../host";
import { PAGE_ROWS, type Rows, usePagedRows } from "../../kit/grid/rows";
import { useNotices } from "../../kit/Notices";

const release = (view: number): void => {
  // A view that is gone already needs no release.
  void call("stock.release", { view }).catch(() => undefined);
};

/** A view with its first page, so that a new order shows at once. */
type OpenedStock = StockView & { first: StockRow[] };

const open = async (input: OpenStock): Promise<OpenedStock> => {
  const view = await call("stock.open", input);
  const page = { view: view.view, offset: 0, limit: PAGE_ROWS };
  return { ...view, first: await call("stock.page", page) };
};

/** Opens the view; a closed one is never taken from the cache, because its number is dead. */
export const useStockView = (input: OpenStock): UseQueryResult<OpenedStock, AppError> => {
  const query = useQuery<OpenedStock, AppError>({
    queryKey: ["stock.open", input],
    queryFn: () => open(input),
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
  const view = query.data?.view;
  useEffect(() => {
    if (view === undefined) return;
    return () => release(view);
  }, [view]);
  return query;
};

/** Rows of the view. A page that fails opens the view anew once: it may have grown stale. */
export const useStockRows = (query: UseQueryResult<OpenedStock, AppError>): Rows<StockRow> => {
  const notices = useNotices();
  const failures = useRef(0);
  const { refetch } = query;
  const load = useCallback(
    async (view: number, offset: number, limit: number): Promise<StockRow[]> => {
      try {
        const rows = await call("stock.page", { view, offset, limit });
        failures.current = 0;
        return rows;
      } catch (reason) {
        failures.current += 1;
        if (failures.current === 1) void refetch();
        else notices.error(asAppError(reason));
        throw reason;
      }
    },
    [refetch, notices],
  );
  const { view = 0, rows = 0, first = [] } = query.data ?? {};
  return usePagedRows(view, rows, load, first);
};
