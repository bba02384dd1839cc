/** Rows as tab-separated text that Excel pastes as a table and never runs as a formula. */
import type { Column } from "./columns";

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** One cell: no tabs or line ends, and text that looks like a formula begins with an apostrophe. */
export const tsvCell = (text: string): string => {
  const flat = text.replace(/[\t\r\n]+/g, " ");
  return /^[=+\-@]/.test(flat) && !isNumber(flat) ? `'${flat}` : flat;
};

export const toTsv = <R>(columns: Column<R>[], rows: R[]): string => {
  const head = columns.map((column) => tsvCell(column.title)).join("\t");
  const body = rows.map((row) => columns.map((column) => tsvCell(column.text(row))).join("\t"));
  return [head, ...body].join("\n");
};
