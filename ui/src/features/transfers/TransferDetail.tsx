/** One transfer: how far it is, what is in it, what is missing, and its next step. */
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TransferCard, TransferLine } from "../../contract";
import { Attachments } from "../../kit/Attachments";
import { Detail, Facts, Part } from "../../kit/Detail";
import { EntryTrail } from "../../kit/EntryTrail";
import { DayText, expiryTone, InlineLink, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { type DetailRoute, useGo } from "../../kit/links";
import { useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { StateSteps } from "../../kit/StateSteps";
import { StateTag, Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { Cartons } from "./Cartons";
import { STEPS } from "./columns";
import { ResolveForm } from "./ResolveForm";
import { TransferActs } from "./TransferActs";
import { TransferEditor } from "./TransferEditor";

const shipped = (state: string): boolean => ["shipped", "arrived", "closed"].includes(state);

const LineRow = (props: { line: TransferLine; onTheWay: boolean }): ReactNode => {
  const { t } = useTranslation("transfers");
  const go = useGo();
  const { status } = useSession();
  const { name } = useWords();
  const { line, onTheWay } = props;
  const left = line.expiresOn && format.daysBetween(status.today, line.expiresOn);
  const tone = typeof left === "number" ? expiryTone(left) : undefined;
  return (
    <tr>
      <td>
        <InlineLink onClick={() => go(`/goods/${line.sku}`)}>{line.skuCode}</InlineLink>{" "}
        <span className="quiet">{name(line.skuName)}</span>
      </td>
      <td>
        <InlineLink onClick={() => go(`/stock/lot/${line.lot}`)}>{line.lotNo}</InlineLink>
      </td>
      <td>
        <DayText day={line.expiresOn} {...(tone ? { tone } : {})} />
      </td>
      <td className="numeric">
        <Qty value={line.qty} zero="0" />
      </td>
      {onTheWay && (
        <>
          <td className="numeric">
            <Qty value={line.arrived} />
            {line.over > 0 && (
              <span className="tone-amber"> {t("over", { count: line.over })}</span>
            )}
          </td>
          <td className="numeric">
            <Qty value={line.lost} {...(line.lost > 0 ? { tone: "red" } : {})} />
          </td>
        </>
      )}
    </tr>
  );
};

const Lines = (props: { card: TransferCard }): ReactNode => {
  const { t } = useTranslation("transfers");
  const { lines, row } = props.card;
  const onTheWay = shipped(row.state);
  const sum = (of: (line: TransferLine) => number): number =>
    lines.reduce((total, line) => total + of(line), 0);
  return (
    <Part title={t("lines")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("goods")}</th>
            <th>{t("lot")}</th>
            <th>{t("expires")}</th>
            <th className="numeric">{t("units")}</th>
            {onTheWay && <th className="numeric">{t("arrived")}</th>}
            {onTheWay && <th className="numeric">{t("lost")}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <LineRow key={line.lot} line={line} onTheWay={onTheWay} />
          ))}
        </tbody>
        {lines.length > 1 && (
          <tfoot>
            <tr>
              <td colSpan={3} />
              <td className="numeric">
                <Qty value={sum((line) => line.qty)} zero="0" />
              </td>
              {onTheWay && (
                <td className="numeric">
                  <Qty value={sum((line) => line.arrived)} />
                </td>
              )}
              {onTheWay && (
                <td className="numeric">
                  <Qty value={sum((line) => line.lost)} />
                </td>
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </Part>
  );
};

type OnWay = TransferCard["inTransit"][number];

/** What has left and not arrived. A transfer cannot be closed before this is empty. */
const StillOnWay = (props: { card: TransferCard }): ReactNode => {
  const { t } = useTranslation("transfers");
  const [resolving, setResolving] = useState<OnWay | null>(null);
  const { card } = props;
  if (card.inTransit.length === 0) return null;
  const missing = card.row.state === "arrived";
  return (
    <Part title={t(missing ? "missing" : "onTheWay")}>
      {missing && <p className="transfer-note">{t("missingText")}</p>}
      <table className="plain-table">
        <tbody>
          {card.inTransit.map((open) => (
            <tr key={open.lot}>
              <td>{open.lotNo}</td>
              <td className="numeric">
                <Qty value={open.qty} zero="0" {...(missing ? { tone: "amber" as const } : {})} />
              </td>
              <td className="numeric">
                <InlineLink onClick={() => setResolving(open)}>{t("resolve")}</InlineLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {resolving && (
        <ResolveForm id={card.row.id} open={resolving} onClose={() => setResolving(null)} />
      )}
    </Part>
  );
};

const useFacts = (card: TransferCard): [string, ReactNode][] => {
  const { t } = useTranslation("transfers");
  const kit = useTranslation("kit").t;
  const { row } = card;
  const facts: [string, ReactNode][] = [
    [t("from"), row.fromName],
    [t("to"), row.toName],
    [t("units"), <Qty key="u" value={row.units} zero="0" />],
    [t("cartons"), <Qty key="c" value={row.cartons} zero="0" />],
  ];
  if (row.shippedOn !== null) facts.push([t("shippedOn"), <DayText key="s" day={row.shippedOn} />]);
  if (row.expectedOn !== null) {
    facts.push([
      t("expectedOn"),
      <span key="e" className="inline-choice">
        <DayText day={row.expectedOn} />
        {row.lateDays > 0 && <Tag tone="red">{kit("daysLate", { count: row.lateDays })}</Tag>}
      </span>,
    ]);
  }
  if (card.carrier !== "") facts.push([t("carrier"), card.carrier]);
  if (card.tracking !== "") {
    facts.push([
      t("tracking"),
      <span key="n" className="figure">
        {card.tracking}
      </span>,
    ]);
  }
  if (card.note !== "") facts.push([t("note"), card.note]);
  return facts;
};

const Card = (props: { card: TransferCard }): ReactNode => {
  const { t } = useTranslation("transfers");
  const { card } = props;
  return (
    <>
      <StateSteps group="transfer_state" steps={STEPS} at={card.row.state} />
      {card.row.lacks > 0 && <p className="tone-amber">{t("lacks", { count: card.row.lacks })}</p>}
      <Part title={t("facts")}>
        <Facts facts={useFacts(card)} />
      </Part>
      <StillOnWay card={card} />
      <Lines card={card} />
      <Cartons cartons={card.cartons} />
      <Attachments kind="transfer" id={card.row.id} />
      <EntryTrail document={card.row.id} title={t("trail")} />
    </>
  );
};

export const TransferDetail = (props: { id: string; route: DetailRoute }): ReactNode => {
  const { t } = useTranslation("transfers");
  const { route } = props;
  const query = useCall("transfer.get", { id: props.id });
  const [editing, setEditing] = useState(false);
  const card = query.data;
  if (card && editing) {
    return (
      <TransferEditor
        card={card}
        onSaved={() => setEditing(false)}
        onClose={() => setEditing(false)}
      />
    );
  }
  return (
    <Detail
      title={
        card && (
          <span className="inline-choice">
            {card.row.number === "" ? t("draftName") : card.row.number}
            {card.row.state === "cancelled" && (
              <StateTag group="transfer_state" state="cancelled" />
            )}
          </span>
        )
      }
      subtitle={card && `${card.row.fromName} → ${card.row.toName}`}
      acts={
        card && <TransferActs card={card} onEdit={() => setEditing(true)} onGone={route.close} />
      }
      wide={route.wide}
      onWide={route.setWide}
      onClose={route.close}
    >
      <Answer query={query} rows={10}>
        {(data) => <Card card={data} />}
      </Answer>
    </Detail>
  );
};
