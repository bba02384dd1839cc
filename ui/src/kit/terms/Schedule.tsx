/** Who pays what share when, step by step; says at once what the schedule lacks. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { changed, without } from "../lines";
import { useWords } from "../words";
import {
  MILESTONES,
  nextKey,
  percentOf,
  ppmOf,
  type Step,
  scheduleFault,
  TRIGGERS,
  totalPpm,
} from "./check";

const StepRow = (props: {
  step: Step;
  onChange: (part: Partial<Step>) => void;
  onRemove: () => void;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const { step, onChange } = props;
  return (
    <tr>
      <td>
        <Select
          aria-label={t("trigger")}
          value={step.trigger}
          options={TRIGGERS.map((value) => ({ value, label: word("trigger", value) }))}
          onChange={(trigger) => onChange({ trigger })}
        />
      </td>
      <td>
        {step.trigger === "milestone" && (
          <Select
            aria-label={t("milestone")}
            value={step.milestone}
            options={MILESTONES.map((value) => ({ value, label: word("milestone", value) }))}
            onChange={(milestone) => onChange({ milestone })}
          />
        )}
      </td>
      <td>
        {step.trigger !== "before_ship" && (
          <InputNumber
            controls={false}
            min={0}
            precision={0}
            value={step.days}
            aria-label={t("daysAfter")}
            onChange={(days) => onChange({ days })}
          />
        )}
      </td>
      <td>
        <Input
          className="numeric-input figure"
          value={step.percent}
          status={ppmOf(step.percent) === null ? "error" : ""}
          aria-label={t("share")}
          onChange={(event) => onChange({ percent: event.target.value })}
        />
      </td>
      <td className="numeric">
        <Button
          type="text"
          size="small"
          aria-label={kit("remove")}
          icon={<DeleteOutlined />}
          onClick={props.onRemove}
        />
      </td>
    </tr>
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
  const { steps, onSteps } = props;
  const add = (): void => {
    const rest = Math.max(0, 1_000_000 - totalPpm(steps));
    const trigger = steps.some((step) => step.trigger === "receipt") ? "receipt" : "before_ship";
    const percent = percentOf(rest);
    onSteps([...steps, { key: nextKey(steps), trigger, milestone: "ready", days: 0, percent }]);
  };
  return (
    <table className="line-table schedule-table">
      <thead>
        <tr>
          <th>{t("trigger")}</th>
          <th>{t("milestone")}</th>
          <th className="numeric">{t("daysAfter")}</th>
          <th className="numeric">{t("share")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <StepRow
            key={step.key}
            step={step}
            onChange={(part) => onSteps(changed(steps, step.key, part))}
            onRemove={() => onSteps(without(steps, step.key))}
          />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>
            <Button size="small" icon={<PlusOutlined />} onClick={add}>
              {t("addStep")}
            </Button>
          </td>
          <td colSpan={4} className="numeric">
            <FaultLine steps={steps} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
};
