/** Who pays what share when, step by step; says at once what the schedule lacks. */
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { LineTable } from "../LineTable";
import { choiceColumn, countColumn, figureColumn, type LineColumn } from "../lineColumns";
import { useWords } from "../words";
import {
  MILESTONES,
  percentOf,
  ppmOf,
  type Step,
  scheduleFault,
  TRIGGERS,
  totalPpm,
  WHOLE_PPM,
} from "./check";

const useColumns = (): LineColumn<Step>[] => {
  const { t } = useTranslation("terms");
  const { word } = useWords();
  return useMemo(
    () => [
      choiceColumn<Step>("trigger", {
        head: t("trigger"),
        options: TRIGGERS.map((value) => ({ value, label: word("trigger", value) })),
      }),
      choiceColumn<Step>("milestone", {
        head: t("milestone"),
        width: 150,
        options: MILESTONES.map((value) => ({ value, label: word("milestone", value) })),
        shown: ({ trigger }) => trigger === "milestone",
      }),
      countColumn<Step>("days", {
        head: t("daysAfter"),
        width: 110,
        shown: ({ trigger }) => trigger !== "before_ship",
      }),
      figureColumn<Step>("percent", {
        head: t("share"),
        width: 100,
        wrong: ({ percent }) => ppmOf(percent) === null,
      }),
    ],
    [t, word],
  );
};

/** What is wrong with a schedule, in a sentence. */
const FaultLine = (props: { steps: Step[] }): ReactNode => {
  const { t } = useTranslation("terms");
  const share = percentOf(totalPpm(props.steps));
  const found = scheduleFault(props.steps);
  if (found === null) return <span className="quiet figure">{t("scheduleTotal", { share })}</span>;
  const line = (found.at ?? 0) + 1;
  return <span className="tone-red">{t(`fault.${found.fault}`, { line, share })}</span>;
};

export const Schedule = (props: { steps: Step[]; onSteps: (steps: Step[]) => void }): ReactNode => {
  const { t } = useTranslation("terms");
  const columns = useColumns();
  const { steps } = props;
  const rest = Math.max(0, WHOLE_PPM - totalPpm(steps));
  const trigger = steps.some((step) => step.trigger === "receipt") ? "receipt" : "before_ship";
  return (
    <LineTable
      className="schedule-table"
      lines={steps}
      columns={columns}
      onLines={props.onSteps}
      add={{
        text: t("addStep"),
        line: (key): Step => ({
          key,
          trigger,
          milestone: "ready",
          days: 0,
          percent: percentOf(rest),
        }),
        goesOn: () => rest > 0,
        beside: <FaultLine steps={steps} />,
      }}
    />
  );
};
