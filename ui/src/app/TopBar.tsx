/** Above every screen: search, the day looked at, how old the data are, who looks, language. */
import { SearchOutlined, WarningOutlined } from "@ant-design/icons";
import { Button, DatePicker, Dropdown, Popover } from "antd";
import dayjs from "dayjs";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { switchLanguage } from "../i18n";
import { useAct } from "../kit/query";
import { useSession } from "../kit/session";
import { useWords } from "../kit/words";

const MINUTE_MS = 60_000;

/** Draws again every minute, so that an age stays true while nobody touches anything. */
const useMinutes = (): void => {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
};

const useAge = (at: string | null): string => {
  const { t } = useTranslation("app");
  useMinutes();
  if (at === null) return t("neverSynced");
  const minutes = dayjs().diff(dayjs(at), "minute");
  const age =
    minutes < 1
      ? t("ageNow")
      : minutes < 60
        ? t("ageMinutes", { count: minutes })
        : minutes < 60 * 24
          ? t("ageHours", { count: Math.floor(minutes / 60) })
          : t("ageDays", { count: Math.floor(minutes / 60 / 24) });
  return t("dataAge", { age });
};

const Warnings = (): ReactNode => {
  const { t } = useTranslation("app");
  const { message } = useWords();
  const { warnings } = useSession().workspace;
  if (warnings.length === 0) return null;
  const list = (
    <ul className="warning-list">
      {warnings.map((warning) => (
        <li key={warning.code}>{message(warning)}</li>
      ))}
    </ul>
  );
  return (
    <Popover trigger="click" content={list}>
      <Button type="text" className="tone-amber" icon={<WarningOutlined />}>
        {t("warnings", { count: warnings.length })}
      </Button>
    </Popover>
  );
};

const Desk = (): ReactNode => {
  const { t } = useTranslation("app");
  const { word } = useWords();
  const { workspace, status } = useSession();
  const close = useAct("workspace.close");
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "path", label: workspace.path, disabled: true },
          { key: "close", label: t("closeWorkspace"), onClick: () => void close.run({}) },
        ],
      }}
    >
      <Button type="text" className="desk">
        <strong>{workspace.name}</strong>
        <span className="quiet">{word("role", status.role)}</span>
      </Button>
    </Dropdown>
  );
};

export const TopBar = (props: { onSearch: () => void }): ReactNode => {
  const { t, i18n } = useTranslation("app");
  const { asOf, setAsOf, status, workspace } = useSession();
  return (
    <header className="top-bar">
      <button type="button" className="top-search" onClick={props.onSearch}>
        <SearchOutlined />
        <span>{t("search")}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="top-right">
        <Warnings />
        <span className="quiet data-age">{useAge(workspace.lastSync)}</span>
        <DatePicker
          value={asOf === null ? null : dayjs(asOf)}
          placeholder={t("asOfToday")}
          aria-label={t("asOf")}
          className={asOf === null ? "as-of" : "as-of as-of-set"}
          disabledDate={(day) => day.isAfter(dayjs(status.today), "day")}
          onChange={(day) => {
            const chosen = day?.format("YYYY-MM-DD") ?? null;
            setAsOf(chosen === status.today ? null : chosen);
          }}
        />
        <Desk />
        <Button
          type="text"
          aria-label={t("switchLanguage")}
          onClick={() => switchLanguage(i18n.language === "zh" ? "en" : "zh")}
        >
          {t("otherLanguage")}
        </Button>
      </div>
    </header>
  );
};
