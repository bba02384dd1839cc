/** A factory's month while its count is typed: differences, and what may be done with them. */
import type { CountedLine, Day, Id, StatementCard, StatementRow } from "../../contract";
import * as format from "../../kit/format";

/** Counts as typed, by material; null is a line that was not counted. */
export type Counts = ReadonlyMap<Id, number | null>;

export const countsOf = (lines: readonly StatementRow[]): Counts =>
  new Map(lines.map(({ material, counted }) => [material, counted]));

/** Counted less book; null when it was not counted. */
export const differenceOf = (line: StatementRow, counts: Counts): number | null => {
  const counted = counts.get(line.material) ?? null;
  return counted === null ? null : counted - line.closing;
};

/** What came in: from us and straight from suppliers. */
export const cameIn = (line: StatementRow): number => line.sent + line.directIn;

/** What is sent of the counts. */
export const countedLines = (lines: readonly StatementRow[], counts: Counts): CountedLine[] =>
  lines.flatMap(({ material }) => {
    const counted = counts.get(material) ?? null;
    return counted === null ? [] : [{ material, counted }];
  });

/** The counts that differ from the book: only these have to be booked. */
export const differing = (lines: readonly StatementRow[], counts: Counts): CountedLine[] =>
  countedLines(
    lines.filter((line) => (differenceOf(line, counts) ?? 0) !== 0),
    counts,
  );

/** Whether something was typed that is not kept yet. */
export const isTouched = (lines: readonly StatementRow[], counts: Counts): boolean =>
  lines.some(({ material, counted }) => (counts.get(material) ?? null) !== counted);

const pad = (part: number): string => String(part).padStart(2, "0");

/** The first day of the month so many months from that of a day. */
export const monthFrom = (day: Day, months: number): Day => {
  const [year = 0, month = 1] = day.split("-").map(Number);
  const at = year * 12 + month - 1 + months;
  return `${Math.floor(at / 12)}-${pad((at % 12) + 1)}-01`;
};

/** The last day of the month of a day. */
export const lastOf = (day: Day): Day => {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return `${day.slice(0, 7)}-${pad(new Date(Date.UTC(year, month, 0)).getUTCDate())}`;
};

/** When a count of a month is booked: at its end, or today while it runs. */
export const countDay = (month: Day, today: Day): Day =>
  lastOf(month) < today ? lastOf(month) : today;

/** The months that a statement can be asked for, this one first. */
export const monthsBack = (today: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, back) => monthFrom(today, -back));

/** What a card was made of: when it changes, what was typed on the old one is gone. */
export const stamp = ({ state, lines, note }: StatementCard): string =>
  [
    state ?? "",
    note,
    ...lines.map((line) => `${line.closing}/${line.suspense}/${line.counted ?? ""}`),
  ].join(" ");

/** A difference with its sign. */
export const signed = (units: number): string =>
  units > 0 ? `+${format.qty(units)}` : format.qty(units).replace("-", "−");
