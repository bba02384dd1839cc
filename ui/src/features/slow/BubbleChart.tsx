/** Age against cover; the bubble is the money, or the units where money is not seen. */
import { type ReactNode, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SlowClass } from "../../contract";
import { Chart, type ChartClick, chartColours } from "../../kit/Chart";
import * as format from "../../kit/format";
import { useWords } from "../../kit/words";
import { age, CLASSES, type SlowLine } from "./lines";

const COLOURS: Record<SlowClass, string> = {
  dead: chartColours.red,
  stagnant: "#d5694f",
  slow: chartColours.amber,
  watch: "#c9b26b",
  healthy: chartColours.light,
  new: chartColours.grey,
};

/** Beyond this cover, and where nothing sells at all, bubbles stand on the right edge. */
const COVER_MOST = 720;
const COVER_STEP = 100;
const BUBBLES_MOST = 600;
const RADIUS_LEAST = 6;
const RADIUS_MOST = 44;

const weight = (line: SlowLine): number =>
  line.value === null ? line.row.qty : Number(line.value.value);

const coverOf = (line: SlowLine): number => Math.min(line.row.coverDays ?? COVER_MOST, COVER_MOST);

type Bubble = { value: [number, number, number]; line: SlowLine };

const bubbles = (lines: SlowLine[]): Bubble[] =>
  [...lines]
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, BUBBLES_MOST)
    .map((line) => ({ value: [coverOf(line), age(line.row) ?? 0, weight(line)], line }));

/** The area, not the radius, stands for the weight. */
const sizeFor =
  (heaviest: number) =>
  ([, , weighs = 0]: number[]): number =>
    RADIUS_LEAST + (RADIUS_MOST - RADIUS_LEAST) * Math.sqrt(weighs / Math.max(heaviest, 1));

const axis = (name: string) => ({
  type: "value",
  name,
  nameLocation: "middle",
  nameTextStyle: { color: chartColours.axis },
  axisLabel: { color: chartColours.axis },
  axisLine: { show: true, lineStyle: { color: chartColours.line } },
  splitLine: { lineStyle: { color: chartColours.line } },
});

const useTold = (currency: string | null): ((bubble: Bubble) => string) => {
  const { t } = useTranslation("slow");
  const { word } = useWords();
  return useCallback(
    ({ line: { row, value } }) => {
      const unknown = "–";
      return t("bubble", {
        sku: row.skuCode,
        lot: row.lotNo,
        place: row.placeCode,
        class: word("slow_class", row.class),
        units: format.qty(row.qty),
        age: age(row) ?? unknown,
        cover: row.coverDays ?? unknown,
        value: value && currency ? format.money(value.value, currency) : unknown,
      });
    },
    [t, word, currency],
  );
};

export const BubbleChart = (props: {
  lines: SlowLine[];
  currency: string | null;
  onOpen: (line: SlowLine) => void;
}): ReactNode => {
  const { t } = useTranslation("slow");
  const { word } = useWords();
  const { lines, currency, onOpen } = props;
  const told = useTold(currency);
  const drawn = useMemo(() => bubbles(lines), [lines]);
  const option = useMemo(() => {
    const size = sizeFor(Math.max(1, ...drawn.map(({ value }) => value[2])));
    const most = Math.max(60, ...drawn.map(({ value }) => value[0]));
    return {
      legend: {
        top: 0,
        right: 16,
        itemWidth: 8,
        itemHeight: 8,
        icon: "circle",
        textStyle: { color: chartColours.axis, fontSize: 11 },
      },
      grid: { left: 4, right: 24, top: 26, bottom: 4, outerBoundsMode: "same" },
      tooltip: {
        trigger: "item",
        confine: true,
        // Codes and lot numbers come from files of others: drawn as text, never read as markup.
        renderMode: "richText",
        formatter: ({ data }: { data: Bubble }) => told(data),
      },
      xAxis: {
        ...axis(t("coverAxis")),
        nameGap: 24,
        min: 0,
        max: Math.ceil((most * 1.05) / COVER_STEP) * COVER_STEP,
      },
      yAxis: { ...axis(t("ageAxis")), nameGap: 36, min: 0 },
      series: CLASSES.map((name) => ({
        name: word("slow_class", name),
        type: "scatter",
        symbolSize: size,
        itemStyle: { color: COLOURS[name], opacity: 0.62, borderColor: "#fff", borderWidth: 1 },
        data: drawn.filter(({ line }) => line.row.class === name),
      })).filter(({ data }) => data.length > 0),
    };
  }, [drawn, told, t, word]);
  const open = useCallback(
    (at: ChartClick) => {
      const of = drawn.filter(({ line }) => word("slow_class", line.row.class) === at.seriesName);
      const bubble = of[at.dataIndex];
      if (bubble) onOpen(bubble.line);
    },
    [drawn, onOpen, word],
  );
  return (
    <section className="slow-picture">
      <h3>
        {t(currency === null ? "pictureUnits" : "pictureMoney")}
        <span className="quiet"> {t("pictureHint", { days: COVER_MOST })}</span>
      </h3>
      <Chart option={option} height={230} label={t("pictureLabel")} onClick={open} />
    </section>
  );
};
