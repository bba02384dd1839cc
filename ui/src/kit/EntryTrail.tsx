/** What was posted on a document, newest last, each with the way to take it back. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "../contract";
import { Part } from "./Detail";
import { DayText, InlineLink } from "./Figures";
import * as format from "./format";
import { useNotices } from "./Notices";
import { useCall } from "./query";
import "./work.css";
import { useWords } from "./words";

const ENTRIES_SHOWN = 100;

export const EntryTrail = (props: { document: Id; title: string }): ReactNode => {
  const { t } = useTranslation("papers");
  const { message } = useWords();
  const notices = useNotices();
  const page = useCall("journal.list", {
    offset: 0,
    limit: ENTRIES_SHOWN,
    document: props.document,
  });
  const rows = [...(page.data?.rows ?? [])].sort((a, b) => a.position - b.position);
  if (rows.length === 0) return null;
  return (
    <Part title={props.title}>
      <ol className="trail">
        {rows.map((entry) => (
          <li key={entry.id} className={entry.reversedBy === null ? "" : "trail-gone"}>
            <DayText day={entry.effectiveOn} />
            <span className="trail-text">
              {message(entry.summary)}
              <span className="quiet" title={format.instant(entry.recordedAt)}>
                {entry.actor}
              </span>
            </span>
            {entry.reversedBy !== null ? (
              <span className="quiet">{t("reversed")}</span>
            ) : (
              entry.reverses === null && (
                <InlineLink onClick={() => notices.reverse(entry.id)}>{t("reverse")}</InlineLink>
              )
            )}
          </li>
        ))}
      </ol>
    </Part>
  );
};
