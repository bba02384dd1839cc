/** Lines of an issue or return slip while they are typed. */
import type { Id, MaterialTrack, SlipLine } from "../../contract";
import type { Keyed } from "../../kit/lines";

export type Line = Keyed & { material: Id | null; lot: Id | null; qty: number | null };

export const emptyLine = (key: string): Line => ({ key, material: null, lot: null, qty: null });

/** What an order still lacks of each material that we bring. */
export const lacking = (tracks: readonly MaterialTrack[]): Line[] =>
  tracks
    .filter(({ suppliedBy }) => suppliedBy === "brand")
    .map((track, at) => ({
      key: String(at),
      material: track.material,
      lot: null,
      qty: track.toIssue - track.issued + track.returned,
    }))
    .filter(({ qty }) => qty > 0);

/** Whether a line says how much of what. */
export const isWhole = ({ material, qty }: Line): boolean =>
  material !== null && qty !== null && qty > 0;

/** What is sent: whole lines, or null while one is begun and not whole. */
export const slipLines = (lines: readonly Line[]): SlipLine[] | null => {
  const begun = lines.filter(({ material, qty }) => material !== null || qty !== null);
  const whole = begun.flatMap(({ material, lot, qty }) =>
    material !== null && qty !== null && qty > 0 ? [{ material, lot, qty }] : [],
  );
  return whole.length > 0 && whole.length === begun.length ? whole : null;
};
