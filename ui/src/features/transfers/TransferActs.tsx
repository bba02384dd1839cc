/** What can be done with a transfer in its state; the next step is the primary one (Ctrl+Enter). */
import { PrinterOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, PaperKind, TransferCard } from "../../contract";
import { AskReason } from "../../kit/AskReason";
import { useKeys } from "../../kit/keys";
import { useNotices } from "../../kit/Notices";
import { PaperPreview } from "../../kit/paper/PaperPreview";
import { useAct } from "../../kit/query";
import { useSession } from "../../kit/session";
import { ArriveForm } from "./ArriveForm";
import { ShipForm } from "./ShipForm";

type Open = "ship" | "arrive" | "cancel" | "override" | PaperKind | null;

/** A transfer that the destination's life rule stands against may be sent with a reason. */
const canOverride = (error: AppError): boolean =>
  error.code === "transfer.life_refused" ||
  error.details.some((detail) => detail.code === "transfer.life_refused");

const PrintButton = (props: { card: TransferCard; onPaper: (kind: PaperKind) => void }) => {
  const { t } = useTranslation("transfers");
  if (props.card.cartons.length === 0) return null;
  const items = [
    { key: "packing_list", label: t("packingList") },
    { key: "carton_label", label: t("cartonLabels", { count: props.card.cartons.length }) },
  ];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items, onClick: ({ key }) => props.onPaper(key as PaperKind) }}
    >
      <Button icon={<PrinterOutlined />}>{t("print")}</Button>
    </Dropdown>
  );
};

type Step = { text: string; act: () => void; busy?: boolean };

/** The next step of the state, and the others that it allows. */
const useSteps = (card: TransferCard, setOpen: (open: Open) => void) => {
  const { t } = useTranslation("transfers");
  const { may } = useSession();
  const { id, number, state, inTransit, lacks } = card.row;
  const approve = useAct("transfer.approve", {
    quiet: true,
    said: ({ document }) => t("saidApproved", { number: document?.label ?? "" }),
  });
  const pack = useAct("transfer.pack", { said: () => t("saidPacked", { number }) });
  const close = useAct("transfer.close", { said: () => t("saidClosed", { number }) });
  const closing: Step = { text: t("close"), act: () => void close.run({ id }), busy: close.busy };
  const arriving: Step = { text: t("arrive"), act: () => setOpen("arrive") };
  const approving: Step = {
    text: t("approve"),
    busy: approve.busy,
    act: () => void approve.run({ id, overrideReason: null }),
  };
  const packing = (text: string): Step => ({
    text,
    act: () => void pack.run({ id }),
    busy: pack.busy,
  });
  const shipping: Step = { text: t("ship"), act: () => setOpen("ship") };
  const handling: Partial<Record<typeof state, Step>> = {
    allocated: packing(t("pack")),
    // Its cartons hold what reported sales took.
    packed: lacks > 0 ? packing(t("packAgain")) : shipping,
    shipped: arriving,
    ...(inTransit > 0 ? { arrived: arriving } : {}),
  };
  const deciding: Partial<Record<typeof state, Step>> = {
    draft: approving,
    ...(inTransit > 0 ? {} : { arrived: closing }),
  };
  const decides = may("approve");
  const steps = { ...(may("handle") ? handling : {}), ...(decides ? deciding : {}) };
  const other = state === "arrived" && inTransit > 0 && decides ? closing : null;
  return { next: steps[state] ?? null, other, approve };
};

const Dialogs = (props: {
  card: TransferCard;
  open: Open;
  approve: ReturnType<typeof useAct<"transfer.approve">>;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const { card, open, approve, onClose } = props;
  const { id, number } = card.row;
  const cancel = useAct("transfer.cancel", {
    quiet: true,
    said: () => t("saidCancelled", { number }),
  });
  if (open === "ship") return <ShipForm card={card} onClose={onClose} />;
  if (open === "arrive") return <ArriveForm card={card} onClose={onClose} />;
  if (open === "cancel") {
    return (
      <AskReason
        title={t("cancelTitle", { number })}
        text={t("cancelText")}
        act={t("cancel")}
        danger
        busy={cancel.busy}
        error={cancel.error}
        onAct={(reason) => void cancel.run({ id, reason }).then((done) => done && onClose())}
        onClose={onClose}
      />
    );
  }
  if (open === "packing_list" || open === "carton_label" || open === "order") {
    return <PaperPreview of={{ kind: open, id, number }} onClose={onClose} />;
  }
  if (approve.error && canOverride(approve.error)) {
    return (
      <AskReason
        title={t("overrideTitle")}
        text={t("overrideText")}
        act={t("override")}
        danger
        busy={approve.busy}
        error={approve.error}
        onAct={(overrideReason) => void approve.run({ id, overrideReason })}
        onClose={approve.clear}
      />
    );
  }
  return null;
};

export const TransferActs = (props: {
  card: TransferCard;
  onEdit: () => void;
  onGone: () => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const kit = useTranslation("kit").t;
  const notices = useNotices();
  const [open, setOpen] = useState<Open>(null);
  const { card, onEdit, onGone } = props;
  const { id, state } = card.row;
  const discard = useAct("transfer.discard");
  const { next, other, approve } = useSteps(card, setOpen);
  const { may } = useSession();
  const isDraft = state === "draft" && may("draft");
  const refusal = approve.failure;
  useEffect(() => {
    // What a reason cannot overcome needs no dialog.
    if (refusal && !canOverride(refusal)) notices.error(refusal);
  }, [refusal, notices]);
  useKeys({ "Mod+Enter": () => next?.act(), ...(isDraft ? { e: onEdit } : {}) });
  return (
    <>
      {isDraft && (
        <>
          <Button
            danger
            type="text"
            loading={discard.busy}
            onClick={() => void discard.run({ id }).then((done) => done && onGone())}
          >
            {t("discard")}
          </Button>
          <Button onClick={onEdit}>{kit("edit")}</Button>
        </>
      )}
      {(state === "allocated" || state === "packed") && may("approve") && (
        <Button danger type="text" onClick={() => setOpen("cancel")}>
          {t("cancel")}
        </Button>
      )}
      <PrintButton card={card} onPaper={setOpen} />
      {other && (
        <Button loading={other.busy ?? false} onClick={other.act}>
          {other.text}
        </Button>
      )}
      {next && (
        <Button type="primary" title="Ctrl+Enter" loading={next.busy ?? false} onClick={next.act}>
          {next.text}
        </Button>
      )}
      <Dialogs card={card} open={open} approve={approve} onClose={() => setOpen(null)} />
    </>
  );
};
