/** Where a statement stands, and whether the book has moved on since. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StatementCard } from "../../contract";
import type { Tone } from "../../kit/Figures";
import { Tag } from "../../kit/StatusTag";
import { useWords } from "../../kit/words";

const TONES: Record<string, Tone> = { sent: "blue", agreed: "green", disputed: "red" };

export const StatementState = (props: { card: StatementCard }): ReactNode => {
  const { t } = useTranslation("factories");
  const { word } = useWords();
  const { state, changed } = props.card;
  if (state === null) return <Tag tone="grey">{t("notStated")}</Tag>;
  return (
    <>
      <Tag tone={TONES[state] ?? "grey"}>{word("statement_state", state)}</Tag>{" "}
      {changed && <Tag tone="amber">{t("bookMoved")}</Tag>}
    </>
  );
};
