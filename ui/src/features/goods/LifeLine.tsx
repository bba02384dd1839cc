/** One product's way: ordered, here, on the road, at the platforms, sold. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PlaceRow, SkuCard } from "../../contract";
import { Qty } from "../../kit/Figures";
import { useGo } from "../../kit/links";

/** What lies at places of a kind, whatever its state. */
export const unitsAt = (card: SkuCard, places: PlaceRow[], kind: string): number => {
  const ids = new Set(places.filter((place) => place.fields.kind === kind).map(({ id }) => id));
  return card.places
    .filter((stock) => ids.has(stock.place))
    .reduce((sum, stock) => sum + stock.good + stock.other, 0);
};

export const LifeLine = (props: { card: SkuCard; places: PlaceRow[] }): ReactNode => {
  const { t } = useTranslation("goods");
  const go = useGo();
  const { card, places } = props;
  const steps: [string, number, string][] = [
    [t("ordered"), card.ordered, "/production"],
    [t("here"), unitsAt(card, places, "own"), "/stock"],
    [t("transit"), card.row.inTransit, "/transfers"],
    [t("platforms"), unitsAt(card, places, "platform"), "/stock"],
    [t("sold"), card.row.sold28, "/stock"],
  ];
  return (
    <ol className="life-line" aria-label={t("life")}>
      {steps.map(([name, units, address]) => (
        <li key={name} className={units === 0 ? "life-none" : ""}>
          <button type="button" onClick={() => go(address)}>
            <span className="life-units">
              <Qty value={units} />
            </span>
            <span className="life-name">{name}</span>
          </button>
        </li>
      ))}
    </ol>
  );
};
