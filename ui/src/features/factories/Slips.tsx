/** Slips of the past year, to look at and to print again. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Id, SlipRow } from "../../contract";
import { Part } from "../../kit/Detail";
import { DayText, InlineLink, Qty } from "../../kit/Figures";
import { useCall } from "../../kit/query";
import { useSession } from "../../kit/session";
import { monthFrom } from "./month";

const MONTHS = 12;

const Row = (props: { slip: SlipRow; onPrint: () => void }): ReactNode => {
  const { t } = useTranslation("factories");
  const { slip } = props;
  return (
    <tr>
      <td>{slip.number}</td>
      <td>{t(slip.issue ? "issue" : "takeBack")}</td>
      <td>
        <DayText day={slip.day} />
      </td>
      <td>
        {slip.from} → {slip.to}
      </td>
      <td>{slip.orderNumber ?? "–"}</td>
      <td>{slip.goods}</td>
      <td className="numeric">
        <Qty value={slip.qty} />
      </td>
      <td className="numeric">
        {slip.reversed ? (
          <span className="quiet">{t("undone")}</span>
        ) : (
          <InlineLink onClick={props.onPrint}>{t("printSlip")}</InlineLink>
        )}
      </td>
    </tr>
  );
};

export const Slips = (props: { onPrint: (id: Id, number: string) => void }): ReactNode => {
  const { t } = useTranslation("factories");
  const { status } = useSession();
  const slips = useCall("material.slips", { since: monthFrom(status.today, -MONTHS) }).data ?? [];
  if (slips.length === 0) return null;
  return (
    <Part title={t("slips")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("slipNo")}</th>
            <th />
            <th>{t("day")}</th>
            <th>{t("fromTo")}</th>
            <th>{t("orderNo")}</th>
            <th>{t("material")}</th>
            <th className="numeric">{t("units")}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {slips.map((slip) => (
            <Row key={slip.id} slip={slip} onPrint={() => props.onPrint(slip.id, slip.number)} />
          ))}
        </tbody>
      </table>
    </Part>
  );
};
