/**
 * The five steps on one screen: the file and its kind above, the columns at the left, the trial
 * and the import at the right. Nothing is written before the last button.
 */
import { Button, Input, InputNumber, Select, Switch } from "antd";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Imported, ImportReport, Inspect, Inspected, Profile } from "../../contract";
import { ErrorView } from "../../kit/ErrorView";
import { useKeys } from "../../kit/keys";
import { useAct, useCall } from "../../kit/query";
import { Loading } from "../../kit/Screen";
import { Tag } from "../../kit/StatusTag";
import { useWords } from "../../kit/words";
import { DonePanel } from "./DonePanel";
import { MappingTable } from "./MappingTable";
import { missing, sheetOf } from "./mapping";
import { KINDS } from "./StartPanel";
import { TrialPanel } from "./TrialPanel";

const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

const Steps = (props: { at: number }): ReactNode => {
  const { t } = useTranslation("importing");
  const steps = [t("step1"), t("step2"), t("step3"), t("step4"), t("step5")];
  return (
    <ol className="import-steps">
      {steps.map((step, at) => (
        <li
          key={step}
          className={at < props.at ? "step-past" : at === props.at ? "step-here" : ""}
          aria-current={at === props.at ? "step" : undefined}
        >
          <span className="figure">{at + 1}</span> {step}
        </li>
      ))}
    </ol>
  );
};

const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

/** How figures are taken: what sales tables need to be told now and then. */
const ReadingOptions = (props: {
  profile: Profile;
  onProfile: (profile: Profile) => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const { profile, onProfile } = props;
  const { year, ...others } = profile;
  if (profile.kind !== "sales" && profile.kind !== "opening") return null;
  return (
    <>
      {profile.wide === true && (
        <span className="inline-choice">
          <span className="quiet">{t("yearOfHeads")}</span>
          <InputNumber
            className="import-year"
            controls={false}
            min={FIRST_YEAR}
            max={LAST_YEAR}
            precision={0}
            aria-label={t("yearOfHeads")}
            value={year ?? null}
            onChange={(next) => onProfile(next === null ? others : { ...others, year: next })}
          />
        </span>
      )}
      <span className="inline-choice">
        <Switch
          size="small"
          aria-label={t("addUp")}
          checked={profile.repeatedKeys ?? false}
          onChange={(repeatedKeys) => onProfile({ ...profile, repeatedKeys })}
        />
        <span className="quiet">{t("addUp")}</span>
      </span>
    </>
  );
};

const HeadBar = (props: {
  inspected: Inspected;
  profile: Profile;
  onProfile: (profile: Profile) => void;
  onInspect: (change: Partial<Inspect>) => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const { word } = useWords();
  const { inspected, profile, onProfile, onInspect } = props;
  const sheet = sheetOf(inspected, profile);
  const sheets = inspected.sheets.map(({ name, rows, hidden }) => ({
    value: name,
    label: t(hidden ? "sheetHidden" : "sheetRows", { sheet: name, count: rows }),
  }));
  return (
    <div className="import-head">
      <span className="inline-choice">
        <span className="quiet">{t("kind")}</span>
        <Select
          className="import-kind"
          aria-label={t("kind")}
          value={profile.kind}
          options={KINDS.map((value) => ({ value, label: word("import_kind", value) }))}
          onChange={(kind) => onInspect({ kind })}
        />
      </span>
      <span className="inline-choice">
        <span className="quiet">{t("sheet")}</span>
        <Select
          className="import-sheet"
          aria-label={t("sheet")}
          value={sheet?.name ?? null}
          options={sheets}
          onChange={(name) => onInspect({ sheet: name })}
        />
      </span>
      {sheet?.headerRow != null && (
        <span className="quiet">{t("headerRow", { row: sheet.headerRow })}</span>
      )}
      <span className="inline-choice">
        <Switch
          size="small"
          aria-label={t("includeHidden")}
          checked={profile.includeHidden}
          onChange={(includeHidden) => onProfile({ ...profile, includeHidden })}
        />
        <span className="quiet">{t("includeHidden")}</span>
      </span>
      <ReadingOptions profile={profile} onProfile={onProfile} />
      <span className="inline-choice import-name">
        <span className="quiet">{t("rememberAs")}</span>
        <Input
          aria-label={t("rememberAs")}
          value={profile.name}
          onChange={(event) => onProfile({ ...profile, name: event.target.value })}
        />
        {inspected.remembered && <Tag tone="blue">{t("remembered")}</Tag>}
      </span>
    </div>
  );
};

/** The trial of the profile as it stands, and whether it has been changed since. */
const useTrial = (path: string, profile: Profile, ready: boolean) => {
  const dryRun = useAct("import.dry_run", { quiet: true });
  const [tried, setTried] = useState<string | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const key = JSON.stringify({ ...profile, name: "" });
  const run = async (): Promise<void> => {
    setTried(key);
    setReport(await dryRun.run({ path, profile }));
  };
  const stale = tried !== null && tried !== key;
  const { busy, error } = dryRun;
  return { run: () => (ready ? run() : Promise.resolve()), report, stale, busy, error };
};

const Mapped = (props: {
  path: string;
  inspected: Inspected;
  onInspect: (change: Partial<Inspect>) => void;
  onDone: (imported: Imported) => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const { path, inspected } = props;
  const [profile, setProfile] = useState<Profile>(inspected.profile);
  const lacking = useMemo(() => missing(inspected, profile), [inspected, profile]);
  const ready = lacking.length === 0;
  const trial = useTrial(path, profile, ready);
  const apply = useAct("import.apply", { quiet: true, said: () => null });
  const { report, stale } = trial;
  const clean =
    report !== null && !stale && !report.problems.some(({ severity }) => severity === "error");
  const start = async (): Promise<void> => {
    const done = await apply.run({ path, profile });
    if (done) props.onDone(done);
  };
  const { run } = trial;
  // A file that maps by itself is tried at once: the answer comes first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the file has been read
  useEffect(() => void run(), []);
  useKeys({ "Mod+Enter": () => (clean ? void start() : void run()) });
  return (
    <>
      <Steps at={clean ? 4 : ready ? 3 : 2} />
      <HeadBar
        inspected={inspected}
        profile={profile}
        onProfile={setProfile}
        onInspect={props.onInspect}
      />
      <div className="import-split">
        <section className="import-left" aria-label={t("step3")}>
          <MappingTable
            inspected={inspected}
            profile={profile}
            lacking={lacking}
            onProfile={setProfile}
          />
        </section>
        <section className="import-right" aria-label={t("step4")}>
          <TrialPanel
            lacking={lacking}
            report={report}
            stale={stale}
            busy={trial.busy}
            error={trial.error ?? apply.error}
            applying={apply.busy}
            onTry={() => void run()}
            onApply={() => void start()}
          />
        </section>
      </div>
    </>
  );
};

export const Wizard = (props: {
  path: string;
  onLeave: () => void;
  /** Goes to where the imported facts are seen. */
  onSeen: (address: string) => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const { path, onLeave } = props;
  const [asked, setAsked] = useState<Inspect>({ path, kind: null, sheet: null });
  const [done, setDone] = useState<Imported | null>(null);
  const inspected = useCall("import.inspect", asked);
  const fileName = inspected.data?.fileName ?? fileNameOf(path);
  const current = inspected.isPlaceholderData ? undefined : inspected.data;
  return (
    <div className="import-work">
      <div className="import-file">
        <strong>{fileName}</strong>
        <span className="quiet import-path">
          <bdi>{path}</bdi>
        </span>
        <Button size="small" onClick={onLeave}>
          {t(done ? "another" : "otherFile")}
        </Button>
      </div>
      {done ? (
        <DonePanel fileName={fileName} imported={done} onAgain={onLeave} onSeen={props.onSeen} />
      ) : inspected.error && !current ? (
        <div className="screen-error">
          <ErrorView error={inspected.error} onRetry={() => void inspected.refetch()} />
        </div>
      ) : current ? (
        <Mapped
          key={JSON.stringify(asked)}
          path={path}
          inspected={current}
          onDone={setDone}
          onInspect={(change) =>
            setAsked({
              path,
              kind: current.profile.kind,
              sheet: current.profile.sheet,
              ...change,
            })
          }
        />
      ) : (
        <Loading rows={10} />
      )}
    </div>
  );
};
