/** What the import would do, in words and numbers, and what is wrong, cell by cell. */
import { CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { TFunction } from "i18next";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ImportProblem, ImportReport } from "../../contract";
import { cancelRunning } from "../../host";
import { copyText } from "../../kit/clipboard";
import { ErrorView } from "../../kit/ErrorView";
import * as format from "../../kit/format";
import type { Column } from "../../kit/grid/columns";
import { DataGrid } from "../../kit/grid/DataGrid";
import { useArrayRows } from "../../kit/grid/rows";
import { toTsv } from "../../kit/grid/tsv";
import { useNotices } from "../../kit/Notices";
import { Loading } from "../../kit/Screen";
import { Tag } from "../../kit/StatusTag";
import { useSaved } from "../../kit/saved";
import { isDenial } from "../../kit/session";
import { useWords, type Words } from "../../kit/words";

type Numbered = ImportProblem & { key: string };

const problemColumns = (t: TFunction<"importing">, words: Words): Column<Numbered>[] => [
  {
    id: "severity",
    title: t("severity"),
    width: 90,
    sortable: true,
    by: (row) => row.severity,
    cell: (row) => <Tag tone={row.severity === "error" ? "red" : "amber"}>{t(row.severity)}</Tag>,
    text: (row) => t(row.severity),
  },
  {
    id: "place",
    title: t("cell"),
    width: 76,
    sortable: true,
    by: (row) => row.row,
    cell: (row) => `${row.column ?? ""}${row.row}`,
    text: (row) => `${row.sheet}!${row.column ?? ""}${row.row}`,
  },
  {
    id: "value",
    title: t("value"),
    width: 100,
    sortable: true,
    by: (row) => row.value,
    cell: (row) => row.value,
    text: (row) => row.value,
  },
  {
    id: "text",
    title: t("problem"),
    width: 190,
    grow: 2,
    sortable: true,
    by: (row) => words.message(row.text),
    cell: (row) => words.message(row.text),
    text: (row) => words.message(row.text),
  },
  {
    id: "sheet",
    title: t("sheet"),
    width: 80,
    hidden: true,
    cell: (row) => row.sheet,
    text: (row) => row.sheet,
  },
];

const Problems = (props: { report: ImportReport }): ReactNode => {
  const { t } = useTranslation("importing");
  const kit = useTranslation("kit").t;
  const words = useWords();
  const notices = useNotices();
  const { problems, problemsTotal } = props.report;
  const [sort, setSort] = useSaved<Parameters<typeof useArrayRows>[2]>("sort.problems", null);
  const columns = useMemo(() => problemColumns(t, words), [t, words]);
  const list = useMemo(
    () => problems.map((problem, at): Numbered => ({ ...problem, key: String(at) })),
    [problems],
  );
  const rows = useArrayRows(list, columns, sort);
  if (problems.length === 0) return null;
  const copy = async (): Promise<void> => {
    await copyText(toTsv(columns, list));
    notices.say(kit("copied", { count: list.length }));
  };
  return (
    <>
      <div className="problems-head">
        <h3>{t("problems", { count: problemsTotal })}</h3>
        {problemsTotal > problems.length && (
          <span className="quiet">{t("firstShown", { count: problems.length })}</span>
        )}
        <span className="grow" />
        <Button size="small" icon={<CopyOutlined />} onClick={() => void copy()}>
          {kit("copy")}
        </Button>
      </div>
      <div className="problems-grid">
        <DataGrid
          id="problems"
          label={t("problems", { count: problemsTotal })}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.key}
          sort={sort}
          onSort={setSort}
        />
      </div>
    </>
  );
};

const Effects = (props: { report: ImportReport; stale: boolean }): ReactNode => {
  const { t } = useTranslation("importing");
  const { message } = useWords();
  const { report } = props;
  const listed = report.problems.filter(({ severity }) => severity === "error").length;
  // Errors are listed first, so a list that was cut holds nothing else.
  const errors = listed === report.problems.length ? report.problemsTotal : listed;
  const title =
    errors > 0 ? t("hasErrors", { count: errors }) : t("willDo", { rows: format.qty(report.rows) });
  return (
    <div className={props.stale ? "effects effects-stale" : "effects"}>
      <h3 className={errors > 0 ? "tone-red" : "tone-green"}>{title}</h3>
      <ul className="effect-list">
        {report.effects.map((effect) => (
          <li key={`${effect.code} ${JSON.stringify(effect.args)}`}>{message(effect)}</li>
        ))}
      </ul>
      {report.skipped.length > 0 && (
        <>
          <h4>{t("skipped")}</h4>
          <ul className="effect-list quiet">
            {report.skipped.map((skip) => (
              <li key={`${skip.code} ${JSON.stringify(skip.args)}`}>{message(skip)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};

export const TrialPanel = (props: {
  lacking: string[];
  report: ImportReport | null;
  stale: boolean;
  busy: boolean;
  applying: boolean;
  error: AppError | null;
  onTry: () => void;
  onApply: () => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const { lacking, report, stale, busy, applying, error } = props;
  const clean = report !== null && !report.problems.some(({ severity }) => severity === "error");
  const names = lacking.map((name) => word("field", name));
  const stop = (): void => cancelRunning(["import.dry_run", "import.apply"]);
  return (
    <>
      <div className="trial-acts">
        <Button
          type={clean && !stale ? "default" : "primary"}
          loading={busy}
          disabled={lacking.length > 0 || applying}
          title="Ctrl+Enter"
          onClick={props.onTry}
        >
          {t(report === null ? "try" : "tryAgain")}
        </Button>
        <Button
          type={clean && !stale ? "primary" : "default"}
          loading={applying}
          disabled={!clean || stale || busy || isDenial(error)}
          title="Ctrl+Enter"
          onClick={props.onApply}
        >
          {clean ? t("applyRows", { rows: format.qty(report.rows) }) : t("apply")}
        </Button>
        {(busy || applying) && <Button onClick={stop}>{kit("cancel")}</Button>}
      </div>
      {lacking.length > 0 && (
        <p className="trial-lacking">{t("lacking", { fields: names.join(t("comma")) })}</p>
      )}
      {stale && <p className="trial-lacking">{t("stale")}</p>}
      {error && <ErrorView error={error} />}
      {busy && report === null && <Loading rows={4} />}
      {report && <Effects report={report} stale={stale} />}
      {report && <Problems report={report} />}
    </>
  );
};
