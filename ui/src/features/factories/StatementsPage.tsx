/** A factory's month: the book against what it counted, settled with it; statements so far. */
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Day, Id, PlaceRow, StatementCard } from "../../contract";
import { Part } from "../../kit/Detail";
import { InlineLink } from "../../kit/Figures";
import { useGo } from "../../kit/links";
import { useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { monthFrom, monthsBack, signed, stamp } from "./month";
import { NoFactories } from "./NoFactories";
import { Statement } from "./Statement";
import { StatementState } from "./StatementState";
import { Tab, tabAddress } from "./Tab";

const MONTHS = 36;

/** The place and month that the address names. */
const useAsked = (places: PlaceRow[]): { place: Id | null; month: Day } => {
  const { status } = useSession();
  const [location] = useLocation();
  const [, , , place = "", month = ""] = location.split("/");
  return {
    place: places.find(({ id }) => id === place)?.id ?? places[0]?.id ?? null,
    month: /^\d{4}-\d{2}$/.test(month) ? `${month}-01` : monthFrom(status.today, 0),
  };
};

const statementAddress = (place: Id, month: Day): string =>
  `${tabAddress("statements")}/${place}/${month.slice(0, 7)}`;

const Choice = (props: { places: PlaceRow[]; place: Id; month: Day }): ReactNode => {
  const { t } = useTranslation("factories");
  const { status } = useSession();
  const go = useGo();
  const { places, place, month } = props;
  const show = (at: Id, day: Day): void => go(statementAddress(at, day));
  const now = monthFrom(status.today, 0);
  return (
    <>
      <Select
        className="factory-choice"
        aria-label={t("factory")}
        value={place}
        options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
        onChange={(id) => show(id, month)}
      />
      <Button
        aria-label={t("earlier")}
        icon={<LeftOutlined />}
        onClick={() => show(place, monthFrom(month, -1))}
      />
      <Select
        aria-label={t("month")}
        value={month}
        options={[...new Set([...monthsBack(status.today, MONTHS), month])].map((value) => ({
          value,
          label: value.slice(0, 7),
        }))}
        onChange={(day) => show(place, day)}
      />
      <Button
        aria-label={t("later")}
        icon={<RightOutlined />}
        disabled={month >= now}
        onClick={() => show(place, monthFrom(month, 1))}
      />
    </>
  );
};

const Past = (props: { statements: StatementCard[] }): ReactNode => {
  const { t } = useTranslation("factories");
  const { name } = useWords();
  const go = useGo();
  if (props.statements.length === 0) return <p className="quiet">{t("noPast")}</p>;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("month")}</th>
          <th>{t("factory")}</th>
          <th>{t("state")}</th>
          <th>{t("difference")}</th>
          <th>{t("note")}</th>
        </tr>
      </thead>
      <tbody>
        {props.statements.map((card) => {
          const off = card.lines.filter(({ difference }) => (difference ?? 0) !== 0);
          const address = statementAddress(card.place, card.month);
          return (
            <tr key={card.id}>
              <td>
                <InlineLink onClick={() => go(address)}>{card.month.slice(0, 7)}</InlineLink>
              </td>
              <td>{card.factory || card.placeCode}</td>
              <td>
                <StatementState card={card} />
              </td>
              <td>
                {off.length === 0 ? (
                  "–"
                ) : (
                  <Tag tone="red">
                    {off
                      .map((line) => `${name(line.name)} ${signed(line.difference ?? 0)}`)
                      .join(", ")}
                  </Tag>
                )}
              </td>
              <td>{card.note}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const Month = (props: { places: PlaceRow[]; place: Id; month: Day }): ReactNode => {
  const { t } = useTranslation("factories");
  const { place, month } = props;
  const card = useCall("statement.get", { place, month });
  const past = useCall("statement.list", {}).data;
  // The answer for the month before stays until this one's comes.
  const fits = card.data?.place === place && card.data.month === month;
  return (
    <Tab tab="statements" tools={<Choice {...props} />}>
      <Answer query={card} rows={8}>
        {(data) => fits && <Statement key={`${place} ${month} ${stamp(data)}`} card={data} />}
      </Answer>
      {past && (
        <Part title={t("past")}>
          <Past statements={past} />
        </Part>
      )}
    </Tab>
  );
};

export const StatementsPage = (): ReactNode => {
  const all = useCall("location.list", {});
  const places = (all.data ?? []).filter(({ fields }) => fields.kind === "factory");
  const { place, month } = useAsked(places);
  if (place !== null) return <Month places={places} place={place} month={month} />;
  return (
    <Tab tab="statements">
      <Answer query={all} rows={8}>
        {() => <NoFactories />}
      </Answer>
    </Tab>
  );
};
