/** From what the buyer pays to what is left: a bar for each row of the table, at its height. */
import { type ReactNode, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { BenchRow } from "../../contract";
import { Chart, type ChartClick, chartColours } from "../../kit/Chart";
import * as format from "../../kit/format";
import { useWords } from "../../kit/words";
import { type Segment, segmentsOf } from "./bench";

/** Height of a row of the table; its bar stands in the middle of it. */
const ROW_PX = 40;
const AXIS_PX = 24;
const BAR_PX = 20;

const OWN_COLOURS: Record<string, string> = {
  vat: "#dfe3e7",
  goods: "#9cc3dd",
  packing: "#c8dfec",
  margin: chartColours.ours,
};

/** Others' parts, none of them blue, which is ours; the legend and the pointer name them. */
const PARTY_COLOURS = [
  "#7d8792",
  "#a9b1ba",
  "#c3c9d0",
  "#b58a5f",
  "#d6b896",
  "#9a6b8d",
  "#c5a2ba",
  "#8c9a55",
];

const colourOf = (segment: Segment, at: number): string =>
  segment.party
    ? (PARTY_COLOURS[at % PARTY_COLOURS.length] ?? chartColours.ours)
    : (OWN_COLOURS[segment.key] ?? chartColours.grey);

/** What a part of the bar is called. */
export const usePartName = (): ((part: { key: string; party: boolean }) => string) => {
  const { word } = useWords();
  return useCallback(({ key, party }) => word(party ? "pricing_role" : "pricing_bar", key), [word]);
};

export const PartyLegend = (props: { rows: readonly BenchRow[] }): ReactNode => {
  const nameOf = usePartName();
  const segments = useMemo(() => segmentsOf(props.rows), [props.rows]);
  return (
    <ul className="party-legend">
      {segments.map((segment, at) => (
        <li key={`${segment.party} ${segment.key}`}>
          <i style={{ background: colourOf(segment, at) }} />
          {nameOf(segment)}
        </li>
      ))}
    </ul>
  );
};

const axes = (rows: readonly BenchRow[]) => ({
  xAxis: {
    type: "value",
    axisLabel: { color: chartColours.axis, fontSize: 11 },
    splitLine: { lineStyle: { color: chartColours.line } },
  },
  yAxis: {
    type: "category",
    inverse: true,
    data: rows.map(({ code, way }) => `${code} ${way}`),
    axisLabel: { show: false },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: chartColours.line } },
  },
});

const series = (segments: readonly Segment[], nameOf: (segment: Segment) => string) =>
  segments.map((segment, at) => ({
    name: nameOf(segment),
    type: "bar",
    stack: "price",
    barWidth: BAR_PX,
    cursor: "pointer",
    itemStyle: { color: colourOf(segment, at), borderColor: "#fff", borderWidth: 0.5 },
    data: segment.amounts.map((amount) => {
      const value = Number(amount ?? 0);
      const loss = segment.key === "margin" && value < 0;
      return loss ? { value, itemStyle: { color: chartColours.red } } : value;
    }),
  }));

export const PartyChart = (props: {
  rows: readonly BenchRow[];
  currency: string;
  onChosen: (row: BenchRow) => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { name } = useWords();
  const nameOf = usePartName();
  const { rows, currency, onChosen } = props;
  const option = useMemo(() => {
    const segments = segmentsOf(rows);
    const told = (index: number): string => {
      const parts = segments.flatMap((segment) => {
        const amount = segment.amounts[index] ?? null;
        return amount === null ? [] : [`${nameOf(segment)}  ${format.money(amount, currency)}`];
      });
      const row = rows[index];
      return row === undefined ? "" : [name(row.name), ...parts].join("\n");
    };
    return {
      grid: { left: 6, right: 16, top: 0, bottom: AXIS_PX, outerBoundsMode: "none" },
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "shadow" },
        confine: true,
        // Names come from files of others: drawn as text, never read as markup.
        renderMode: "richText",
        formatter: ([first]: { dataIndex: number }[]) =>
          first === undefined ? "" : told(first.dataIndex),
      },
      ...axes(rows),
      series: series(segments, nameOf),
    };
  }, [rows, currency, name, nameOf]);
  const choose = useCallback(
    ({ dataIndex }: ChartClick) => {
      const row = rows[dataIndex];
      if (row) onChosen(row);
    },
    [rows, onChosen],
  );
  return (
    <Chart
      option={option}
      height={rows.length * ROW_PX + AXIS_PX}
      label={t("partyChart")}
      onClick={choose}
    />
  );
};
