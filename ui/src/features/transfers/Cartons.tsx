/** The cartons of a transfer. Alike ones stand together, so that forty fit on a screen. */
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CartonRow } from "../../contract";
import { Part } from "../../kit/Detail";
import { InlineLink, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";

/** Cartons that follow one another and hold the same. */
export type CartonRun = { first: CartonRow; last: CartonRow; count: number };

const contentOf = (carton: CartonRow): string =>
  carton.contents.map(({ lot, qty }) => `${lot}:${qty}`).join();

/** Puts cartons of the same content that follow one another into runs. */
export const runs = (cartons: CartonRow[]): CartonRun[] => {
  const out: CartonRun[] = [];
  for (const carton of cartons) {
    const open = out.at(-1);
    if (open && contentOf(open.last) === contentOf(carton)) {
      open.last = carton;
      open.count += 1;
    } else out.push({ first: carton, last: carton, count: 1 });
  }
  return out;
};

const Content = (props: { carton: CartonRow }): ReactNode => (
  <>
    {props.carton.contents.map(({ lot, lotNo, skuCode, qty }) => (
      <div key={lot} className="carton-content">
        {skuCode} <span className="quiet">{lotNo}</span> × <Qty value={qty} zero="0" />
      </div>
    ))}
  </>
);

const kilos = (grams: number): string => format.grouped((grams / 1000).toFixed(1));

export const Cartons = (props: { cartons: CartonRow[] }): ReactNode => {
  const { t } = useTranslation("transfers");
  const [each, setEach] = useState(false);
  const { cartons } = props;
  if (cartons.length === 0) return null;
  const shown = each
    ? cartons.map((carton) => ({ first: carton, last: carton, count: 1 }))
    : runs(cartons);
  const internal = cartons.some((carton) => !carton.sscc);
  return (
    <Part
      title={t("cartonList", { count: cartons.length })}
      acts={
        runs(cartons).length < cartons.length && (
          <InlineLink onClick={() => setEach(!each)}>{t(each ? "together" : "each")}</InlineLink>
        )
      }
    >
      {internal && <p className="transfer-note">{t("noSscc")}</p>}
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("cartonNo")}</th>
            <th>{t("cartonCode")}</th>
            <th>{t("content")}</th>
            <th className="numeric">{t("gross")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ first, last, count }) => (
            <tr key={first.no}>
              <td className="figure">{count === 1 ? first.no : `${first.no}–${last.no}`}</td>
              <td className="figure">
                {first.code}
                {count > 1 && <span className="quiet"> {t("andMore", { count: count - 1 })}</span>}
              </td>
              <td>
                <Content carton={first} />
              </td>
              <td className="numeric">{first.grossG === null ? "–" : kilos(first.grossG)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
};
