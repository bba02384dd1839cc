/** The columns of the plan: how urgent, what is there, what is proposed and from which lots. */
import type { TFunction } from "i18next";
import type { PlanLine } from "../../contract";
import { coverTone, Days, DayText, Percent, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import type { Column } from "../../kit/grid/columns";
import { Why } from "../../kit/Why";
import type { Words } from "../../kit/words";
import { rate } from "./rate";

type T = TFunction<"plan">;
type PlanColumn = Column<PlanLine>;

const whatColumns = (t: T, words: Words): PlanColumn[] => [
  {
    id: "sku",
    title: t("sku"),
    width: 68,
    sortable: true,
    by: (line) => line.skuCode,
    cell: (line) => line.skuCode,
    text: (line) => line.skuCode,
  },
  {
    id: "name",
    title: t("name"),
    width: 168,
    grow: 2,
    sortable: true,
    by: (line) => words.name(line.skuName),
    cell: (line) => words.name(line.skuName),
    text: (line) => words.name(line.skuName),
  },
  {
    id: "place",
    title: t("place"),
    width: 108,
    grow: 1,
    sortable: true,
    by: (line) => line.placeName,
    cell: (line) => line.placeName,
    text: (line) => line.placeName,
  },
];

const coverColumns = (t: T): PlanColumn[] => [
  {
    id: "cover",
    title: t("cover"),
    width: 112,
    numeric: true,
    sortable: true,
    by: (line) => line.coverDays,
    cell: (line) => {
      const tone = coverTone(line.coverDays);
      return <Days value={line.coverDays} bare {...(tone ? { tone } : {})} />;
    },
    text: (line) => String(line.coverDays ?? ""),
  },
  {
    id: "rate",
    title: t("rate"),
    width: 68,
    numeric: true,
    sortable: true,
    by: (line) => Number(line.ratePerDay),
    cell: (line) => <span className="figure">{rate(line.ratePerDay)}</span>,
    text: (line) => line.ratePerDay,
  },
  {
    id: "range",
    title: t("range"),
    width: 78,
    numeric: true,
    cell: (line) => (
      <span className="figure quiet">
        {rate(line.low)}–{rate(line.high)}
      </span>
    ),
    text: (line) => `${line.low}–${line.high}`,
  },
];

const quantity = (
  id: "onHand" | "inTransit" | "cartons" | "units" | "shortage",
  title: string,
  width: number,
  tone?: "amber",
): PlanColumn => ({
  id,
  title,
  width,
  numeric: true,
  sortable: true,
  by: (line) => line[id],
  cell: (line) => <Qty value={line[id]} {...(tone && line[id] > 0 ? { tone } : {})} />,
  text: (line) => String(line[id]),
});

const lotsText = (line: PlanLine): string =>
  line.lots
    .map(({ lotNo, qty, sharePpm }) =>
      sharePpm === null ? `${lotNo} × ${qty}` : `${lotNo} × ${qty} (${format.percent(sharePpm)})`,
    )
    .join("; ");

const lotColumns = (t: T): PlanColumn[] => [
  {
    id: "lots",
    title: t("lotsAtArrival"),
    width: 146,
    grow: 2,
    cell: (line) =>
      line.lots.map(({ lot, lotNo, sharePpm }, at) => (
        <span key={lot}>
          {at > 0 && " · "}
          {lotNo}{" "}
          {sharePpm !== null && (
            <span className="quiet">
              <Percent ppm={sharePpm} />
            </span>
          )}
        </span>
      )),
    text: lotsText,
  },
  {
    id: "refused",
    title: t("refusedLots"),
    width: 78,
    numeric: true,
    sortable: true,
    by: (line) => line.refused.length,
    cell: (line) => (
      <Qty value={line.refused.length} {...(line.refused.length > 0 ? { tone: "amber" } : {})} />
    ),
    text: (line) => line.refused.map(({ lotNo }) => lotNo).join("; "),
  },
  {
    id: "arrives",
    title: t("arrives"),
    width: 96,
    hidden: true,
    sortable: true,
    by: (line) => line.arrivesOn,
    cell: (line) => <DayText day={line.arrivesOn} />,
    text: (line) => line.arrivesOn,
  },
];

/** What the plan can do without, the least needed first. */
export const SPARE = [
  "range",
  "inTransit",
  "refused",
  "rate",
  "onHand",
  "shortage",
  "units",
  "sku",
];

export const planColumns = (t: T, words: Words): PlanColumn[] => [
  ...coverColumns(t).slice(0, 1),
  ...whatColumns(t, words),
  ...coverColumns(t).slice(1),
  quantity("onHand", t("onHand"), 66),
  quantity("inTransit", t("inTransit"), 64),
  {
    id: "need",
    title: t("need"),
    width: 62,
    numeric: true,
    sortable: true,
    by: (line) => line.need,
    cell: (line) => (
      <Why derivation={line.derivation}>
        <Qty value={line.need} zero="0" />
      </Why>
    ),
    text: (line) => String(line.need),
  },
  quantity("cartons", t("cartons"), 58),
  quantity("units", t("units"), 62),
  quantity("shortage", t("shortage"), 50, "amber"),
  ...lotColumns(t),
];
