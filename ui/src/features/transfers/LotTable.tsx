/** Free lots with the units to take of each: Enter goes to the next, `*` is all of it. */
import { InputNumber } from "antd";
import { type KeyboardEvent, type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "../../contract";
import { Days, DayText, expiryTone, InlineLink, Percent, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useCall } from "../../kit/query";
import { useWords } from "../../kit/words";
import type { FreeLot } from "./free";

export type Chosen = FreeLot & { qty: number };

/** Units as cartons and what is left over, when the goods have a carton. */
export const inCartons = (qty: number, perCarton: number | undefined): string =>
  perCarton === undefined || qty === 0
    ? ""
    : qty % perCarton === 0
      ? format.qty(qty / perCarton)
      : `${format.qty(Math.floor(qty / perCarton))} + ${qty % perCarton}`;

const nextField = (event: KeyboardEvent<HTMLInputElement>): void => {
  const fields = [...document.querySelectorAll<HTMLInputElement>(".lot-table input")];
  const next = fields[fields.indexOf(event.target as HTMLInputElement) + 1];
  if (event.nativeEvent.isComposing) return;
  event.preventDefault();
  next?.focus();
  next?.select();
};

const Row = (props: {
  lot: FreeLot;
  qty: number;
  perCarton: number | undefined;
  onQty: (qty: number) => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const { name } = useWords();
  const { lot, qty, perCarton } = props;
  const tone = expiryTone(lot.daysLeft);
  return (
    <tr className={qty > 0 ? "lot-chosen" : ""}>
      <td>
        {lot.skuCode} <span className="quiet">{name(lot.skuName)}</span>
      </td>
      <td>{lot.lotNo}</td>
      <td>
        <DayText day={lot.expiresOn} />
      </td>
      <td className="numeric">
        <Days value={lot.daysLeft} bare {...(tone ? { tone } : {})} />
      </td>
      <td className="numeric">
        <Percent ppm={lot.sharePpm} />
      </td>
      <td className="numeric">
        <InlineLink onClick={() => props.onQty(lot.free)}>
          <Qty value={lot.free} />
        </InlineLink>
      </td>
      <td>
        <InputNumber
          controls={false}
          min={0}
          precision={0}
          value={qty === 0 ? null : qty}
          status={qty > lot.free ? "error" : ""}
          aria-label={t("takeOf", { lot: lot.lotNo })}
          onChange={(next) => props.onQty(next ?? 0)}
          onKeyDown={(event) => {
            if (event.key === "*") {
              event.preventDefault();
              props.onQty(lot.free);
            }
          }}
          onPressEnter={nextField}
        />
      </td>
      <td className="numeric figure quiet">{inCartons(qty, perCarton)}</td>
    </tr>
  );
};

export const LotTable = (props: {
  lots: FreeLot[];
  more: boolean;
  chosen: Map<Id, Chosen>;
  onChosen: (chosen: Map<Id, Chosen>) => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const skus = useCall("sku.list", {}).data;
  const cartons = useMemo(
    () => new Map(skus?.map(({ id, fields }) => [id, fields.carton?.units])),
    [skus],
  );
  const { lots, chosen, onChosen } = props;
  if (lots.length === 0) return <p className="quiet">{t("noLots")}</p>;
  const take = (lot: FreeLot, qty: number): void => {
    const next = new Map(chosen);
    next.set(lot.lot, { ...lot, qty });
    onChosen(next);
  };
  return (
    <>
      <table className="plain-table lot-table">
        <thead>
          <tr>
            <th>{t("goods")}</th>
            <th>{t("lot")}</th>
            <th>{t("expires")}</th>
            <th className="numeric">{t("daysLeft")}</th>
            <th className="numeric">{t("share")}</th>
            <th className="numeric">{t("free")}</th>
            <th className="numeric">{t("take")}</th>
            <th className="numeric">{t("cartons")}</th>
          </tr>
        </thead>
        <tbody>
          {lots.map((lot) => (
            <Row
              key={lot.lot}
              lot={lot}
              qty={chosen.get(lot.lot)?.qty ?? 0}
              perCarton={cartons.get(lot.sku)}
              onQty={(qty) => take(lot, qty)}
            />
          ))}
        </tbody>
      </table>
      {props.more && <p className="quiet">{t("moreLots")}</p>}
    </>
  );
};
