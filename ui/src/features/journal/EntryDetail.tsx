/** One entry: its documents, and what a reversal would do before anybody does it. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { EntryRow } from "../../contract";
import { Detail, Facts, Part } from "../../kit/Detail";
import { DayText, InlineLink, InstantText, Qty } from "../../kit/Figures";
import { addressOf, useGo } from "../../kit/links";
import { useNotices } from "../../kit/Notices";
import { useCall } from "../../kit/query";
import { ReversalView } from "../../kit/Reversal";
import { Answer } from "../../kit/Screen";
import { useWords } from "../../kit/words";

const EntryFacts = (props: { row: EntryRow }): ReactNode => {
  const { t } = useTranslation("journal");
  const { word } = useWords();
  const go = useGo();
  const { row } = props;
  const documents = row.documents.map((link) => {
    const address = addressOf(link.kind, link.id);
    if (address === null) return <span key={link.id}>{link.label} </span>;
    return (
      <InlineLink key={link.id} onClick={() => go(address)}>
        {link.label}{" "}
      </InlineLink>
    );
  });
  return (
    <Facts
      facts={[
        [t("kind"), word("kind", row.kind)],
        [t("day"), <DayText key="d" day={row.effectiveOn} />],
        [t("recorded"), <InstantText key="r" at={row.recordedAt} />],
        [t("actor"), row.actor],
        [t("units"), <Qty key="u" value={row.units} />],
        [t("documents"), documents.length > 0 ? documents : "–"],
      ]}
    />
  );
};

export const EntryDetail = (props: {
  id: string;
  /** The row when the list has it; else the preview tells. */
  row: EntryRow | null;
  wide: boolean;
  onWide: (wide: boolean) => void;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("journal");
  const { message } = useWords();
  const notices = useNotices();
  const preview = useCall("journal.preview", { id: props.id });
  const row = props.row ?? preview.data?.entries.find((entry) => entry.id === props.id) ?? null;
  const isLive = row !== null && row.reversedBy === null && row.reverses === null;
  return (
    <Detail
      title={row ? message(row.summary) : ""}
      subtitle={row && t("entry", { position: row.position })}
      acts={
        isLive && (
          <Button size="small" onClick={() => notices.reverse(props.id)}>
            {t("reverse")}
          </Button>
        )
      }
      wide={props.wide}
      onWide={props.onWide}
      onClose={props.onClose}
    >
      {row && (
        <div className="detail-facts">
          <EntryFacts row={row} />
        </div>
      )}
      {(row === null || isLive) && (
        <Part title={t("reversalTitle")}>
          <Answer query={preview} rows={5}>
            {(data) => <ReversalView preview={data} />}
          </Answer>
        </Part>
      )}
    </Detail>
  );
};
