/** The columns of the list of transfers. */
import type { TFunction } from "i18next";
import type { TransferRow } from "../../contract";
import { DayText, Qty } from "../../kit/Figures";
import type { Column } from "../../kit/grid/columns";
import { StateDots } from "../../kit/StateSteps";
import type { Words } from "../../kit/words";

/** From the first state to the last. */
export const STEPS: readonly string[] = [
  "draft",
  "allocated",
  "packed",
  "shipped",
  "arrived",
  "closed",
];

type T = TFunction<"transfers">;

const quantity = (
  id: "units" | "cartons" | "inTransit",
  title: string,
  width: number,
): Column<TransferRow> => ({
  id,
  title,
  width,
  numeric: true,
  sortable: true,
  by: (row) => row[id],
  cell: (row) => <Qty value={row[id]} />,
  text: (row) => String(row[id]),
});

const day = (id: "shippedOn" | "expectedOn", title: string): Column<TransferRow> => ({
  id,
  title,
  width: 96,
  sortable: true,
  by: (row) => row[id],
  cell: (row) => (
    <DayText
      day={row[id]}
      {...(id === "expectedOn" && row.lateDays > 0 ? { tone: "red" as const } : {})}
    />
  ),
  text: (row) => row[id] ?? "",
});

const routeColumns = (t: T, words: Words): Column<TransferRow>[] => [
  {
    id: "number",
    title: t("number"),
    width: 128,
    sortable: true,
    by: (row) => row.number,
    cell: (row) =>
      row.number === "" ? <span className="quiet">{t("draftName")}</span> : row.number,
    text: (row) => row.number,
  },
  {
    id: "state",
    title: t("state"),
    width: 136,
    sortable: true,
    by: (row) => STEPS.indexOf(row.state),
    cell: (row) => (
      <>
        <StateDots steps={STEPS} at={row.state} />
        {words.word("transfer_state", row.state)}
      </>
    ),
    text: (row) => words.word("transfer_state", row.state),
  },
  {
    id: "to",
    title: t("fromTo"),
    width: 188,
    grow: 1,
    sortable: true,
    by: (row) => `${row.toName} ${row.fromName}`,
    cell: (row) => (
      <>
        <span className="quiet">{row.fromName} → </span>
        {row.toName}
      </>
    ),
    text: (row) => `${row.fromName} → ${row.toName}`,
  },
  {
    id: "goods",
    title: t("goods"),
    width: 160,
    grow: 2,
    cell: (row) => row.goods,
    text: (row) => row.goods,
  },
];

/** What the list can do without, the least needed first. */
export const SPARE = ["shippedOn", "cartons", "goods", "late", "expectedOn"];

export const transferColumns = (t: T, words: Words): Column<TransferRow>[] => [
  ...routeColumns(t, words),
  quantity("units", t("units"), 72),
  quantity("cartons", t("cartons"), 64),
  quantity("inTransit", t("inTransit"), 84),
  day("shippedOn", t("shippedOn")),
  day("expectedOn", t("expectedOn")),
  {
    id: "late",
    title: t("lateDays"),
    width: 88,
    numeric: true,
    sortable: true,
    by: (row) => row.lateDays,
    cell: (row) => <Qty value={row.lateDays} {...(row.lateDays > 0 ? { tone: "red" } : {})} />,
    text: (row) => String(row.lateDays),
  },
];
