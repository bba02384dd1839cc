/** From when to when something holds. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Day } from "../../contract";

export const Valid = (props: { from: Day; to: Day | null }): ReactNode => {
  const { t } = useTranslation("terms");
  const { from, to } = props;
  return (
    <span className="figure">
      {to === null ? t("validOpen", { from }) : t("validSpan", { from, to })}
    </span>
  );
};

/** Whether what holds in these days holds on a day. */
export const holdsOn = (span: { from: Day; to: Day | null }, day: Day): boolean =>
  span.from <= day && (span.to === null || day <= span.to);
