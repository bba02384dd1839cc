/** On hand by expiry: what has to go first, and how much of it there is. */
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LotRow } from "../../contract";
import { Chart, chartColours } from "../../kit/Chart";
import { expiryTone } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";

const colourOf = (lot: LotRow): string => {
  const tone = expiryTone(lot.daysLeft);
  if (tone === "red") return chartColours.red;
  if (tone === "amber") return chartColours.amber;
  return chartColours.ours;
};

export const LotsChart = (props: { lots: LotRow[] }): ReactNode => {
  const { t, i18n } = useTranslation("goods");
  const go = useGo();
  const { lots } = props;
  const locale = i18n.language === "zh" ? "zh" : "en";
  const option = useMemo(
    () => ({
      xAxis: {
        type: "category",
        data: lots.map((lot) => `${lot.expiresOn ?? "–"}\n${lot.lotNo}`),
        axisLine: { lineStyle: { color: chartColours.line } },
        axisTick: { show: false },
        axisLabel: { color: chartColours.axis, fontSize: 11 },
      },
      yAxis: {
        type: "value",
        splitLine: { lineStyle: { color: chartColours.line } },
        axisLabel: {
          color: chartColours.axis,
          fontSize: 11,
          formatter: (value: number) => format.short(value, locale),
        },
      },
      series: [
        {
          type: "bar",
          name: t("units"),
          barMaxWidth: 36,
          data: lots.map((lot) => ({ value: lot.onHand, itemStyle: { color: colourOf(lot) } })),
        },
      ],
    }),
    [lots, t, locale],
  );
  return (
    <Chart
      option={option}
      height={160}
      label={t("lotsChart")}
      onClick={({ dataIndex }) => {
        const lot = lots[dataIndex];
        if (lot) go(`/stock/lot/${lot.id}`);
      }}
    />
  );
};
