/** Makes and approves a transfer for each pair of places, and says what became of each. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, Id, PlanLine, Posted } from "../../contract";
import { asAppError, call } from "../../host";
import { Dialog } from "../../kit/Dialog";
import { ErrorView } from "../../kit/ErrorView";
import { InlineLink } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { useNotices } from "../../kit/Notices";
import { useCall } from "../../kit/query";
import { useRefreshAll } from "../../kit/refresh";
import { Tag } from "../../kit/StatusTag";
import { useDenial } from "../../kit/session";
import { nameIn, type Proposal, proposals } from "./transfers";

type Outcome = { id: Id; number: string; error: AppError | null; posted: Posted | null };

/** Saves and approves one. A refused approval leaves the draft, so that it can be changed. */
const make = async (proposal: Proposal): Promise<Outcome> => {
  const { id } = await call("transfer.save", proposal.save);
  try {
    const posted = await call("transfer.approve", { id, overrideReason: null });
    return { id, number: posted.document?.label ?? "", error: null, posted };
  } catch (reason) {
    return { id, number: "", error: asAppError(reason), posted: null };
  }
};

const OutcomeView = (props: { outcome: Outcome; onGo: () => void }): ReactNode => {
  const { t } = useTranslation("plan");
  const go = useGo();
  const { id, number, error } = props.outcome;
  const open = (): void => {
    props.onGo();
    go(`/transfers/${id}`);
  };
  return (
    <div className="made-outcome">
      {error ? <Tag tone="amber">{t("stayedDraft")}</Tag> : <Tag tone="green">{t("approved")}</Tag>}
      {id !== "" && (
        <InlineLink onClick={open}>{number === "" ? t("openDraft") : number}</InlineLink>
      )}
      {error && <ErrorView error={error} />}
    </div>
  );
};

export const MadeTransfers = (props: {
  lines: PlanLine[];
  onClose: (made: boolean) => void;
}): ReactNode => {
  const { t } = useTranslation("plan");
  const kit = useTranslation("kit").t;
  const go = useGo();
  const notices = useNotices();
  const refreshAll = useRefreshAll();
  const places = useCall("location.list", {}).data ?? [];
  // What was chosen stays, although the plan behind it changes with each approval.
  const [all] = useState(() => proposals(props.lines, t("note")));
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const [busy, setBusy] = useState(false);
  const [save, approve] = [useDenial("transfer.save"), useDenial("transfer.approve")];
  const denied = save ?? approve;
  const done = outcomes.length === all.length;
  const { onClose } = props;

  const run = async (): Promise<void> => {
    setBusy(true);
    const made: Outcome[] = [];
    for (const proposal of all) {
      const failed = (reason: unknown): Outcome => ({
        id: "",
        number: "",
        error: asAppError(reason),
        posted: null,
      });
      made.push(await make(proposal).catch(failed));
      setOutcomes([...made]);
    }
    setBusy(false);
    refreshAll();
    const entries = made.flatMap(({ posted }) => posted?.entries ?? []);
    const approved = made.filter(({ posted }) => posted !== null);
    const numbers = approved.map(({ number }) => number).join(", ");
    if (entries.length > 0) {
      notices.posted(entries, t("madeAll", { count: approved.length, numbers }));
    }
  };

  return (
    <Dialog
      width={620}
      title={t("makeTitle")}
      onCancel={() => onClose(done)}
      footer={
        done
          ? [
              <Button key="see" onClick={() => go("/transfers")}>
                {t("seeTransfers")}
              </Button>,
              <Button key="close" type="primary" autoFocus onClick={() => onClose(true)}>
                {kit("close")}
              </Button>,
            ]
          : [
              <Button key="cancel" disabled={busy} onClick={() => onClose(false)}>
                {kit("cancel")}
              </Button>,
              <Button
                key="make"
                type="primary"
                data-first
                loading={busy}
                disabled={denied !== null}
                onClick={() => void run()}
              >
                {t("makeAct", { count: all.length })}
              </Button>,
            ]
      }
    >
      <p className="ask-text">{t("makeText")}</p>
      {denied && <ErrorView error={denied} />}
      <ul className="made-list">
        {all.map((proposal, at) => {
          const outcome = outcomes[at];
          return (
            <li key={`${proposal.save.from}>${proposal.save.to}`}>
              <div className="made-line">
                <strong>
                  <span className="quiet">{nameIn(places, proposal.save.from)} → </span>
                  {proposal.toName}
                </strong>
                <span className="figure">
                  {t("proposal", {
                    goods: proposal.goods,
                    cartons: format.qty(proposal.cartons),
                    units: format.qty(proposal.units),
                  })}
                </span>
              </div>
              {outcome && <OutcomeView outcome={outcome} onGo={() => onClose(true)} />}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
};
