/**
 * Figures as text, by language. Money and rates come as decimal strings and stay strings: they
 * are grouped, never turned into floats. Only shortened chart labels are approximate.
 */
import dayjs from "dayjs";

export type Locale = "zh" | "en";

const integers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const symbols: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", HKD: "HK$", JPY: "¥" };

/** Whole units, grouped by thousands. */
export const qty = (units: number): string => integers.format(units);

/** A decimal string with its whole part grouped; the fraction is kept as it is. */
export const grouped = (decimal: string): string => {
  const negative = decimal.startsWith("-");
  const [whole = "0", fraction] = (negative ? decimal.slice(1) : decimal).split(".");
  const parts: string[] = [];
  for (let end = whole.length; end > 0; end -= 3)
    parts.unshift(whole.slice(Math.max(0, end - 3), end));
  const text = parts.join(",") + (fraction === undefined ? "" : `.${fraction}`);
  return negative ? `−${text}` : text;
};

/** A price: at least two decimals, and all it has, so that a column of prices lines up. */
export const price = (decimal: string): string => {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return grouped(`${whole}.${fraction.padEnd(2, "0")}`);
};

/** The sign of a currency, or its code where it has none. */
export const currencySign = (currency: string): string => symbols[currency] ?? `${currency} `;

/** An amount with its currency, as documents show it. */
export const money = (amount: string, currency: string): string => {
  const text = grouped(amount);
  return text.startsWith("−")
    ? `−${currencySign(currency)}${text.slice(1)}`
    : `${currencySign(currency)}${text}`;
};

/** An approximate amount for charts: 12K, or in Chinese by ten thousands. */
export const short = (value: number, locale: Locale): string =>
  new Intl.NumberFormat(locale === "zh" ? "zh-CN" : "en-US", {
    notation: "compact",
    maximumFractionDigits: Math.abs(value) < 1000 ? 0 : 1,
  }).format(value);

/** Parts per million as a percentage with at most one decimal. */
export const percent = (ppm: number): string => {
  const tenths = Math.round(ppm / 1000);
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${(tenths / 10).toFixed(1)}%`;
};

const dayForms = {
  zh: new Intl.DateTimeFormat("zh-CN", { month: "long", day: "numeric", weekday: "short" }),
  en: new Intl.DateTimeFormat("en-GB", { month: "short", day: "numeric", weekday: "short" }),
};

/** A business day in words for headings; tables show the ISO form. */
export const longDay = (day: string, locale: Locale): string =>
  dayForms[locale].format(dayjs(day).toDate());

/** An instant in the computer's own zone, to the minute. */
export const instant = (at: string): string => dayjs(at).format("YYYY-MM-DD HH:mm");

/** Size of a file. */
export const bytes = (count: number): string => {
  if (count < 1024) return `${count} B`;
  if (count < 1024 * 1024) return `${(count / 1024).toFixed(0)} KB`;
  return `${(count / 1024 / 1024).toFixed(1)} MB`;
};

/** Whole days from one business day to another; negative when `to` lies before `from`. */
export const daysBetween = (from: string, to: string): number => dayjs(to).diff(dayjs(from), "day");
