/** Where each of an order's four tracks stands, in one word and one figure. */
import type {
  Day,
  DueRow,
  MaterialTrack,
  OrderAccountCard,
  OrderCard,
  OrderTracks,
  WaitingLot,
} from "../../contract";
import type { Tone } from "../../kit/Figures";
import { MILESTONES } from "../../kit/terms/check";

type Track = "money" | "materials" | "making" | "quality";

/** What a track says: a code for words, its figure, and how urgent it is. */
export type TrackState = { track: Track; code: string; value: string | number; tone: Tone };

const state = (
  track: Track,
  code: string,
  tone: Tone,
  value: string | number = "",
): TrackState => ({
  track,
  code,
  value,
  tone,
});

/** Whether an amount is above nothing. */
export const isSome = (amount: string): boolean => /[1-9]/.test(amount) && !amount.startsWith("-");

/** Without the account, which who sees no money has not, only that something is open. */
const moneyState = (tracks: OrderTracks, account: OrderAccountCard | null): TrackState => {
  if (tracks.depositOpen) return state("money", "depositOpen", "amber");
  if (account !== null && isSome(account.refundDue))
    return state("money", "refundDue", "amber", account.refundDue);
  if (tracks.balanceOpen) return state("money", "balanceOpen", "amber");
  if (account === null) return state("money", "nothingOpen", "grey");
  if (isSome(account.open)) return state("money", "open", "blue", account.open);
  return state("money", "paid", "green");
};

/** Units of our materials that the factory still needs for the order. */
export const lacking = ({ suppliedBy, toIssue, issued, returned }: MaterialTrack): number =>
  suppliedBy === "brand" ? Math.max(0, toIssue - issued + returned) : 0;

/**
 * Units to draw from what lies at the factory for no order: what the factory still needs, once all
 * is made only what the goods hold beyond what was sent for them.
 */
export const toDraw = (material: MaterialTrack, made: boolean): number =>
  Math.min(Math.max(made ? 0 : lacking(material), material.over), material.drawable);

/** Phases in which the factory makes nothing more for the order. */
const MADE: readonly string[] = ["complete", "closed", "cancelled"];

/** Whether all of an order has been made, so that what is missing of materials stays missing. */
export const isMade = ({ phase }: OrderTracks): boolean => MADE.includes(phase);

/** Whether planning the steps of making still helps: not once goods have come. */
export const isPlannable = (tracks: OrderTracks): boolean =>
  !isMade(tracks) && tracks.tallies.every(({ came }) => came === 0);

const materialState = (tracks: OrderTracks): TrackState => {
  const ours = tracks.materials.filter(({ suppliedBy }) => suppliedBy === "brand");
  if (ours.length === 0) return state("materials", "noMaterials", "grey");
  if (tracks.lossesSettled) return state("materials", "settled", "green");
  const lack = ours.reduce((sum, one) => sum + lacking(one), 0);
  // Before all has come, what the factory still holds is not missing yet.
  if (!isMade(tracks))
    return lack > 0
      ? state("materials", "lacking", "amber", lack)
      : state("materials", "issued", "blue");
  if (ours.every(({ issued }) => issued === 0)) return state("materials", "nothingSent", "grey");
  const missing = ours.reduce((sum, { claimed }) => sum + claimed, 0);
  return missing > 0
    ? state("materials", "claimed", "amber", missing)
    : state("materials", "issued", "blue");
};

const makingState = (tracks: OrderTracks, today: Day): TrackState => {
  const late = tracks.milestones.find(
    ({ plannedOn, reachedOn }) => reachedOn === null && plannedOn !== null && plannedOn < today,
  );
  if (late) return state("making", "milestoneLate", "red", late.milestone);
  const reached = MILESTONES.filter((one) =>
    tracks.milestones.some(({ milestone, reachedOn }) => milestone === one && reachedOn !== null),
  ).at(-1);
  if (reached === undefined) {
    const planned = MILESTONES.find((one) =>
      tracks.milestones.some(({ milestone, plannedOn }) => milestone === one && plannedOn !== null),
    );
    if (planned !== undefined) return state("making", "milestoneNext", "grey", planned);
    return state("making", isPlannable(tracks) ? "unplanned" : "noMilestone", "grey");
  }
  return state("making", "reached", reached === "ready" ? "green" : "blue", reached);
};

const qualityState = (tracks: OrderTracks): TrackState => {
  const units = (rows: { qty: number }[]): number => rows.reduce((sum, { qty }) => sum + qty, 0);
  if (tracks.waiting.length > 0) return state("quality", "waiting", "amber", units(tracks.waiting));
  if (tracks.replacements.length > 0)
    return state("quality", "toReplace", "amber", units(tracks.replacements));
  return tracks.tallies.some(({ came }) => came > 0)
    ? state("quality", "decided", "green")
    : state("quality", "nothingCame", "grey");
};

/** The four tracks in the order in which they stand. */
export const trackStates = (
  tracks: OrderTracks,
  account: OrderAccountCard | null,
  today: Day,
): TrackState[] => [
  moneyState(tracks, account),
  materialState(tracks),
  makingState(tracks, today),
  qualityState(tracks),
];

/** A due that is not fully paid, so that it can be paid or let go. */
export const isOpen = (due: DueRow): boolean => isSome(due.open);

/** What waits for a decision, together by the place where it lies. */
export const byPlace = (waiting: WaitingLot[]): WaitingLot[][] =>
  [...new Set(waiting.map(({ place }) => place))].map((place) =>
    waiting.filter((lot) => lot.place === place),
  );

/** Whether nothing more has to come: all came and stayed, is credited, or was spoilt. */
export const isAccounted = ({ lines }: Pick<OrderCard, "lines">, tracks: OrderTracks): boolean =>
  lines.every(({ qty, received }, at) => {
    const tally = tracks.tallies[at];
    return received + (tally?.credited ?? 0) + (tally?.spoilt ?? 0) >= qty;
  });

/** What an accepted order can wait for from us. */
export type DueStep =
  | "pay"
  | "draw"
  | "issue"
  | "decide"
  | "receive"
  | "settle"
  | "claim"
  | "close";

/** Whether all that the factory still needs lies there already, for no order. */
const isDrawable = ({ materials }: OrderTracks): boolean => {
  const short = materials.filter((one) => lacking(one) > 0);
  return short.length > 0 && short.every((one) => toDraw(one, false) === lacking(one));
};

/** How what goods hold beyond what was sent for them is put right: drawn, or what was sent said. */
const overSteps = ({ materials, supplied }: OrderTracks): [DueStep, boolean][] => [
  ["draw", materials.some(({ over, drawable }) => over > 0 && drawable > 0)],
  ["issue", supplied && materials.some(({ over, drawable }) => over > drawable)],
];

/**
 * What an accepted order waits for from us, the first first: what its phase says, what came to be
 * judged and what is to come to be received, and then what closing asks for. Closing is due only
 * when all the rest is done. Without the account, which who sees no money has not, nothing is paid.
 */
export const dueSteps = (
  card: Pick<OrderCard, "lines">,
  tracks: OrderTracks,
  account: OrderAccountCard | null,
): DueStep[] => {
  const { phase } = tracks;
  const open = account?.dues.some(isOpen) ?? false;
  const asked: [DueStep, boolean][] = [
    ["pay", open && (phase === "awaiting_deposit" || phase === "awaiting_balance")],
    [isDrawable(tracks) ? "draw" : "issue", phase === "awaiting_material"],
    ["decide", tracks.waiting.length > 0],
    ["receive", !isAccounted(card, tracks) || tracks.replacements.length > 0],
    ...overSteps(tracks),
    ["settle", tracks.supplied && !tracks.lossesSettled],
    ["claim", account?.claims.open ?? false],
    ["pay", open],
  ];
  const due = asked.flatMap(([step, waits]) => (waits ? [step] : []));
  return due.length > 0 ? due : ["close"];
};
