/** One production order: promised against actual, its lines, what came when, and its money. */
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderCard, OrderMoney, Receipt } from "../../contract";
import { Attachments } from "../../kit/Attachments";
import { Detail, Facts, Part } from "../../kit/Detail";
import { EntryTrail } from "../../kit/EntryTrail";
import { DayText, InlineLink, Money, Percent, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { type DetailRoute, useGo } from "../../kit/links";
import { useNotices } from "../../kit/Notices";
import { ProfitPart } from "../../kit/Profit";
import { usePaper } from "../../kit/paper/usePaper";
import { useCall, useMoney } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { StateSteps } from "../../kit/StateSteps";
import { StateTag, StatusTag, Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { percentOf } from "../../kit/terms/check";
import { termText } from "../../kit/terms/says";
import { useWords } from "../../kit/words";
import { CostPart } from "./CostPart";
import { OrderActs } from "./OrderActs";
import { OrderEditor } from "./OrderEditor";
import { Tracks } from "./Tracks";

const STEPS = ["draft", "issued", "accepted", "closed"] as const;

const Lines = (props: { card: OrderCard; money: OrderMoney | null }): ReactNode => {
  const { t } = useTranslation("production");
  const { name } = useWords();
  const go = useGo();
  const { card, money } = props;
  return (
    <Part title={t("lines")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("goods")}</th>
            <th className="numeric">{t("ordered")}</th>
            <th className="numeric">{t("received")}</th>
            {money && <th className="numeric">{t("unitPrice", { currency: money.currency })}</th>}
            {money && <th className="numeric">{t("amount", { currency: money.currency })}</th>}
          </tr>
        </thead>
        <tbody>
          {card.lines.map((line, at) => (
            <tr key={line.line}>
              <td>
                <InlineLink onClick={() => go(`/goods/${line.sku}`)}>{line.skuCode}</InlineLink>{" "}
                <span className="quiet">{name(line.skuName)}</span>
                {line.artworkNo !== null && (
                  <span className="line-version quiet">
                    {line.artworkNo} {line.registrationNo}
                  </span>
                )}
              </td>
              <td className="numeric">
                <Qty value={line.qty} zero="0" />
              </td>
              <td className="numeric">
                <Qty value={line.received} />
              </td>
              {money && (
                <td className="numeric figure">{format.price(money.unitPrices[at] ?? "0")}</td>
              )}
              {money && (
                <td className="numeric">
                  <Money amount={money.amounts[at] ?? null} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {money && (
          <tfoot>
            <tr>
              <td colSpan={4} className="quiet">
                {t("receivedValue", { value: format.money(money.receivedValue, money.currency) })}
              </td>
              <td className="numeric">
                <Money amount={money.total} />
              </td>
            </tr>
          </tfoot>
        )}
      </table>
    </Part>
  );
};

const ReceiptRow = (props: { receipt: Receipt; card: OrderCard }): ReactNode => {
  const { t } = useTranslation("production");
  const go = useGo();
  const notices = useNotices();
  const paper = usePaper();
  const { receipt, card } = props;
  const promised = card.row.promisedOn;
  const late = promised === null ? 0 : format.daysBetween(promised, receipt.day);
  const print = (kind: "goods_receipt" | "lot_label"): void =>
    paper.show({ kind, id: receipt.entry, number: receipt.number });
  const skuOf = (line: number): string =>
    card.lines.find((known) => known.line === line)?.skuCode ?? "";
  return (
    <li className={receipt.reversed ? "receipt receipt-gone" : "receipt"}>
      <div className="receipt-head">
        <strong>
          <DayText day={receipt.day} />
        </strong>
        <span>{receipt.place}</span>
        <span className="quiet">{receipt.number}</span>
        {!receipt.reversed && promised !== null && (
          <Tag tone={late > 0 ? "red" : "green"}>
            {late > 0 ? t("afterPromise", { count: late }) : t("inTime")}
          </Tag>
        )}
        <span className="grow" />
        {receipt.reversed ? (
          <span className="quiet">{t("reversed")}</span>
        ) : (
          <span className="track-acts">
            <InlineLink onClick={() => print("goods_receipt")}>{t("paperReceipt")}</InlineLink>
            <InlineLink onClick={() => print("lot_label")}>{t("paperLabels")}</InlineLink>
            <InlineLink onClick={() => notices.reverse(receipt.entry)}>{t("reverse")}</InlineLink>
          </span>
        )}
        {paper.preview}
      </div>
      <table className="plain-table">
        <tbody>
          {receipt.lines.map((line) => (
            <tr key={`${line.line}-${line.lot}`}>
              <td>{skuOf(line.line)}</td>
              <td>
                <InlineLink onClick={() => go(`/stock/lot/${line.lot}`)}>{line.lotNo}</InlineLink>
              </td>
              <td className="quiet figure">
                {line.mfgOn ?? "–"} → {line.expiresOn ?? "–"}
              </td>
              <td>
                <StatusTag status={line.status} />
              </td>
              <td className="numeric">
                <Qty value={line.qty} zero="0" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  );
};

const Receipts = (props: { card: OrderCard }): ReactNode => {
  const { t } = useTranslation("production");
  const { receipts } = props.card;
  if (receipts.length === 0) return null;
  return (
    <Part title={t("receipts")}>
      <ol className="receipts">
        {receipts.map((receipt) => (
          <ReceiptRow key={receipt.entry} receipt={receipt} card={props.card} />
        ))}
      </ol>
    </Part>
  );
};

/** Promised against actual in one sentence. */
const PromiseLine = (props: { card: OrderCard }): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const { row } = props.card;
  const open = format.qty(Math.max(0, row.ordered - row.received));
  if (row.lateDays > 0) {
    return (
      <p className="order-note note-red">{t("isLate", { count: row.lateDays, units: open })}</p>
    );
  }
  if (row.promisedOn === null || row.state !== "accepted" || row.received >= row.ordered)
    return null;
  const days = format.daysBetween(status.today, row.promisedOn);
  return <p className="order-note">{t("comesIn", { count: days, units: open })}</p>;
};

const useFacts = (card: OrderCard): [string, ReactNode][] => {
  const { t } = useTranslation("production");
  const terms = useTranslation("terms").t;
  const words = useWords();
  const { word } = words;
  const go = useGo();
  const { seesMoney } = useSession();
  const { row, forOrder } = card;
  const made = row.kind === "production";
  const facts: [string, ReactNode][] = [
    [t("kind"), word("order_kind", row.kind)],
    [t(made ? "factory" : "supplier"), row.factoryName],
    [t("deliverTo"), card.deliverToName],
    [t("issuedOn"), <DayText key="i" day={row.issuedOn} />],
    [t("promisedOn"), <DayText key="p" day={row.promisedOn} />],
    [t("tolerance"), <Percent key="t" ppm={card.overTolerancePpm} />],
  ];
  if (seesMoney)
    facts.push([
      t("tax"),
      t(card.priceIncludesTax ? "taxIn" : "taxOut", { rate: percentOf(card.taxRatePpm) }),
    ]);
  if (card.overIsFree) facts.push([t("overIsFree"), t("yes")]);
  if (made) facts.push([t("lossBase"), word("loss_base", card.lossBase)]);
  if (forOrder !== null)
    facts.push([
      t("forOrder"),
      <InlineLink key="o" onClick={() => go(`/production/${forOrder}`)}>
        {card.forOrderNumber ?? "–"}
      </InlineLink>,
    ]);
  if (card.revision > 0) facts.push([t("revision"), t("revisionNo", { count: card.revision })]);
  const schedule = card.schedule.map((term) => termText(terms, words, term)).join(" · ");
  if (schedule !== "") facts.push([t("schedule"), schedule]);
  if (card.terms !== "") facts.push([t("terms"), card.terms]);
  return facts;
};

/** What only issued orders have: the four tracks, and what the lots cost. */
const useAccounts = ({ row }: OrderCard) => {
  const { id } = row;
  const enabled = row.state !== "draft";
  return {
    tracks: useCall("order.tracks", { id }, { enabled }).data ?? null,
    account: useMoney("order.account", { id }, { enabled }).data ?? null,
    cost: useMoney("order.cost", { id }, { enabled }).data ?? null,
  };
};

const Card = (props: { card: OrderCard; money: OrderMoney | null }): ReactNode => {
  const { t } = useTranslation("production");
  const { card } = props;
  const { tracks, account, cost } = useAccounts(card);
  return (
    <>
      <StateSteps group="order_state" steps={STEPS} at={card.row.state} />
      <PromiseLine card={card} />
      {tracks && <Tracks card={card} tracks={tracks} account={account} />}
      <Part title={t("facts")}>
        <Facts facts={useFacts(card)} />
      </Part>
      <Lines card={card} money={props.money} />
      <Receipts card={card} />
      {cost && <CostPart cost={cost} />}
      {cost && <ProfitPart profit={cost.profit} currency={cost.currency} />}
      <Attachments kind="order" id={card.row.id} />
      <EntryTrail document={card.row.id} title={t("trail")} />
    </>
  );
};

export const OrderDetail = (props: { id: string; route: DetailRoute }): ReactNode => {
  const { t } = useTranslation("production");
  const { route, id } = props;
  const query = useCall("order.get", { id });
  const money = useMoney("order.money", { id }).data ?? null;
  const [editing, setEditing] = useState(false);
  const card = query.data;
  if (card && editing && money) {
    const done = (): void => setEditing(false);
    return <OrderEditor card={card} money={money} onSaved={done} onClose={done} />;
  }
  return (
    <Detail
      title={
        card && (
          <span className="inline-choice">
            {card.row.number === "" ? t("draftName") : card.row.number}
            {card.row.state === "cancelled" && <StateTag group="order_state" state="cancelled" />}
          </span>
        )
      }
      subtitle={card?.row.factoryName}
      acts={
        card && (
          <OrderActs
            card={card}
            onEdit={money ? () => setEditing(true) : null}
            onGone={route.close}
          />
        )
      }
      wide={route.wide}
      onWide={route.setWide}
      onClose={route.close}
    >
      <Answer query={query} rows={10}>
        {(data) => <Card card={data} money={money} />}
      </Answer>
    </Detail>
  );
};
