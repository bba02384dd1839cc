/** The price book as goods by channel on a day, and what in it contradicts itself. */
import dayjs from "dayjs";
import type { ChannelPriceRow, Day, Id, SkuRow } from "../../contract";

type Period = { from: Day; to: Day | null };

/** Whether a price holds on a day; the last day is still its own. */
export const holdsOn = ({ from, to }: Period, day: Day): boolean =>
  from <= day && (to === null || day <= to);

/** Whether two periods share a day. */
export const overlap = (a: Period, b: Period): boolean =>
  (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to);

/** The day before. */
export const dayBefore = (day: Day): Day => dayjs(day).subtract(1, "day").format("YYYY-MM-DD");

type Fault = "conflict" | "belowFloor";

/** What one product costs in one channel. */
export type PriceAt = {
  /** The price of the day, if there is one. */
  now: ChannelPriceRow | null;
  /** The first one that begins later. */
  next: ChannelPriceRow | null;
  fault: Fault | null;
};

export type BookLine = { sku: SkuRow; at: ReadonlyMap<Id, PriceAt> };

const priceAt = (periods: readonly ChannelPriceRow[], day: Day): PriceAt => {
  const sorted = [...periods].sort((a, b) => a.from.localeCompare(b.from));
  const now = sorted.find((price) => holdsOn(price, day)) ?? null;
  const next = sorted.find(({ from }) => from > day) ?? null;
  const twice = sorted.some((price, at) => sorted.slice(at + 1).some((b) => overlap(price, b)));
  const low = now?.belowFloor === true;
  return { now, next, fault: twice ? "conflict" : low ? "belowFloor" : null };
};

/** A line for each product, with its price in each channel that has one. */
export const bookOf = (
  skus: readonly SkuRow[],
  prices: readonly ChannelPriceRow[],
  day: Day,
): BookLine[] => {
  const bySku = new Map<Id, Map<Id, ChannelPriceRow[]>>();
  for (const price of prices) {
    const channels = bySku.get(price.sku) ?? new Map<Id, ChannelPriceRow[]>();
    bySku.set(
      price.sku,
      channels.set(price.channel, [...(channels.get(price.channel) ?? []), price]),
    );
  }
  return skus.map((sku) => {
    const channels = [...(bySku.get(sku.id) ?? [])];
    return { sku, at: new Map(channels.map(([id, periods]) => [id, priceAt(periods, day)])) };
  });
};

/** Another price of the same goods in the same channel on some of the days. */
export const conflictOf = (
  typed: Period & { id: Id | null; channel: Id; sku: Id },
  prices: readonly ChannelPriceRow[],
): ChannelPriceRow | null =>
  prices.find(
    (other) =>
      other.id !== typed.id &&
      other.channel === typed.channel &&
      other.sku === typed.sku &&
      overlap(typed, other),
  ) ?? null;
