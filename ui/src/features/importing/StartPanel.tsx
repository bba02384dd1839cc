/** Where an import begins: a file dropped, chosen or pasted; and templates to fill in. */
import { DownloadOutlined, InboxOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportKind } from "../../contract";
import { openPath, pickFile, pickSave } from "../../host";
import { useNotices } from "../../kit/Notices";
import { PathField } from "../../kit/PathField";
import { useAct } from "../../kit/query";
import { TABLE_ENDINGS } from "../../kit/tables";
import { useWords } from "../../kit/words";

/** In the order in which a new workspace needs them. */
export const KINDS: readonly ImportKind[] = [
  "goods",
  "locations",
  "partners",
  "opening",
  "sales",
  "aliases",
];

const Templates = (): ReactNode => {
  const { t, i18n } = useTranslation("importing");
  const { word } = useWords();
  const notices = useNotices();
  const make = useAct("import.template");
  const save = async (kind: ImportKind): Promise<void> => {
    const name = t("templateName", { kind: word("import_kind", kind) });
    const path = await pickSave({ name: t("workbook"), extensions: ["xlsx"] }, name);
    if (path === null) return;
    const lang = i18n.language === "zh" ? "zh" : "en";
    const done = await make.run({ kind, lang, path });
    if (done === null) return;
    notices.say(t("templateSaved", { path: done.path }));
    void openPath(done.path).catch(() => undefined);
  };
  return (
    <section className="templates">
      <h3>{t("templates")}</h3>
      <ol>
        {KINDS.map((kind) => (
          <li key={kind}>
            <div className="grow">
              <strong>{word("import_kind", kind)}</strong>
              <span className="quiet">{t(`about.${kind}`)}</span>
            </div>
            <Button
              size="small"
              icon={<DownloadOutlined />}
              aria-label={t("templateOf", { kind: word("import_kind", kind) })}
              onClick={() => void save(kind)}
            >
              {t("template")}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
};

export const StartPanel = (props: {
  /** A file is held over the window. */
  over: boolean;
  onPath: (path: string) => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const [typed, setTyped] = useState("");
  const kind = { name: t("fileKind"), extensions: TABLE_ENDINGS };
  const choose = async (): Promise<void> => {
    const path = await pickFile(kind);
    if (path !== null) props.onPath(path);
  };
  return (
    <div className="import-start">
      <section className={props.over ? "drop drop-over" : "drop"}>
        <InboxOutlined className="drop-icon" />
        <h2>{t(props.over ? "dropNow" : "drop")}</h2>
        <p className="quiet">{t("dropHint")}</p>
        <Button type="primary" autoFocus onClick={() => void choose()}>
          {t("choose")}
        </Button>
        <form
          className="drop-path"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== "") props.onPath(typed);
          }}
        >
          <PathField value={typed} onChange={setTyped} kind={kind} />
          <Button htmlType="submit" disabled={typed.trim() === ""}>
            {t("read")}
          </Button>
        </form>
      </section>
      <Templates />
    </div>
  );
};
