/** What the law says of rules or prices: how grave, where it is written, since when. */
import {
  CheckOutlined,
  InfoCircleOutlined,
  StopOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LawFlag } from "../../contract";
import type { Tone } from "../../kit/Figures";
import { Tag } from "../../kit/StatusTag";
import { useWords } from "../../kit/words";

const TONES: Record<string, Tone> = { error: "red", warn: "amber", info: "grey" };

const SHAPES: Record<string, ReactNode> = {
  error: <StopOutlined />,
  warn: <WarningOutlined />,
  info: <InfoCircleOutlined />,
};

/** How grave the gravest is and how many there are, for a cell. */
export const FlagCount = (props: { gravest: string | null; count: number }): ReactNode => {
  const { t } = useTranslation("channels");
  const { word } = useWords();
  const { gravest, count } = props;
  if (gravest === null)
    return (
      <span className="quiet" title={t("noFlags")}>
        <CheckOutlined aria-label={t("noFlags")} />
      </span>
    );
  return (
    <span title={`${word("pricing_severity", gravest)} ${count}`}>
      <Tag tone={TONES[gravest] ?? "grey"}>
        {SHAPES[gravest]} {count}
      </Tag>
    </span>
  );
};

/** Each flag with the provision behind it; one that nobody has read says so. */
export const FlagList = (props: { flags: readonly LawFlag[] }): ReactNode => {
  const { t } = useTranslation("channels");
  const { word } = useWords();
  if (props.flags.length === 0) return <p className="quiet">{t("noFlags")}</p>;
  return (
    <ul className="law-flags">
      {props.flags.map((flag) => (
        <li key={`${flag.code} ${flag.at}`}>
          <span className={`tone-${TONES[flag.severity] ?? "grey"}`}>{SHAPES[flag.severity]}</span>
          <div>
            <strong>{word("pricing.flag", flag.code)}</strong>{" "}
            <span className="quiet">
              {word("pricing_severity", flag.severity)} · {flag.at}
            </span>
            {flag.source !== null && (
              <div className="law-source">
                {t("lawSource", {
                  source: word("law", flag.source),
                  since: flag.since,
                })}{" "}
                {!flag.textRead && <span className="tone-amber">{t("lawFromMemory")}</span>}
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
};
