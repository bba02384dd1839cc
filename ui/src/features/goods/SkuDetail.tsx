/** One product: its way, where it lies, what expires when, its prices and its data. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LotRow, PlaceStock, SkuCard, SkuFields } from "../../contract";
import { Attachments } from "../../kit/Attachments";
import { Detail, Facts, Part } from "../../kit/Detail";
import { Days, DayText, expiryTone, Money, Qty } from "../../kit/Figures";
import { useKeys } from "../../kit/keys";
import { useGo } from "../../kit/links";
import { namesOf } from "../../kit/names";
import { useCall, useMoney } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { useSession } from "../../kit/session";
import { BomList } from "../../kit/terms/BomList";
import { OfferList } from "../../kit/terms/OfferList";
import { VersionList } from "../../kit/terms/VersionList";
import { useWords } from "../../kit/words";
import { LifeLine } from "./LifeLine";
import { LotsChart } from "./LotsChart";
import { PriceForm } from "./PriceForm";
import { Sets } from "./Sets";
import { SkuForm } from "./SkuForm";
import "./goods.css";

const PlacesTable = (props: { places: PlaceStock[] }): ReactNode => {
  const { t } = useTranslation("goods");
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("place")}</th>
          <th className="numeric">{t("good")}</th>
          <th className="numeric">{t("other")}</th>
          <th className="numeric">{t("transit")}</th>
        </tr>
      </thead>
      <tbody>
        {props.places.map((stock) => (
          <tr key={stock.place}>
            <td>
              {stock.placeName} <span className="quiet">{stock.placeCode}</span>
            </td>
            <td className="numeric">
              <Qty value={stock.good} />
            </td>
            <td className="numeric">
              <Qty value={stock.other} />
            </td>
            <td className="numeric">
              <Qty value={stock.inTransit} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const LotsTable = (props: { lots: LotRow[] }): ReactNode => {
  const { t } = useTranslation("goods");
  const go = useGo();
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("lot")}</th>
          <th>{t("expires")}</th>
          <th className="numeric">{t("daysLeft")}</th>
          <th className="numeric">{t("units")}</th>
        </tr>
      </thead>
      <tbody>
        {props.lots.map((lot) => {
          const tone = expiryTone(lot.daysLeft);
          return (
            <tr key={lot.id}>
              <td>
                <button type="button" className="link" onClick={() => go(`/stock/lot/${lot.id}`)}>
                  {lot.lotNo}
                </button>
              </td>
              <td>
                <DayText day={lot.expiresOn} />
              </td>
              <td className="numeric">
                <Days value={lot.daysLeft} bare {...(tone ? { tone } : {})} />
              </td>
              <td className="numeric">
                <Qty value={lot.onHand} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const useMasterFacts = (fields: SkuFields): [string, ReactNode][] => {
  const { t } = useTranslation("goods");
  const { word } = useWords();
  const { carton, shelfLife } = fields;
  const cartonText =
    carton === null
      ? "–"
      : carton.lengthMm === null
        ? t("cartonValue", { units: carton.units })
        : t("cartonSize", {
            units: carton.units,
            length: carton.lengthMm,
            width: carton.widthMm ?? "–",
            height: carton.heightMm ?? "–",
          });
  const shelfText =
    shelfLife === null
      ? "–"
      : t(shelfLife.unit === "days" ? "shelfDays" : "shelfMonths", { count: shelfLife.count });
  return [
    [t("kind"), word("sku_kind", fields.kind)],
    [t("brand"), fields.brand || "–"],
    [t("category"), fields.category || "–"],
    [t("spec"), fields.spec || "–"],
    [t("gtin"), fields.gtin ?? "–"],
    [t("carton"), cartonText],
    [t("shelfLife"), shelfText],
    [t("aliases"), fields.aliases.map((a) => `${a.whose} ${a.code}`).join(", ") || "–"],
  ];
};

const Prices = (props: { card: SkuCard; name: string }): ReactNode => {
  const { t } = useTranslation("goods");
  const { currency, seesMoney } = useSession();
  const prices = useMoney("sku.prices", {}).data;
  const [editing, setEditing] = useState(false);
  if (!seesMoney) return null;
  const id = props.card.row.id;
  const price = prices?.find(({ sku }) => sku === id) ?? {
    sku: id,
    unitCost: null,
    listPrice: null,
    floorPrice: null,
  };
  return (
    <Part
      title={t("prices")}
      acts={
        <Button size="small" onClick={() => setEditing(true)}>
          {t("editPrices")}
        </Button>
      }
    >
      <Facts
        facts={[
          [t("unitCost"), <Money key="c" amount={price.unitCost} currency={currency} />],
          [t("listPrice"), <Money key="l" amount={price.listPrice} currency={currency} />],
          [t("floorPrice"), <Money key="f" amount={price.floorPrice} currency={currency} />],
        ]}
      />
      {editing && <PriceForm price={price} name={props.name} onClose={() => setEditing(false)} />}
    </Part>
  );
};

const Card = (props: { card: SkuCard; name: string }): ReactNode => {
  const { t } = useTranslation("goods");
  const { card } = props;
  const places = useCall("location.list", {}).data ?? [];
  const facts = useMasterFacts(card.row.fields);
  const lots = [...card.lots].sort((a, b) =>
    (a.expiresOn ?? "9999").localeCompare(b.expiresOn ?? "9999"),
  );
  const shown = lots.filter((lot) => lot.onHand > 0);
  return (
    <>
      <LifeLine card={card} places={places} />
      {card.row.fields.kind === "bundle" && <Sets card={card} />}
      <Part title={t("byPlace")}>
        {card.places.length > 0 ? (
          <PlacesTable places={card.places} />
        ) : (
          <p className="quiet">{t("nowhere")}</p>
        )}
      </Part>
      <Part title={t("lots")}>
        {shown.length > 0 && <LotsChart lots={shown} />}
        {lots.length > 0 ? <LotsTable lots={lots} /> : <p className="quiet">{t("noLots")}</p>}
      </Part>
      <Prices card={card} name={props.name} />
      <OfferList sku={card.row.id} />
      <VersionList sku={card.row.id} name={props.name} />
      {card.row.fields.kind === "finished" && <BomList sku={card.row.id} />}
      <Part title={t("master")}>
        <Facts facts={facts} />
      </Part>
      <Attachments kind="sku" id={card.row.id} />
    </>
  );
};

export const SkuDetail = (props: {
  id: string;
  wide: boolean;
  onWide: (wide: boolean) => void;
  onClose: () => void;
}): ReactNode => {
  const words = useWords();
  const kit = useTranslation("kit").t;
  const card = useCall("sku.get", { id: props.id });
  const [editing, setEditing] = useState(false);
  useKeys({ e: () => setEditing(true) });
  const row = card.data?.row;
  const name = row ? words.name(namesOf(row.fields)) : "";
  return (
    <Detail
      title={name}
      subtitle={row?.fields.code}
      acts={
        <Button size="small" disabled={!row} onClick={() => setEditing(true)}>
          {kit("edit")}
        </Button>
      }
      wide={props.wide}
      onWide={props.onWide}
      onClose={props.onClose}
    >
      <Answer query={card} rows={8}>
        {(data) => <Card card={data} name={name} />}
      </Answer>
      {editing && row && <SkuForm sku={row} onClose={() => setEditing(false)} />}
    </Detail>
  );
};
