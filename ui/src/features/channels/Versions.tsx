/** The versions of a rule set on one line of time: each from when to when, and the one in force. */
import dayjs from "dayjs";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RuleVersion } from "../../contract";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { type Span, spans, told } from "./versions";

/** Enough of a hash to tell two versions apart. */
const SHORT_HASH = 8;
const DAY_MS = 86_400_000;

export const VersionLine = (props: { versions: readonly RuleVersion[] }): ReactNode => {
  const { t } = useTranslation("channels");
  const { today } = useSession().status;
  const { parts, now } = spans(props.versions, today);
  const nowAt = dayjs(today).valueOf();
  const holdsNow = ({ version, from, to }: Span): boolean =>
    version.inForce &&
    dayjs(from).isBefore(nowAt + DAY_MS) &&
    (to === null || dayjs(to).isAfter(nowAt));
  return (
    <div className="version-line" role="img" aria-label={t("versionLine")}>
      {parts.map((part) => (
        <span
          key={`${part.version.sha256} ${part.from}`}
          className={holdsNow(part) ? "version-part version-now" : "version-part"}
          style={{ left: `${part.left}%`, width: `${part.width}%` }}
          title={`${told(part.from)} – ${part.to === null ? t("openEnd") : told(part.to)}`}
        >
          {t("versionShort", { version: part.version.version })}
        </span>
      ))}
      <i className="version-today" style={{ left: `${now}%` }} title={today} />
    </div>
  );
};

export const VersionTable = (props: {
  versions: readonly RuleVersion[];
  shown: string;
  onShow: (sha256: string) => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("version")}</th>
          <th>{t("versionFrom")}</th>
          <th>{t("versionTo")}</th>
          <th>{t("versionHash")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {props.versions.map((version) => (
          <tr key={version.sha256} className={version.sha256 === props.shown ? "row-shown" : ""}>
            <td>
              <button
                type="button"
                className="link"
                aria-pressed={version.sha256 === props.shown}
                onClick={() => props.onShow(version.sha256)}
              >
                {t("versionShort", { version: version.version })}
              </button>
            </td>
            <td className="figure">
              {version.spans.map(({ from }) => (
                <div key={from}>{told(from)}</div>
              ))}
              {version.spans.length === 0 && <span className="quiet">{t("neverHolds")}</span>}
            </td>
            <td className="figure">
              {version.spans.map(({ from, to }) => (
                <div key={from}>{to === null ? t("openEnd") : told(to)}</div>
              ))}
            </td>
            <td title={version.sha256}>
              <code>{version.sha256.slice(0, SHORT_HASH)}</code>
            </td>
            <td>{version.inForce && <Tag tone="blue">{t("inForce")}</Tag>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
