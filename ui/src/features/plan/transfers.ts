/** From suggestions to transfers: one for each pair of places. */
import type { Id, PlanLine, SaveTransfer } from "../../contract";

/** Names a suggestion in an address. */
export const keyOf = (line: PlanLine): string => `${line.sku}@${line.place}`;

export const toSend = (line: PlanLine): boolean => line.units > 0 && line.source !== null;

const RUNS_OUT_DAYS = 7;

/** Whether the place sells out within a week. */
export const runsOut = (line: PlanLine): boolean =>
  line.coverDays !== null && line.coverDays < RUNS_OUT_DAYS && line.need > 0;

/** A transfer that the plan proposes, with the name of where it goes. */
export type Proposal = {
  save: SaveTransfer;
  toName: string;
  units: number;
  cartons: number;
  goods: number;
};

/** Groups suggestions by where they leave and where they go. */
export const proposals = (lines: PlanLine[], note: string): Proposal[] => {
  const groups = new Map<string, Proposal>();
  for (const line of lines) {
    const { source, place, sku } = line;
    if (source === null) continue;
    const key = `${source}>${place}`;
    const group = groups.get(key) ?? {
      save: { id: null, from: source, to: place, lines: [], note },
      toName: line.placeName,
      units: 0,
      cartons: 0,
      goods: 0,
    };
    group.save.lines.push(...line.lots.map(({ lot, qty }) => ({ sku, lot, qty })));
    group.units += line.units;
    group.cartons += line.cartons;
    group.goods += 1;
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** Names of places by id, for texts about a proposal. */
export const nameIn = (places: { id: Id; fields: { name: string } }[], id: Id): string =>
  places.find((place) => place.id === id)?.fields.name ?? "";
