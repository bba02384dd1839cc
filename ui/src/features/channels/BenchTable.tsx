/** All channels side by side: what each is expected to leave, and how low its price may go. */
import { TrophyOutlined } from "@ant-design/icons";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { BenchResult, BenchRow, RunBench } from "../../contract";
import { AskWhy } from "../../kit/AskWhy";
import { Money, type Tone } from "../../kit/Figures";
import { Tag } from "../../kit/StatusTag";
import { useWords } from "../../kit/words";
import { keyOf, underFloor, worst } from "./bench";
import { FlagCount } from "./LawFlags";

type Figure = "margin" | "expected" | "breakEven" | "floorSunk" | "floorDestruction";

const FIGURES: readonly Figure[] = [
  "expected",
  "margin",
  "breakEven",
  "floorSunk",
  "floorDestruction",
];

/** The way of selling: who is rewarded. */
export const useWayName = (): ((row: Pick<BenchRow, "way" | "mech">) => string) => {
  const { word } = useWords();
  return ({ way, mech }) => {
    if (mech === null) return word("pricing_way", way);
    const kind = word("pricing_mech", mech);
    return way === mech ? kind : `${kind} · ${way}`;
  };
};

/** A loss is red; a floor that the price is under is red, the full cost's amber. */
const toneOf = (figure: Figure, row: BenchRow, result: BenchResult): { tone?: Tone } => {
  if (figure === "margin" || figure === "expected")
    return Number(result[figure]) < 0 ? { tone: "red" } : {};
  const under = underFloor(row.price, result);
  if (figure === "breakEven") return under === null ? {} : { tone: "amber" };
  const broken =
    figure === "floorSunk" ? under === "sunk" || under === "destruction" : under === "destruction";
  return broken ? { tone: "red" } : {};
};

const Cells = (props: { row: BenchRow; ask: RunBench }): ReactNode => {
  const { message } = useWords();
  const { row, ask } = props;
  const { result } = row;
  if (result === null)
    return (
      <td colSpan={FIGURES.length + 1} className="tone-amber">
        {row.problem !== null && message(row.problem)}
      </td>
    );
  return (
    <>
      {FIGURES.map((figure) => (
        <td key={figure} className="numeric">
          {result[figure] === null ? (
            "–"
          ) : (
            <AskWhy ask={{ bench: ask, channel: row.channel, way: row.way, figure, account: null }}>
              <Money amount={result[figure]} {...toneOf(figure, row, result)} />
            </AskWhy>
          )}
        </td>
      ))}
      <td>
        <FlagCount gravest={worst(result.flags)} count={result.flags.length} />
      </td>
    </>
  );
};

const Head = (): ReactNode => {
  const { t } = useTranslation("channels");
  return (
    <thead>
      <tr>
        <th>{t("channel")}</th>
        <th className="numeric" title={t("expectedHint")}>
          {t("expected")}
        </th>
        <th className="numeric" title={t("marginHint")}>
          {t("margin")}
        </th>
        <th className="numeric" title={t("breakEvenHint")}>
          {t("breakEven")}
        </th>
        <th className="numeric" title={t("floorSunkHint")}>
          {t("floorSunk")}
        </th>
        <th className="numeric" title={t("floorDestructionHint")}>
          {t("floorDestruction")}
        </th>
        <th>{t("law")}</th>
      </tr>
    </thead>
  );
};

export const BenchTable = (props: {
  rows: readonly BenchRow[];
  best: BenchRow | null;
  chosen: BenchRow | null;
  ask: RunBench;
  /** Whether a row is one way of several: the way is named then. */
  allWays: boolean;
  onChosen: (row: BenchRow) => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { name } = useWords();
  const wayName = useWayName();
  const body = useRef<HTMLTableSectionElement>(null);
  const { rows, chosen, best } = props;
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (step === undefined || chosen === null) return;
    const at = rows.findIndex((row) => keyOf(row) === keyOf(chosen));
    const next = rows[at + step];
    if (next === undefined) return;
    event.preventDefault();
    props.onChosen(next);
    body.current?.querySelectorAll<HTMLButtonElement>(".bench-name")[at + step]?.focus();
  };
  const choiceClass = (row: BenchRow): string =>
    chosen !== null && keyOf(row) === keyOf(chosen) ? "bench-chosen" : "";
  return (
    <table className="plain-table bench-table">
      <Head />
      <tbody ref={body} onKeyDown={move}>
        {rows.map((row) => (
          <tr key={keyOf(row)} className={choiceClass(row)} onClick={() => props.onChosen(row)}>
            <td>
              <button
                type="button"
                className="link bench-name"
                aria-pressed={chosen !== null && keyOf(row) === keyOf(chosen)}
                title={name(row.name)}
              >
                {name(row.name)}
              </button>
              {best !== null && keyOf(row) === keyOf(best) && (
                <Tag tone="blue">
                  <TrophyOutlined /> {t("best")}
                </Tag>
              )}
              {(props.allWays || row.way !== "none") && (
                <div className="quiet bench-way">{wayName(row)}</div>
              )}
            </td>
            <Cells row={row} ask={props.ask} />
          </tr>
        ))}
      </tbody>
    </table>
  );
};
