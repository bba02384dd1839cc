/** One suggestion in full: what was sold, what is expected, the arithmetic, the lots and refusals. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlanLine } from "../../contract";
import { Detail, Facts, Part } from "../../kit/Detail";
import { coverTone, Days, DayText, InlineLink, Percent, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { type DetailRoute, useGo } from "../../kit/links";
import { WhyLines } from "../../kit/Why";
import { useWords } from "../../kit/words";
import { FanChart } from "./FanChart";
import { MadeTransfers } from "./MadeTransfers";
import { rate } from "./rate";
import { toSend } from "./transfers";

const Lots = (props: { line: PlanLine }): ReactNode => {
  const { t } = useTranslation("plan");
  const go = useGo();
  const { lots, arrivesOn } = props.line;
  if (lots.length === 0) return null;
  return (
    <Part title={t("lots", { day: arrivesOn })}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("lot")}</th>
            <th className="numeric">{t("units")}</th>
            <th className="numeric">{t("shareAtArrival")}</th>
          </tr>
        </thead>
        <tbody>
          {lots.map((lot) => (
            <tr key={lot.lot}>
              <td>
                <InlineLink onClick={() => go(`/stock/lot/${lot.lot}`)}>{lot.lotNo}</InlineLink>
              </td>
              <td className="numeric">
                <Qty value={lot.qty} />
              </td>
              <td className="numeric">
                <Percent ppm={lot.sharePpm} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
};

const Refused = (props: { line: PlanLine }): ReactNode => {
  const { t } = useTranslation("plan");
  const { message } = useWords();
  const go = useGo();
  const { refused } = props.line;
  if (refused.length === 0) return null;
  return (
    <Part title={t("refusedTitle")}>
      <ul className="refused">
        {refused.map((lot) => (
          <li key={lot.lot}>
            <InlineLink onClick={() => go(`/stock/lot/${lot.lot}`)}>{lot.lotNo}</InlineLink>
            <span className="figure tone-amber">
              <Percent ppm={lot.sharePpm} />
            </span>
            <span className="grow">{message(lot.reason)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
};

const useFacts = (line: PlanLine): [string, ReactNode][] => {
  const { t } = useTranslation("plan");
  const { word } = useWords();
  const tone = coverTone(line.coverDays);
  return [
    [t("cover"), <Days key="c" value={line.coverDays} bare {...(tone ? { tone } : {})} />],
    [t("onHand"), <Qty key="o" value={line.onHand} zero="0" />],
    [t("inTransit"), <Qty key="t" value={line.inTransit} zero="0" />],
    [
      t("rate"),
      <span key="r" className="figure">
        {rate(line.ratePerDay)}{" "}
        <span className="quiet">
          ({rate(line.low)}–{rate(line.high)})
        </span>
      </span>,
    ],
    [t("method"), word("forecast_method", line.method)],
    [t("arrives"), <DayText key="a" day={line.arrivesOn} />],
  ];
};

/** The suggestion as a sentence. */
const Advice = (props: { line: PlanLine }): ReactNode => {
  const { t } = useTranslation("plan");
  const { line } = props;
  const figures = {
    units: format.qty(line.units),
    cartons: format.qty(line.cartons),
    place: line.placeName,
    day: line.arrivesOn,
  };
  if (line.units > 0) return <p className="advice">{t("advice", figures)}</p>;
  if (line.shortage > 0)
    return (
      <p className="advice advice-short">
        {t("adviceShort", { units: format.qty(line.shortage) })}
      </p>
    );
  return <p className="advice advice-none">{t("adviceNone")}</p>;
};

export const PlanDetail = (props: { line: PlanLine; route: DetailRoute }): ReactNode => {
  const { t } = useTranslation("plan");
  const { name } = useWords();
  const go = useGo();
  const [making, setMaking] = useState(false);
  const { line, route } = props;
  return (
    <Detail
      title={`${line.skuCode} ${name(line.skuName)}`}
      subtitle={line.placeName}
      acts={
        <>
          <Button onClick={() => go(`/goods/${line.sku}`)}>{t("name")}</Button>
          {toSend(line) && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t("makeOne")}
            </Button>
          )}
        </>
      }
      wide={route.wide}
      onWide={route.setWide}
      onClose={route.close}
    >
      <Advice line={line} />
      <FanChart sku={line.sku} place={line.place} />
      <Part title={t("facts")}>
        <Facts facts={useFacts(line)} />
      </Part>
      <Part title={t("why")}>
        <WhyLines derivation={line.derivation} />
      </Part>
      <Lots line={line} />
      <Refused line={line} />
      {making && <MadeTransfers lines={[line]} onClose={() => setMaking(false)} />}
    </Detail>
  );
};
