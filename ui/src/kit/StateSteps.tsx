/** The states of a document from first to last, and how far this one has come. */
import type { ReactNode } from "react";
import "./work.css";
import { useWords } from "./words";

/** Steps as words on a line. A cancelled document has left the line and shows none. */
export const StateSteps = (props: {
  group: string;
  steps: readonly string[];
  at: string;
}): ReactNode => {
  const { word } = useWords();
  const now = props.steps.indexOf(props.at);
  if (now < 0) return null;
  return (
    <ol className="state-steps">
      {props.steps.map((step, index) => (
        <li
          key={step}
          className={index < now ? "step-done" : index === now ? "step-now" : "step-later"}
          aria-current={index === now ? "step" : undefined}
        >
          {word(props.group, step)}
        </li>
      ))}
    </ol>
  );
};

/** The same as a row of marks, for a cell; the word stands beside it. */
export const StateDots = (props: { steps: readonly string[]; at: string }): ReactNode => {
  const now = props.steps.indexOf(props.at);
  return (
    <span className="state-dots" aria-hidden="true">
      {props.steps.map((step, index) => (
        <i key={step} className={now >= 0 && index <= now ? "dot-done" : "dot-later"} />
      ))}
    </span>
  );
};
