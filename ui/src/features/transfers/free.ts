/** The lots at a place that are good and not promised to anyone: what a transfer may take. */
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { AppError, Bilingual, Id, StockRow } from "../../contract";
import { asAppError, call } from "../../host";

/** A lot with its free units. */
export type FreeLot = {
  sku: Id;
  skuCode: string;
  skuName: Bilingual;
  lot: Id;
  lotNo: string;
  expiresOn: string | null;
  daysLeft: number | null;
  sharePpm: number | null;
  free: number;
};

export type FreeLots = { lots: FreeLot[]; more: boolean };

const LOTS_SHOWN = 200;

const toFree = (row: StockRow): FreeLot[] => {
  const { sku, lot, lotNo } = row;
  const free = row.qty - row.reserved;
  // A view by goods and lot names both in each row.
  if (sku === null || lot === null || lotNo === null || free <= 0) return [];
  const { expiresOn, daysLeft, sharePpm } = row;
  const skuCode = row.skuCode ?? "";
  const skuName = row.skuName ?? { zh: "", en: "" };
  return [{ sku, skuCode, skuName, lot, lotNo, expiresOn, daysLeft, sharePpm, free }];
};

const load = async (place: Id, filter: string): Promise<FreeLots> => {
  const { view, rows } = await call("stock.open", {
    asOf: null,
    by: ["sku", "lot"],
    filter,
    sku: null,
    place,
    status: "good",
    sort: { column: "sku", descending: false },
  });
  try {
    const page = await call("stock.page", { view, offset: 0, limit: LOTS_SHOWN });
    return { lots: page.flatMap(toFree), more: rows > LOTS_SHOWN };
  } finally {
    // The view served one page; failing to give it back costs a few kilobytes.
    void call("stock.release", { view }).catch(() => undefined);
  }
};

export const useFreeLots = (place: Id | null, filter: string): UseQueryResult<FreeLots, AppError> =>
  useQuery<FreeLots, AppError>({
    queryKey: ["stock.free", place, filter],
    enabled: place !== null,
    queryFn: async () => {
      try {
        return await load(place ?? "", filter);
      } catch (reason) {
        throw asAppError(reason);
      }
    },
  });
