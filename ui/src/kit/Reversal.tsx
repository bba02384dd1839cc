/** What a reversal touches, what stands in its way, and the act itself. */
import { Button, Skeleton } from "antd";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, CutRow, EntryRow, Id, MoveRow, ReversalPreview } from "../contract";
import { asAppError, call } from "../host";
import { Dialog } from "./Dialog";
import { ErrorView } from "./ErrorView";
import { DayText, Qty } from "./Figures";
import { useRefreshAll } from "./refresh";
import { StatusTag } from "./StatusTag";
import { useDenial } from "./session";
import { useWords } from "./words";

const EntryLines = (props: { entries: EntryRow[] }): ReactNode => {
  const { message } = useWords();
  return (
    <ul className="entry-lines">
      {props.entries.map((entry) => (
        <li key={entry.id}>
          <DayText day={entry.effectiveOn} />
          <span className="grow">{message(entry.summary)}</span>
          <span className="quiet">{entry.documents.map((link) => link.label).join(" ")}</span>
        </li>
      ))}
    </ul>
  );
};

const MOVES_SHOWN = 12;

const MoveLines = (props: { moves: MoveRow[] }): ReactNode => {
  const { t } = useTranslation("kit");
  const { place } = useWords();
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("moveWhat")}</th>
          <th>{t("moveFrom")}</th>
          <th>{t("moveTo")}</th>
          <th className="numeric">{t("moveQty")}</th>
        </tr>
      </thead>
      <tbody>
        {props.moves.slice(0, MOVES_SHOWN).map((move, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: moves of a preview have no ids
          <tr key={at}>
            <td>
              {move.skuCode} <span className="quiet">{move.lotNo}</span>
            </td>
            <td>
              {place(move.from)} <StatusTag status={move.fromStatus} quiet />
            </td>
            <td>
              {place(move.to)} <StatusTag status={move.toStatus} quiet />
            </td>
            <td className="numeric">
              <Qty value={move.qty} zero="0" />
            </td>
          </tr>
        ))}
      </tbody>
      {props.moves.length > MOVES_SHOWN && (
        <tfoot>
          <tr>
            <td colSpan={4} className="quiet">
              {t("rowsOf", { shown: MOVES_SHOWN, count: props.moves.length })}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
};

/** What transfers have set aside more or less afterwards. */
const CutLines = (props: { cuts: CutRow[] }): ReactNode => {
  const { t } = useTranslation("kit");
  return (
    <ul className="entry-lines">
      {props.cuts.map(({ transfer, lotNo, skuCode, qty }) => (
        <li key={`${transfer.id}/${skuCode}/${lotNo}`}>
          <span className="grow">
            {transfer.label} <span className="quiet">{`${skuCode} ${lotNo}`}</span>
          </span>
          <span>{t(qty > 0 ? "reverseCutMore" : "reverseCutLess", { count: Math.abs(qty) })}</span>
        </li>
      ))}
    </ul>
  );
};

/** The preview in full: what is reversed, how stock moves, what blocks it. */
export const ReversalView = (props: { preview: ReversalPreview }): ReactNode => {
  const { t } = useTranslation("kit");
  const { message } = useWords();
  const { entries, moves, cuts, blockedBy, reasons } = props.preview;
  return (
    <div className="reversal">
      {reasons.length > 0 && (
        <div className="error-view error-refused" role="alert">
          <div className="error-kind">{t("reverseCannot")}</div>
          <ul className="error-details">
            {reasons.map((reason, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: reasons are a fixed list without ids
              <li key={at}>{message(reason)}</li>
            ))}
          </ul>
        </div>
      )}
      {blockedBy.length > 0 && (
        <section>
          <h4>{t("reverseBlocked")}</h4>
          <EntryLines entries={blockedBy} />
        </section>
      )}
      {entries.length > 0 && (
        <section>
          <h4>{t("reverseEntries")}</h4>
          <EntryLines entries={entries} />
        </section>
      )}
      {moves.length > 0 && (
        <section>
          <h4>{t("reverseMoves")}</h4>
          <MoveLines moves={moves} />
        </section>
      )}
      {cuts.length > 0 && (
        <section>
          <h4>{t("reverseCuts")}</h4>
          <CutLines cuts={cuts} />
        </section>
      )}
      <p className="quiet">{t("reverseHint")}</p>
    </div>
  );
};

type Reversal = {
  preview: ReversalPreview | null;
  error: AppError | null;
  busy: boolean;
  reverse: (withBlocking: boolean) => void;
};

const isFree = (preview: ReversalPreview): boolean =>
  preview.blockedBy.length === 0 && preview.reasons.length === 0;

/** Walks through `entries`: previews each, reverses at once when `straight` and nothing is in the way. */
const useReversal = (entries: Id[], straight: boolean, onDone: () => void): Reversal => {
  const refreshAll = useRefreshAll();
  const [at, setAt] = useState(0);
  const [preview, setPreview] = useState<ReversalPreview | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const entry = entries[at];
  const started = useRef<Id | null>(null);

  const post = useCallback(
    async (id: Id, withBlocking: boolean) => {
      setBusy(true);
      setError(null);
      try {
        await call("journal.reverse", { entry: id, withBlocking });
        refreshAll();
        setPreview(null);
        setAt((now) => now + 1);
      } catch (reason) {
        setError(asAppError(reason));
      } finally {
        setBusy(false);
      }
    },
    [refreshAll],
  );

  useEffect(() => {
    if (entry === undefined) {
      onDone();
      return;
    }
    // Strict mode runs effects twice; a reversal must be asked for once.
    if (started.current === entry) return;
    started.current = entry;
    call("journal.preview", { id: entry }).then(
      (answer) => {
        if (straight && isFree(answer)) void post(entry, false);
        else setPreview(answer);
      },
      (reason: unknown) => setError(asAppError(reason)),
    );
  }, [entry, straight, post, onDone]);

  return {
    preview,
    error,
    busy,
    reverse: (withBlocking) => entry !== undefined && void post(entry, withBlocking),
  };
};

export const ReversalDialog = (props: {
  /** Newest first. */
  entries: Id[];
  /** Reverse without asking while nothing stands in the way. */
  straight: boolean;
  onClose: (undone: boolean) => void;
}): ReactNode => {
  const { t } = useTranslation("kit");
  const { entries, straight, onClose } = props;
  const done = useCallback(() => onClose(true), [onClose]);
  const { preview, error, busy, reverse } = useReversal(entries, straight, done);
  const denied = useDenial("journal.reverse");
  const problem = error ?? denied;
  // With nothing in the way the undo is quick and needs no window.
  if (straight && preview === null && problem === null) return null;
  const blocking = preview?.blockedBy.length ?? 0;
  const refused = (preview?.reasons.length ?? 0) > 0 && blocking === 0;
  return (
    <Dialog
      width={640}
      title={t("reverseTitle")}
      onCancel={() => onClose(false)}
      footer={[
        <Button key="close" onClick={() => onClose(false)}>
          {t("cancel")}
        </Button>,
        <Button
          key="reverse"
          type="primary"
          loading={busy}
          disabled={preview === null || refused || denied !== null}
          onClick={() => reverse(blocking > 0)}
        >
          {blocking > 0 ? t("reverseAll", { count: blocking }) : t("reverse")}
        </Button>,
      ]}
    >
      {problem && <ErrorView error={problem} />}
      {preview ? <ReversalView preview={preview} /> : !problem && <Skeleton active />}
    </Dialog>
  );
};
