/** Figures in running text and cells: one component a kind, so that every number looks alike. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import * as format from "./format";

const Figure = (props: { children: ReactNode; tone?: Tone | undefined }): ReactNode => (
  <span className={props.tone ? `figure tone-${props.tone}` : "figure"}>{props.children}</span>
);

/** What a colour means: loses money or breaks a rule now; will unless somebody acts; done; ours. */
export type Tone = "red" | "amber" | "green" | "blue" | "grey";

const dash = "–";

/** Units of goods. Zero is a dash where zero says nothing. */
export const Qty = (props: {
  value: number | null;
  zero?: "dash" | "0";
  tone?: Tone;
}): ReactNode => (
  <Figure tone={props.tone}>
    {props.value === null || (props.value === 0 && props.zero !== "0")
      ? dash
      : format.qty(props.value)}
  </Figure>
);

/** An amount with its currency sign, or without it inside a column whose head names it. */
export const Money = (props: {
  amount: string | null;
  currency?: string;
  tone?: Tone;
}): ReactNode => (
  <Figure tone={props.tone}>
    {props.amount === null
      ? dash
      : props.currency === undefined
        ? format.grouped(props.amount)
        : format.money(props.amount, props.currency)}
  </Figure>
);

/** What one unit costs: two decimals, and the further ones that it has. */
export const Price = (props: { amount: string | null; currency?: string }): ReactNode => (
  <Figure>
    {props.currency !== undefined && props.amount !== null && format.currencySign(props.currency)}
    {props.amount === null ? dash : format.price(props.amount)}
  </Figure>
);

/** A duration with its unit, for running text; in a column the head names the unit. */
export const Days = (props: { value: number | null; tone?: Tone; bare?: boolean }): ReactNode => {
  const { t } = useTranslation("kit");
  if (props.value === null) return <Figure tone={props.tone}>{dash}</Figure>;
  return (
    <Figure tone={props.tone}>
      {props.bare ? format.qty(props.value) : t("days", { count: props.value })}
    </Figure>
  );
};

/** A share given in parts per million. */
export const Percent = (props: { ppm: number | null; tone?: Tone }): ReactNode => (
  <Figure tone={props.tone}>{props.ppm === null ? dash : format.percent(props.ppm)}</Figure>
);

/** A business day as 2026-11-22. */
export const DayText = (props: { day: string | null; tone?: Tone }): ReactNode => (
  <Figure tone={props.tone}>{props.day ?? dash}</Figure>
);

/** An instant, shown in the computer's own zone. */
export const InstantText = (props: { at: string | null }): ReactNode => (
  <Figure>{props.at === null ? dash : format.instant(props.at)}</Figure>
);

/** The tone of a cover or remaining life in days: one scale everywhere. */
export const coverTone = (days: number | null): Tone | undefined => {
  if (days === null) return undefined;
  if (days < 7) return "red";
  if (days < 21) return "amber";
  if (days > 180) return "blue";
  return undefined;
};

/** The tone of the days left before a lot expires. */
export const expiryTone = (days: number | null): Tone | undefined => {
  if (days === null) return undefined;
  if (days <= 30) return "red";
  if (days <= 90) return "amber";
  return undefined;
};

/** A word that leads somewhere, inside text or a cell. */
export const InlineLink = (props: { onClick: () => void; children: ReactNode }): ReactNode => (
  <button
    type="button"
    className="link"
    onClick={(event) => {
      event.stopPropagation();
      props.onClick();
    }}
  >
    {props.children}
  </button>
);
