/** A paper before it is printed: seen as it is, saved, or sent to a printer that is remembered. */
import { ExportOutlined, PrinterOutlined, SaveOutlined } from "@ant-design/icons";
import { Button, Modal, Segmented, Select } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, Paper, PaperKind, SendPaper } from "../../contract";
import { openPath, pickSave } from "../../host";
import { ErrorView } from "../ErrorView";
import * as format from "../format";
import { useNotices } from "../Notices";
import { useAct, useCall } from "../query";
import { Loading } from "../Screen";
import { useSaved } from "../saved";
import { PdfView } from "./PdfView";
import "./paper.css";

export type PaperOf = {
  kind: PaperKind;
  id: Id;
  /** The document's number, for names of files. */
  number: string;
};

type Sheet = SendPaper["paper"];
type Choice = { lang: "zh" | "en"; dpi: number };

const sheetOf = (kind: PaperKind): Sheet => (kind === "carton_label" ? "label_100x150" : "a4");

const DPIS = [203, 300, 600];

/** The paper as last made for these choices. It is made anew when a choice changes. */
const usePaper = (of: PaperOf, choice: Choice) => {
  const make = useAct("paper.print", { quiet: true });
  const [paper, setPaper] = useState<Paper | null>(null);
  const { run } = make;
  const { kind, id } = of;
  const { lang, dpi } = choice;
  useEffect(() => {
    let gone = false;
    setPaper(null);
    void run({ kind, id, lang, dpi, out: null }).then((made) => {
      if (!gone && made !== null) setPaper(made);
    });
    return () => {
      gone = true;
    };
  }, [run, kind, id, lang, dpi]);
  return { paper, error: make.error };
};

const PrinterChoice = (props: { paper: Paper | null; sheet: Sheet }): ReactNode => {
  const { t } = useTranslation("papers");
  const printers = useCall("paper.printers", {});
  const [chosen, setChosen] = useState<string | null>(null);
  const send = useAct("paper.send", { said: () => t("sent") });
  const { paper, sheet } = props;
  const names = printers.data?.printers ?? [];
  const remembered = printers.data?.remembered[sheet];
  const printer = chosen ?? (remembered && names.includes(remembered) ? remembered : null);
  if (printers.data && names.length === 0) {
    return <span className="quiet paper-no-printer">{t("noPrinter")}</span>;
  }
  return (
    <>
      <Select
        className="paper-printer"
        aria-label={t("printer")}
        placeholder={t("choosePrinter")}
        value={printer}
        options={names.map((name) => ({ value: name, label: name }))}
        onChange={setChosen}
      />
      <Button
        type="primary"
        icon={<PrinterOutlined />}
        disabled={paper === null || printer === null}
        loading={send.busy}
        onClick={() => {
          if (paper && printer) void send.run({ path: paper.path, paper: sheet, printer });
        }}
      >
        {t("print")}
      </Button>
    </>
  );
};

const SaveActs = (props: { of: PaperOf; choice: Choice; paper: Paper | null }): ReactNode => {
  const { t } = useTranslation("papers");
  const notices = useNotices();
  const write = useAct("paper.print");
  const { of, choice, paper } = props;
  const save = async (): Promise<void> => {
    const name = t(`file.${of.kind}`, { number: of.number });
    const out = await pickSave({ name: t("pdf"), extensions: ["pdf"] }, name);
    if (out === null) return;
    const made = await write.run({ kind: of.kind, id: of.id, ...choice, out });
    if (made) notices.say(t("saved", { path: made.path }));
  };
  return (
    <>
      <Button
        icon={<SaveOutlined />}
        disabled={paper === null}
        loading={write.busy}
        onClick={() => void save()}
      >
        {t("save")}
      </Button>
      <Button
        icon={<ExportOutlined />}
        title={t("openOutside")}
        aria-label={t("openOutside")}
        disabled={paper === null}
        onClick={() => paper && void openPath(paper.path).catch(notices.error)}
      />
    </>
  );
};

const ChoiceBar = (props: {
  kind: PaperKind;
  choice: Choice;
  onChoice: (choice: Choice) => void;
}): ReactNode => {
  const { t } = useTranslation("papers");
  const { kind, choice, onChoice } = props;
  return (
    <>
      <Segmented
        aria-label={t("language")}
        options={[
          { value: "zh" as const, label: t("zh") },
          { value: "en" as const, label: t("en") },
        ]}
        value={choice.lang}
        onChange={(lang) => onChoice({ ...choice, lang })}
      />
      {kind === "carton_label" && (
        <Segmented
          aria-label={t("resolution")}
          options={DPIS.map((dpi) => ({ value: dpi, label: `${dpi} dpi` }))}
          value={choice.dpi}
          onChange={(dpi) => onChoice({ ...choice, dpi })}
        />
      )}
    </>
  );
};

export const PaperPreview = (props: { of: PaperOf; onClose: () => void }): ReactNode => {
  const { t, i18n } = useTranslation("papers");
  const { of } = props;
  const label = of.kind === "carton_label";
  const [dpi, setDpi] = useSaved("paper.dpi", 203);
  const [lang, setLang] = useState<"zh" | "en">(i18n.language === "zh" ? "zh" : "en");
  const choice = { lang, dpi: label ? dpi : 300 };
  const { paper, error } = usePaper(of, choice);
  return (
    <Modal
      open
      centered
      width={label ? 720 : 860}
      className="paper-preview"
      title={
        <span className="paper-title">
          {t(`kind.${of.kind}`)} <span className="quiet">{of.number}</span>
          {paper && (
            <span className="quiet paper-facts">
              {t("facts", { count: paper.pages, size: format.bytes(paper.bytes) })}
            </span>
          )}
        </span>
      }
      onCancel={props.onClose}
      footer={
        <div className="paper-acts">
          <ChoiceBar
            kind={of.kind}
            choice={choice}
            onChoice={(next) => {
              setLang(next.lang);
              if (label) setDpi(next.dpi);
            }}
          />
          <span className="grow" />
          <SaveActs of={of} choice={choice} paper={paper} />
          <PrinterChoice paper={paper} sheet={sheetOf(of.kind)} />
        </div>
      }
    >
      <div className="paper-body">
        {error && <ErrorView error={error} />}
        {paper && <PdfView path={paper.path} width={label ? 400 : 760} />}
        {!paper && !error && <Loading rows={12} />}
      </div>
    </Modal>
  );
};
