/** Backups and their restore; the proof that the ledger and the tables agree. */
import { App, Button } from "antd";
import type { ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Backup, VerifyReport } from "../../contract";
import { Part } from "../../kit/Detail";
import { InlineLink, InstantText } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useAct, useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";

const BackupsTable = (props: { backups: Backup[] }): ReactNode => {
  const { t } = useTranslation("settings");
  const { modal } = App.useApp();
  const { workspace } = useSession();
  const restore = useAct("backup.restore");
  const ask = (backup: Backup): void => {
    void modal.confirm({
      title: t("restoreTitle", { at: format.instant(backup.madeAt) }),
      content: t("restoreText", { count: workspace.entries }),
      okText: t("restore"),
      onOk: () => restore.run({ path: backup.path }).then(() => undefined),
    });
  };
  if (props.backups.length === 0) return <p className="quiet">{t("noBackups")}</p>;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("made")}</th>
          <th className="numeric">{t("size")}</th>
          <th>{t("file")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {props.backups.map((backup) => (
          <tr key={backup.path}>
            <td>
              <InstantText at={backup.madeAt} />
            </td>
            <td className="numeric">{format.bytes(backup.bytes)}</td>
            <td className="quiet">{backup.path}</td>
            <td className="numeric">
              <InlineLink onClick={() => ask(backup)}>{t("restore")}</InlineLink>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const VerifyResult = (props: { report: VerifyReport }): ReactNode => {
  const { t } = useTranslation("settings");
  const { message } = useWords();
  const { report } = props;
  if (report.ok) {
    const figures = {
      entries: format.qty(report.entries),
      moves: format.qty(report.moves),
      tables: format.qty(report.tables),
    };
    return <p className="verify-ok">{t("verifyOk", figures)}</p>;
  }
  return (
    <div className="error-view error-failed" role="alert">
      <strong>{t("verifyBad", { count: report.findings.length })}</strong>
      <ul className="error-details">
        {report.findings.map((finding, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings are a fixed list without ids
          <li key={at}>{message(finding)}</li>
        ))}
      </ul>
    </div>
  );
};

const Verify = (): ReactNode => {
  const { t } = useTranslation("settings");
  const verify = useAct("verify.run");
  const [report, setReport] = useState<VerifyReport | null>(null);
  return (
    <Part title={t("verify")}>
      <div className="settings-acts">
        <Button
          loading={verify.busy}
          onClick={() => void verify.run({}).then((answer) => setReport(answer))}
        >
          {t("verifyNow")}
        </Button>
        <span className="quiet">{t("verifyHint")}</span>
      </div>
      {report && <VerifyResult report={report} />}
    </Part>
  );
};

export const SafetyPage = (): ReactNode => {
  const { t } = useTranslation("settings");
  const backups = useCall("backup.list", {});
  const make = useAct("backup.make", { said: () => t("backupMade") });
  return (
    <>
      <Part title={t("backups")}>
        <div className="settings-acts">
          <Button loading={make.busy} onClick={() => void make.run({})}>
            {t("backupNow")}
          </Button>
          <span className="quiet">{t("backupHint")}</span>
        </div>
        <Answer query={backups} rows={4}>
          {(data) => <BackupsTable backups={data} />}
        </Answer>
      </Part>
      <Verify />
    </>
  );
};
