/** Where goods can be: own warehouses, platform warehouses, factories. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LifeRule, PlaceRow } from "../../contract";
import { Days, DayText, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useCall } from "../../kit/query";
import { useWords } from "../../kit/words";
import { PlaceForm } from "./PlaceForm";
import { type RecordColumn, Records } from "./Records";

const useRuleText = (): ((rule: LifeRule) => string) => {
  const { t } = useTranslation("settings");
  return (rule) => {
    const parts: string[] = [];
    if (rule.minSharePpm !== null) {
      parts.push(t("ruleShare", { share: format.percent(rule.minSharePpm) }));
    }
    if (rule.minDays !== null) parts.push(t("ruleDays", { count: rule.minDays }));
    return parts.length === 0 ? "–" : parts.join(", ");
  };
};

export const PlacesPage = (): ReactNode => {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const ruleText = useRuleText();
  const places = useCall("location.list", {});
  const columns: RecordColumn<PlaceRow>[] = [
    { title: t("kind"), cell: ({ fields }) => word("place_kind", fields.kind) },
    { title: t("liveFrom"), cell: ({ fields }) => <DayText day={fields.liveFrom} /> },
    { title: t("lifeRule"), cell: ({ fields }) => ruleText(fields.lifeRule) },
    {
      title: t("transitDays"),
      numeric: true,
      cell: ({ fields }) => <Days value={fields.route.transitDaysP90} bare />,
    },
    {
      title: t("targetDays"),
      numeric: true,
      cell: ({ fields }) => <Days value={fields.route.targetCoverDays} bare />,
    },
    { title: t("onHand"), numeric: true, cell: ({ onHand }) => <Qty value={onHand} /> },
  ];
  return (
    <Records
      query={places}
      addText={t("addPlace")}
      columns={columns}
      form={(place, close) => <PlaceForm place={place} onClose={close} />}
    />
  );
};
