/**
 * The list that everybody lives in: only the rows in sight are drawn, each 28 px high, plain
 * elements without a widget per cell. Keyboard as in a spreadsheet.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useRef,
} from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "../keys";
import { useNotices } from "../Notices";
import { type Column, type Sort, useColumnLayout } from "./columns";
import { GridHead } from "./GridHead";
import { moved, useActiveRow, useFocusOnArrival } from "./moves";
import { useRoom } from "./room";
import type { Rows } from "./rows";
import { toTsv } from "./tsv";

const ROW_PX = 28;
const NONE_SPARE: readonly string[] = [];

export type DataGridProps<R> = {
  /** Names the grid in what the person has chosen: widths, columns. */
  id: string;
  label: string;
  columns: Column<R>[];
  rows: Rows<R>;
  rowKey: (row: R) => string;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
  /** What is open in the detail, as `openOf` names it. */
  openKey?: string | null;
  /** What a row opens: its key unless several rows open the same. */
  openOf?: (row: R) => string | null;
  onOpen?: (row: R) => void;
  /** Keys of marked rows; Space marks, Shift with arrows extends. */
  marked?: ReadonlySet<string>;
  onMark?: (marked: Set<string>) => void;
  /** Ids of columns that step aside, one after the other, where there is no room for all. */
  spare?: readonly string[];
  /** Shown instead of rows when there is none. */
  empty?: ReactNode;
  /** A class for rows that need attention. */
  rowTone?: (row: R) => "red" | "amber" | "grey" | undefined;
};

type RowProps<R> = {
  id: string;
  row: R | undefined;
  index: number;
  top: number;
  columns: Column<R>[];
  className: string;
  selected: boolean | undefined;
  onClick: (index: number, event: MouseEvent) => void;
};

const RowView = <R,>(props: RowProps<R>): ReactNode => (
  <div
    id={props.id}
    role="row"
    aria-rowindex={props.index + 2}
    aria-selected={props.selected}
    className={props.className}
    style={{ top: props.top }}
    onClick={(event) => props.onClick(props.index, event)}
  >
    {props.columns.map((column) => (
      <div key={column.id} role="gridcell" className={column.numeric ? "cell numeric" : "cell"}>
        {props.row === undefined ? <span className="cell-wait" /> : column.cell(props.row)}
      </div>
    ))}
  </div>
);

// While scrolling only the rows that come into sight are drawn.
const Row = memo(RowView) as typeof RowView;

/** A cell that is cut off tells its whole text under the pointer. */
const tellWhole = (event: MouseEvent): void => {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>(".cell") : null;
  if (cell === null) return;
  if (cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent;
  else cell.removeAttribute("title");
};

const ROWS_SEARCHED = 2000;

/** Where the first row of a kind stands among the first rows; -1 when none is among them. */
const indexOf = <R,>(rows: Rows<R>, is: (row: R | undefined) => boolean): number => {
  for (let index = 0; index < Math.min(rows.count, ROWS_SEARCHED); index += 1) {
    if (is(rows.at(index))) return index;
  }
  return -1;
};

const Totals = <R,>(props: { columns: Column<R>[] }): ReactNode => {
  if (!props.columns.some((column) => column.total !== undefined)) return null;
  return (
    <div className="grid-totals grid-row" role="row">
      {props.columns.map((column) => (
        <div key={column.id} role="gridcell" className={column.numeric ? "cell numeric" : "cell"}>
          {column.total}
        </div>
      ))}
    </div>
  );
};

export const DataGrid = <R,>(props: DataGridProps<R>): ReactNode => {
  const { rows, rowKey, onOpen, marked, onMark } = props;
  const { t } = useTranslation("kit");
  const notices = useNotices();
  const box = useRef<HTMLDivElement>(null);
  const room = useRoom(box);
  const layout = useColumnLayout(props.id, props.columns, room, props.spare ?? NONE_SPARE);
  const prefix = useId();
  const { active, setActive } = useActiveRow(rows.count);
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollPaddingStart: ROW_PX + 4,
    scrollPaddingEnd: ROW_PX + 4,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  const { want } = rows;
  useEffect(() => {
    if (last >= first) want?.(first, last);
  }, [want, first, last]);

  useFocusOnArrival(box);
  const order = props.sort && `${props.sort.column} ${props.sort.descending}`;
  const shownOrder = useRef(order);
  useEffect(() => {
    if (shownOrder.current === order) return;
    shownOrder.current = order;
    box.current?.scrollTo({ top: 0 });
    setActive(0);
  }, [order, setActive]);

  const { openKey = null } = props;
  const openOf = props.openOf ?? rowKey;
  const isOpen = (row: R | undefined): boolean =>
    row !== undefined && openKey !== null && openOf(row) === openKey;
  const find = useRef<() => number>(() => -1);
  find.current = () => (isOpen(rows.at(active)) ? active : indexOf(rows, isOpen));
  const loaded = rows.at(0) !== undefined;
  useEffect(() => {
    // What was opened from elsewhere is where the keyboard goes on.
    const index = openKey !== null && loaded ? find.current() : -1;
    if (index >= 0) setActive(index);
  }, [openKey, loaded, setActive]);

  const markRow = (index: number): void => {
    const row = rows.at(index);
    if (row === undefined || !onMark) return;
    const next = new Set(marked);
    const key = rowKey(row);
    if (!next.delete(key)) next.add(key);
    onMark(next);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent) || event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? ROW_PX) / ROW_PX) - 3);
    const next = moved(event.nativeEvent, active, rows.count, page);
    const row = rows.at(active);
    if (next !== null) {
      setActive(next);
      virtual.scrollToIndex(next);
      if (event.shiftKey) markRow(next);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && row !== undefined)
      onOpen?.(row);
    else if (event.key === " " && onMark) markRow(active);
    else return;
    event.preventDefault();
  };

  const copy = (event: ClipboardEvent): void => {
    // Text that the user has selected with the mouse is copied as it is.
    if (getSelection()?.isCollapsed === false) return;
    const chosen: R[] = [];
    for (let index = 0; index < rows.count; index += 1) {
      const row = rows.at(index);
      const isChosen =
        marked && marked.size > 0 ? row && marked.has(rowKey(row)) : index === active;
      if (row !== undefined && isChosen) chosen.push(row);
    }
    event.clipboardData.setData("text/plain", toTsv(layout.columns, chosen));
    event.preventDefault();
    notices.say(t("copied", { count: chosen.length }));
  };

  const click = useRef<(index: number, event: MouseEvent) => void>(() => undefined);
  click.current = (index, event) => {
    setActive(index);
    const row = rows.at(index);
    if (onMark && (event.ctrlKey || event.metaKey || event.shiftKey)) markRow(index);
    else if (row !== undefined) onOpen?.(row);
  };
  const clicked = useCallback((index: number, event: MouseEvent) => {
    click.current(index, event);
  }, []);

  const classOf = (row: R | undefined, index: number): string => {
    const tone = row === undefined ? undefined : props.rowTone?.(row);
    const key = row === undefined ? null : rowKey(row);
    return [
      "grid-row",
      index === active ? "row-active" : "",
      isOpen(row) ? "row-open" : "",
      key !== null && marked?.has(key) ? "row-marked" : "",
      tone ? `row-${tone}` : "",
    ].join(" ");
  };

  return (
    <div
      ref={box}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rows.count + 1}
      aria-colcount={layout.columns.length}
      aria-multiselectable={onMark ? true : undefined}
      aria-activedescendant={rows.count > 0 ? `${prefix}-${active}` : undefined}
      style={{ "--columns": layout.template, "--width": `${layout.width}px` }}
      onKeyDown={onKeyDown}
      onCopy={copy}
      onMouseOver={tellWhole}
    >
      <GridHead layout={layout} all={props.columns} sort={props.sort} onSort={props.onSort} />
      {rows.count === 0 && <div className="grid-empty">{props.empty ?? t("nothingFound")}</div>}
      <div className="grid-rows" role="rowgroup" style={{ height: rows.count * ROW_PX }}>
        {items.map((item) => {
          const row = rows.at(item.index);
          return (
            <Row
              key={item.index}
              id={`${prefix}-${item.index}`}
              row={row}
              index={item.index}
              top={item.start}
              columns={layout.columns}
              className={classOf(row, item.index)}
              selected={row === undefined || !onMark ? undefined : marked?.has(rowKey(row))}
              onClick={clicked}
            />
          );
        })}
      </div>
      {rows.count > 0 && <Totals columns={layout.columns} />}
    </div>
  );
};
