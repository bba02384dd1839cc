/** A paper before it is printed: seen as it is, saved, or sent to a printer that is remembered. */
import { ExportOutlined, PrinterOutlined, SaveOutlined } from "@ant-design/icons";
import { Button, Input, Segmented, Select } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DueOf, Id, Paper, PaperKind, PrintPaper, SendPaper } from "../../contract";
import { openPath, pickSave } from "../../host";
import { Dialog } from "../Dialog";
import { ErrorView } from "../ErrorView";
import * as format from "../format";
import { isComposing } from "../keys";
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
  /** Which due a payment request is for. */
  due?: DueOf;
};

type Sheet = SendPaper["paper"];
type Choice = {
  lang: "zh" | "en";
  dpi: number;
  /** Why a payment is asked for. */
  note: string;
};

const LABELS: Partial<Record<PaperKind, Sheet>> = {
  carton_label: "label_100x150",
  lot_label: "label_100x70",
};

const sheetOf = (kind: PaperKind): Sheet => LABELS[kind] ?? "a4";

const asked = (of: PaperOf, choice: Choice, out: string | null): PrintPaper => ({
  kind: of.kind,
  id: of.id,
  due: of.due ?? null,
  note: choice.note.trim() === "" ? null : choice.note.trim(),
  lang: choice.lang,
  dpi: choice.dpi,
  out,
});

const DPIS = [203, 300, 600];

/** The paper as last made for these choices. It is made anew when a choice changes. */
const useMade = (of: PaperOf, choice: Choice) => {
  const make = useAct("paper.print", { quiet: true });
  const [paper, setPaper] = useState<Paper | null>(null);
  const { run } = make;
  // What is asked for, as a text that is the same for the same paper.
  const wanted = JSON.stringify(asked(of, choice, null));
  useEffect(() => {
    let gone = false;
    setPaper(null);
    void run(JSON.parse(wanted) as PrintPaper).then((made) => {
      if (!gone && made !== null) setPaper(made);
    });
    return () => {
      gone = true;
    };
  }, [run, wanted]);
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
    const made = await write.run(asked(of, choice, out));
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
      {kind === "payment_request" && (
        <Input
          className="paper-why"
          placeholder={t("why")}
          aria-label={t("why")}
          defaultValue={choice.note}
          onBlur={(event) => onChoice({ ...choice, note: event.target.value })}
          onPressEnter={(event) => {
            if (!isComposing(event.nativeEvent))
              onChoice({ ...choice, note: event.currentTarget.value });
          }}
        />
      )}
      {kind in LABELS && (
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
  const label = of.kind in LABELS;
  const [dpi, setDpi] = useSaved("paper.dpi", 203);
  const [lang, setLang] = useState<"zh" | "en">(i18n.language === "zh" ? "zh" : "en");
  const [note, setNote] = useState("");
  const choice = { lang, dpi: label ? dpi : 300, note };
  const { paper, error } = useMade(of, choice);
  return (
    <Dialog
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
              setNote(next.note);
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
    </Dialog>
  );
};
