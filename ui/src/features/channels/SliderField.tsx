/** One value that is played with: a slider for the eye, a field for the exact figure. */
import { Input, Slider } from "antd";
import { type ReactNode, useEffect, useState } from "react";

export const SliderField = (props: {
  label: string;
  /** The decimal played with; null leaves it to the core. */
  value: string | null;
  /** Shown where nothing is played with. */
  own: string | null;
  placeholder: string;
  max: number;
  step: number;
  prefix?: string;
  suffix?: string;
  isValue: (typed: string) => boolean;
  onChange: (value: string | null) => void;
}): ReactNode => {
  const { value, onChange, isValue } = props;
  const [typed, setTyped] = useState(value ?? "");
  // What is being typed stays as it is: "12." is on the way to "12.5".
  useEffect(() => {
    setTyped((now) =>
      value !== null && isValue(now) && Number(now) === Number(value) ? now : (value ?? ""),
    );
  }, [value, isValue]);
  const wrong = typed.trim() !== "" && !isValue(typed);
  const type = (text: string): void => {
    setTyped(text);
    if (text.trim() === "") onChange(null);
    else if (isValue(text)) onChange(text.trim());
  };
  return (
    <div className="slider-field">
      <div className="slider-head">
        <span className="slider-label">{props.label}</span>
        <Input
          className="figure"
          size="small"
          inputMode="decimal"
          allowClear
          value={typed}
          aria-label={props.label}
          aria-invalid={wrong}
          placeholder={props.own ?? props.placeholder}
          prefix={props.prefix}
          suffix={props.suffix}
          {...(wrong ? { status: "error" as const } : {})}
          onChange={(event) => type(event.target.value)}
          onBlur={() => setTyped(value ?? "")}
        />
      </div>
      <Slider
        min={0}
        max={props.max}
        step={props.step}
        value={Math.min(Number(value ?? props.own ?? 0), props.max)}
        tooltip={{ open: false }}
        ariaLabelForHandle={props.label}
        className={value === null ? "slider-own" : ""}
        onChange={(next: number) => onChange(next.toFixed(props.step < 1 ? 1 : 0))}
      />
    </div>
  );
};
