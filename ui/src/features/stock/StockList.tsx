/** The list of stock: what it is grouped by, what it leaves out, and its rows. */
import { Button, Select, Tag } from "antd";
import { type ReactNode, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { OpenStock, Status, StockRow, StockSort } from "../../contract";
import { FilterBox } from "../../kit/FilterBox";
import type { Sort } from "../../kit/grid/columns";
import { DataGrid } from "../../kit/grid/DataGrid";
import { useGo } from "../../kit/links";
import { useCall, useMoney } from "../../kit/query";
import { Answer, Empty } from "../../kit/Screen";
import { useSaved } from "../../kit/saved";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { type GroupBy, SPARE, stockColumns, type Worth } from "./columns";
import { useStockRows, useStockView } from "./view";

/** What a person last chose to see. */
export type StockChoice = { by: GroupBy[]; place: string | null; status: Status | null };

export const defaultChoice: StockChoice = {
  by: ["sku", "lot", "place", "status"],
  place: null,
  status: null,
};

const GROUPS: readonly GroupBy[] = ["sku", "lot", "place", "status"];
const STATUSES: readonly Status[] = ["good", "quarantine", "blocked", "defective"];

const GroupChips = (props: { by: GroupBy[]; onBy: (by: GroupBy[]) => void }): ReactNode => {
  const { t } = useTranslation("stock");
  const names = {
    sku: t("bySku"),
    lot: t("byLot"),
    place: t("byPlace"),
    status: t("byStatus"),
  };
  const toggle = (group: GroupBy, on: boolean): void => {
    const next = GROUPS.filter((name) => (name === group ? on : props.by.includes(name)));
    if (next.length > 0) props.onBy(next);
  };
  return (
    <span className="chips">
      <span className="quiet">{t("by")}</span>
      {GROUPS.map((group) => (
        <Tag.CheckableTag
          key={group}
          checked={props.by.includes(group)}
          onChange={(on) => toggle(group, on)}
        >
          {names[group]}
        </Tag.CheckableTag>
      ))}
    </span>
  );
};

export const StockTools = (props: {
  choice: StockChoice;
  onChoice: (choice: StockChoice) => void;
  filter: string;
  onFilter: (text: string) => void;
}): ReactNode => {
  const { t } = useTranslation("stock");
  const { word } = useWords();
  const places = useCall("location.list", {}).data ?? [];
  const { choice, onChoice } = props;
  return (
    <>
      <FilterBox value={props.filter} onChange={props.onFilter} />
      <GroupChips by={choice.by} onBy={(by) => onChoice({ ...choice, by })} />
      <Select
        className="tool-select"
        allowClear
        placeholder={t("allPlaces")}
        value={choice.place}
        options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
        onChange={(place: string | undefined) => onChoice({ ...choice, place: place ?? null })}
      />
      <Select
        className="tool-select"
        allowClear
        placeholder={t("allStatuses")}
        value={choice.status}
        options={STATUSES.map((value) => ({ value, label: word("status", value) }))}
        onChange={(status: Status | undefined) => onChoice({ ...choice, status: status ?? null })}
      />
    </>
  );
};

const SORTED = ["sku", "lot", "place", "status", "qty", "expires", "age"] as const;

/** The saved sort, or the first column that stands when the saved one does not. */
const sortFor = (saved: Sort | null, by: GroupBy[]): StockSort => {
  const fallback = { column: by[0] ?? "sku", descending: false };
  const column = SORTED.find((name) => name === saved?.column);
  if (column === undefined || saved === null) return fallback;
  const needs: Partial<Record<typeof column, GroupBy>> = {
    sku: "sku",
    lot: "lot",
    place: "place",
    status: "status",
    expires: "lot",
    age: "lot",
  };
  const group = needs[column];
  if (group !== undefined && !by.includes(group)) return fallback;
  return { column, descending: saved.descending };
};

const useWorth = (whole: boolean): Worth | null => {
  const { asOf } = useSession();
  const value = useMoney("stock.value", { asOf }).data;
  return useMemo(() => {
    if (value === undefined) return null;
    const ofLot = new Map(value.lots.map((lot) => [lot.lot, lot]));
    // The total is of all stock, so it stands only under all of it.
    return { ofLot, total: whole ? value.total : null };
  }, [value, whole]);
};

export const StockGrid = (props: {
  choice: StockChoice;
  filter: string;
  lot: string | null;
  onLot: (lot: string) => void;
  onView: (view: number | null) => void;
}): ReactNode => {
  const { t } = useTranslation("stock");
  const words = useWords();
  const go = useGo();
  const { asOf } = useSession();
  const [saved, setSaved] = useSaved<Sort | null>("sort.stock", null);
  const { choice, filter, onView } = props;
  const sort = sortFor(saved, choice.by);
  const input: OpenStock = { asOf, filter: filter.trim(), sku: null, sort, ...choice };
  const query = useStockView(input);
  const rows = useStockRows(query);
  const whole = input.filter === "" && choice.place === null && choice.status === null;
  const worth = useWorth(whole);
  const total = query.data?.total ?? 0;
  const view = query.data?.view ?? null;
  useEffect(() => onView(view), [onView, view]);
  const columns = useMemo(
    () => stockColumns(t, words, choice.by, total, worth),
    [t, words, choice.by, total, worth],
  );
  const open = (row: StockRow): void => {
    if (row.lot !== null) props.onLot(row.lot);
    else if (row.sku !== null) go(`/goods/${row.sku}`);
  };
  const nothing = whole ? (
    <Empty
      title={t("emptyTitle")}
      acts={
        <Button type="primary" onClick={() => go("/import")}>
          {t("importOpening")}
        </Button>
      }
    >
      {t("emptyText")}
    </Empty>
  ) : undefined;
  return (
    <Answer query={query} rows={16}>
      {() => (
        <DataGrid
          id="stock"
          label={t("title")}
          columns={columns}
          spare={SPARE}
          rows={rows}
          rowKey={(row) => row.key}
          openKey={props.lot}
          openOf={(row) => row.lot}
          sort={sort}
          onSort={setSaved}
          onOpen={open}
          empty={nothing}
        />
      )}
    </Answer>
  );
};
