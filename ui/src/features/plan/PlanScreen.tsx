/** What to send where, and why: suggestions by urgency, from which transfers are made at once. */
import { ExportOutlined, SendOutlined } from "@ant-design/icons";
import { Button, Select, Tag } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Plan, PlanLine } from "../../contract";
import { useExport } from "../../kit/exporting";
import { FilterBox } from "../../kit/FilterBox";
import * as format from "../../kit/format";
import { ArrayGrid } from "../../kit/grid/ArrayGrid";
import { useKeys } from "../../kit/keys";
import { type DetailRoute, useDetailRoute, useGo } from "../../kit/links";
import { bothNames } from "../../kit/names";
import { useCall } from "../../kit/query";
import { Answer, Empty, Screen } from "../../kit/Screen";
import { useSaved } from "../../kit/saved";
import { useWords } from "../../kit/words";
import { planColumns, SPARE } from "./columns";
import { MadeTransfers } from "./MadeTransfers";
import { PlanDetail } from "./PlanDetail";
import { keyOf, runsOut, toSend } from "./transfers";
import "../../kit/work.css";
import "./plan.css";

const BY_COVER = { column: "cover", descending: false };

const SHOWN = ["send", "soon", "short", "refused", "all"] as const;
type Shown = (typeof SHOWN)[number];

const isShown = (line: PlanLine, shown: Shown): boolean =>
  shown === "all" ||
  (shown === "send" && line.units > 0) ||
  (shown === "soon" && runsOut(line)) ||
  (shown === "short" && line.shortage > 0) ||
  (shown === "refused" && line.refused.length > 0);

const fits = (line: PlanLine, typed: string): boolean =>
  `${line.skuCode} ${bothNames(line.skuName)} ${line.placeCode} ${line.placeName}`
    .toLowerCase()
    .includes(typed.trim().toLowerCase());

/** How much goes where, what runs out first and what is missing, in one sentence. */
const AnswerLine = (props: { plan: Plan }): ReactNode => {
  const { t } = useTranslation("plan");
  const { lines, withoutHistory } = props.plan;
  const send = lines.filter(toSend);
  const units = send.reduce((sum, line) => sum + line.units, 0);
  const cartons = send.reduce((sum, line) => sum + line.cartons, 0);
  const soon = lines.filter(runsOut);
  const short = lines.reduce((sum, line) => sum + line.shortage, 0);
  return (
    <span className="answer-line">
      <strong>
        {send.length === 0
          ? t("nothingToSend")
          : t("toSend", {
              count: send.length,
              cartons: format.qty(cartons),
              units: format.qty(units),
            })}
      </strong>
      {soon.length > 0 && (
        <strong className="tone-red">{t("runsOut", { count: soon.length })}</strong>
      )}
      {short > 0 && <span className="tone-amber">{t("short", { units: format.qty(short) })}</span>}
      {withoutHistory > 0 && (
        <span className="quiet">{t("withoutHistory", { count: withoutHistory })}</span>
      )}
    </span>
  );
};

const PlanGrid = (props: {
  lines: PlanLine[];
  route: DetailRoute;
  marked: Set<string>;
  onMark: (marked: Set<string>) => void;
}): ReactNode => {
  const { t } = useTranslation("plan");
  const words = useWords();
  const columns = useMemo(() => planColumns(t, words), [t, words]);
  return (
    <ArrayGrid
      id="plan"
      label={t("title")}
      columns={columns}
      spare={SPARE}
      list={props.lines}
      firstSort={BY_COVER}
      rowKey={keyOf}
      openKey={props.route.id}
      onOpen={(line) => props.route.open(keyOf(line))}
      marked={props.marked}
      onMark={props.onMark}
      rowTone={(line) =>
        runsOut(line) ? "red" : line.shortage > 0 ? "amber" : line.units === 0 ? "grey" : undefined
      }
    />
  );
};

const Tools = (props: {
  lines: PlanLine[];
  shown: Shown;
  onShown: (shown: Shown) => void;
  filter: string;
  onFilter: (text: string) => void;
  source: string | null;
  onSource: (source: string | null) => void;
}): ReactNode => {
  const { t } = useTranslation("plan");
  const places = useCall("location.list", {}).data ?? [];
  const own = places.filter(({ fields }) => fields.kind === "own");
  const names = {
    send: t("onlySend"),
    soon: t("onlySoon"),
    short: t("onlyShort"),
    refused: t("onlyRefused"),
    all: t("all"),
  };
  return (
    <>
      <FilterBox value={props.filter} onChange={props.onFilter} />
      <span className="chips">
        {SHOWN.map((shown) => (
          <Tag.CheckableTag
            key={shown}
            checked={props.shown === shown}
            onChange={() => props.onShown(shown)}
          >
            {names[shown]}{" "}
            <span className="figure">
              {props.lines.filter((line) => isShown(line, shown)).length}
            </span>
          </Tag.CheckableTag>
        ))}
      </span>
      {own.length > 1 && (
        <Select
          className="tool-select"
          allowClear
          placeholder={t("anySource")}
          value={props.source}
          options={own.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onChange={(source: string | undefined) => props.onSource(source ?? null)}
        />
      )}
    </>
  );
};

const PlanActs = (props: { lines: PlanLine[]; marked: Set<string>; onMake: () => void }) => {
  const { t } = useTranslation("plan");
  const kit = useTranslation("kit").t;
  const write = useExport("plan", t("exportName"));
  const chosen = props.lines.filter(toSend);
  return (
    <>
      <Button icon={<ExportOutlined />} loading={write.busy} onClick={() => void write.run()}>
        {kit("export")}
      </Button>
      <Button
        type="primary"
        icon={<SendOutlined />}
        title="Ctrl+Enter"
        disabled={chosen.length === 0}
        onClick={props.onMake}
      >
        {props.marked.size > 0
          ? t("makeMarked", { count: chosen.length })
          : t("makeAll", { count: chosen.length })}
      </Button>
    </>
  );
};

const NoPlan = (): ReactNode => {
  const { t } = useTranslation("plan");
  const go = useGo();
  return (
    <Empty
      title={t("emptyTitle")}
      acts={
        <>
          <Button onClick={() => go("/settings/places")}>{t("seePlaces")}</Button>
          <Button type="primary" onClick={() => go("/import")}>
            {t("importSales")}
          </Button>
        </>
      }
    >
      {t("emptyText")}
    </Empty>
  );
};

const PlanScreen = (): ReactNode => {
  const { t } = useTranslation("plan");
  const route = useDetailRoute("/plan");
  const [source, setSource] = useSaved<string | null>("plan.source", null);
  const [shown, setShown] = useSaved<Shown>("plan.shown", "send");
  const [filter, setFilter] = useState("");
  const [marked, setMarked] = useState<Set<string>>(new Set());
  const [making, setMaking] = useState<PlanLine[] | null>(null);
  const plan = useCall("plan.run", { source });
  const all = plan.data?.lines ?? [];
  const lines = all.filter((line) => isShown(line, shown) && (filter === "" || fits(line, filter)));
  const chosen = marked.size > 0 ? all.filter((line) => marked.has(keyOf(line))) : lines;
  const open = all.find((line) => keyOf(line) === route.id);
  const make = (): void => {
    const send = chosen.filter(toSend);
    if (send.length > 0) setMaking(send);
  };
  useKeys({ "Mod+Enter": make });
  return (
    <Screen
      title={t("title")}
      question={plan.data && all.length > 0 ? <AnswerLine plan={plan.data} /> : t("question")}
      acts={<PlanActs lines={chosen} marked={marked} onMake={make} />}
      tools={
        <Tools
          lines={all}
          shown={shown}
          onShown={setShown}
          filter={filter}
          onFilter={setFilter}
          source={source}
          onSource={setSource}
        />
      }
      detail={open && <PlanDetail key={keyOf(open)} line={open} route={route} />}
    >
      <Answer query={plan} rows={14}>
        {(data) =>
          data.lines.length === 0 ? (
            <NoPlan />
          ) : (
            <PlanGrid lines={lines} route={route} marked={marked} onMark={setMarked} />
          )
        }
      </Answer>
      {making && (
        <MadeTransfers
          lines={making}
          onClose={(made) => {
            setMaking(null);
            if (made) setMarked(new Set());
          }}
        />
      )}
    </Screen>
  );
};

export default PlanScreen;
