/** What can be done with the whole list: copy it, write it to a file. */
import { CopyOutlined, ExportOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "../../kit/clipboard";
import { useExport } from "../../kit/exporting";
import * as format from "../../kit/format";
import { useNotices } from "../../kit/Notices";
import { useAct, useMoney } from "../../kit/query";
import { useSession } from "../../kit/session";

export const StockActs = (props: { view: number | null }): ReactNode => {
  const { t, i18n } = useTranslation("stock");
  const kit = useTranslation("kit").t;
  const notices = useNotices();
  const { asOf } = useSession();
  const worth = useMoney("stock.value", { asOf }).data;
  const copy = useAct("stock.copy");
  const write = useExport("stock", t("exportName"), asOf);
  const { view } = props;

  const copyAll = async (): Promise<void> => {
    if (view === null) return;
    const tsv = await copy.run({ view, lang: i18n.language === "en" ? "en" : "zh" });
    if (tsv === null) return;
    await copyText(tsv.text);
    notices.say(kit("copied", { count: tsv.rows }));
  };
  return (
    <>
      {worth && (
        <span className="figure quiet">
          {t("totalValue", { value: format.money(worth.total, worth.currency) })}
        </span>
      )}
      <Button
        icon={<CopyOutlined />}
        disabled={view === null}
        loading={copy.busy}
        onClick={() => void copyAll()}
      >
        {kit("copy")}
      </Button>
      <Button icon={<ExportOutlined />} loading={write.busy} onClick={() => void write.run()}>
        {kit("export")}
      </Button>
    </>
  );
};
