/** The columns of the stock list; which ones stand depends on what the rows are grouped by. */
import type { TFunction } from "i18next";
import type { LotValue, OpenStock, StockRow } from "../../contract";
import { times } from "../../kit/decimal";
import { Days, DayText, expiryTone, Money, Percent, Price, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import type { Column } from "../../kit/grid/columns";
import { StatusTag } from "../../kit/StatusTag";
import type { Words } from "../../kit/words";

export type GroupBy = OpenStock["by"][number];

type T = TFunction<"stock">;
type StockColumn = Column<StockRow>;

const skuColumns = (t: T, words: Words): StockColumn[] => [
  {
    id: "sku",
    title: t("sku"),
    width: 80,
    sortable: true,
    cell: (row) => row.skuCode,
    text: (row) => row.skuCode ?? "",
  },
  {
    id: "name",
    title: t("name"),
    width: 184,
    grow: 2,
    cell: (row) => row.skuName && words.name(row.skuName),
    text: (row) => (row.skuName === null ? "" : words.name(row.skuName)),
  },
];

const lotColumn = (t: T): StockColumn => ({
  id: "lot",
  title: t("lot"),
  width: 84,
  sortable: true,
  cell: (row) => row.lotNo,
  text: (row) => row.lotNo ?? "",
});

const lifeColumns = (t: T): StockColumn[] => [
  {
    id: "age",
    title: t("made"),
    width: 96,
    hidden: true,
    sortable: true,
    cell: (row) => <DayText day={row.mfgOn} />,
    text: (row) => row.mfgOn ?? "",
  },
  {
    id: "expires",
    title: t("expires"),
    width: 92,
    sortable: true,
    cell: (row) => <DayText day={row.expiresOn} />,
    text: (row) => row.expiresOn ?? "",
  },
  {
    id: "daysLeft",
    title: t("daysLeft"),
    width: 80,
    numeric: true,
    cell: (row) => {
      const tone = expiryTone(row.daysLeft);
      return <Days value={row.daysLeft} bare {...(tone ? { tone } : {})} />;
    },
    text: (row) => String(row.daysLeft ?? ""),
  },
  {
    id: "share",
    title: t("share"),
    width: 84,
    numeric: true,
    cell: (row) => <Percent ppm={row.sharePpm} />,
    text: (row) => (row.sharePpm === null ? "" : format.percent(row.sharePpm)),
  },
];

const placeText = (row: StockRow, words: Words): string => {
  const { placeCode, placeName, placeKind, way } = row;
  if (placeCode === null || placeKind === null) return "";
  return words.place({ code: placeCode, kind: placeKind, way }, placeName ?? placeCode);
};

const placeColumn = (t: T, words: Words): StockColumn => ({
  id: "place",
  title: t("place"),
  width: 232,
  grow: 1,
  sortable: true,
  cell: (row) => placeText(row, words),
  text: (row) => placeText(row, words),
});

const statusColumn = (t: T, words: Words): StockColumn => ({
  id: "status",
  title: t("status"),
  width: 100,
  sortable: true,
  cell: (row) => row.status && <StatusTag status={row.status} />,
  text: (row) => (row.status === null ? "" : words.word("status", row.status)),
});

const qtyColumn = (t: T, total: number): StockColumn => ({
  id: "qty",
  title: t("qty"),
  width: 80,
  numeric: true,
  sortable: true,
  cell: (row) => <Qty value={row.qty} zero="0" />,
  text: (row) => String(row.qty),
  total: <Qty value={total} zero="0" />,
});

const reservedColumn = (t: T): StockColumn => ({
  id: "reserved",
  title: t("reserved"),
  width: 80,
  numeric: true,
  cell: (row) => <Qty value={row.reserved} />,
  text: (row) => String(row.reserved),
});

/** What the stock is worth: the core's value of each lot, and of all of it. */
export type Worth = { ofLot: Map<string, LotValue>; total: string | null };

const rowValue = (row: StockRow, worth: Worth, exact: boolean): string | null => {
  const value = row.lot === null ? undefined : worth.ofLot.get(row.lot);
  if (value === undefined) return null;
  if (exact) return value.value;
  return value.unitCost === null ? null : times(value.unitCost, row.qty);
};

/** A whole lot's value is the core's; a part of a lot is its units at the lot's unit cost. */
const moneyColumns = (t: T, worth: Worth, exact: boolean): StockColumn[] => {
  const cost = (row: StockRow): string | null =>
    (row.lot === null ? null : worth.ofLot.get(row.lot)?.unitCost) ?? null;
  return [
    {
      id: "unitCost",
      title: t("unitCost"),
      width: 92,
      numeric: true,
      hidden: true,
      cell: (row) => <Price amount={cost(row)} />,
      text: (row) => cost(row) ?? "",
    },
    {
      id: "value",
      title: t(exact ? "value" : "valueApprox"),
      width: 124,
      numeric: true,
      cell: (row) => <Money amount={rowValue(row, worth, exact)} />,
      text: (row) => rowValue(row, worth, exact) ?? "",
      ...(worth.total === null ? {} : { total: <Money amount={worth.total} /> }),
    },
  ];
};

/** What the list can do without, the least needed first. */
export const SPARE = ["share", "reserved", "value", "status", "daysLeft", "sku"];

export const stockColumns = (
  t: T,
  words: Words,
  by: readonly GroupBy[],
  total: number,
  worth: Worth | null,
): StockColumn[] => [
  ...(by.includes("sku") ? skuColumns(t, words) : []),
  ...(by.includes("lot") ? [lotColumn(t)] : []),
  ...(by.includes("place") ? [placeColumn(t, words)] : []),
  qtyColumn(t, total),
  ...(by.includes("status") ? [statusColumn(t, words)] : []),
  ...(by.includes("lot") ? lifeColumns(t) : []),
  reservedColumn(t),
  ...(worth && by.includes("lot")
    ? moneyColumns(t, worth, !by.includes("place") && !by.includes("status"))
    : []),
];
