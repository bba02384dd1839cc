/** Sets at a place: how many the parts make, and which part holds the rest up. */
import type { Id, LotRow, PartRow } from "../../contract";

/** Sets that one part is enough for. */
export const enoughFor = ({ perSet, available }: PartRow): number =>
  perSet > 0 ? Math.floor(available / perSet) : 0;

/** Parts of which there is the least: more of them makes more sets. */
export const scarcest = (parts: readonly PartRow[]): ReadonlySet<Id> => {
  const least = Math.min(...parts.map(enoughFor));
  return new Set(parts.filter((part) => enoughFor(part) === least).map(({ sku }) => sku));
};

/** What the parts lack for so many sets. */
export const missingFor = (part: PartRow, sets: number): number =>
  Math.max(0, part.perSet * sets - part.available);

/** The lots of a set that can be taken apart: real ones with something on hand. */
export const takenApart = (lots: readonly LotRow[]): LotRow[] =>
  lots.filter(({ onHand, pseudo }) => onHand > 0 && !pseudo);
