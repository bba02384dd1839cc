/** A failed call in words: refused is the user's to solve, unavailable passes, failed is our bug. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AppError } from "../contract";
import { copyText } from "./clipboard";
import { useWords } from "./words";

const report = (error: AppError): string =>
  JSON.stringify({ ...error, at: new Date().toISOString(), agent: navigator.userAgent }, null, 2);

export const ErrorView = (props: { error: AppError; onRetry?: () => void }): ReactNode => {
  const { t } = useTranslation("kit");
  const { message } = useWords();
  const { error } = props;
  return (
    <div className={`error-view error-${error.kind}`} role="alert">
      <div className="error-kind">{t(error.kind)}</div>
      <div className="error-text">{message(error)}</div>
      {error.details.length > 0 && (
        <ul className="error-details">
          {error.details.map((detail, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: details are a fixed list without ids
            <li key={at}>{message(detail)}</li>
          ))}
        </ul>
      )}
      {error.kind === "failed" && <div className="error-hint">{t("failedHint")}</div>}
      <div className="error-acts">
        {props.onRetry && (
          <Button size="small" onClick={props.onRetry}>
            {t("retry")}
          </Button>
        )}
        {error.kind === "failed" && (
          <Button size="small" onClick={() => void copyText(report(error))}>
            {t("copyReport")}
          </Button>
        )}
      </div>
    </div>
  );
};
