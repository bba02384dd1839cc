/** The head of a grid: sort by click, width by dragging, columns by choice. */
import { CaretDownOutlined, CaretUpOutlined, HolderOutlined } from "@ant-design/icons";
import { Checkbox, Popover } from "antd";
import { type PointerEvent, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Column, ColumnLayout, Sort } from "./columns";

const ResizeHandle = (props: { onResize: (width: number) => void }): ReactNode => {
  const start = useRef<{ x: number; width: number } | null>(null);
  const down = (event: PointerEvent<HTMLSpanElement>): void => {
    event.stopPropagation();
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const width = event.currentTarget.parentElement?.offsetWidth ?? 0;
    start.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent<HTMLSpanElement>): void => {
    if (start.current) props.onResize(start.current.width + event.clientX - start.current.x);
  };
  return (
    <span
      className="resize"
      aria-hidden="true"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = null;
      }}
      onClick={(event) => event.stopPropagation()}
    />
  );
};

const ColumnChooser = <R,>(props: { layout: ColumnLayout<R>; all: Column<R>[] }): ReactNode => {
  const { t } = useTranslation("kit");
  const { layout, all } = props;
  const content = (
    <div className="column-choice">
      {all.map((column) => (
        <Checkbox
          key={column.id}
          checked={layout.isShown(column)}
          disabled={layout.isShown(column) && layout.columns.length === 1}
          onChange={(event) => layout.show(column.id, event.target.checked)}
        >
          {column.title}
        </Checkbox>
      ))}
      <button type="button" className="link" onClick={layout.reset}>
        {t("columnsReset")}
      </button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" title={t("columns")} content={content}>
      <button type="button" className="grid-columns" aria-label={t("columns")} title={t("columns")}>
        <HolderOutlined />
      </button>
    </Popover>
  );
};

const ariaSort = (sort: Sort | null, id: string): "ascending" | "descending" | "none" => {
  if (sort?.column !== id) return "none";
  return sort.descending ? "descending" : "ascending";
};

export const GridHead = <R,>(props: {
  layout: ColumnLayout<R>;
  all: Column<R>[];
  sort: Sort | null;
  onSort: (sort: Sort) => void;
}): ReactNode => {
  const { layout, sort, onSort } = props;
  const click = (column: Column<R>): void => {
    if (!column.sortable && !column.by) return;
    const again = sort?.column === column.id;
    // Numbers are looked at from the largest, words from the first letter.
    const descending = again ? !sort.descending : (column.numeric ?? false);
    onSort({ column: column.id, descending });
  };
  return (
    <div className="grid-head" role="row" aria-rowindex={1}>
      {layout.columns.map((column, at) => (
        <div
          key={column.id}
          // Placed by number: the chooser lies over the last head without moving it.
          style={{ gridColumn: at + 1 }}
          role="columnheader"
          aria-sort={ariaSort(sort, column.id)}
          className={`head-cell${column.numeric ? " numeric" : ""}${
            column.sortable || column.by ? " sortable" : ""
          }`}
          title={column.title}
          onClick={() => click(column)}
        >
          <span className="head-text">{column.title}</span>
          {sort?.column === column.id &&
            (sort.descending ? <CaretDownOutlined /> : <CaretUpOutlined />)}
          <ResizeHandle onResize={(width) => layout.resize(column.id, width)} />
        </div>
      ))}
      <ColumnChooser layout={layout} all={props.all} />
    </div>
  );
};
