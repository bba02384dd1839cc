/**
 * What a scanner types: a GS1 element string with its separators or in brackets, or a GS1 link.
 * Takes the goods, the lot, the two dates and the count out of it; anything else is plain text.
 */
import type { Day } from "../../contract";

export type Scan = {
  gtin: string | null;
  lotNo: string | null;
  mfgOn: Day | null;
  expiresOn: Day | null;
  qty: number | null;
};

/** The character between fields of no fixed length, as scanners send it. */
const SEPARATOR = "\u001d";

/** Fields of a fixed length: their identifier and how many characters follow. */
const FIXED: Record<string, number> = {
  "00": 18,
  "01": 14,
  "02": 14,
  "11": 6,
  "12": 6,
  "13": 6,
  "15": 6,
  "16": 6,
  "17": 6,
  "20": 2,
};

/** Identifiers of fields that end at a separator. */
const OPEN = ["10", "21", "22", "240", "241", "250", "251", "30", "37", "400", "401", "91", "98"];

type Fields = Map<string, string>;

/** `(01)06901234567892(10)L2610A`, as it is printed below the bars. */
const bracketed = (text: string): Fields | null => {
  if (!/^(\(\d{2,4}\)[^()]+)+$/.test(text)) return null;
  return new Map(
    [...text.matchAll(/\((\d{2,4})\)([^()]+)/g)].map(([, ai = "", v = ""]) => [ai, v]),
  );
};

/** `https://id.gs1.org/01/06901234567892/10/L2610A?17=271130`. */
const linked = (text: string): Fields | null => {
  const [, path = "", query = ""] =
    /^https?:\/\/[^/]+((?:\/[^/?]+)+)\/?(?:\?(.*))?$/i.exec(text) ?? [];
  const pairs = [...path.matchAll(/\/(\d{2,4})\/([^/]+)/g)];
  const asked = [...new URLSearchParams(query)].filter(([ai]) => /^\d{2,4}$/.test(ai));
  const found: Fields = new Map([
    ...pairs.map(([, ai = "", v = ""]): [string, string] => [ai, decodeURIComponent(v)]),
    ...asked,
  ]);
  return found.has("01") ? found : null;
};

/** The string as it is in the symbol, with or without the mark of the symbol before it. */
const running = (text: string): Fields | null => {
  const fields: Fields = new Map();
  let rest = text.replace(/^\](?:C1|e0|d2|Q3)/, "").replace(new RegExp(`^${SEPARATOR}`), "");
  while (rest !== "") {
    const ai = [rest.slice(0, 2), rest.slice(0, 3)].find((it) => it in FIXED || OPEN.includes(it));
    if (ai === undefined) return null;
    const end = rest.indexOf(SEPARATOR);
    const length = FIXED[ai] ?? (end < 0 ? rest.length : end) - ai.length;
    const value = rest.slice(ai.length, ai.length + length);
    if (value.length < length || value === "" || value.includes(SEPARATOR)) return null;
    fields.set(ai, value);
    rest = rest.slice(ai.length + length).replace(new RegExp(`^${SEPARATOR}`), "");
  }
  return fields;
};

const CENTURY = 100;
const HALF = 50;

/** A date of a symbol, `YYMMDD`: the century is the nearest one, day 00 the last of its month. */
const dayOf = (digits: string | undefined, today: Day): Day | null => {
  const [, year = "", month = "", day = ""] = /^(\d{2})(\d{2})(\d{2})$/.exec(digits ?? "") ?? [];
  if (year === "") return null;
  const now = Number(today.slice(0, 4));
  let whole = now - (now % CENTURY) + Number(year);
  if (whole - now > HALF) whole -= CENTURY;
  if (now - whole >= HALF) whole += CENTURY;
  const last = new Date(Date.UTC(whole, Number(month), 0)).getUTCDate();
  const iso = `${whole}-${month}-${day === "00" ? last : day}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
};

/** Long enough, and with a GTIN or in brackets: a lot number that only looks like a field is none. */
const isSymbol = (text: string, fields: Fields): boolean =>
  text.startsWith("(") || text.startsWith("]") || fields.has("01") || fields.has("02");

/** What was scanned; null when it is plain text, such as a lot number by itself. */
export const readScan = (typed: string, today: Day): Scan | null => {
  const text = typed.trim();
  const fields = bracketed(text) ?? linked(text) ?? running(text);
  if (fields === null || !isSymbol(text, fields)) return null;
  const count = fields.get("37") ?? fields.get("30");
  return {
    gtin: fields.get("01") ?? fields.get("02") ?? null,
    lotNo: fields.get("10") ?? null,
    mfgOn: dayOf(fields.get("11"), today),
    expiresOn: dayOf(fields.get("17"), today),
    qty: count !== undefined && /^\d{1,8}$/.test(count) ? Number(count) : null,
  };
};

/** Whether two numbers name the same goods: a carton's differs in its first and its check digit. */
export const sameGoods = (one: string, other: string): boolean => {
  const core = (gtin: string): string => gtin.padStart(14, "0").slice(1, 13);
  return core(one) === core(other);
};
