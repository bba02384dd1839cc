/** The versions of a rule set on one line of time: each from when to when, and the one in force. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RuleVersion } from "../../contract";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { spans, told } from "./versions";

/** Enough of a hash to tell two versions apart. */
const SHORT_HASH = 8;

export const VersionLine = (props: { versions: readonly RuleVersion[] }): ReactNode => {
  const { t } = useTranslation("channels");
  const { today } = useSession().status;
  const { parts, now } = spans(props.versions, today);
  const until = (version: RuleVersion): string =>
    version.to === null ? t("openEnd") : told(version.to);
  return (
    <div className="version-line" role="img" aria-label={t("versionLine")}>
      {parts.map(({ version, left, width }) => (
        <span
          key={version.sha256}
          className={version.inForce ? "version-part version-now" : "version-part"}
          style={{ left: `${left}%`, width: `${width}%` }}
          title={`${told(version.from)} – ${until(version)}`}
        >
          {t("versionShort", { version: version.version })}
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
            <td className="figure">{told(version.from)}</td>
            <td className="figure">{version.to === null ? t("openEnd") : told(version.to)}</td>
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
