/** A line of some thirty values without axes: the direction of a figure, not its size. */
import type { ReactNode } from "react";

export const linePoints = (values: number[], width: number, height: number): string => {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values
    .map((value, at) => {
      const y = span === 0 ? height / 2 : height - ((value - low) / span) * height;
      return `${(at * step).toFixed(1)},${(y + 1).toFixed(1)}`;
    })
    .join(" ");
};

export const Sparkline = (props: { values: number[]; label: string }): ReactNode => {
  const width = 120;
  const height = 26;
  if (props.values.length < 2) return <div className="sparkline" />;
  const points = linePoints(props.values, width, height);
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${width} ${height + 2}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      <polygon points={`0,${height + 2} ${points} ${width},${height + 2}`} className="spark-area" />
      <polyline points={points} className="spark-line" />
    </svg>
  );
};
