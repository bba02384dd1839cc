/**
 * The margin bench as a picture: from what the buyer pays to what is left, channel by channel.
 * Amounts come from the core and are shown as it gave them; only lengths of bars are approximate.
 */
import type { BarPart, BenchResult, BenchRow } from "../../contract";

/** One kind of part of the bars, with one amount a row; null where a row has no such part. */
export type Segment = {
  /** An account that is paid, or `vat`, `goods`, `packing`, `margin`. */
  key: string;
  party: boolean;
  amounts: (string | null)[];
};

/** What the brand's own part goes into, in the order it is used up; what is left comes last. */
const OWN = ["vat", "goods", "packing", "margin"];

/** Accounts that come first where they are paid; the others follow in the order they appear. */
const FIRST = ["platform", "payment", "insurer"];

const partyRank = (account: string): number => {
  const at = FIRST.indexOf(account);
  return at < 0 ? FIRST.length : at;
};

const isParty = (part: BarPart): boolean => part.kind === "party";

/** The parts of all bars, from the price to what is left. */
export const segmentsOf = (rows: readonly BenchRow[]): Segment[] => {
  const bars = rows.map(({ result }) => result?.bar ?? []);
  const accounts = new Set(
    bars.flatMap((bar) => bar.filter(isParty).map(({ account }) => account ?? "")),
  );
  const parties = [...accounts].sort((a, b) => partyRank(a) - partyRank(b));
  const amounts = (is: (part: BarPart) => boolean): (string | null)[] =>
    bars.map((bar) => bar.find(is)?.amount ?? null);
  return [
    ...parties.map((key) => ({
      key,
      party: true,
      amounts: amounts((part) => isParty(part) && part.account === key),
    })),
    ...OWN.map((key) => ({ key, party: false, amounts: amounts((part) => part.kind === key) })),
  ].filter((segment) => segment.amounts.some((amount) => Number(amount ?? 0) !== 0));
};

export const keyOf = ({ channel, way }: Pick<BenchRow, "channel" | "way">): string =>
  `${channel} ${way}`;

/** The row that is expected to leave most; none where nothing could be worked out. */
export const bestOf = (rows: readonly BenchRow[]): BenchRow | null =>
  rows.reduce<BenchRow | null>((best, row) => {
    if (row.result === null) return best;
    const most = best?.result ? Number(best.result.expected) : Number.NEGATIVE_INFINITY;
    return Number(row.result.expected) > most ? row : best;
  }, null);

/** One row a channel, the usual way of selling; or all ways, those of a channel together. */
export const rowsShown = (rows: readonly BenchRow[], allWays: boolean): BenchRow[] => {
  if (!allWays) return rows.filter(({ usual }) => usual);
  const channels = [...new Set(rows.map(({ channel }) => channel))];
  return channels.flatMap((channel) => rows.filter((row) => row.channel === channel));
};

/** Which floor a price is under, the lowest first; null where it recovers the full cost. */
export const underFloor = (
  price: string | null,
  result: Pick<BenchResult, "breakEven" | "floorSunk" | "floorDestruction">,
): "destruction" | "sunk" | "full" | null => {
  const under = (floor: string | null): boolean =>
    price !== null && floor !== null && Number(price) < Number(floor);
  if (under(result.floorDestruction)) return "destruction";
  if (under(result.floorSunk)) return "sunk";
  return under(result.breakEven) ? "full" : null;
};

const GRAVITY = ["error", "warn", "info"];

/** How grave the gravest flag is. */
export const worst = (flags: readonly { severity: string }[]): string | null =>
  GRAVITY.find((severity) => flags.some((flag) => flag.severity === severity)) ?? null;
