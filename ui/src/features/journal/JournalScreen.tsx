/** All entries, newest first; one entry with what its reversal would do. */
import { ExportOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { TFunction } from "i18next";
import { type ReactNode, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { EntryRow } from "../../contract";
import { call } from "../../host";
import { useExport } from "../../kit/exporting";
import { DayText, InstantText, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import type { Column } from "../../kit/grid/columns";
import { DataGrid } from "../../kit/grid/DataGrid";
import { PAGE_ROWS, usePagedRows } from "../../kit/grid/rows";
import { useDetailRoute } from "../../kit/links";
import { useCall } from "../../kit/query";
import { Answer, Empty, Screen } from "../../kit/Screen";
import { Tag } from "../../kit/StatusTag";
import { useWords, type Words } from "../../kit/words";
import { EntryDetail } from "./EntryDetail";

/** What the list can do without, the least needed first. */
const SPARE = ["actor", "kind", "recorded", "documents"];

const stateWord = (row: EntryRow, t: TFunction<"journal">): string => {
  if (row.reversedBy !== null) return t("reversed");
  if (row.reverses !== null) return t("isReversal");
  return row.batch === null ? "" : t("fromBatch");
};

const entryColumns = (t: TFunction<"journal">, words: Words): Column<EntryRow>[] => [
  {
    id: "position",
    title: t("position"),
    width: 72,
    cell: (row) => <Qty value={row.position} />,
    text: (row) => String(row.position),
  },
  {
    id: "day",
    title: t("day"),
    width: 96,
    cell: (row) => <DayText day={row.effectiveOn} />,
    text: (row) => row.effectiveOn,
  },
  {
    id: "kind",
    title: t("kind"),
    width: 104,
    cell: (row) => words.word("kind", row.kind),
    text: (row) => words.word("kind", row.kind),
  },
  {
    id: "summary",
    title: t("summary"),
    width: 240,
    grow: 2,
    cell: (row) => words.message(row.summary),
    text: (row) => words.message(row.summary),
  },
  {
    id: "documents",
    title: t("documents"),
    width: 120,
    cell: (row) => row.documents.map((link) => link.label).join(" "),
    text: (row) => row.documents.map((link) => link.label).join(" "),
  },
  {
    id: "units",
    title: t("units"),
    width: 84,
    numeric: true,
    cell: (row) => <Qty value={row.units} />,
    text: (row) => String(row.units),
  },
  {
    id: "actor",
    title: t("actor"),
    width: 84,
    cell: (row) => row.actor,
    text: (row) => row.actor,
  },
  {
    id: "recorded",
    title: t("recorded"),
    width: 132,
    cell: (row) => <InstantText at={row.recordedAt} />,
    text: (row) => format.instant(row.recordedAt),
  },
  {
    id: "state",
    title: t("state"),
    width: 88,
    cell: (row) => {
      const word = stateWord(row, t);
      return word === "" ? null : <Tag tone="grey">{word}</Tag>;
    },
    text: (row) => stateWord(row, t),
  },
];

const first = { offset: 0, limit: PAGE_ROWS, document: null };

const JournalScreen = (): ReactNode => {
  const { t } = useTranslation("journal");
  const kit = useTranslation("kit").t;
  const words = useWords();
  const write = useExport("journal", t("exportName"));
  const page = useCall("journal.list", first);
  const detail = useDetailRoute("/journal");
  const columns = useMemo(() => entryColumns(t, words), [t, words]);
  const load = useCallback(async (_view: number, offset: number, limit: number) => {
    const { rows } = await call("journal.list", { offset, limit, document: null });
    return rows;
  }, []);
  // The time of the first page stands for the view: newer entries mean new pages.
  const rows = usePagedRows(page.dataUpdatedAt, page.data?.total ?? 0, load, page.data?.rows);
  return (
    <Screen
      title={t("title")}
      question={t("question")}
      acts={
        <Button icon={<ExportOutlined />} loading={write.busy} onClick={() => void write.run()}>
          {kit("export")}
        </Button>
      }
      detail={
        detail.id !== null && (
          <EntryDetail
            key={detail.id}
            id={detail.id}
            row={page.data?.rows.find((row) => row.id === detail.id) ?? null}
            wide={detail.wide}
            onWide={detail.setWide}
            onClose={detail.close}
          />
        )
      }
    >
      <Answer query={page} rows={16}>
        {(data) =>
          data.total === 0 ? (
            <Empty title={t("emptyTitle")}>{t("emptyText")}</Empty>
          ) : (
            <DataGrid
              id="journal"
              label={t("title")}
              columns={columns}
              spare={SPARE}
              rows={rows}
              rowKey={(row) => row.id}
              sort={null}
              onSort={() => undefined}
              openKey={detail.id}
              onOpen={(row) => detail.open(row.id)}
              rowTone={(row) => (row.reversedBy === null ? undefined : "grey")}
            />
          )
        }
      </Answer>
    </Screen>
  );
};

export default JournalScreen;
