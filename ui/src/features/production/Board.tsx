/** The board: a column a phase, in the order in which an order passes through them. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Id, OrderRow } from "../../contract";
import { Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";

/** The phases of a living order, first to last; what is over comes after them. */
export const PHASES: readonly string[] = [
  "draft",
  "awaiting_acceptance",
  "awaiting_deposit",
  "awaiting_material",
  "awaiting_balance",
  "making",
  "ready",
  "receiving",
  "awaiting_qc",
  "complete",
];

/** The columns that the board shows for these orders. */
export const columnsOf = (list: OrderRow[]): { phase: string; rows: OrderRow[] }[] => {
  const others = [...new Set(list.map((row) => row.phase))].filter((it) => !PHASES.includes(it));
  return [...PHASES, ...others].map((phase) => ({
    phase,
    rows: list.filter((row) => row.phase === phase),
  }));
};

const Progress = (props: { received: number; ordered: number }): ReactNode => {
  const share = props.ordered > 0 ? Math.min(100, (100 * props.received) / props.ordered) : 0;
  return (
    <div className="bar">
      <span className={share >= 100 ? "bar-full" : ""} style={{ width: `${share}%` }} />
    </div>
  );
};

const When = (props: { row: OrderRow }): ReactNode => {
  const { t } = useTranslation("production");
  const kit = useTranslation("kit").t;
  const { status } = useSession();
  const { row } = props;
  if (row.lateDays > 0) return <Tag tone="red">{kit("daysLate", { count: row.lateDays })}</Tag>;
  if (row.promisedOn === null || row.received >= row.ordered) return null;
  const days = format.daysBetween(status.today, row.promisedOn);
  return days >= 0 ? <span className="quiet figure">{t("inDays", { count: days })}</span> : null;
};

const Card = (props: { row: OrderRow; open: boolean; onOpen: () => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const { row } = props;
  const tone = row.lateDays > 0 ? "board-card board-late" : "board-card";
  const box = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The detail beside the board may have covered the card that it shows.
    if (props.open) box.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [props.open]);
  return (
    <button
      ref={box}
      type="button"
      className={props.open ? `${tone} board-open` : tone}
      onClick={props.onOpen}
    >
      <span className="board-line">
        <strong>{row.number === "" ? row.factoryName : row.number}</strong>
        <When row={row} />
      </span>
      <span className="board-goods">
        {row.kind === "purchase" && <Tag tone="grey">{word("order_kind", row.kind)}</Tag>}{" "}
        {row.goods}
      </span>
      {row.number !== "" && <span className="board-factory quiet">{row.factoryName}</span>}
      <span className="board-line quiet">
        <span className="figure">{row.promisedOn ?? t("noPromise")}</span>
        <span className="figure">
          {row.received > 0 && (
            <>
              <Qty value={row.received} /> /{" "}
            </>
          )}
          <Qty value={row.ordered} zero="0" />
        </span>
      </span>
      {row.received > 0 && <Progress received={row.received} ordered={row.ordered} />}
    </button>
  );
};

/** Arrow keys lead from card to card, also into the next column. */
const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const columns = [...event.currentTarget.querySelectorAll(".board-column")].map((column) => [
    ...column.querySelectorAll<HTMLElement>(".board-card"),
  ]);
  const x = columns.findIndex((cards) => cards.includes(document.activeElement as HTMLElement));
  const y = columns[x]?.indexOf(document.activeElement as HTMLElement) ?? -1;
  if (y < 0) return;
  const beside = (step: number): HTMLElement | undefined => {
    for (let at = x + step; at >= 0 && at < columns.length; at += step) {
      const cards = columns[at] ?? [];
      if (cards.length > 0) return cards[Math.min(y, cards.length - 1)];
    }
    return undefined;
  };
  const to: Record<string, HTMLElement | undefined> = {
    ArrowDown: columns[x]?.[y + 1],
    j: columns[x]?.[y + 1],
    ArrowUp: columns[x]?.[y - 1],
    k: columns[x]?.[y - 1],
    ArrowRight: beside(1),
    ArrowLeft: beside(-1),
  };
  const next = to[event.key];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
};

/** A phase that holds orders takes room; an empty one keeps its place in the row and no more. */
const widthOf = (rows: OrderRow[]): string =>
  rows.length === 0 ? "minmax(72px, 0.4fr)" : "minmax(232px, 1fr)";

export const Board = (props: {
  list: OrderRow[];
  openId: Id | null;
  onOpen: (id: Id) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const columns = columnsOf(props.list);
  return (
    <section
      className="board"
      aria-label={t("board")}
      style={{ gridTemplateColumns: columns.map(({ rows }) => widthOf(rows)).join(" ") }}
      onKeyDown={moveFocus}
    >
      {columns.map(({ phase, rows }) => (
        <div key={phase} className={rows.length === 0 ? "board-column board-none" : "board-column"}>
          <h3>
            {word("order_phase", phase)} <span className="quiet figure">{rows.length}</span>
          </h3>
          {rows.map((row) => (
            <Card
              key={row.id}
              row={row}
              open={row.id === props.openId}
              onOpen={() => props.onOpen(row.id)}
            />
          ))}
        </div>
      ))}
    </section>
  );
};
