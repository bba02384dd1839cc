/** A state as a word with a shape and a colour that means something. */
import type { ReactNode } from "react";
import type { Status } from "../contract";
import type { Tone } from "./Figures";
import { useWords } from "./words";

const STOCK_TONES: Record<Exclude<Status, "good">, Tone> = {
  quarantine: "blue",
  blocked: "amber",
  defective: "red",
};

/** A word in a colour; `quiet` leaves only the word. */
export const Tag = (props: { tone: Tone; children: ReactNode; quiet?: boolean }): ReactNode => (
  <span className={props.quiet ? `tag-quiet tone-${props.tone}` : `tag tag-${props.tone}`}>
    {props.children}
  </span>
);

/** The condition of goods at a place. Good is the rule: a plain word, left out when quiet. */
export const StatusTag = (props: { status: Status; quiet?: boolean }): ReactNode => {
  const { word } = useWords();
  if (props.status === "good") return props.quiet ? null : <span>{word("status", "good")}</span>;
  return (
    <Tag tone={STOCK_TONES[props.status]} quiet={props.quiet ?? false}>
      {word("status", props.status)}
    </Tag>
  );
};

const STATE_TONES: Record<string, Tone> = {
  draft: "grey",
  issued: "blue",
  accepted: "blue",
  allocated: "blue",
  packed: "blue",
  shipped: "blue",
  arrived: "amber",
  closed: "green",
  cancelled: "grey",
};

/** The state of a document; `group` names the words: order_state or transfer_state. */
export const StateTag = (props: { group: string; state: string }): ReactNode => {
  const { word } = useWords();
  return <Tag tone={STATE_TONES[props.state] ?? "grey"}>{word(props.group, props.state)}</Tag>;
};
