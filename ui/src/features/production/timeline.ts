/** An order on the calendar: what was promised, what has happened, and where it stands between. */
import type {
  Day,
  EntryRow,
  MilestoneWord,
  OrderCard,
  OrderRow,
  OrderTracks,
} from "../../contract";
import * as format from "../../kit/format";

/** The days that the picture shows, both in it. */
export type Span = { from: Day; to: Day };

type MarkKind = "issued" | "accepted" | "milestone" | "planned" | "receipt";

/** Something that happened on a day, or is planned for it. */
export type Mark = {
  kind: MarkKind;
  day: Day;
  milestone: MilestoneWord | null;
  /** Units of a receipt. */
  units: number | null;
};

const MARGIN = 7;

const shifted = (day: Day, days: number): Day => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

/** From before the first order was issued to after the last promise, today always in it. */
export const spanOf = (rows: OrderRow[], today: Day): Span => {
  const days = rows.flatMap(({ issuedOn, promisedOn }) => [issuedOn, promisedOn]);
  const known = [today, ...days.filter((day) => day !== null)].sort();
  return { from: shifted(known[0] ?? today, -MARGIN), to: shifted(known.at(-1) ?? today, MARGIN) };
};

/** Where a day stands, in percent of the width; days outside stand at the edge. */
export const placeOf = (day: Day, span: Span): number => {
  const whole = Math.max(1, format.daysBetween(span.from, span.to));
  return Math.min(100, Math.max(0, (100 * format.daysBetween(span.from, day)) / whole));
};

/** The first days of the months in the picture. */
export const monthsOf = (span: Span): Day[] => {
  const months: Day[] = [];
  let [year = 0, month = 0] = span.from.split("-").map(Number);
  for (;;) {
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    const day = `${year}-${String(month).padStart(2, "0")}-01`;
    if (day > span.to) return months;
    months.push(day);
  }
};

const mark = (kind: MarkKind, day: Day, more: Partial<Mark> = {}): Mark => ({
  kind,
  day,
  milestone: null,
  units: null,
  ...more,
});

const milestoneMarks = (tracks: OrderTracks | null): Mark[] =>
  (tracks?.milestones ?? []).flatMap(({ milestone, plannedOn, reachedOn }) => [
    ...(plannedOn !== null ? [mark("planned", plannedOn, { milestone })] : []),
    ...(reachedOn !== null ? [mark("milestone", reachedOn, { milestone })] : []),
  ]);

const receiptMarks = (card: OrderCard): Mark[] =>
  card.receipts
    .filter(({ reversed }) => !reversed)
    .map(({ day, lines }) =>
      mark("receipt", day, { units: lines.reduce((sum, { qty }) => sum + qty, 0) }),
    );

/** What has happened to an order and what is planned, by day. */
export const marksOf = (
  card: OrderCard,
  tracks: OrderTracks | null,
  entries: EntryRow[],
): Mark[] => {
  const { issuedOn } = card.row;
  const accepted = entries.filter(
    (one) => one.kind === "order_accepted" && one.reversedBy === null,
  );
  const first = accepted.map(({ effectiveOn }) => effectiveOn).sort()[0];
  const marks = [
    ...(issuedOn === null ? [] : [mark("issued", issuedOn)]),
    ...(first === undefined ? [] : [mark("accepted", first)]),
    ...milestoneMarks(tracks),
    ...receiptMarks(card),
  ];
  return marks.sort((a, b) => a.day.localeCompare(b.day));
};

/** The last day that the order has lived by now: its last receipt when all has come, else today. */
export const livedTo = (row: OrderRow, marks: Mark[], today: Day): Day => {
  const over = row.state === "closed" || row.state === "cancelled" || row.received >= row.ordered;
  const last = marks.filter(({ kind }) => kind === "receipt").at(-1);
  return over && last !== undefined ? last.day : today;
};
