/** The floors of a clearance: which channel brings most, and where a price stands among them. */
import type { ClearanceChannel, ClearanceRow } from "../../contract";

/** The channel that brings most; none where no price is above the last floor. */
export const bestOf = (row: ClearanceRow | null): ClearanceChannel | null =>
  row?.channels.find(({ channel }) => channel === row.best) ?? null;

/** Where a price stands: below the last floor never, below the full cost with a reason. */
export const standing = ({
  price,
  destruction,
  fullCost,
}: ClearanceChannel): "unknown" | "never" | "reason" | "recovers" => {
  if (price === null || destruction === null) return "unknown";
  if (Number(price) < Number(destruction)) return "never";
  return fullCost === null || Number(price) < Number(fullCost) ? "reason" : "recovers";
};
