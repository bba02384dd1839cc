/** A share of a payment schedule in words. */
import type { TFunction } from "i18next";
import type { TermFields } from "../../contract";
import type { Words } from "../words";
import { percentOf } from "./check";

export const termText = (t: TFunction<"terms">, { word }: Words, term: TermFields): string => {
  const share = `${percentOf(term.sharePpm)}%`;
  const { trigger, days } = term;
  // Inside a sentence.
  const milestone = word("milestone", term.milestone ?? "ready").toLowerCase();
  if (trigger === "before_ship") return t("term.before_ship", { share });
  return days === 0
    ? t(`term.${trigger}`, { share, milestone })
    : t(`term.${trigger}Days`, { share, milestone, days });
};
