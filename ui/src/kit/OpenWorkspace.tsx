/** Opening a workspace file; one that cannot be written now is offered for reading. */
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError } from "../contract";
import { Dialog } from "./Dialog";
import { ErrorView } from "./ErrorView";
import { askAhead, useAct } from "./query";

/** What stands against writing a file and not against reading it. */
const canBeRead = (error: AppError | null): boolean =>
  error !== null && (error.code === "file.locked" || error.code === "file.read_only");

export type OpenWorkspace = {
  run: (path: string) => Promise<void>;
  busy: boolean;
  /** To be placed anywhere: says why a file was not opened, and offers to read it. */
  dialog: ReactNode;
};

export const useOpenWorkspace = (): OpenWorkspace => {
  const { t } = useTranslation("kit");
  const open = useAct("workspace.open", { quiet: true });
  const read = useAct("workspace.open_to_read", { quiet: true });
  const [path, setPath] = useState("");
  const error = read.error ?? open.error;
  const readable = read.error === null && canBeRead(open.error);
  const { run: openIt } = open;
  const run = useCallback(
    async (file: string): Promise<void> => {
      setPath(file);
      const status = await openIt({ path: file });
      if (status !== null) askAhead(status);
    },
    [openIt],
  );
  const close = (): void => {
    open.clear();
    read.clear();
  };
  const dialog = error && (
    <Dialog
      title={t("notOpened")}
      okText={t(readable ? "openToRead" : "ok")}
      cancelText={t("close")}
      confirmLoading={read.busy}
      onOk={() => (readable ? void read.run({ path }).then((done) => done && close()) : close())}
      onCancel={close}
    >
      <ErrorView error={error} />
      {readable && <p>{t("openToReadHint")}</p>}
    </Dialog>
  );
  return { run, busy: open.busy || read.busy, dialog };
};
