/** What can be done with an order in its state; the next step is the primary one (Ctrl+Enter). */
import { PrinterOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, Radio } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type {
  AppError,
  DepositFateWord,
  DocLink,
  OrderAccountCard,
  OrderCard,
  OrderTracks,
} from "../../contract";
import { AskReason } from "../../kit/AskReason";
import { Dialog } from "../../kit/Dialog";
import { ErrorView } from "../../kit/ErrorView";
import * as format from "../../kit/format";
import { isComposing, useKeys } from "../../kit/keys";
import { useNotices } from "../../kit/Notices";
import { PaperPreview } from "../../kit/paper/PaperPreview";
import { usePaper } from "../../kit/paper/usePaper";
import { useAct, useCall, useMoney } from "../../kit/query";
import { useRead } from "../../kit/read";
import { useSession } from "../../kit/session";
import { AcceptForm } from "./AcceptForm";
import { DueForm } from "./DueForm";
import { type DueStep, dueSteps, isSome } from "./tracks";

/** `against`: issued against the offer, which a refusal asks a reason for. */
type Open = DueStep | "against" | "accept" | "cancel" | "paper" | null;

/** Refusals of an issue that a written reason overcomes. */
const WANTS_REASON = [
  "order.below_moq",
  "order.not_multiple",
  "order.price_differs",
  "order.no_version_holds",
];

type FormProps = { card: OrderCard; onClose: () => void };

const CloseForm = ({ card, onClose }: FormProps): ReactNode => {
  const { t } = useTranslation("production");
  const { id, number, ordered, received } = card.row;
  const close = useAct("order.close", { quiet: true, said: () => t("saidClosed", { number }) });
  const [credit, setCredit] = useState(false);
  const short = received < ordered;
  const goodsOpen = close.error?.code === "order.goods_open";
  const text = short ? t("closeShort", { count: ordered - received }) : t("closeFull");
  return (
    <AskReason
      title={t("closeTitle", { number })}
      text={
        <>
          {text}
          {(goodsOpen || credit) && (
            <Checkbox checked={credit} onChange={(event) => setCredit(event.target.checked)}>
              {t("creditReplacements")}
            </Checkbox>
          )}
        </>
      }
      act={t("close")}
      optional={!short && !credit}
      busy={close.busy}
      error={close.error}
      onAct={(reason) =>
        void close
          .run({ id, reason: reason === "" ? null : reason, creditReplacements: credit })
          .then((done) => done && onClose())
      }
      onClose={onClose}
    />
  );
};

/** Nothing is to be made; what was paid comes back, or the partner keeps it. */
const CancelForm = ({ card, onClose }: FormProps): ReactNode => {
  const { t } = useTranslation("production");
  const { id, number } = card.row;
  const [reason, setReason] = useState("");
  const [deposit, setDeposit] = useState<DepositFateWord>("refund_due");
  const account = useMoney("order.account", { id }).data;
  const cancel = useAct("order.cancel", {
    quiet: true,
    said: () => t("saidCancelled", { number }),
  });
  const [asked, setAsked] = useState(false);
  if (!asked && cancel.error?.code === "order.deposit_fate_missing") setAsked(true);
  const paid = account !== undefined && (asked || isSome(account.paid));
  const submit = async (): Promise<void> => {
    const fate = paid ? deposit : null;
    if (await cancel.run({ id, reason: reason.trim(), deposit: fate })) onClose();
  };
  return (
    <Dialog
      width={440}
      title={t("cancelTitle", { number })}
      okText={t("cancel")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "" }}
      confirmLoading={cancel.busy}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <p className="ask-text">{t("cancelText")}</p>
      {paid && (
        <Radio.Group
          className="deposit-fate"
          vertical
          value={deposit}
          options={(["refund_due", "forfeited"] as const).map((value) => ({
            value,
            label: t(`deposit.${value}`, { amount: format.money(account.paid, account.currency) }),
          }))}
          onChange={(event) => setDeposit(event.target.value)}
        />
      )}
      {cancel.error && <ErrorView error={cancel.error} />}
      <Input
        data-first
        value={reason}
        placeholder={t("reason")}
        aria-label={t("reason")}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={(event) => {
          if (!isComposing(event.nativeEvent) && reason.trim() !== "") void submit();
        }}
      />
    </Dialog>
  );
};

/** Issued against the offer: less, no multiple, or at another price. */
const IssueForm = (props: FormProps & { first: AppError }): ReactNode => {
  const { t } = useTranslation("production");
  const { id } = props.card.row;
  const issue = useAct("order.issue", {
    quiet: true,
    said: ({ document }) => t("saidIssued", { number: document?.label ?? "" }),
  });
  const error = issue.error ?? props.first;
  const reasonFor = useRead(error);
  const { onClose } = props;
  return (
    <AskReason
      title={t("issueAgainst")}
      act={t("issue")}
      busy={issue.busy}
      error={error}
      onAct={(reason) =>
        void issue.run({ id, reason, reasonFor }).then((done) => done && onClose())
      }
      onClose={onClose}
    />
  );
};

type Accounts = { tracks: OrderTracks | null; account: OrderAccountCard | null };

const Dialogs = (
  props: FormProps & Accounts & { open: Open; refusal: AppError | null },
): ReactNode => {
  const { t } = useTranslation("production");
  const paper = usePaper();
  const { card, open, refusal, onClose, tracks, account } = props;
  const { id, number } = card.row;
  if (open === "against" && refusal !== null)
    return <IssueForm card={card} first={refusal} onClose={onClose} />;
  if (open === "accept") return <AcceptForm card={card} onClose={onClose} />;
  if (open === "close") return <CloseForm card={card} onClose={onClose} />;
  if (open === "cancel") return <CancelForm card={card} onClose={onClose} />;
  if (open === "paper") {
    const of = { kind: "order" as const, id, number: number === "" ? t("draftName") : number };
    return <PaperPreview of={of} onClose={onClose} />;
  }
  const onSlip = (slip: DocLink | null): void => {
    if (slip) paper.show({ kind: "material_slip", id: slip.id, number: slip.label });
  };
  const known = open === null || open === "against" || tracks === null ? null : { open, tracks };
  return (
    <>
      {paper.preview}
      {known && (
        <DueForm
          step={known.open}
          card={card}
          tracks={known.tracks}
          account={account}
          onSlip={onSlip}
          onClose={onClose}
        />
      )}
    </>
  );
};

type Step = { text: string; act: () => void; busy?: boolean };

const DraftActs = (props: { card: OrderCard; onEdit: (() => void) | null; onGone: () => void }) => {
  const { t } = useTranslation("production");
  const kit = useTranslation("kit").t;
  const discard = useAct("order.discard");
  const { onEdit, onGone } = props;
  return (
    <>
      <Button
        danger
        type="text"
        loading={discard.busy}
        onClick={() => void discard.run({ id: props.card.row.id }).then((done) => done && onGone())}
      >
        {t("discard")}
      </Button>
      {onEdit && <Button onClick={onEdit}>{kit("edit")}</Button>}
    </>
  );
};

/** Issuing: a refusal that a reason overcomes asks for it, any other is a notice. */
const useIssue = (id: string, onRefused: () => void) => {
  const { t } = useTranslation("production");
  const notices = useNotices();
  const issue = useAct("order.issue", {
    quiet: true,
    said: ({ document }) => t("saidIssued", { number: document?.label ?? "" }),
  });
  const { failure: error, busy, clear } = issue;
  const asks = error !== null && WANTS_REASON.includes(error.code);
  useEffect(() => {
    if (error === null) return;
    if (asks) onRefused();
    else {
      notices.error(error);
      clear();
    }
  });
  return { run: () => void issue.run({ id, reason: null, reasonFor: [] }), busy, error, clear };
};

/** Whose step it is. */
const RIGHTS: Record<DueStep, "approve" | "handle"> = {
  pay: "approve",
  draw: "handle",
  issue: "handle",
  decide: "approve",
  receive: "handle",
  settle: "approve",
  claim: "approve",
  close: "approve",
};

/** What an accepted order waits for from who looks at it; null while it is not known. */
const useDue = (card: OrderCard, { tracks, account }: Accounts): DueStep | null => {
  const { may } = useSession();
  if (card.row.state !== "accepted" || tracks === null) return null;
  return dueSteps(card, tracks, account).find((step) => may(RIGHTS[step])) ?? null;
};

/** The next step of the state. */
const useNext = (
  card: OrderCard,
  due: DueStep | null,
  setOpen: (open: Open) => void,
  issue: { run: () => void; busy: boolean },
): Step | null => {
  const { t } = useTranslation("production");
  const { seesMoney, may } = useSession();
  const { state } = card.row;
  if (state === "draft" && seesMoney && may("approve"))
    return { text: t("issue"), act: issue.run, busy: issue.busy };
  if (state === "issued")
    return may("approve") ? { text: t("accept"), act: () => setOpen("accept") } : null;
  return due && { text: t(due === "issue" ? "issueMaterial" : due), act: () => setOpen(due) };
};

/** What is possible besides the next step. */
const Others = (props: {
  card: OrderCard;
  due: DueStep | null;
  onEdit: (() => void) | null;
  setOpen: (open: Open) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { may } = useSession();
  const { card, due, onEdit, setOpen } = props;
  const { state, received, ordered } = card.row;
  const [approves, handles] = [may("approve"), may("handle")];
  const [live, accepted] = [state === "issued" || state === "accepted", state === "accepted"];
  return (
    <>
      {live && received === 0 && approves && (
        <Button danger type="text" onClick={() => setOpen("cancel")}>
          {t("cancel")}
        </Button>
      )}
      {live && approves && onEdit && <Button onClick={onEdit}>{t("amend")}</Button>}
      {accepted && due !== "close" && received > 0 && approves && (
        <Button onClick={() => setOpen("close")}>{t("close")}</Button>
      )}
      {accepted && received < ordered && approves && (
        <Button onClick={() => setOpen("accept")}>{t("newPromise")}</Button>
      )}
      {accepted && due !== "receive" && handles && (
        <Button onClick={() => setOpen("receive")}>{t("receive")}</Button>
      )}
      {state !== "cancelled" && (
        <Button
          icon={<PrinterOutlined />}
          aria-label={t("print")}
          title={t("print")}
          onClick={() => setOpen("paper")}
        />
      )}
    </>
  );
};

export const OrderActs = (props: {
  card: OrderCard;
  onEdit: (() => void) | null;
  onGone: () => void;
}): ReactNode => {
  const [open, setOpen] = useState<Open>(null);
  const { card, onEdit } = props;
  const { state, id } = card.row;
  const issue = useIssue(id, () => setOpen("against"));
  const enabled = state !== "draft";
  const accounts = {
    tracks: useCall("order.tracks", { id }, { enabled }).data ?? null,
    account: useMoney("order.account", { id }, { enabled }).data ?? null,
  };
  const due = useDue(card, accounts);
  const next = useNext(card, due, setOpen, issue);
  const { may } = useSession();
  const edits = state === "draft" ? may("draft") : state !== "closed" && state !== "cancelled";
  useKeys({
    "Mod+Enter": () => next?.act(),
    ...(edits && onEdit ? { e: onEdit } : {}),
  });
  const close = (): void => {
    setOpen(null);
    issue.clear();
  };
  return (
    <>
      {state === "draft" && may("draft") && <DraftActs {...props} />}
      <Others card={card} due={due} onEdit={onEdit} setOpen={setOpen} />
      {next && (
        <Button type="primary" title="Ctrl+Enter" loading={next.busy ?? false} onClick={next.act}>
          {next.text}
        </Button>
      )}
      <Dialogs card={card} {...accounts} open={open} refusal={issue.error} onClose={close} />
    </>
  );
};
