/** Slow-moving rows with their money, when it may be seen: joined by lot and place. */
import type { ClearanceRow, SlowClass, SlowMoney, SlowRow, SlowValue } from "../../contract";
import { bothNames } from "../../kit/names";

/** From worst to best, as the chips show them. */
export const CLASSES: readonly SlowClass[] = [
  "dead",
  "stagnant",
  "slow",
  "watch",
  "healthy",
  "new",
];

export type SlowLine = {
  row: SlowRow;
  value: SlowValue | null;
  /** How low the lot's price may go, by channel. */
  floors: ClearanceRow | null;
};

export const keyOf = (row: { lot: string; place: string }): string => `${row.lot}@${row.place}`;

export const joined = (
  rows: SlowRow[],
  money: SlowMoney | undefined,
  clearance: readonly ClearanceRow[] = [],
): SlowLine[] => {
  const values = new Map(money?.rows.map((value) => [keyOf(value), value]));
  const floors = new Map(clearance.map((row) => [row.lot, row]));
  return rows.map((row) => ({
    row,
    value: values.get(keyOf(row)) ?? null,
    floors: floors.get(row.lot) ?? null,
  }));
};

export const fits = (row: SlowRow, typed: string): boolean =>
  `${row.skuCode} ${bothNames(row.skuName)} ${row.lotNo} ${row.placeCode}`
    .toLowerCase()
    .includes(typed.trim().toLowerCase());

/** Units and units at risk of some lines. */
export const total = (lines: SlowLine[]): { qty: number; atRisk: number } => ({
  qty: lines.reduce((sum, { row }) => sum + row.qty, 0),
  atRisk: lines.reduce((sum, { row }) => sum + row.atRisk, 0),
});

/** Age of the goods in days: since they were made, else since they first came in. */
export const age = (row: SlowRow): number | null => row.ageMadeDays ?? row.ageReceivedDays;
