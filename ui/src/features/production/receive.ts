/**
 * A receipt while it is typed: what came of which line, and where the next key goes. By keyboard
 * and scanner alone: lot number, a date, the quantity, the next line, and at the end the posting.
 */
import type { OrderLine, ReceiveLine } from "../../contract";
import { type Keyed, split } from "../../kit/lines";
import { type Scan, sameGoods } from "./scan";

/** A line of the order may come as several lots. */
export type Delivery = Omit<ReceiveLine, "qty"> & Keyed & { qty: number | null };

export type Field = "lotNo" | "mfgOn" | "expiresOn" | "qty";

const FIELDS: readonly Field[] = ["lotNo", "mfgOn", "expiresOn", "qty"];

/** Whether Enter leads through a column. */
export const isField = (name: string): name is Field =>
  (FIELDS as readonly string[]).includes(name);

const open = (line: OrderLine): number => Math.max(0, line.qty - line.received);

const empty = (line: OrderLine, key: string): Delivery => ({
  key,
  line: line.line,
  lotNo: "",
  mfgOn: null,
  expiresOn: null,
  qty: open(line),
  spoilt: 0,
  replaces: null,
});

/** One row for each line that still waits; all lines when none does. */
export const firstDeliveries = (lines: OrderLine[]): Delivery[] => {
  const waiting = lines.filter((line) => open(line) > 0);
  return (waiting.length > 0 ? waiting : lines).map((line) => empty(line, `${line.line}`));
};

/** What is sent: rows of nothing are left out. */
export const delivered = (rows: Delivery[]): ReceiveLine[] =>
  rows.flatMap(({ key: _, qty, lotNo, ...row }) =>
    qty !== null && (qty > 0 || row.spoilt > 0) ? [{ ...row, qty, lotNo: lotNo.trim() }] : [],
  );

/** Where Enter goes from a field: one date is enough, and after the last quantity it is posted. */
export const next = (
  rows: Delivery[],
  at: { key: string; field: Field },
): { key: string; field: Field } | "post" => {
  const index = rows.findIndex(({ key }) => key === at.key);
  const row = rows[index];
  const following = rows[index + 1];
  const after = FIELDS.slice(FIELDS.indexOf(at.field) + 1);
  const dated = row !== undefined && (row.mfgOn !== null || row.expiresOn !== null);
  const field = after.find((it) => it === "qty" || !dated);
  if (field !== undefined) return { key: at.key, field };
  return following === undefined ? "post" : { key: following.key, field: "lotNo" };
};

/** What a scan says, and nothing else of a row. */
const told = (scan: Scan): Partial<Delivery> => ({
  ...(scan.lotNo === null ? {} : { lotNo: scan.lotNo }),
  ...(scan.mfgOn === null ? {} : { mfgOn: scan.mfgOn }),
  ...(scan.expiresOn === null ? {} : { expiresOn: scan.expiresOn }),
  ...(scan.qty === null ? {} : { qty: scan.qty }),
});

/** The row that a scan is for: the one where it was scanned, else one of the goods it names. */
const rowFor = (
  rows: Delivery[],
  at: string,
  scan: Scan,
  gtinOf: (line: number) => string | null,
): Delivery | undefined => {
  const here = rows.find(({ key }) => key === at);
  const { gtin } = scan;
  if (gtin === null || here === undefined) return here;
  const isOf = (row: Delivery): boolean => {
    const known = gtinOf(row.line);
    return known !== null && sameGoods(known, gtin);
  };
  if (isOf(here)) return here;
  const others = rows.filter(isOf);
  return others.find((row) => row.lotNo === "") ?? others[0];
};

export type Scanned = { rows: Delivery[]; key: string } | "unknown";

/**
 * A scan at a row: fills the row of the goods that it names. Another lot of a row that has one
 * already becomes a part of it. Goods that the order has not are not taken.
 */
export const scanned = (
  rows: Delivery[],
  at: string,
  scan: Scan,
  gtinOf: (line: number) => string | null,
): Scanned => {
  const row = rowFor(rows, at, scan, gtinOf);
  const here = rows.find(({ key }) => key === at);
  // Goods without a number of their own are taken for what stands where it was scanned.
  const target = row ?? (here && gtinOf(here.line) === null ? here : undefined);
  if (target === undefined) return "unknown";
  const other = target.lotNo !== "" && scan.lotNo !== null && target.lotNo !== scan.lotNo;
  if (!other || target.key === at) {
    const filled = rows.map((one) => (one.key === target.key ? { ...one, ...told(scan) } : one));
    return { rows: filled, key: target.key };
  }
  const parted = split(rows, target, { mfgOn: null, expiresOn: null, qty: null, ...told(scan) });
  return { rows: parted, key: parted[parted.indexOf(target) + 1]?.key ?? target.key };
};
