/**
 * Orders to factories and suppliers, the late ones first: by phase on a board, as a list, or on a
 * calendar; one of them beside it.
 */
import { PlusOutlined } from "@ant-design/icons";
import { Button, Segmented, Select, Switch } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderKindWord, OrderRow } from "../../contract";
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
import { TimeLine } from "./TimeLine";
import "../../kit/work.css";
import "./production.css";

type Shape = "board" | "list" | "time";

type Wanted = {
  typed: string;
  factory: string | null;
  kind: OrderKindWord | null;
  over: boolean;
};

const isOver = (row: OrderRow): boolean => row.state === "closed" || row.state === "cancelled";

/** Whether a row is among those that the filters leave. */
export const fits = (row: OrderRow, { typed, factory, kind, over }: Wanted): boolean =>
  (over || !isOver(row)) &&
  (factory === null || row.factory === factory) &&
  (kind === null || row.kind === kind) &&
  `${row.number} ${row.factoryName} ${row.goods}`
    .toLowerCase()
    .includes(typed.trim().toLowerCase());

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

const Orders = (props: { list: OrderRow[]; shape: Shape; route: DetailRoute }): ReactNode => {
  const { list, shape, route } = props;
  if (shape === "list") return <OrderGrid list={list} route={route} />;
  const Picture = shape === "board" ? Board : TimeLine;
  return <Picture list={list} openId={route.id} onOpen={route.open} />;
};

const Tools = (props: {
  all: OrderRow[];
  shape: Shape;
  onShape: (shape: Shape) => void;
  wanted: Wanted;
  onWanted: (part: Partial<Wanted>) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const { all, wanted, onWanted } = props;
  const partners = [...new Map(all.map((row) => [row.factory, row.factoryName]))];
  const shapes = [
    { value: "board" as const, label: t("board") },
    { value: "list" as const, label: t("list") },
    { value: "time" as const, label: t("timeLine") },
  ];
  return (
    <>
      <Segmented options={shapes} value={props.shape} onChange={props.onShape} />
      <FilterBox value={wanted.typed} onChange={(typed) => onWanted({ typed })} />
      <Select
        className="tool-select partner-select"
        allowClear
        aria-label={t("partner")}
        placeholder={t("allPartners")}
        value={wanted.factory}
        options={partners.map(([value, label]) => ({ value, label }))}
        onChange={(factory) => onWanted({ factory: factory ?? null })}
      />
      <Select
        className="tool-select kind-select"
        allowClear
        aria-label={t("kind")}
        placeholder={t("allKinds")}
        value={wanted.kind}
        options={(["production", "purchase"] as const).map((value) => ({
          value,
          label: word("order_kind", value),
        }))}
        onChange={(kind) => onWanted({ kind: kind ?? null })}
      />
      <span className="inline-choice">
        <Switch
          size="small"
          checked={wanted.over}
          onChange={(over) => onWanted({ over })}
          aria-label={t("showOver")}
        />
        <span className="quiet">{t("showOver")}</span>
      </span>
    </>
  );
};

const ProductionScreen = (): ReactNode => {
  const { t } = useTranslation("production");
  const { seesMoney, may } = useSession();
  const route = useDetailRoute("/production");
  const list = useCall("order.list", {});
  const [shape, setShape] = useSaved<Shape>("production.shape", "board");
  const [over, setOver] = useSaved("production.over", false);
  const [filter, setFilter] = useState<Omit<Wanted, "over">>({
    typed: "",
    factory: null,
    kind: null,
  });
  const wanted = { ...filter, over };
  const all = list.data ?? [];
  const chosen = all.filter((row) => fits(row, wanted)).sort(byUrgency);
  const drafts = seesMoney && may("draft");
  useKeys(drafts ? { n: () => route.open("new") } : {});
  const add = drafts && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => route.open("new")}>
      {t("add")}
    </Button>
  );
  const detail =
    route.id === null ? null : route.id === "new" ? (
      <OrderEditor card={null} money={null} onSaved={route.open} onClose={route.close} />
    ) : (
      <OrderDetail key={route.id} id={route.id} route={route} />
    );
  const onWanted = ({ over: next, ...part }: Partial<Wanted>): void => {
    if (next !== undefined) setOver(next);
    setFilter({ ...filter, ...part });
  };
  return (
    <Screen
      title={t("title")}
      question={all.length > 0 ? <AnswerLine list={all} /> : t("question")}
      acts={add}
      tools={
        <Tools all={all} shape={shape} onShape={setShape} wanted={wanted} onWanted={onWanted} />
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
