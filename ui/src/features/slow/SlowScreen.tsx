/** Where the money is stuck: a picture of age against cover, and the lots behind it by money. */
import { ExportOutlined } from "@ant-design/icons";
import { Button, Switch, Tag } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClearanceRow, SlowClass, SlowList, SlowMoney } from "../../contract";
import { useExport } from "../../kit/exporting";
import { FilterBox } from "../../kit/FilterBox";
import * as format from "../../kit/format";
import { ArrayGrid } from "../../kit/grid/ArrayGrid";
import { type DetailRoute, useDetailRoute, useGo } from "../../kit/links";
import { useCall, useMoney } from "../../kit/query";
import { Answer, Empty, Screen } from "../../kit/Screen";
import { useSaved } from "../../kit/saved";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { BubbleChart } from "./BubbleChart";
import { SPARE, slowColumns } from "./columns";
import { CLASSES, fits, joined, keyOf, type SlowLine, total } from "./lines";
import { SlowDetail } from "./SlowDetail";
import "../../kit/work.css";
import "./slow.css";

const ALL_LOTS = { lot: null, price: null };
const NO_FLOORS: readonly ClearanceRow[] = [];
const BY_RISK = { column: "risk", descending: true };

/** How much is stuck and how much of it will expire, in one sentence. */
const AnswerLine = (props: { list: SlowList; money: SlowMoney | undefined }): ReactNode => {
  const { t } = useTranslation("slow");
  const { rows } = props.list;
  const { money } = props;
  const stuck = rows.filter((row) => ["slow", "stagnant", "dead"].includes(row.class));
  const risk = rows.reduce((sum, row) => sum + row.atRisk, 0);
  const units = stuck.reduce((sum, row) => sum + row.qty, 0);
  return (
    <span className="answer-line">
      <strong>{t("stuck", { count: stuck.length, units: format.qty(units) })}</strong>
      {risk > 0 && (
        <strong className="tone-red">
          {money
            ? t("atRiskMoney", {
                units: format.qty(risk),
                value: format.money(money.atRiskTotal, money.currency),
              })
            : t("atRiskUnits", { units: format.qty(risk) })}
        </strong>
      )}
      {money && <span>{t("allValue", { value: format.money(money.total, money.currency) })}</span>}
    </span>
  );
};

const ClassChips = (props: {
  lines: SlowLine[];
  chosen: SlowClass[];
  onChosen: (chosen: SlowClass[]) => void;
}): ReactNode => {
  const { word } = useWords();
  const { lines, chosen, onChosen } = props;
  return (
    <span className="chips">
      {CLASSES.map((name) => {
        const count = lines.filter((line) => line.row.class === name).length;
        return (
          <Tag.CheckableTag
            key={name}
            checked={chosen.includes(name)}
            onChange={(on) =>
              onChosen(on ? [...chosen, name] : chosen.filter((other) => other !== name))
            }
          >
            {word("slow_class", name)} <span className="figure">{count}</span>
          </Tag.CheckableTag>
        );
      })}
    </span>
  );
};

const SlowGrid = (props: { lines: SlowLine[]; route: DetailRoute; currency: string | null }) => {
  const { t } = useTranslation("slow");
  const words = useWords();
  const { status } = useSession();
  const { lines, currency } = props;
  const columns = useMemo(
    () => slowColumns(t, words, status.today, currency, total(lines)),
    [t, words, status.today, currency, lines],
  );
  return (
    <ArrayGrid
      id="slow"
      label={t("title")}
      columns={columns}
      spare={SPARE}
      list={lines}
      firstSort={BY_RISK}
      rowKey={(line) => keyOf(line.row)}
      openKey={props.route.id}
      onOpen={(line) => props.route.open(keyOf(line.row))}
      rowTone={(line) =>
        line.row.class === "dead"
          ? "red"
          : line.row.atRisk > 0 || line.row.class === "stagnant"
            ? "amber"
            : undefined
      }
    />
  );
};

const NothingSlow = (): ReactNode => {
  const { t } = useTranslation("slow");
  const go = useGo();
  return (
    <Empty
      title={t("emptyTitle")}
      acts={
        <Button type="primary" onClick={() => go("/import")}>
          {t("importStock")}
        </Button>
      }
    >
      {t("emptyText")}
    </Empty>
  );
};

const SlowScreen = (): ReactNode => {
  const { t } = useTranslation("slow");
  const kit = useTranslation("kit").t;
  const route = useDetailRoute("/slow");
  const list = useCall("slow.list", {});
  const money = useMoney("slow.money", {}).data;
  const clearance = useMoney("clearance.floors", ALL_LOTS).data?.rows ?? NO_FLOORS;
  const [chosen, setChosen] = useSaved<SlowClass[]>("slow.classes", []);
  const [picture, setPicture] = useSaved("slow.picture", true);
  const [filter, setFilter] = useState("");
  const write = useExport("slow", t("exportName"));
  const all = useMemo(
    () => joined(list.data?.rows ?? [], money, clearance),
    [list.data, money, clearance],
  );
  const lines = useMemo(
    () =>
      all.filter(
        (line) =>
          (chosen.length === 0 || chosen.includes(line.row.class)) &&
          (filter === "" || fits(line.row, filter)),
      ),
    [all, chosen, filter],
  );
  const open = all.find((line) => keyOf(line.row) === route.id);
  return (
    <Screen
      title={t("title")}
      question={
        list.data && all.length > 0 ? <AnswerLine list={list.data} money={money} /> : t("question")
      }
      acts={
        <Button icon={<ExportOutlined />} loading={write.busy} onClick={() => void write.run()}>
          {kit("export")}
        </Button>
      }
      tools={
        <>
          <FilterBox value={filter} onChange={setFilter} />
          <ClassChips lines={all} chosen={chosen} onChosen={setChosen} />
          <span className="tools-right">
            <Switch
              size="small"
              checked={picture}
              onChange={setPicture}
              aria-label={t("picture")}
            />
            <span className="quiet">{t("picture")}</span>
          </span>
        </>
      }
      detail={
        open && (
          <SlowDetail
            key={keyOf(open.row)}
            line={open}
            currency={money?.currency ?? null}
            route={route}
          />
        )
      }
    >
      <Answer query={list} rows={14}>
        {(data) =>
          data.rows.length === 0 ? (
            <NothingSlow />
          ) : (
            <div className="slow-body">
              {picture && (
                <BubbleChart
                  lines={lines}
                  currency={money?.currency ?? null}
                  onOpen={(line) => route.open(keyOf(line.row))}
                />
              )}
              <div className="slow-grid">
                <SlowGrid lines={lines} route={route} currency={money?.currency ?? null} />
              </div>
            </div>
          )
        }
      </Answer>
    </Screen>
  );
};

export default SlowScreen;
