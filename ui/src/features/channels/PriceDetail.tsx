/** All prices of one product: by channel, each with its days. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelPriceRow, Day, SkuRow } from "../../contract";
import { Detail, Part } from "../../kit/Detail";
import { DayText, InlineLink } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useKeys } from "../../kit/keys";
import { type DetailRoute, useGo } from "../../kit/links";
import { namesOf } from "../../kit/names";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { ChannelPriceForm } from "./ChannelPriceForm";
import { conflictOf } from "./prices";

const shown = (price: string | null): string => (price === null ? "–" : format.price(price));

const Periods = (props: {
  prices: readonly ChannelPriceRow[];
  onEdit: (price: ChannelPriceRow) => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { word } = useWords();
  const { may } = useSession();
  const { prices } = props;
  const state = (price: ChannelPriceRow): ReactNode => {
    if (conflictOf(price, prices) !== null) return <Tag tone="red">{t("conflict")}</Tag>;
    if (price.belowFloor) return <Tag tone="red">{t("belowFloor")}</Tag>;
    if (price.belowCost !== null)
      return <Tag tone="amber">{word("pricing_reason", price.belowCost)}</Tag>;
    return price.current && <Tag tone="blue">{t("holdsNow")}</Tag>;
  };
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("channel")}</th>
          <th className="numeric">{t("price")}</th>
          <th className="numeric">{t("floor")}</th>
          <th>{t("versionFrom")}</th>
          <th>{t("versionTo")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {prices.map((price) => (
          <tr key={price.id}>
            <td title={price.source}>
              {may("settings") ? (
                <InlineLink onClick={() => props.onEdit(price)}>{price.channelCode}</InlineLink>
              ) : (
                price.channelCode
              )}
            </td>
            <td className="numeric">
              <span className={price.belowFloor ? "figure tone-red" : "figure"}>
                {shown(price.price)}
              </span>
            </td>
            <td className="numeric">
              <span className="figure">{shown(price.floor)}</span>
            </td>
            <td>
              <DayText day={price.from} />
            </td>
            <td>
              {price.to === null ? (
                <span className="quiet">{t("openEnd")}</span>
              ) : (
                <DayText day={price.to} />
              )}
            </td>
            <td>{state(price)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export const PriceDetail = (props: {
  sku: SkuRow;
  /** Its own, of all channels and days. */
  prices: readonly ChannelPriceRow[];
  day: Day;
  route: DetailRoute;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const words = useWords();
  const go = useGo();
  const { may } = useSession();
  const [editing, setEditing] = useState<ChannelPriceRow | "new" | null>(null);
  const { sku, route } = props;
  const name = words.name(namesOf(sku.fields));
  const change = may("settings");
  useKeys(change ? { e: () => setEditing("new") } : {});
  const sorted = [...props.prices].sort(
    (a, b) => a.channelCode.localeCompare(b.channelCode) || a.from.localeCompare(b.from),
  );
  return (
    <Detail
      title={name}
      subtitle={sku.fields.code}
      acts={
        <>
          {change && (
            <Button size="small" type="primary" onClick={() => setEditing("new")}>
              {t("addPrice")}
            </Button>
          )}
          <Button size="small" onClick={() => go(`/goods/${sku.id}`)}>
            {t("product")}
          </Button>
        </>
      }
      wide={route.wide}
      onWide={route.setWide}
      onClose={route.close}
    >
      <Part title={t("allPrices")}>
        {sorted.length === 0 ? (
          <p className="quiet">{t("noPrices")}</p>
        ) : (
          <Periods prices={sorted} onEdit={setEditing} />
        )}
      </Part>
      {editing && (
        <ChannelPriceForm
          sku={sku.id}
          price={editing === "new" ? null : editing}
          prices={props.prices}
          name={name}
          day={props.day}
          onClose={() => setEditing(null)}
        />
      )}
    </Detail>
  );
};
