/** What needs me now, with what it costs; and four figures that say how the goods stand. */
import { Button } from "antd";
import { type ReactNode, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Task, Today as TodayFacts, TodayFigure, TodayMoney } from "../../contract";
import { tellShown } from "../../host";
import type { Tone } from "../../kit/Figures";
import * as format from "../../kit/format";
import { addressOf, screenAddress, useGo } from "../../kit/links";
import { useAct, useCall, useMoney } from "../../kit/query";
import { Answer, Empty, Screen } from "../../kit/Screen";
import { Sparkline } from "../../kit/Sparkline";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import "./today.css";

const FIGURE_SCREENS: Record<string, string> = {
  at_risk_units: "/slow",
  in_transit: "/transfers",
  open_orders: "/production",
  due_this_week: "/production",
  sold_yesterday: "/plan",
  sold_28_days: "/plan",
};

const Figure = (props: {
  name: string;
  value: string;
  unit?: string;
  series?: number[];
  tone?: Tone;
  onClick: () => void;
}): ReactNode => {
  const { t } = useTranslation("today");
  return (
    <button type="button" className="today-figure" onClick={props.onClick}>
      <span className="today-name">{props.name}</span>
      <span className={`today-value figure ${props.tone ? `tone-${props.tone}` : ""}`}>
        {props.value}
        {props.unit && <small>{props.unit}</small>}
      </span>
      {props.series && (
        <Sparkline values={props.series} label={t("last30", { name: props.name })} />
      )}
    </button>
  );
};

const FigureStrip = (props: {
  figures: TodayFigure[];
  money: TodayMoney | undefined;
}): ReactNode => {
  const { t, i18n } = useTranslation("today");
  const go = useGo();
  const { money } = props;
  // Codes come from the core; one that has no word yet shows itself.
  const named = (code: string): string =>
    i18n.exists(code, { ns: "today" }) ? (t as unknown as (key: string) => string)(code) : code;
  return (
    <div className="today-strip">
      {props.figures.map((figure) => (
        <Figure
          key={figure.code}
          name={named(`figure.${figure.code}`)}
          value={format.grouped(figure.value)}
          unit={named(`unit.${figure.unit}`)}
          series={figure.series}
          onClick={() => go(FIGURE_SCREENS[figure.code] ?? "/stock")}
        />
      ))}
      {money && (
        <div className="today-money">
          <Figure
            name={t("stockValue")}
            value={format.money(money.stockValue, money.currency)}
            onClick={() => go("/stock")}
          />
          <Figure
            name={t("atRiskValue")}
            value={format.money(money.atRiskValue, money.currency)}
            tone={Number(money.atRiskValue) > 0 ? "amber" : "grey"}
            onClick={() => go("/slow")}
          />
        </div>
      )}
    </div>
  );
};

const dueText = (due: string, today: string, t: (n: number) => string, by: string): string => {
  const late = format.daysBetween(due, today);
  return late > 0 ? t(late) : by;
};

const TaskRow = (props: { task: Task }): ReactNode => {
  const { t, i18n } = useTranslation("today");
  const { message } = useWords();
  const { status } = useSession();
  const go = useGo();
  const { task } = props;
  const link = task.document && addressOf(task.document.kind, task.document.id);
  const locale = i18n.language === "zh" ? "zh" : "en";
  return (
    <li className={`task task-${task.severity}`}>
      <Tag tone={task.severity}>{t(`severity.${task.severity}`)}</Tag>
      <span className="task-text">{message(task)}</span>
      <span className="task-due figure">
        {task.due !== null &&
          dueText(
            task.due,
            status.today,
            (count) => t("overdue", { count }),
            t("due", { day: format.longDay(task.due, locale) }),
          )}
      </span>
      <Button size="small" onClick={() => go(link ?? screenAddress(task.screen))}>
        {t("act")}
      </Button>
    </li>
  );
};

const RANK = { red: 0, amber: 1, blue: 2 };

/** By urgency, then by date; the core's order decides the rest. */
const ranked = (tasks: Task[]): Task[] =>
  [...tasks].sort(
    (a, b) =>
      RANK[a.severity] - RANK[b.severity] || (a.due ?? "9999").localeCompare(b.due ?? "9999"),
  );

const Tasks = (props: { today: TodayFacts }): ReactNode => {
  const { t } = useTranslation("today");
  const { tasks } = props.today;
  if (tasks.length === 0) return <Empty title={t("nothing")}>{t("nothingText")}</Empty>;
  return (
    <section className="tasks">
      <h2>
        {t("tasks")} <span className="quiet figure">{tasks.length}</span>
      </h2>
      <ul>
        {ranked(tasks).map((task, at) => (
          <TaskRow key={`${task.code}-${task.document?.id ?? at}`} task={task} />
        ))}
      </ul>
    </section>
  );
};

const TodayScreen = (): ReactNode => {
  const { t, i18n } = useTranslation("today");
  const { status, workspace } = useSession();
  const go = useGo();
  const today = useCall("today.tasks", {});
  const money = useMoney("today.money", {});
  const shown = today.data !== undefined && !money.isLoading;
  // Before the frame that shows it is drawn, so that frames are counted from that one.
  useLayoutEffect(() => {
    if (shown) tellShown();
  }, [shown]);
  const day = format.longDay(status.today, i18n.language === "zh" ? "zh" : "en");
  const close = useAct("workspace.close");
  const start = (
    <Empty
      title={t("start")}
      acts={
        <>
          <Button type="primary" onClick={() => go("/import")}>
            {t("startImport")}
          </Button>
          <Button onClick={() => void close.run({})}>{t("startDemo")}</Button>
        </>
      }
    >
      {t("startText")}
    </Empty>
  );
  return (
    <Screen title={`${t("title")} · ${day}`} question={t("question")}>
      {workspace.goods === 0 ? (
        start
      ) : (
        <Answer query={today} rows={10}>
          {(facts) => (
            <div className="padded">
              <FigureStrip figures={facts.figures} money={money.data} />
              <Tasks today={facts} />
            </div>
          )}
        </Answer>
      )}
    </Screen>
  );
};

export default TodayScreen;
