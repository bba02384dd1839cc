/** A quality decision while it is made: a lot may be split over several outcomes. */
import type { DecideLine, DecisionWord, SettleByWord, WaitingLot } from "../../contract";
import { changed, isPart, type Keyed } from "../../kit/lines";

export type Verdict = Keyed & {
  of: WaitingLot;
  decision: DecisionWord;
  settleBy: SettleByWord | null;
  qty: number | null;
};

/** What can be decided about goods in a status: what failed already does not fail again. */
export const choices = (of: WaitingLot): DecisionWord[] =>
  of.status === "defective"
    ? ["concession", "return", "scrap"]
    : ["accept", "concession", "reject", "return", "scrap"];

/** At first everything that waits is accepted, and what failed goes back. */
export const firstVerdicts = (waiting: WaitingLot[]): Verdict[] =>
  waiting.map((of) => ({
    key: `${of.lot}-${of.status}`,
    of,
    decision: of.status === "defective" ? "return" : "accept",
    settleBy: of.status === "defective" ? "replace" : null,
    qty: of.qty,
  }));

const isSame = (a: WaitingLot, b: WaitingLot): boolean => a.lot === b.lot && a.status === b.status;

/** Units of a lot that no line takes yet; below zero when more is decided than waits. */
export const undecided = (verdicts: Verdict[], of: WaitingLot): number =>
  of.qty - verdicts.reduce((sum, one) => (isSame(one.of, of) ? sum + (one.qty ?? 0) : sum), 0);

/**
 * Another quantity of one outcome. While a whole lot is decided it stays so: what a part takes, the
 * lot's first outcome gives.
 */
export const requantified = (verdicts: Verdict[], one: Verdict, qty: number | null): Verdict[] => {
  const next = changed(verdicts, one.key, { qty });
  const first = verdicts.find((other) => isSame(other.of, one.of) && !isPart(other));
  if (!isPart(one) || first === undefined || undecided(verdicts, one.of) !== 0) return next;
  const left = (first.qty ?? 0) + undecided(next, one.of);
  return changed(next, first.key, { qty: Math.max(0, left) });
};

/** Another outcome for the rest of a lot, or for nothing yet. */
export const parted = (verdicts: Verdict[], one: Verdict): Partial<Verdict> => ({
  qty: Math.max(0, undecided(verdicts, one.of)),
  decision: one.of.status === "defective" ? "scrap" : "return",
  settleBy: one.of.status === "defective" ? null : "replace",
});

/** The same outcome with how the partner settles it, which only what goes back has. */
export const decidedAs = (decision: DecisionWord): Partial<Verdict> => ({
  decision,
  settleBy: decision === "return" ? "replace" : null,
});

/** What is sent: lines of nothing are left out. */
export const decideLines = (verdicts: Verdict[]): DecideLine[] =>
  verdicts.flatMap(({ of, decision, settleBy, qty }) =>
    qty !== null && qty > 0
      ? [{ line: of.line, lot: of.lot, qty, from: of.status, decision, settleBy }]
      : [],
  );

/** Everything but accepting wants its reason. */
export const wantsReason = (verdicts: Verdict[]): boolean =>
  decideLines(verdicts).some(({ decision }) => decision !== "accept");
