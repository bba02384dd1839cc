/** What was imported before, and the way to take a whole file back. */
import { Button, Skeleton } from "antd";
import type { TFunction } from "i18next";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BatchRow } from "../../contract";
import { Dialog } from "../../kit/Dialog";
import { ErrorView } from "../../kit/ErrorView";
import { InlineLink, InstantText, Qty } from "../../kit/Figures";
import { ArrayGrid } from "../../kit/grid/ArrayGrid";
import type { Column } from "../../kit/grid/columns";
import { useAct, useCall } from "../../kit/query";
import { ReversalView } from "../../kit/Reversal";
import { Answer } from "../../kit/Screen";
import { Tag } from "../../kit/StatusTag";
import { useWords, type Words } from "../../kit/words";

/** Shows what taking the batch back touches or what stands in its way, and does it. */
export const TakeBack = (props: {
  batch: { id: string; fileName: string };
  onClose: (done: boolean) => void;
}): ReactNode => {
  const { t } = useTranslation("importing");
  const kit = useTranslation("kit").t;
  const { batch, onClose } = props;
  const preview = useCall("import.preview_take_back", { id: batch.id });
  const take = useAct("import.take_back", {
    quiet: true,
    said: () => t("takenBackSaid", { file: batch.fileName }),
  });
  const blocked =
    (preview.data?.blockedBy.length ?? 0) > 0 || (preview.data?.reasons.length ?? 0) > 0;
  const act = async (): Promise<void> => {
    if (await take.run({ id: batch.id })) onClose(true);
  };
  return (
    <Dialog
      width={680}
      title={t("takeBackTitle", { file: batch.fileName })}
      onCancel={() => onClose(false)}
      footer={[
        <Button key="cancel" onClick={() => onClose(false)}>
          {kit("cancel")}
        </Button>,
        <Button
          key="take"
          danger
          type="primary"
          loading={take.busy}
          disabled={preview.data === undefined || blocked}
          onClick={() => void act()}
        >
          {t("takeBackAct")}
        </Button>,
      ]}
    >
      {preview.error && <ErrorView error={preview.error} />}
      {take.error && <ErrorView error={take.error} />}
      {preview.data ? (
        <ReversalView preview={preview.data} />
      ) : (
        !preview.error && <Skeleton active title={false} paragraph={{ rows: 6 }} />
      )}
    </Dialog>
  );
};

const YOUNGEST_FIRST = { column: "day", descending: true };

const batchColumns = (
  t: TFunction<"importing">,
  words: Words,
  onTake: (batch: BatchRow) => void,
): Column<BatchRow>[] => [
  {
    id: "day",
    title: t("when"),
    width: 142,
    sortable: true,
    by: (row) => row.appliedOn,
    cell: (row) => <InstantText at={row.appliedOn} />,
    text: (row) => row.appliedOn,
  },
  {
    id: "file",
    title: t("file"),
    width: 220,
    grow: 2,
    sortable: true,
    by: (row) => row.fileName,
    cell: (row) => row.fileName,
    text: (row) => row.fileName,
  },
  {
    id: "kind",
    title: t("kind"),
    width: 110,
    sortable: true,
    by: (row) => row.kind,
    cell: (row) => words.word("import_kind", row.kind),
    text: (row) => words.word("import_kind", row.kind),
  },
  {
    id: "rows",
    title: t("rows"),
    width: 90,
    numeric: true,
    sortable: true,
    by: (row) => row.rows,
    cell: (row) => <Qty value={row.rows} zero="0" />,
    text: (row) => String(row.rows),
  },
  {
    id: "entries",
    title: t("entries"),
    width: 84,
    numeric: true,
    sortable: true,
    by: (row) => row.entries,
    cell: (row) => <Qty value={row.entries} />,
    text: (row) => String(row.entries),
  },
  {
    id: "actor",
    title: t("actor"),
    width: 96,
    cell: (row) => row.actor,
    text: (row) => row.actor,
  },
  {
    id: "state",
    title: t("state"),
    width: 108,
    cell: (row) =>
      row.takenBack ? (
        <Tag tone="grey">{t("takenBack")}</Tag>
      ) : (
        <InlineLink onClick={() => onTake(row)}>{t("takeBack")}</InlineLink>
      ),
    text: (row) => (row.takenBack ? t("takenBack") : ""),
  },
];

const BatchGrid = (props: { list: BatchRow[] }): ReactNode => {
  const { t } = useTranslation("importing");
  const words = useWords();
  const [taking, setTaking] = useState<BatchRow | null>(null);
  const columns = useMemo(() => batchColumns(t, words, setTaking), [t, words]);
  return (
    <>
      <ArrayGrid
        id="batches"
        label={t("batches")}
        columns={columns}
        list={props.list}
        firstSort={YOUNGEST_FIRST}
        rowKey={(row) => row.id}
        onOpen={(row) => !row.takenBack && setTaking(row)}
        rowTone={(row) => (row.takenBack ? "grey" : undefined)}
        empty={t("noBatches")}
      />
      {taking && <TakeBack batch={taking} onClose={() => setTaking(null)} />}
    </>
  );
};

export const Batches = (): ReactNode => {
  const { t } = useTranslation("importing");
  const batches = useCall("import.batches", {});
  return (
    <section className="batches">
      <h3>{t("batches")}</h3>
      <div className="batches-grid">
        <Answer query={batches} rows={4}>
          {(data) => <BatchGrid list={data} />}
        </Answer>
      </div>
    </section>
  );
};
