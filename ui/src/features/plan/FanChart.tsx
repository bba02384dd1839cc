/** What was sold by day, and what is expected as a fan: the wider, the less is known. */

import type { TFunction } from "i18next";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { History, Id } from "../../contract";
import { Chart, chartColours } from "../../kit/Chart";
import { Part } from "../../kit/Detail";
import { useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";

type T = TFunction<"plan">;

type Point = { seriesName: string; value: number | null; axisValue: string };

/** The values of a forecast, after as many gaps as there are days of history. */
const after = (history: History, values: string[]): (number | null)[] => [
  ...history.days.map(() => null),
  ...values.map(Number),
];

/** The tooltip names what was sold, or the expected range. */
const told =
  (t: T, history: History) =>
  (points: Point[]): string => {
    const day = points[0]?.axisValue ?? "";
    const past = history.days.indexOf(day);
    if (past >= 0) {
      const units = history.units[past];
      return units === null || units === undefined
        ? t("dayMissing", { day })
        : t("daySold", { day, count: units });
    }
    const at = history.forecastDays.indexOf(day);
    const figures = { day, low: history.low[at] ?? "", high: history.high[at] ?? "" };
    return t("dayExpected", { ...figures, middle: history.forecast[at] ?? "" });
  };

/** The fan is a bare line at its low edge and, stacked on it, the area up to its high edge. */
const fan = (t: T, history: History) => {
  const edge = { type: "line", stack: "fan", symbol: "none", lineStyle: { opacity: 0 } };
  const span = history.high.map((high, at) => String(Number(high) - Number(history.low[at])));
  return [
    { ...edge, name: "low", data: after(history, history.low) },
    {
      ...edge,
      name: t("expectedRange"),
      data: after(history, span),
      areaStyle: { color: chartColours.fan },
    },
  ];
};

const option = (t: T, history: History) => ({
  legend: { show: false },
  tooltip: { trigger: "axis", confine: true, formatter: told(t, history) },
  xAxis: {
    type: "category",
    data: [...history.days, ...history.forecastDays],
    axisLine: { lineStyle: { color: chartColours.line } },
    axisLabel: {
      color: chartColours.axis,
      showMaxLabel: false,
      formatter: (day: string) => day.slice(5),
    },
    axisTick: { show: false },
  },
  yAxis: {
    type: "value",
    axisLabel: { color: chartColours.axis },
    splitLine: { lineStyle: { color: chartColours.line } },
  },
  series: [
    {
      name: t("sold"),
      type: "bar",
      barMaxWidth: 8,
      itemStyle: { color: chartColours.light },
      data: history.units,
    },
    ...fan(t, history),
    {
      name: t("expected"),
      type: "line",
      symbol: "none",
      lineStyle: { color: chartColours.ours, type: "dashed", width: 2 },
      itemStyle: { color: chartColours.ours },
      data: after(history, history.forecast),
    },
  ],
});

const Picture = (props: { history: History }): ReactNode => {
  const { t } = useTranslation("plan");
  const { history } = props;
  const drawn = useMemo(() => option(t, history), [t, history]);
  if (history.days.length === 0) return <p className="quiet">{t("noHistory")}</p>;
  return <Chart option={drawn} height={170} label={t("chartLabel")} />;
};

export const FanChart = (props: { sku: Id; place: Id }): ReactNode => {
  const { t } = useTranslation("plan");
  const { sku, place } = props;
  const history = useCall("plan.history", { sku, place });
  return (
    <Part title={t("soldAndExpected")}>
      <Answer query={history} rows={4}>
        {(data) => <Picture history={data} />}
      </Answer>
    </Part>
  );
};
