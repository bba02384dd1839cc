/** What can be done with an order in its state; the next step is the primary one (Ctrl+Enter). */
import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderCard } from "../../contract";
import { AskReason } from "../../kit/AskReason";
import { useKeys } from "../../kit/keys";
import { PaperPreview } from "../../kit/paper/PaperPreview";
import { useAct } from "../../kit/query";
import { useSession } from "../../kit/session";
import { AcceptForm } from "./AcceptForm";
import { ReceiveForm } from "./ReceiveForm";

type Open = "accept" | "receive" | "close" | "cancel" | "paper" | null;

const EndForm = (props: {
  card: OrderCard;
  how: "close" | "cancel";
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { card, how, onClose } = props;
  const { id, number, ordered, received } = card.row;
  const close = useAct("order.close", { quiet: true, said: () => t("saidClosed", { number }) });
  const cancel = useAct("order.cancel", {
    quiet: true,
    said: () => t("saidCancelled", { number }),
  });
  const act = how === "close" ? close : cancel;
  const short = how === "close" && received < ordered;
  return (
    <AskReason
      title={t(how === "close" ? "closeTitle" : "cancelTitle", { number })}
      text={
        short
          ? t("closeShort", { count: ordered - received })
          : t(how === "close" ? "closeFull" : "cancelText")
      }
      act={t(how)}
      optional={how === "close" && !short}
      danger={how === "cancel"}
      busy={act.busy}
      error={act.error}
      onAct={(reason) =>
        void act
          .run({ id, reason: reason === "" ? null : reason })
          .then((done) => done && onClose())
      }
      onClose={onClose}
    />
  );
};

const Dialogs = (props: { card: OrderCard; open: Open; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { card, open, onClose } = props;
  const { id, number } = card.row;
  if (open === "accept") return <AcceptForm card={card} onClose={onClose} />;
  if (open === "receive") return <ReceiveForm card={card} onClose={onClose} />;
  if (open === "close" || open === "cancel") {
    return <EndForm card={card} how={open} onClose={onClose} />;
  }
  if (open === "paper")
    return (
      <PaperPreview
        of={{ kind: "order", id, number: number === "" ? t("draftName") : number }}
        onClose={onClose}
      />
    );
  return null;
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

/** The next step of the state. */
const useNext = (card: OrderCard, setOpen: (open: Open) => void): Step | null => {
  const { t } = useTranslation("production");
  const { seesMoney, may } = useSession();
  const { id, state, received, ordered } = card.row;
  const issue = useAct("order.issue", {
    said: ({ document }) => t("saidIssued", { number: document?.label ?? "" }),
  });
  if (state === "draft" && seesMoney && may("approve"))
    return { text: t("issue"), act: () => void issue.run({ id }), busy: issue.busy };
  if (state === "issued")
    return may("approve") ? { text: t("accept"), act: () => setOpen("accept") } : null;
  if (state !== "accepted") return null;
  if (received >= ordered)
    return may("approve") ? { text: t("close"), act: () => setOpen("close") } : null;
  return may("handle") ? { text: t("receive"), act: () => setOpen("receive") } : null;
};

export const OrderActs = (props: {
  card: OrderCard;
  onEdit: (() => void) | null;
  onGone: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const [open, setOpen] = useState<Open>(null);
  const { card, onEdit } = props;
  const { state, received, ordered } = card.row;
  const next = useNext(card, setOpen);
  const { may } = useSession();
  const [approves, handles] = [may("approve"), may("handle")];
  useKeys({
    "Mod+Enter": () => next?.act(),
    ...(state === "draft" && onEdit ? { e: onEdit } : {}),
  });
  const live = state === "issued" || state === "accepted";
  return (
    <>
      {state === "draft" && may("draft") && <DraftActs {...props} />}
      {live && received === 0 && approves && (
        <Button danger type="text" onClick={() => setOpen("cancel")}>
          {t("cancel")}
        </Button>
      )}
      {state === "accepted" && received < ordered && received > 0 && approves && (
        <Button onClick={() => setOpen("close")}>{t("close")}</Button>
      )}
      {state === "accepted" && received < ordered && approves && (
        <Button onClick={() => setOpen("accept")}>{t("newPromise")}</Button>
      )}
      {state === "accepted" && received >= ordered && handles && (
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
      {next && (
        <Button type="primary" title="Ctrl+Enter" loading={next.busy ?? false} onClick={next.act}>
          {next.text}
        </Button>
      )}
      <Dialogs card={card} open={open} onClose={() => setOpen(null)} />
    </>
  );
};
