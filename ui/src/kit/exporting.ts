/** Writes a list to an Excel workbook and opens it. */
import { useTranslation } from "react-i18next";
import type { Day, ExportTable, Id } from "../contract";
import { openPath, pickSave } from "../host";
import { useNotices } from "./Notices";
import { useAct } from "./query";

export const useExport = (
  table: ExportTable["table"],
  suggestedName: string,
  asOf: Day | null = null,
  shop: Id | null = null,
): { run: () => Promise<void>; busy: boolean } => {
  const { t, i18n } = useTranslation("papers");
  const kit = useTranslation("kit").t;
  const notices = useNotices();
  const write = useAct("export.table");
  const run = async (): Promise<void> => {
    const kind = { name: t("workbook"), extensions: ["xlsx"] };
    const path = await pickSave(kind, suggestedName);
    if (path === null) return;
    const lang = i18n.language === "zh" ? "zh" : "en";
    const done = await write.run({ table, path, asOf, shop, lang });
    if (done === null) return;
    notices.say(kit("exported", { count: done.rows }));
    void openPath(done.path).catch(() => undefined);
  };
  return { run, busy: write.busy };
};
