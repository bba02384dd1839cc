/** How well factories do, always with the number of cases, and whose licences run out. */
import { Button, Select } from "antd";
import dayjs from "dayjs";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PriceTrendRow, ScoreFigure, ScoreRow } from "../../contract";
import { Part } from "../../kit/Detail";
import { DayText, InlineLink, Qty, type Tone } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { useCall, useMoney } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { Tag } from "../../kit/StatusTag";
import { useSaved } from "../../kit/saved";
import { useSession } from "../../kit/session";
import { licencesOf, licenceTone } from "./licences";
import { Tab } from "./Tab";

const SPANS = [90, 180, 365];

/** Fewer cases than this judge nobody: no colour. */
const ENOUGH = 3;

/** A share with the number of cases behind it. */
const Score = (props: {
  figure: ScoreFigure | null;
  tone?: (ppm: number) => Tone | undefined;
  sign?: boolean;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const { figure, tone } = props;
  if (figure === null) return <span className="quiet">{t("noCases")}</span>;
  const { sharePpm, n } = figure;
  const colour = n < ENOUGH ? undefined : tone?.(sharePpm);
  const text = format.percent(sharePpm).replace("-", "−");
  return (
    <span className="score">
      <strong className={`figure${colour ? ` tone-${colour}` : ""}`}>
        {props.sign && sharePpm > 0 ? `+${text}` : text}
      </strong>{" "}
      <span className="quiet figure">{t("cases", { n })}</span>
    </span>
  );
};

const shareTone = (ppm: number): Tone | undefined => {
  if (ppm < 800_000) return "red";
  return ppm < 950_000 ? "amber" : undefined;
};

const riseTone = (ppm: number): Tone | undefined => (ppm > 0 ? "amber" : undefined);

const Scores = (props: { rows: ScoreRow[]; trends: PriceTrendRow[] | undefined }): ReactNode => {
  const { t } = useTranslation("factories");
  const { seesMoney } = useSession();
  if (props.rows.length === 0) return <p className="quiet">{t("noScores")}</p>;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("factory")}</th>
          <th className="numeric">{t("onTime")}</th>
          <th className="numeric">{t("firstPass")}</th>
          <th className="numeric">{t("lossRate")}</th>
          {seesMoney && <th className="numeric">{t("priceTrend")}</th>}
          {seesMoney && <th className="numeric">{t("lastPrice")}</th>}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => {
          const trend = props.trends?.find(({ partner }) => partner === row.partner);
          return (
            <tr key={row.partner}>
              <td>{row.name}</td>
              <td className="numeric">
                <Score figure={row.onTime} tone={shareTone} />
              </td>
              <td className="numeric">
                <Score figure={row.firstPass} tone={shareTone} />
              </td>
              <td className="numeric">
                <Score figure={row.loss} />
              </td>
              {seesMoney && (
                <td className="numeric">
                  <Score figure={trend?.trend ?? null} tone={riseTone} sign />
                </td>
              )}
              {seesMoney && (
                <td className="numeric figure">
                  {trend?.lastPrice == null ? "–" : format.price(trend.lastPrice)}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const Licences = (): ReactNode => {
  const { t } = useTranslation("factories");
  const { status } = useSession();
  const go = useGo();
  const partners = useCall("partner.list", {}).data;
  if (partners === undefined) return null;
  const licences = licencesOf(partners, status.today);
  if (licences.length === 0) return <p className="quiet">{t("noLicences")}</p>;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("factory")}</th>
          <th>{t("licence")}</th>
          <th>{t("category")}</th>
          <th>{t("number")}</th>
          <th>{t("expiresOn")}</th>
          <th className="numeric">{t("daysLeft")}</th>
        </tr>
      </thead>
      <tbody>
        {licences.map((licence) => {
          const tone = licenceTone(licence.daysLeft);
          return (
            <tr key={`${licence.partner.id} ${licence.kind} ${licence.number}`}>
              <td>
                <InlineLink onClick={() => go("/settings/partners")}>
                  {licence.partner.fields.name}
                </InlineLink>
              </td>
              <td>{licence.kind}</td>
              <td>{licence.category || "–"}</td>
              <td>{licence.number}</td>
              <td>
                <DayText day={licence.expiresOn} {...(tone ? { tone } : {})} />
              </td>
              <td className="numeric">
                {licence.daysLeft < 0 ? (
                  <Tag tone="red">{t("expiredAgo", { count: -licence.daysLeft })}</Tag>
                ) : (
                  <Qty value={licence.daysLeft} zero="0" {...(tone ? { tone } : {})} />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

export const ScorecardsPage = (): ReactNode => {
  const { t } = useTranslation("factories");
  const { status, may } = useSession();
  const go = useGo();
  const [days, setDays] = useSaved("factories.span", 365);
  const to = status.today;
  const from = dayjs(to).subtract(days, "day").format("YYYY-MM-DD");
  const scores = useCall("factory.scorecards", { from, to });
  const trends = useMoney("factory.price_trends", { from, to }).data;
  return (
    <Tab
      tab="scorecards"
      tools={
        <Select
          aria-label={t("span")}
          value={days}
          options={SPANS.map((value) => ({ value, label: t("last", { count: value }) }))}
          onChange={setDays}
        />
      }
    >
      <Answer query={scores} rows={6}>
        {(rows) => <Scores rows={rows} trends={trends} />}
      </Answer>
      <p className="quiet score-note">{t("scoreNote")}</p>
      <Part
        title={t("licences")}
        acts={
          may("settings") && (
            <Button size="small" onClick={() => go("/settings/partners")}>
              {t("edit")}
            </Button>
          )
        }
      >
        <Licences />
      </Part>
    </Tab>
  );
};
