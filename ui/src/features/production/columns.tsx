/** The columns of the list of production orders. */
import type { TFunction } from "i18next";
import type { OrderRow } from "../../contract";
import { DayText, Qty } from "../../kit/Figures";
import type { Column } from "../../kit/grid/columns";
import { StateTag } from "../../kit/StatusTag";
import type { Words } from "../../kit/words";
import { PHASES } from "./Board";

type T = TFunction<"production">;
type OrderColumn = Column<OrderRow>;

const whatColumns = (t: T, words: Words): OrderColumn[] => [
  {
    id: "number",
    title: t("number"),
    width: 136,
    sortable: true,
    by: (row) => row.number,
    cell: (row) =>
      row.number === "" ? <span className="quiet">{t("draftName")}</span> : row.number,
    text: (row) => row.number,
  },
  {
    id: "phase",
    title: t("phase"),
    width: 140,
    sortable: true,
    by: (row) => PHASES.indexOf(row.phase),
    cell: (row) => words.word("order_phase", row.phase),
    text: (row) => words.word("order_phase", row.phase),
  },
  {
    id: "state",
    title: t("state"),
    width: 84,
    hidden: true,
    cell: (row) => <StateTag group="order_state" state={row.state} />,
    text: (row) => words.word("order_state", row.state),
  },
  {
    id: "kind",
    title: t("kind"),
    width: 72,
    sortable: true,
    by: (row) => row.kind,
    cell: (row) => words.word("order_kind", row.kind),
    text: (row) => words.word("order_kind", row.kind),
  },
  {
    id: "factory",
    title: t("partner"),
    width: 150,
    sortable: true,
    by: (row) => row.factoryName,
    cell: (row) => row.factoryName,
    text: (row) => row.factoryName,
  },
  {
    id: "goods",
    title: t("goods"),
    width: 180,
    grow: 2,
    cell: (row) => row.goods,
    text: (row) => row.goods,
  },
];

const whenColumns = (t: T): OrderColumn[] => [
  {
    id: "promised",
    title: t("promisedOn"),
    width: 100,
    sortable: true,
    by: (row) => row.promisedOn,
    cell: (row) => (
      <DayText day={row.promisedOn} {...(row.lateDays > 0 ? { tone: "red" as const } : {})} />
    ),
    text: (row) => row.promisedOn ?? "",
  },
  {
    id: "late",
    title: t("lateDays"),
    width: 76,
    numeric: true,
    sortable: true,
    by: (row) => row.lateDays,
    cell: (row) => <Qty value={row.lateDays} {...(row.lateDays > 0 ? { tone: "red" } : {})} />,
    text: (row) => String(row.lateDays),
  },
];

const unitColumn = (id: string, title: string, of: (row: OrderRow) => number): OrderColumn => ({
  id,
  title,
  width: 88,
  numeric: true,
  sortable: true,
  by: of,
  cell: (row) => <Qty value={of(row)} />,
  text: (row) => String(of(row)),
});

/** What the list can do without, the least needed first. */
export const SPARE = ["kind", "goods", "open", "received", "phase"];

export const orderColumns = (t: T, words: Words): OrderColumn[] => [
  ...whatColumns(t, words),
  ...whenColumns(t),
  unitColumn("ordered", t("ordered"), (row) => row.ordered),
  unitColumn("received", t("received"), (row) => row.received),
  unitColumn("open", t("open"), (row) => Math.max(0, row.ordered - row.received)),
];
