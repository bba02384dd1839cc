/** Where versions of rules lie on a line of time, in percent of its length. */

import dayjs from "dayjs";
import type { RuleVersion } from "../../contract";

const DAY_MS = 86_400_000;
/** Beyond the last bound the line goes on for this share of what is before it, and so many days. */
const AFTER = 0.25;
const AFTER_LEAST_DAYS = 60;

/** A time during which a version holds; a version can hold twice. */
export type Span = {
  version: RuleVersion;
  from: string;
  to: string | null;
  left: number;
  width: number;
};

const at = (instant: string): number => dayjs(instant).valueOf();

/** The parts of the line and where today is on it; open ends reach the end of the line. */
export const spans = (
  versions: readonly RuleVersion[],
  today: string,
): { parts: Span[]; now: number } => {
  const now = at(today);
  const held = versions.flatMap((version) => version.spans.map((span) => ({ version, ...span })));
  const bounds = held.flatMap(({ from, to }) => (to === null ? [at(from)] : [at(from), at(to)]));
  const start = Math.min(now, ...bounds);
  const last = Math.max(now, ...bounds);
  const end = last + Math.max((last - start) * AFTER, AFTER_LEAST_DAYS * DAY_MS);
  const place = (instant: number): number => ((instant - start) / (end - start)) * 100;
  const parts = held.map((span) => {
    const left = place(at(span.from));
    const right = span.to === null ? 100 : place(at(span.to));
    return { ...span, left, width: Math.max(0, right - left) };
  });
  return { parts, now: place(now) };
};

/** An instant as its rules tell it, in their own offset: a day when it is the begin of one. */
export const told = (instant: string): string => {
  const [, day = instant, time = ""] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(instant) ?? [];
  return time === "" || time === "00:00" ? day : `${day} ${time}`;
};
