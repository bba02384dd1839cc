/** Fields for whole units and for figures with decimals, which never pass through a float. */
import { Input, InputNumber } from "antd";
import type { ReactNode } from "react";

type Props<V> = {
  value: V;
  label: string;
  /** Whether what stands there cannot be. */
  wrong?: boolean;
  /** Typing begins here when its dialog opens. */
  first?: boolean;
  onChange: (value: V) => void;
};

const marks = ({ label, wrong = false, first }: Omit<Props<unknown>, "value" | "onChange">) => ({
  status: wrong ? ("error" as const) : ("" as const),
  "aria-label": label,
  "aria-invalid": wrong,
  ...(first ? { "data-first": true } : {}),
});

/** Whole units; null while nothing stands there. */
export const CountInput = (props: Props<number | null> & { min?: number }): ReactNode => (
  <InputNumber
    {...marks(props)}
    className="fill"
    controls={false}
    min={props.min ?? 0}
    precision={0}
    value={props.value}
    onChange={props.onChange}
  />
);

/** A price, a sum or a share as it was typed. */
export const FigureInput = (props: Props<string>): ReactNode => (
  <Input
    {...marks(props)}
    className="numeric-input figure"
    inputMode="decimal"
    value={props.value}
    onChange={(event) => props.onChange(event.target.value)}
  />
);
