/** Short notices at the corner: what was done and its undo, what was refused, what failed. */
import { App, Button } from "antd";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, Id } from "../contract";
import { ErrorView } from "./ErrorView";
import { ReversalDialog } from "./Reversal";

export type Notices = {
  say: (text: string) => void;
  error: (error: AppError) => void;
  /** Says that something was posted, with its undo. */
  posted: (entries: Id[], text: string | null) => void;
  /** Opens the reversal preview of one entry. */
  reverse: (entry: Id) => void;
};

const NoticesContext = createContext<Notices | null>(null);

export const useNotices = (): Notices => {
  const notices = useContext(NoticesContext);
  if (notices === null) throw new Error("used outside NoticesProvider");
  return notices;
};

const SECONDS_TO_UNDO = 12;

export const NoticesProvider = (props: { children: ReactNode }): ReactNode => {
  const { notification, message } = App.useApp();
  const { t } = useTranslation("kit");
  // The newest entry first: what was posted last has to go first.
  const [reversing, setReversing] = useState<{ entries: Id[]; straight: boolean } | null>(null);

  const notices = useMemo<Notices>(() => {
    const posted = (entries: Id[], text: string | null): void => {
      const key = `posted-${entries[0] ?? ""}`;
      const undo = (): void => {
        notification.destroy(key);
        setReversing({ entries: [...entries].reverse(), straight: true });
      };
      notification.open({
        key,
        title: (
          <span className="posted-line">
            <span className="grow">{text ?? t("done")}</span>
            <Button size="small" onClick={undo}>
              {t("undo")}
            </Button>
          </span>
        ),
        placement: "bottomLeft",
        duration: SECONDS_TO_UNDO,
        className: "notice notice-posted",
      });
    };
    return {
      say: (text) => void message.success(text),
      error: (error) =>
        notification.open({
          key: `error-${error.code}`,
          title: null,
          description: <ErrorView error={error} />,
          placement: "bottomLeft",
          duration: error.kind === "failed" ? 0 : 10,
          className: `notice notice-${error.kind}`,
        }),
      posted,
      reverse: (entry) => setReversing({ entries: [entry], straight: false }),
    };
  }, [notification, message, t]);

  return (
    <NoticesContext value={notices}>
      {props.children}
      {reversing && (
        <ReversalDialog
          key={reversing.entries.join()}
          entries={reversing.entries}
          straight={reversing.straight}
          onClose={(undone) => {
            setReversing(null);
            if (undone) notices.say(t("undone"));
          }}
        />
      )}
    </NoticesContext>
  );
};
