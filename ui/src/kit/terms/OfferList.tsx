/** Offers of suppliers, of one product or of all; prices only where the role sees money. */
import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, OfferRow } from "../../contract";
import { Part } from "../Detail";
import { InlineLink, Qty } from "../Figures";
import * as format from "../format";
import { bothNames } from "../names";
import { useCall, useMoney } from "../query";
import { Tag } from "../StatusTag";
import { useSession } from "../session";
import { useWords } from "../words";
import { percentOf } from "./check";
import { OfferForm } from "./OfferForm";
import { termText } from "./says";
import { Valid } from "./Valid";
import "./terms.css";

const NONE: readonly string[] = [];

const Tiers = (props: { offer: OfferRow; prices: readonly string[] }): ReactNode => {
  const { fields } = props.offer;
  return (
    <span className="terms-lines">
      {fields.tiersFrom.map((from, at) => {
        const price = props.prices[at];
        return (
          <span key={from} className="figure">
            ≥ {format.qty(from)}
            {price !== undefined && <strong> {format.price(price)}</strong>}
          </span>
        );
      })}
    </span>
  );
};

const Row = (props: {
  offer: OfferRow;
  prices: readonly string[];
  withGoods: boolean;
  onOpen: (() => void) | null;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const words = useWords();
  const { offer, onOpen } = props;
  const { fields } = offer;
  const rate = `${percentOf(fields.taxRatePpm)}%`;
  return (
    <tr className={offer.current ? "" : "terms-gone"}>
      <td>
        {onOpen ? <InlineLink onClick={onOpen}>{offer.partnerName}</InlineLink> : offer.partnerName}{" "}
        {offer.current && <Tag tone="green">{t("current")}</Tag>}
        <div className="quiet">
          <Valid from={fields.from} to={fields.to} />
        </div>
      </td>
      {props.withGoods && (
        <td>
          {offer.skuCode} <span className="quiet">{words.name(offer.skuName)}</span>
        </td>
      )}
      <td>
        <Tiers offer={offer} prices={props.prices} />
        <span className="quiet">
          {t(fields.priceIncludesTax ? "taxIncluded" : "taxExcluded")} {rate}
        </span>
      </td>
      <td className="numeric">
        <Qty value={fields.moq} />
        {fields.multiple > 1 && <div className="quiet figure">× {format.qty(fields.multiple)}</div>}
      </td>
      <td className="figure">
        {t("leadValue", { mean: fields.leadDaysMean, p90: fields.leadDaysP90 })}
      </td>
      <td>
        <span className="terms-lines">
          {fields.terms.map((term, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a schedule may say the same twice
            <span key={at}>{termText(t, words, term)}</span>
          ))}
        </span>
      </td>
    </tr>
  );
};

/** Whether an offer is about what was typed. */
const fits = (offer: OfferRow, typed: string): boolean =>
  `${offer.partnerName} ${offer.skuCode} ${bothNames(offer.skuName)}`
    .toLowerCase()
    .includes(typed.trim().toLowerCase());

const Table = (props: {
  offers: OfferRow[];
  prices: ReadonlyMap<Id, readonly string[]>;
  withGoods: boolean;
  onOpen: ((offer: OfferRow) => void) | null;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const { onOpen } = props;
  return (
    <table className="plain-table terms-table">
      <thead>
        <tr>
          <th>{t("partner")}</th>
          {props.withGoods && <th>{t("goods")}</th>}
          <th>{t("tiers")}</th>
          <th className="numeric">{t("moq")}</th>
          <th>{t("lead")}</th>
          <th>{t("schedule")}</th>
        </tr>
      </thead>
      <tbody>
        {props.offers.map((offer) => (
          <Row
            key={offer.id}
            offer={offer}
            prices={props.prices.get(offer.id) ?? NONE}
            withGoods={props.withGoods}
            onOpen={onOpen && (() => onOpen(offer))}
          />
        ))}
      </tbody>
    </table>
  );
};

export const OfferList = (props: { sku: Id | null; filter?: string }): ReactNode => {
  const { t } = useTranslation("terms");
  const { name } = useWords();
  const { may, seesMoney } = useSession();
  const list = useCall("offer.list", {}).data;
  const money = useMoney("offer.prices", {}).data;
  const [open, setOpen] = useState<OfferRow | "new" | null>(null);
  const mayEdit = may("settings") && seesMoney;
  const prices = new Map(money?.map(({ id, unitPrices }) => [id, unitPrices]));
  const { sku, filter = "" } = props;
  const own = (list ?? []).filter((offer) => sku === null || offer.fields.sku === sku);
  const shown = own.filter((offer) => fits(offer, filter));
  const edited = open === "new" ? null : open;
  return (
    <Part
      title={t("offers")}
      acts={
        mayEdit && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
            {t("addOffer")}
          </Button>
        )
      }
    >
      {shown.length > 0 ? (
        <Table
          offers={shown}
          prices={prices}
          withGoods={sku === null}
          onOpen={mayEdit && money ? setOpen : null}
        />
      ) : (
        list && <p className="terms-empty">{t(own.length === 0 ? "noOffers" : "nothingHere")}</p>
      )}
      {open !== null && (
        <OfferForm
          key={edited?.id ?? "new"}
          offer={edited}
          prices={(edited && prices.get(edited.id)) ?? NONE}
          sku={sku}
          title={t("editOffer", {
            name: edited ? `${edited.partnerName} · ${name(edited.skuName)}` : "",
          })}
          onClose={() => setOpen(null)}
        />
      )}
    </Part>
  );
};
