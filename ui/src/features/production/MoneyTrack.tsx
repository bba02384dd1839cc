/** What an order costs and how far it is paid: dues, payments, what is owed back, invoices. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DueRow, OrderAccountCard, OrderCard, OrderTracks } from "../../contract";
import { DayText, InlineLink, Money, type Tone } from "../../kit/Figures";
import { useNotices } from "../../kit/Notices";
import { usePaper } from "../../kit/paper/usePaper";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { termText } from "../../kit/terms/says";
import { useWords } from "../../kit/words";
import { Claims } from "./Claims";
import { PayForm, RefundForm, WaiveForm } from "./MoneyForms";
import { TrackBox } from "./TrackBox";
import { isOpen, isSome } from "./tracks";

const DUE_TONES: Record<DueRow["state"], Tone> = {
  planned: "grey",
  due: "amber",
  part_paid: "amber",
  paid: "green",
  set_off: "green",
  waived: "grey",
};

type Acting = { how: "pay" | "waive"; due: DueRow } | { how: "refund" } | null;

const Due = (props: {
  due: DueRow;
  currency: string;
  acts: boolean;
  onAct: (how: "pay" | "waive" | "request") => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const terms = useTranslation("terms").t;
  const words = useWords();
  const { status } = useSession();
  const { due, currency, acts, onAct } = props;
  const late = isOpen(due) && due.dueOn !== null && due.dueOn < status.today;
  return (
    <li>
      <div className="track-line">
        <span>
          {termText(terms, words, due.says)}
          {due.shipment !== null && (
            <span className="quiet"> {t("shipment", { no: due.shipment + 1 })}</span>
          )}
        </span>
        <Money amount={due.amount} currency={currency} />
      </div>
      <div className="track-line quiet">
        <span className="inline-choice">
          <Tag tone={late ? "red" : DUE_TONES[due.state]}>{words.word("due_state", due.state)}</Tag>
          {due.dueOn !== null && <DayText day={due.dueOn} {...(late ? { tone: "red" } : {})} />}
        </span>
        {isSome(due.setOff) && (
          <span className="figure">
            {t("setOff")} <Money amount={due.setOff} />
          </span>
        )}
        {isOpen(due) && acts && (
          <span className="track-acts">
            {(isSome(due.paid) || isSome(due.setOff)) && (
              <span className="figure">
                {t("stillOpen")} <Money amount={due.open} />
              </span>
            )}
            <InlineLink onClick={() => onAct("request")}>{t("paperRequest")}</InlineLink>
            <InlineLink onClick={() => onAct("pay")}>{t("pay")}</InlineLink>
            <InlineLink onClick={() => onAct("waive")}>{t("waive")}</InlineLink>
          </span>
        )}
      </div>
    </li>
  );
};

const Payments = (props: { account: OrderAccountCard }): ReactNode => {
  const { t } = useTranslation("production");
  const terms = useTranslation("terms").t;
  const words = useWords();
  const notices = useNotices();
  const { may } = useSession();
  const { account } = props;
  if (account.payments.length === 0) return null;
  const onTerm = (term: number | null): string => {
    const says = account.dues.find((due) => due.term === term)?.says;
    return says === undefined ? t("refunded") : termText(terms, words, says);
  };
  return (
    <>
      <h4>{t("payments")}</h4>
      <ul className="track-list">
        {account.payments.map((one) => (
          <li key={one.entry}>
            <div className="track-line">
              <DayText day={one.day} />
              <Money amount={one.amount} currency={account.currency} />
            </div>
            <div className="track-line quiet">
              <span>
                {onTerm(one.term)} {one.note !== "" && <>· {one.note}</>}
              </span>
              {may("approve") && (
                <InlineLink onClick={() => notices.reverse(one.entry)}>{t("reverse")}</InlineLink>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
};

const ALWAYS = ["payable", "paid", "open"] as const;

const Sums = (props: { account: OrderAccountCard }): ReactNode => {
  const { t } = useTranslation("production");
  const { account } = props;
  const some = (
    [
      "depositUncleared",
      "prepaid",
      "refundDue",
      "forfeited",
      "invoiced",
      "overInvoiced",
      "notInvoiced",
    ] as const
  ).filter((id) => isSome(account[id]));
  const red = (id: string): boolean => ["refundDue", "overInvoiced", "notInvoiced"].includes(id);
  return (
    <dl className="track-sums">
      {[...ALWAYS, ...some].map((id) => (
        <div key={id}>
          <dt>{t(`money.${id}`)}</dt>
          <dd>
            <Money
              amount={account[id]}
              currency={account.currency}
              {...(red(id) ? { tone: "amber" as const } : {})}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Forms = (props: {
  card: OrderCard;
  account: OrderAccountCard;
  acting: Acting;
  onClose: () => void;
}): ReactNode => {
  const { card, account, acting, onClose } = props;
  if (acting === null) return null;
  if (acting.how === "refund")
    return <RefundForm card={card} account={account} onClose={onClose} />;
  const Form = acting.how === "pay" ? PayForm : WaiveForm;
  return <Form card={card} account={account} due={acting.due} onClose={onClose} />;
};

const Account = (props: { card: OrderCard; account: OrderAccountCard }): ReactNode => {
  const { t } = useTranslation("production");
  const { may } = useSession();
  const [acting, setActing] = useState<Acting>(null);
  const paper = usePaper();
  const { card, account } = props;
  const request = ({ term, shipment }: DueRow): void =>
    paper.show({
      kind: "payment_request",
      id: card.row.id,
      number: card.row.number,
      due: { term, shipment },
    });
  const lives = card.row.state === "accepted" || card.row.state === "closed";
  const acts = lives && may("approve");
  const back = acts || (card.row.state === "cancelled" && may("approve"));
  return (
    <>
      <Sums account={account} />
      <h4>{t("dues")}</h4>
      <ul className="track-list">
        {account.dues.map((due) => (
          <Due
            key={`${due.term}-${due.shipment}`}
            due={due}
            currency={account.currency}
            acts={acts}
            onAct={(how) => (how === "request" ? request(due) : setActing({ how, due }))}
          />
        ))}
      </ul>
      <Payments account={account} />
      <Claims card={card} claims={account.claims} currency={account.currency} acts={back} />
      {back && isSome(account.refundDue) && (
        <Button size="small" onClick={() => setActing({ how: "refund" })}>
          {t("refund")}
        </Button>
      )}
      {paper.preview}
      <Forms card={card} account={account} acting={acting} onClose={() => setActing(null)} />
    </>
  );
};

/** What everybody may know: whether a deposit or a balance is open, without any amount. */
const Gates = (props: { tracks: OrderTracks }): ReactNode => {
  const { t } = useTranslation("production");
  const { depositOpen, balanceOpen } = props.tracks;
  return (
    <ul className="track-list">
      <li className="track-line">
        {t("deposit")}
        <Tag tone={depositOpen ? "amber" : "grey"}>{t(depositOpen ? "gateOpen" : "gateFree")}</Tag>
      </li>
      <li className="track-line">
        {t("balance")}
        <Tag tone={balanceOpen ? "amber" : "grey"}>{t(balanceOpen ? "gateOpen" : "gateFree")}</Tag>
      </li>
    </ul>
  );
};

export const MoneyTrack = (props: {
  card: OrderCard;
  tracks: OrderTracks;
  /** Null for who sees no money, and where the prices are not kept. */
  account: OrderAccountCard | null;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { card, tracks, account } = props;
  return (
    <TrackBox title={t("track.money")}>
      {account === null ? <Gates tracks={tracks} /> : <Account card={card} account={account} />}
    </TrackBox>
  );
};
