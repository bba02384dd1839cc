/** A picture of numbers. The drawing library loads when the first chart is shown. */
import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { type ReactNode, useEffect, useRef, useState } from "react";

/** Colours of charts, the same meanings as everywhere. */
export const chartColours = {
  ours: "#2f6f9f",
  light: "#9cc3dd",
  fan: "rgba(47,111,159,0.16)",
  grey: "#b8bec6",
  axis: "#8a929c",
  line: "#e6e9ed",
  red: "#c8402f",
  amber: "#d18a1b",
  green: "#3f8f5b",
};

const frame: EChartsCoreOption = {
  animation: false,
  textStyle: {
    fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  },
  grid: { left: 8, right: 12, top: 16, bottom: 4, outerBoundsMode: "same" },
  tooltip: { trigger: "axis", confine: true, transitionDuration: 0 },
};

export type ChartClick = { name: string; dataIndex: number; seriesName: string };

export const Chart = (props: {
  option: EChartsCoreOption;
  height: number;
  /** What the picture shows, for those who do not see it. */
  label: string;
  onClick?: (at: ChartClick) => void;
}): ReactNode => {
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const { option, onClick } = props;

  useEffect(() => {
    let made: EChartsType | null = null;
    let gone = false;
    void import("./echarts").then(({ init }) => {
      if (gone || box.current === null) return;
      made = init(box.current);
      setChart(made);
    });
    return () => {
      gone = true;
      made?.dispose();
      setChart(null);
    };
  }, []);

  useEffect(() => {
    chart?.setOption({ ...frame, ...option }, { notMerge: true });
  }, [chart, option]);

  useEffect(() => {
    if (chart === null || box.current === null) return;
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [chart]);

  useEffect(() => {
    if (chart === null || onClick === undefined) return;
    const listen = (event: unknown): void => onClick(event as ChartClick);
    chart.on("click", listen);
    return () => {
      chart.off("click", listen);
    };
  }, [chart, onClick]);

  return (
    <div
      ref={box}
      className="chart"
      style={{ height: props.height }}
      role="img"
      aria-label={props.label}
    />
  );
};
