/** Offers of suppliers, of one product or of all; prices only where the role sees money. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Id, OfferRow } from "../../contract";
import { Qty } from "../Figures";
import * as format from "../format";
import { bothNames } from "../names";
import { useCall, useMoney } from "../query";
import { useSession } from "../session";
import { useWords } from "../words";
import { percentOf } from "./check";
import { OfferForm } from "./OfferForm";
import { termText } from "./says";
import { type TermsColumn, TermsList } from "./TermsList";
import { Valid } from "./Valid";

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

const useColumns = (
  prices: ReadonlyMap<Id, readonly string[]>,
  withGoods: boolean,
): TermsColumn<OfferRow>[] => {
  const { t } = useTranslation("terms");
  const words = useWords();
  const goods: TermsColumn<OfferRow> = {
    head: t("goods"),
    cell: ({ skuCode, skuName }) => (
      <>
        {skuCode} <span className="quiet">{words.name(skuName)}</span>
      </>
    ),
  };
  return [
    ...(withGoods ? [goods] : []),
    {
      head: t("tiers"),
      cell: (offer) => (
        <>
          <Tiers offer={offer} prices={prices.get(offer.id) ?? NONE} />
          <span className="quiet">
            {t(offer.fields.priceIncludesTax ? "taxIncluded" : "taxExcluded")}{" "}
            {percentOf(offer.fields.taxRatePpm)}%
          </span>
        </>
      ),
    },
    {
      head: t("moq"),
      numeric: true,
      cell: ({ fields: { moq, multiple } }) => (
        <>
          <Qty value={moq} />
          {multiple > 1 && <div className="quiet figure">× {format.qty(multiple)}</div>}
        </>
      ),
    },
    {
      head: t("lead"),
      cell: ({ fields: { leadDaysMean: mean, leadDaysP90: p90 } }) => (
        <span className="figure">{t("leadValue", { mean, p90 })}</span>
      ),
    },
    {
      head: t("schedule"),
      cell: ({ fields }) => (
        <span className="terms-lines">
          {fields.terms.map((term, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a schedule may say the same twice
            <span key={at}>{termText(t, words, term)}</span>
          ))}
        </span>
      ),
    },
  ];
};

/** Whether an offer is about what was typed. */
const fits = (offer: OfferRow, typed: string): boolean =>
  `${offer.partnerName} ${offer.skuCode} ${bothNames(offer.skuName)}`
    .toLowerCase()
    .includes(typed.trim().toLowerCase());

export const OfferList = (props: { sku: Id | null; filter?: string }): ReactNode => {
  const { t } = useTranslation("terms");
  const { name } = useWords();
  const { may, seesMoney } = useSession();
  const list = useCall("offer.list", {}).data;
  const money = useMoney("offer.prices", {}).data;
  const mayEdit = may("settings") && seesMoney;
  const prices = new Map(money?.map(({ id, unitPrices }) => [id, unitPrices]));
  const { sku, filter = "" } = props;
  const columns = useColumns(prices, sku === null);
  const own = list?.filter((offer) => sku === null || offer.fields.sku === sku);
  return (
    <TermsList
      title={t("offers")}
      kind="offer"
      addText={t("addOffer")}
      mayAdd={mayEdit}
      mayOpen={mayEdit && money !== undefined}
      rows={own?.filter((offer) => fits(offer, filter))}
      emptyText={t(own?.length === 0 ? "noOffers" : "nothingHere")}
      holds={({ current }) => current}
      name={{
        head: t("partner"),
        of: ({ partnerName }) => partnerName,
        under: ({ fields }) => <Valid from={fields.from} to={fields.to} />,
      }}
      columns={columns}
      form={(offer, onClose) => (
        <OfferForm
          offer={offer}
          prices={(offer && prices.get(offer.id)) ?? NONE}
          sku={sku}
          title={t("editOffer", {
            name: offer ? `${offer.partnerName} · ${name(offer.skuName)}` : "",
          })}
          onClose={onClose}
        />
      )}
    />
  );
};
