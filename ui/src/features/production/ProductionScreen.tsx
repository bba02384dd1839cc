/** Production orders by phase, the late ones first, as a board or a list; one of them beside it. */
import { PlusOutlined } from "@ant-design/icons";
import { Button, Segmented, Switch } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderRow } from "../../contract";
import { FilterBox } from "../../kit/FilterBox";
import * as format from "../../kit/format";
import { ArrayGrid } from "../../kit/grid/ArrayGrid";
import { useKeys } from "../../kit/keys";
import { type DetailRoute, useDetailRoute } from "../../kit/links";
import { useCall } from "../../kit/query";
import { Answer, Empty, Screen } from "../../kit/Screen";
import { useSaved } from "../../kit/saved";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { Board } from "./Board";
import { orderColumns, SPARE } from "./columns";
import { OrderDetail } from "./OrderDetail";
import { OrderEditor } from "./OrderEditor";
import "../../kit/work.css";
import "./production.css";

const fits = (row: OrderRow, typed: string): boolean =>
  `${row.number} ${row.factoryName} ${row.goods}`
    .toLowerCase()
    .includes(typed.trim().toLowerCase());

const isOver = (row: OrderRow): boolean => row.state === "closed" || row.state === "cancelled";

/** The late ones first, by how late; then by the day they are promised for. */
export const byUrgency = (a: OrderRow, b: OrderRow): number =>
  b.lateDays - a.lateDays || (a.promisedOn ?? "9999").localeCompare(b.promisedOn ?? "9999");

const WEEK = 7;

/** What is late and what comes this week, in one sentence. */
const AnswerLine = (props: { list: OrderRow[] }): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const live = props.list.filter((row) => !isOver(row));
  const late = live.filter((row) => row.lateDays > 0);
  const soon = live.filter((row) => {
    const days = row.promisedOn === null ? -1 : format.daysBetween(status.today, row.promisedOn);
    return days >= 0 && days < WEEK;
  });
  const open = (rows: OrderRow[]): string =>
    format.qty(rows.reduce((sum, row) => sum + Math.max(0, row.ordered - row.received), 0));
  if (live.length === 0) return t("nothingOpen");
  return (
    <span className="answer-line">
      {late.length > 0 && (
        <strong className="tone-red">
          {t("lateOnes", {
            count: late.length,
            days: Math.max(...late.map((row) => row.lateDays)),
            units: open(late),
          })}
        </strong>
      )}
      {soon.length > 0 && <span>{t("soonOnes", { count: soon.length, units: open(soon) })}</span>}
      <span>{t("openOnes", { count: live.length, units: open(live) })}</span>
    </span>
  );
};

const OrderGrid = (props: { list: OrderRow[]; route: DetailRoute }): ReactNode => {
  const { t } = useTranslation("production");
  const words = useWords();
  const columns = useMemo(() => orderColumns(t, words), [t, words]);
  return (
    <ArrayGrid
      id="production"
      label={t("title")}
      columns={columns}
      spare={SPARE}
      list={props.list}
      rowKey={(row) => row.id}
      openKey={props.route.id}
      onOpen={(row) => props.route.open(row.id)}
      rowTone={(row) => (row.lateDays > 0 ? "red" : isOver(row) ? "grey" : undefined)}
    />
  );
};

const Orders = (props: { list: OrderRow[]; shape: "board" | "list"; route: DetailRoute }) =>
  props.shape === "board" ? (
    <Board list={props.list} openId={props.route.id} onOpen={props.route.open} />
  ) : (
    <OrderGrid list={props.list} route={props.route} />
  );

const ProductionScreen = (): ReactNode => {
  const { t } = useTranslation("production");
  const { seesMoney } = useSession();
  const route = useDetailRoute("/production");
  const list = useCall("order.list", {});
  const [shape, setShape] = useSaved<"board" | "list">("production.shape", "board");
  const [over, setOver] = useSaved("production.over", false);
  const [filter, setFilter] = useState("");
  const all = list.data ?? [];
  const chosen = all
    .filter((row) => (over || !isOver(row)) && (filter === "" || fits(row, filter)))
    .sort(byUrgency);
  useKeys(seesMoney ? { n: () => route.open("new") } : {});
  const add = seesMoney && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => route.open("new")}>
      {t("add")}
    </Button>
  );
  const shapes = [
    { value: "board" as const, label: t("board") },
    { value: "list" as const, label: t("list") },
  ];
  const detail =
    route.id === null ? null : route.id === "new" ? (
      <OrderEditor card={null} money={null} onSaved={route.open} onClose={route.close} />
    ) : (
      <OrderDetail key={route.id} id={route.id} route={route} />
    );
  return (
    <Screen
      title={t("title")}
      question={all.length > 0 ? <AnswerLine list={all} /> : t("question")}
      acts={add}
      tools={
        <>
          <Segmented options={shapes} value={shape} onChange={setShape} />
          <FilterBox value={filter} onChange={setFilter} />
          <span className="inline-choice">
            <Switch size="small" checked={over} onChange={setOver} aria-label={t("showOver")} />
            <span className="quiet">{t("showOver")}</span>
          </span>
        </>
      }
      detail={detail}
    >
      <Answer query={list} rows={12}>
        {(data) =>
          data.length === 0 ? (
            <Empty title={t("emptyTitle")} acts={add}>
              {t("emptyText")}
            </Empty>
          ) : (
            <Orders list={chosen} shape={shape} route={route} />
          )
        }
      </Answer>
    </Screen>
  );
};

export default ProductionScreen;
