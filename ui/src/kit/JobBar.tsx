/** Long work: how far it is, and the way to stop it. */
import { Button, Progress } from "antd";
import { type ReactNode, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { cancel, runningJobs } from "../host";
import { qty } from "./format";
import { useWords } from "./words";

export const JobBar = (): ReactNode => {
  const { t } = useTranslation("kit");
  const { message, knows } = useWords();
  // The one that has run longest: a screen that is read meanwhile comes and goes.
  const job = useSyncExternalStore(runningJobs.subscribe, runningJobs.snapshot)[0];
  if (job === undefined) return null;
  const { done, total, code } = job.progress;
  const share = total > 0 ? Math.floor((100 * done) / total) : 0;
  return (
    <div className="job-bar" role="status">
      <span>{knows(code) ? message({ code, args: {} }) : t("job")}</span>
      <Progress percent={share} showInfo={false} size="small" status="active" />
      <span className="figure">
        {total > 0 ? t("jobOf", { done: qty(done), total: qty(total) }) : qty(done)}
      </span>
      <Button size="small" onClick={() => cancel(job)}>
        {t("cancel")}
      </Button>
    </div>
  );
};
