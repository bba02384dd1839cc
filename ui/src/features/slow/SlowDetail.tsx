/** One lot at one place: why it counts as slow, what will expire, and what can be done. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Detail, Facts, Part } from "../../kit/Detail";
import { coverTone, Days, DayText, Money, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { type DetailRoute, useGo } from "../../kit/links";
import { Tag } from "../../kit/StatusTag";
import { WhyLines } from "../../kit/Why";
import { useWords } from "../../kit/words";
import { CLASS_TONES } from "./columns";
import { Floors } from "./Floors";
import type { SlowLine } from "./lines";

/** The share that a band such as `within_30` names, in percent; null for the named bands. */
const shareOf = (band: string): string | null => /^within_(\d+)$/.exec(band)?.[1] ?? null;

const useFacts = (line: SlowLine, currency: string | null): [string, ReactNode][] => {
  const { t } = useTranslation("slow");
  const { word } = useWords();
  const { row, value } = line;
  const tone = coverTone(row.coverDays);
  const within = shareOf(row.lifeBand);
  const facts: [string, ReactNode][] = [
    [t("qty"), <Qty key="q" value={row.qty} zero="0" />],
    [t("cover"), <Days key="c" value={row.coverDays} bare {...(tone ? { tone } : {})} />],
    [t("ageMade"), <Days key="m" value={row.ageMadeDays} bare />],
    [t("ageReceived"), <Days key="r" value={row.ageReceivedDays} bare />],
    [t("expires"), <DayText key="e" day={row.expiresOn} />],
    [t("lastSell"), <DayText key="l" day={row.lastSellOn} />],
    [
      t("lifeBand"),
      within === null ? word("life_band", row.lifeBand) : t("lifeWithin", { share: within }),
    ],
  ];
  if (value && currency !== null) {
    facts.push([t("valueName"), <Money key="v" amount={value.value} currency={currency} />]);
    facts.push([
      t("atRiskName"),
      <Money key="a" amount={value.atRiskValue} currency={currency} tone="red" />,
    ]);
  }
  return facts;
};

export const SlowDetail = (props: {
  line: SlowLine;
  currency: string | null;
  route: DetailRoute;
}): ReactNode => {
  const { t } = useTranslation("slow");
  const { word, name } = useWords();
  const go = useGo();
  const { line, currency, route } = props;
  const { row } = line;
  return (
    <Detail
      title={
        <span className="inline-choice">
          {t("lotTitle", { lot: row.lotNo })}{" "}
          <Tag tone={CLASS_TONES[row.class]}>{word("slow_class", row.class)}</Tag>
        </span>
      }
      subtitle={`${row.skuCode} ${name(row.skuName)} · ${row.placeCode}`}
      acts={
        <>
          <Button onClick={() => go(`/goods/${row.sku}`)}>{t("name")}</Button>
          <Button onClick={() => go(`/stock/lot/${row.lot}`)}>{t("seeLot")}</Button>
        </>
      }
      wide={route.wide}
      onWide={route.setWide}
      onClose={route.close}
    >
      {row.atRisk > 0 && row.lastSellOn !== null && (
        <p className="slow-note">
          {t("riskNote", { units: format.qty(row.atRisk), day: row.lastSellOn })}
        </p>
      )}
      <Part title={t("facts")}>
        <Facts facts={useFacts(line, currency)} />
      </Part>
      {line.floors !== null && currency !== null && line.floors.channels.length > 0 && (
        <Floors row={line.floors} currency={currency} />
      )}
      <Part title={t("why")}>
        <WhyLines derivation={row.derivation} />
      </Part>
    </Detail>
  );
};
