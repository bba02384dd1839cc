/** Where goods can be: own warehouses, platform warehouses, factories. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LifeRule, PlaceRow } from "../../contract";
import { Days, DayText, InlineLink, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { useWords } from "../../kit/words";
import { PlaceForm } from "./PlaceForm";

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

const PlacesTable = (props: {
  places: PlaceRow[];
  onEdit: (place: PlaceRow) => void;
}): ReactNode => {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const ruleText = useRuleText();
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("code")}</th>
          <th>{t("name")}</th>
          <th>{t("kind")}</th>
          <th>{t("liveFrom")}</th>
          <th>{t("lifeRule")}</th>
          <th className="numeric">{t("transitDays")}</th>
          <th className="numeric">{t("targetDays")}</th>
          <th className="numeric">{t("onHand")}</th>
        </tr>
      </thead>
      <tbody>
        {props.places.map((place) => (
          <tr key={place.id}>
            <td>{place.fields.code}</td>
            <td>
              <InlineLink onClick={() => props.onEdit(place)}>{place.fields.name}</InlineLink>
            </td>
            <td>{word("place_kind", place.fields.kind)}</td>
            <td>
              <DayText day={place.fields.liveFrom} />
            </td>
            <td>{ruleText(place.fields.lifeRule)}</td>
            <td className="numeric">
              <Days value={place.fields.route.transitDaysP90} bare />
            </td>
            <td className="numeric">
              <Days value={place.fields.route.targetCoverDays} bare />
            </td>
            <td className="numeric">
              <Qty value={place.onHand} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export const PlacesPage = (): ReactNode => {
  const { t } = useTranslation("settings");
  const places = useCall("location.list", {});
  const [editing, setEditing] = useState<PlaceRow | "new" | null>(null);
  return (
    <>
      <div className="settings-acts">
        <Button type="primary" onClick={() => setEditing("new")}>
          {t("addPlace")}
        </Button>
      </div>
      <Answer query={places} rows={6}>
        {(data) => <PlacesTable places={data} onEdit={setEditing} />}
      </Answer>
      {editing && (
        <PlaceForm place={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  );
};
