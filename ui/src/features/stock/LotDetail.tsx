/** One lot: its life, where it lies, what happened to it, and the way to take an event back. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LotCard, LotEvent, LotRow } from "../../contract";
import { Attachments } from "../../kit/Attachments";
import { Detail, Facts, Part } from "../../kit/Detail";
import { DayText, expiryTone, InlineLink, Money, Price, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { addressOf, useGo } from "../../kit/links";
import { useNotices } from "../../kit/Notices";
import { usePaper } from "../../kit/paper/usePaper";
import { useCall, useMoney } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { StatusTag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { CostCard } from "./CostCard";
import { GenealogyPart } from "./GenealogyGraph";
import { type Regradable, RegradeForm } from "./RegradeForm";
import "./stock.css";

/** How much of the lot's life has gone, in percent of the bar. */
export const lifeGone = (mfgOn: string, expiresOn: string, today: string): number => {
  const whole = format.daysBetween(mfgOn, expiresOn);
  if (whole <= 0) return 100;
  return Math.min(100, Math.max(0, (100 * format.daysBetween(mfgOn, today)) / whole));
};

const LifeBar = (props: { lot: LotRow }): ReactNode => {
  const { t } = useTranslation("stock");
  const { status } = useSession();
  const { mfgOn, expiresOn, daysLeft, sharePpm } = props.lot;
  if (expiresOn === null || daysLeft === null) return <p className="quiet">{t("lifeUnknown")}</p>;
  const text =
    daysLeft < 0
      ? t("lifeOver", { days: -daysLeft })
      : t("lifeLeft", {
          days: daysLeft,
          share: sharePpm === null ? "–" : format.percent(sharePpm),
        });
  const gone = mfgOn === null ? null : lifeGone(mfgOn, expiresOn, status.today);
  return (
    <div className="life-bar">
      <div className="life-bar-ends figure">
        <span>{mfgOn ?? ""}</span>
        <strong className={`tone-${expiryTone(daysLeft) ?? "grey"}`}>{text}</strong>
        <span>{expiresOn}</span>
      </div>
      {gone !== null && (
        <div className="life-bar-track">
          <div
            className={`life-bar-gone life-${expiryTone(daysLeft) ?? "fine"}`}
            style={{ width: `${gone}%` }}
          />
        </div>
      )}
    </div>
  );
};

const Places = (props: { card: LotCard }): ReactNode => {
  const { t } = useTranslation("stock");
  const { place } = useWords();
  const { asOf, may } = useSession();
  const [changing, setChanging] = useState<Regradable | null>(null);
  const { card } = props;
  return (
    <Part title={t("where")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("place")}</th>
            <th>{t("status")}</th>
            <th className="numeric">{t("qty")}</th>
            <th className="numeric">{t("reserved")}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {card.places.map((stock) => (
            <tr key={`${stock.place}-${stock.status}`}>
              <td>
                {place({ code: stock.placeCode, kind: "own", way: stock.way }, stock.placeName)}
              </td>
              <td>
                <StatusTag status={stock.status} />
              </td>
              <td className="numeric">
                <Qty value={stock.qty} zero="0" />
              </td>
              <td className="numeric">
                <Qty value={stock.reserved} />
              </td>
              <td className="numeric">
                {may("handle") &&
                  asOf === null &&
                  stock.way === null &&
                  stock.qty > stock.reserved && (
                    <button
                      type="button"
                      className="link"
                      onClick={() => setChanging({ ...stock, lot: card.lot })}
                    >
                      {t("regrade")}
                    </button>
                  )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {changing && <RegradeForm stock={changing} onClose={() => setChanging(null)} />}
    </Part>
  );
};

const HistoryRow = (props: { event: LotEvent }): ReactNode => {
  const { t } = useTranslation("stock");
  const { word, place } = useWords();
  // The document beside it says on which transfer.
  const side = (at: LotEvent["from"]): string =>
    at.way === null ? place(at) : word("place", "transit");
  const notices = useNotices();
  const go = useGo();
  const { event } = props;
  const link = event.document;
  const address = link && addressOf(link.kind, link.id);
  return (
    <tr className={event.reversed ? "struck" : ""}>
      <td>
        <DayText day={event.day} />
      </td>
      <td>
        {word("kind", event.kind)}{" "}
        {link && address !== null && (
          <InlineLink onClick={() => go(address)}>{link.label}</InlineLink>
        )}
      </td>
      <td>
        {side(event.from)} <StatusTag status={event.fromStatus} quiet /> → {side(event.to)}{" "}
        <StatusTag status={event.toStatus} quiet />
      </td>
      <td className="numeric">
        <Qty value={event.qty} zero="0" />
      </td>
      <td className="numeric">
        {event.reversed ? (
          <span className="quiet">{t("reversed")}</span>
        ) : (
          <InlineLink onClick={() => notices.reverse(event.entry)}>{t("reverse")}</InlineLink>
        )}
      </td>
    </tr>
  );
};

const History = (props: { events: LotEvent[] }): ReactNode => {
  const { t } = useTranslation("stock");
  return (
    <Part title={t("history")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("day")}</th>
            <th>{t("event")}</th>
            <th>{t("way")}</th>
            <th className="numeric">{t("qty")}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {props.events.map((event, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one entry may move a lot more than once
            <HistoryRow key={`${event.entry}-${at}`} event={event} />
          ))}
        </tbody>
      </table>
    </Part>
  );
};

const useLotFacts = (card: LotCard): [string, ReactNode][] => {
  const { t } = useTranslation("stock");
  const { currency } = useSession();
  const go = useGo();
  const value = useMoney("lot.value", { id: card.lot.id }).data;
  const { lot, order } = card;
  const facts: [string, ReactNode][] = [
    [t("onHand"), <Qty key="o" value={lot.onHand} />],
    [t("inTransit"), <Qty key="t" value={lot.inTransit} />],
    [t("firstReceived"), <DayText key="d" day={lot.firstReceivedOn} />],
  ];
  if (order) {
    const link = (
      <InlineLink onClick={() => go(`/production/${order.id}`)}>{order.label}</InlineLink>
    );
    facts.push([t("order"), link]);
  }
  if (value) {
    facts.push([t("lotValue"), <Money key="v" amount={value.value} currency={currency} />]);
    facts.push([t("unitCost"), <Price key="c" amount={value.unitCost} currency={currency} />]);
  }
  return facts;
};

const Card = (props: { card: LotCard }): ReactNode => {
  const { t } = useTranslation("stock");
  const { card } = props;
  const facts = useLotFacts(card);
  return (
    <>
      {card.lot.pseudo && <p className="lot-note">{t("pseudo")}</p>}
      <LifeBar lot={card.lot} />
      <Facts facts={facts} />
      <Places card={card} />
      <GenealogyPart lot={card.lot.id} />
      <CostCard lot={card.lot.id} />
      <History events={card.history} />
      <Attachments kind="lot" id={card.lot.id} />
    </>
  );
};

export const LotDetail = (props: {
  id: string;
  wide: boolean;
  onWide: (wide: boolean) => void;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("stock");
  const { name } = useWords();
  const go = useGo();
  const paper = usePaper();
  const card = useCall("lot.get", { id: props.id });
  const lot = card.data?.lot;
  return (
    <Detail
      title={lot ? t("lotTitle", { lot: lot.lotNo }) : ""}
      subtitle={lot && `${lot.skuCode} · ${name(lot.skuName)}`}
      acts={
        lot && (
          <>
            {lot.onHand > 0 && (
              <Button
                size="small"
                onClick={() => paper.show({ kind: "lot_label", id: lot.id, number: lot.lotNo })}
              >
                {t("labels")}
              </Button>
            )}
            <Button size="small" onClick={() => go(`/goods/${lot.sku}`)}>
              {t("name")}
            </Button>
            {paper.preview}
          </>
        )
      }
      wide={props.wide}
      onWide={props.onWide}
      onClose={props.onClose}
    >
      <Answer query={card} rows={8}>
        {(data) => <Card card={data} />}
      </Answer>
    </Detail>
  );
};
