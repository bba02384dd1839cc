/** All transfers with how far each has come; one of them beside the list. */
import { PlusOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TransferRow } from "../../contract";
import { FilterBox } from "../../kit/FilterBox";
import * as format from "../../kit/format";
import { ArrayGrid } from "../../kit/grid/ArrayGrid";
import { useKeys } from "../../kit/keys";
import { type DetailRoute, useDetailRoute, useGo } from "../../kit/links";
import { useCall } from "../../kit/query";
import { Answer, Empty, Screen } from "../../kit/Screen";
import { useSaved } from "../../kit/saved";
import { useWords } from "../../kit/words";
import { SPARE, transferColumns } from "./columns";
import { TransferDetail } from "./TransferDetail";
import { TransferEditor } from "./TransferEditor";
import "../../kit/work.css";
import "./transfers.css";

const GROUPS = {
  todo: ["draft", "allocated", "packed", "arrived"],
  way: ["shipped"],
  done: ["closed", "cancelled"],
} as const;

type Shown = "all" | keyof typeof GROUPS;

const isShown = (row: TransferRow, shown: Shown): boolean =>
  shown === "all" || (GROUPS[shown] as readonly string[]).includes(row.state);

const fits = (row: TransferRow, typed: string): boolean =>
  `${row.number} ${row.fromName} ${row.toName} ${row.goods}`
    .toLowerCase()
    .includes(typed.trim().toLowerCase());

/** What is on the way and what is late, in one sentence. */
const AnswerLine = (props: { list: TransferRow[] }): ReactNode => {
  const { t } = useTranslation("transfers");
  const onWay = props.list.filter((row) => row.inTransit > 0);
  const units = onWay.reduce((sum, row) => sum + row.inTransit, 0);
  const late = onWay.filter((row) => row.lateDays > 0);
  const worst = Math.max(0, ...late.map((row) => row.lateDays));
  const short = onWay.filter((row) => row.state === "arrived");
  if (onWay.length === 0) return t("nothingOnWay");
  return (
    <span className="answer-line">
      <span>{t("onWay", { count: onWay.length, units: format.qty(units) })}</span>
      {late.length > 0 && (
        <strong className="tone-red">{t("lateOnes", { count: late.length, days: worst })}</strong>
      )}
      {short.length > 0 && (
        <strong className="tone-amber">{t("shortOnes", { count: short.length })}</strong>
      )}
    </span>
  );
};

const TransferGrid = (props: {
  list: TransferRow[];
  openId: string | null;
  route: DetailRoute;
}) => {
  const { t } = useTranslation("transfers");
  const words = useWords();
  const columns = useMemo(() => transferColumns(t, words), [t, words]);
  return (
    <ArrayGrid
      id="transfers"
      label={t("title")}
      columns={columns}
      spare={SPARE}
      list={props.list}
      rowKey={(row) => row.id}
      openKey={props.openId}
      onOpen={(row) => props.route.open(row.id)}
      rowTone={(row) =>
        row.lateDays > 0
          ? "red"
          : row.state === "arrived" && row.inTransit > 0
            ? "amber"
            : row.state === "cancelled"
              ? "grey"
              : undefined
      }
    />
  );
};

const ShownChips = (props: {
  list: TransferRow[];
  shown: Shown;
  onShown: (shown: Shown) => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const names = { all: t("all"), todo: t("todo"), way: t("way"), done: t("done") };
  return (
    <span className="chips">
      {(["todo", "way", "done", "all"] as const).map((shown) => (
        <Tag.CheckableTag
          key={shown}
          checked={props.shown === shown}
          onChange={() => props.onShown(shown)}
        >
          {names[shown]}{" "}
          <span className="figure">{props.list.filter((row) => isShown(row, shown)).length}</span>
        </Tag.CheckableTag>
      ))}
    </span>
  );
};

const TransfersScreen = (): ReactNode => {
  const { t } = useTranslation("transfers");
  const go = useGo();
  const route = useDetailRoute("/transfers");
  const list = useCall("transfer.list", {});
  const [filter, setFilter] = useState("");
  const [shown, setShown] = useSaved<Shown>("transfers.shown", "all");
  const all = list.data ?? [];
  const chosen = all.filter((row) => isShown(row, shown) && (filter === "" || fits(row, filter)));
  useKeys({ n: () => route.open("new") });
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => route.open("new")}>
      {t("add")}
    </Button>
  );
  const detail =
    route.id === null ? null : route.id === "new" ? (
      <TransferEditor card={null} onSaved={route.open} onClose={route.close} />
    ) : (
      <TransferDetail key={route.id} id={route.id} route={route} />
    );
  return (
    <Screen
      title={t("title")}
      question={list.data && all.length > 0 ? <AnswerLine list={all} /> : t("question")}
      acts={
        <>
          <Button onClick={() => go("/plan")}>{t("seePlan")}</Button>
          {add}
        </>
      }
      tools={
        <>
          <FilterBox value={filter} onChange={setFilter} />
          <ShownChips list={all} shown={shown} onShown={setShown} />
        </>
      }
      detail={detail}
    >
      <Answer query={list} rows={14}>
        {(data) =>
          data.length === 0 ? (
            <Empty
              title={t("emptyTitle")}
              acts={
                <>
                  <Button onClick={() => go("/plan")}>{t("seePlan")}</Button>
                  {add}
                </>
              }
            >
              {t("emptyText")}
            </Empty>
          ) : (
            <TransferGrid list={chosen} openId={route.id} route={route} />
          )
        }
      </Answer>
    </Screen>
  );
};

export default TransfersScreen;
