/** Opens the arithmetic behind a figure: lines that add up, exactly as the core worked them out. */
import { Popover } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Derivation, DerivationLine } from "../contract";
import { times } from "./decimal";
import { grouped } from "./format";
import { useWords } from "./words";

/** What a line does to the total of the lines above it. */
const SIGNS: Record<string, string> = {
  start: "",
  plus: "+",
  add: "+",
  minus: "−",
  subtract: "−",
  times: "×",
  multiply: "×",
  divide: "÷",
  at_least: "≥",
  at_most: "≤",
  round: "≈",
  round_up: "≈",
  round_half_up: "≈",
  equals: "=",
  note: "",
};

const isDecimal = (value: string): boolean => /^-?\d+(\.\d+)?$/.test(value);

/** A figure for reading: two decimals are enough, and a pointer over it tells the others. */
const read = (value: string): string =>
  grouped(/\.\d{3,}$/.test(value) ? times(value, 1).replace(/\.?0+$/, "") : value);

const Line = (props: { line: DerivationLine }): ReactNode => {
  const { message, word } = useWords();
  const { op, text, value, unit } = props.line;
  return (
    <tr className={`why-${op}`}>
      <td className="why-sign">{SIGNS[op] ?? ""}</td>
      <td>{message(text)}</td>
      <td className="numeric" title={value ?? ""}>
        {value !== null && (isDecimal(value) ? read(value) : value)}
      </td>
      <td className="quiet">{unit !== null && word("unit", unit)}</td>
    </tr>
  );
};

/** The card alone, for details that have room for it. */
export const WhyLines = (props: { derivation: Derivation }): ReactNode => (
  <table className="why-lines">
    <tbody>
      {props.derivation.lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are a fixed calculation
        <Line key={at} line={line} />
      ))}
    </tbody>
  </table>
);

/** A figure that opens its derivation when clicked or reached by keyboard. */
export const Why = (props: { derivation: Derivation; children: ReactNode }): ReactNode => {
  const { t } = useTranslation("kit");
  if (props.derivation.lines.length === 0) return props.children;
  return (
    <Popover
      trigger="click"
      title={t("whyHint")}
      content={<WhyLines derivation={props.derivation} />}
      classNames={{ root: "why-popover" }}
    >
      <button type="button" className="why" onClick={(event) => event.stopPropagation()}>
        {props.children}
      </button>
    </Popover>
  );
};
