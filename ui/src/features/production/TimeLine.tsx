/** Orders on one calendar, a row each: promised above, what has happened below, today across all. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Id, OrderRow } from "../../contract";
import * as format from "../../kit/format";
import { useCall } from "../../kit/query";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { livedTo, type Mark, marksOf, monthsOf, placeOf, type Span, spanOf } from "./timeline";
import "./timeline.css";

const ENTRIES = 100;

const useMarkText = (): ((mark: Mark) => string) => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  return ({ kind, day, milestone, units }) => {
    const what = milestone === null ? "" : word("milestone", milestone);
    return t(`mark.${kind}`, { day, what, units: units === null ? "" : format.qty(units) });
  };
};

const useMarks = (row: OrderRow): Mark[] => {
  const issued = row.state !== "draft";
  const card = useCall("order.get", { id: row.id }, { enabled: issued }).data;
  const tracks = useCall("order.tracks", { id: row.id }, { enabled: issued }).data ?? null;
  const input = { offset: 0, limit: ENTRIES, document: row.id };
  const entries = useCall("journal.list", input, { enabled: issued }).data?.rows ?? [];
  return card === undefined ? [] : marksOf(card, tracks, entries);
};

const between = (from: string, to: string, span: Span): { left: string; width: string } => {
  const [left, right] = [placeOf(from, span), placeOf(to, span)];
  return { left: `${left}%`, width: `${Math.max(0, right - left)}%` };
};

const Months = (props: { span: Span }): ReactNode =>
  monthsOf(props.span).map((day) => (
    <i key={day} className="time-month" style={{ left: `${placeOf(day, props.span)}%` }} />
  ));

/** The promised stretch, the lived one, and what lies beyond the promise. */
const Bars = (props: { row: OrderRow; marks: Mark[]; span: Span }): ReactNode => {
  const { status } = useSession();
  const { row, marks, span } = props;
  if (row.issuedOn === null) return null;
  const { issuedOn, promisedOn } = row;
  const end = livedTo(row, marks, status.today);
  const due = promisedOn !== null && promisedOn < issuedOn ? issuedOn : promisedOn;
  const late = due !== null && end > due;
  return (
    <>
      {due !== null && <i className="time-promised" style={between(issuedOn, due, span)} />}
      <i className="time-lived" style={between(issuedOn, late ? due : end, span)} />
      {late && <i className="time-over" style={between(due, end, span)} />}
    </>
  );
};

const Row = (props: {
  row: OrderRow;
  span: Span;
  open: boolean;
  onOpen: () => void;
}): ReactNode => {
  const kit = useTranslation("kit").t;
  const { t } = useTranslation("production");
  const { status } = useSession();
  const said = useMarkText();
  const { row, span } = props;
  const marks = useMarks(row);
  return (
    <button
      type="button"
      className={props.open ? "time-row time-open" : "time-row"}
      onClick={props.onOpen}
    >
      <span className="time-name">
        <span className="board-line">
          <strong>{row.number === "" ? t("draftName") : row.number}</strong>
          {row.lateDays > 0 && <Tag tone="red">{kit("daysLate", { count: row.lateDays })}</Tag>}
        </span>
        <span className="time-goods quiet">
          {row.factoryName} · {row.goods}
        </span>
      </span>
      <span className="time-band">
        <Months span={span} />
        <Bars row={row} marks={marks} span={span} />
        <i className="time-today" style={{ left: `${placeOf(status.today, span)}%` }} />
        {marks.map((mark) => (
          <i
            key={`${mark.kind}-${mark.milestone}-${mark.day}-${mark.units}`}
            className={`time-mark mark-${mark.kind}`}
            style={{ left: `${placeOf(mark.day, span)}%` }}
            title={said(mark)}
          />
        ))}
      </span>
    </button>
  );
};

const Head = (props: { span: Span }): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const { span } = props;
  return (
    <div className="time-row time-head">
      <span className="time-name">
        <span className="time-legend">
          {(["promised", "lived", "over"] as const).map((kind) => (
            <span key={kind}>
              <i className={`key-bar time-${kind}`} /> {t(`key.${kind}`)}
            </span>
          ))}
        </span>
      </span>
      <span className="time-band">
        {monthsOf(span).map((day) => (
          <span key={day} className="time-label" style={{ left: `${placeOf(day, span)}%` }}>
            {day.slice(0, 7)}
          </span>
        ))}
        <span
          className="time-label time-now figure"
          style={{ left: `${placeOf(status.today, span)}%` }}
        >
          {t("key.today", { day: status.today.slice(5) })}
        </span>
      </span>
    </div>
  );
};

const Legend = (): ReactNode => {
  const { t } = useTranslation("production");
  return (
    <p className="time-keys quiet">
      {(["issued", "accepted", "planned", "milestone", "receipt"] as const).map((kind) => (
        <span key={kind}>
          <i className={`time-mark mark-${kind}`} /> {t(`key.${kind}`)}
        </span>
      ))}
    </p>
  );
};

export const TimeLine = (props: {
  list: OrderRow[];
  openId: Id | null;
  onOpen: (id: Id) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const issued = props.list.filter((row) => row.issuedOn !== null);
  const span = spanOf(issued, status.today);
  if (issued.length === 0) return <p className="quiet padded">{t("nothingIssued")}</p>;
  return (
    <section className="time-line" aria-label={t("timeLine")}>
      <Head span={span} />
      {issued.map((row) => (
        <Row
          key={row.id}
          row={row}
          span={span}
          open={row.id === props.openId}
          onOpen={() => props.onOpen(row.id)}
        />
      ))}
      <Legend />
    </section>
  );
};
