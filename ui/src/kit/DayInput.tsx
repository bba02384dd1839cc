/** A business day, typed: fast for those who know it. Year first, as everywhere in the window. */
import { Input } from "antd";
import dayjs from "dayjs";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const pad = (part: string): string => part.padStart(2, "0");

/**
 * What was typed as a day, or null. Takes 2026-11-22, 2026/1/5, 2026.1.5, 20261122 and 261122; an
 * order of day and month that could be read two ways is not taken.
 */
export const readDay = (typed: string): string | null => {
  const text = typed.trim();
  const parts = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  const whole = /^(\d{4}|\d{2})(\d{2})(\d{2})$/.exec(text);
  const [, year = "", month = "", day = ""] = parts ?? whole ?? [];
  if (year === "") return null;
  const iso = `${year.length === 2 ? `20${year}` : year}-${pad(month)}-${pad(day)}`;
  return dayjs(iso).format("YYYY-MM-DD") === iso ? iso : null;
};

export const DayInput = (props: {
  id?: string;
  value?: string | null;
  onChange?: (day: string | null) => void;
  label?: string;
  /** The day that counts as long as none is typed. */
  otherwise?: string | null;
  /** Typing begins here when its dialog opens. */
  first?: boolean;
}): ReactNode => {
  const { t } = useTranslation("papers");
  const { value = null, onChange } = props;
  const [text, setText] = useState(value ?? "");
  useEffect(() => setText(value ?? ""), [value]);
  const wrong = text.trim() !== "" && readDay(text) === null;
  const leave = (): void => {
    const day = readDay(text);
    if (text.trim() === "") onChange?.(null);
    else if (day !== null) {
      setText(day);
      onChange?.(day);
    }
  };
  return (
    <Input
      {...(props.id === undefined ? {} : { id: props.id })}
      {...(wrong ? { status: "error" as const } : {})}
      {...(props.first === true ? { "data-first": true } : {})}
      className={props.otherwise ? "figure told" : "figure"}
      value={text}
      aria-label={props.label}
      aria-invalid={wrong}
      placeholder={props.otherwise ?? t("dayForm")}
      spellCheck={false}
      onChange={(event) => {
        setText(event.target.value);
        // A whole day counts at once, so that Enter right after the last digit sends it.
        const day = readDay(event.target.value);
        if (day !== null && event.target.value.length >= 8) onChange?.(day);
        else if (event.target.value === "") onChange?.(null);
      }}
      onBlur={leave}
    />
  );
};
