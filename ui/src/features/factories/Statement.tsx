/** One statement: its table with the counts, what differs, and the acts that settle it. */
import { PrinterOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Tooltip } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StatementCard, StatementRow } from "../../contract";
import { AskReason } from "../../kit/AskReason";
import { Attachments } from "../../kit/Attachments";
import { InlineLink, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { usePaper } from "../../kit/paper/usePaper";
import { useAct } from "../../kit/query";
import { Tag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import {
  type Counts,
  cameIn,
  countDay,
  countedLines,
  countsOf,
  differenceOf,
  differing,
  isTouched,
  signed,
} from "./month";
import { StatementState } from "./StatementState";

const Difference = (props: { value: number | null }): ReactNode => {
  const { value } = props;
  if (value === null) return <span className="quiet">–</span>;
  if (value === 0) return <span className="figure tone-green">0 ✓</span>;
  return <Tag tone={value < 0 ? "red" : "amber"}>{signed(value)}</Tag>;
};

const Row = (props: {
  line: StatementRow;
  counts: Counts;
  /** Null where the role may not count. */
  onCount: ((counted: number | null) => void) | null;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const { name } = useWords();
  const go = useGo();
  const { line, counts, onCount } = props;
  const counted = counts.get(line.material) ?? null;
  return (
    <tr>
      <td>
        <InlineLink onClick={() => go(`/goods/${line.material}`)}>{line.code}</InlineLink>{" "}
        <span className="quiet">{name(line.name)}</span>
        {line.suspense > 0 && (
          <div>
            <Tag tone="amber">
              {t("suspense")} {format.qty(line.suspense)}
            </Tag>
          </div>
        )}
      </td>
      <td className="numeric">
        <Qty value={line.opening} zero="0" />
      </td>
      <td className="numeric">
        <Qty value={cameIn(line)} />
        {line.directIn > 0 && (
          <div className="quiet">{t("directIn", { units: format.qty(line.directIn) })}</div>
        )}
      </td>
      <td className="numeric">
        <Qty value={line.consumed} />
      </td>
      <td className="numeric">
        <Qty value={line.returned} />
      </td>
      <td className="numeric">
        <Qty value={line.loss} />
      </td>
      <td className="numeric figure">{line.countedOff === 0 ? "–" : signed(line.countedOff)}</td>
      <td className="numeric">
        <strong>
          <Qty value={line.closing} zero="0" />
        </strong>
      </td>
      <td className="numeric">
        {onCount ? (
          <InputNumber
            className="count-input"
            controls={false}
            min={0}
            precision={0}
            value={counted}
            aria-label={`${t("counted")} ${line.code}`}
            onChange={onCount}
          />
        ) : (
          <Qty value={counted} zero="0" />
        )}
      </td>
      <td className="numeric">
        <Difference value={differenceOf(line, counts)} />
      </td>
    </tr>
  );
};

const Table = (props: {
  card: StatementCard;
  counts: Counts;
  onCounts: ((counts: Counts) => void) | null;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const { card, counts, onCounts } = props;
  const heads = [
    "opening",
    "cameIn",
    "consumed",
    "returned",
    "loss",
    "countedOff",
    "closing",
    "counted",
    "difference",
  ] as const;
  return (
    <table className="plain-table statement-table">
      <thead>
        <tr>
          <th>{t("material")}</th>
          {heads.map((head) => (
            <th key={head} className="numeric">
              {t(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {card.lines.map((line) => (
          <Row
            key={line.material}
            line={line}
            counts={counts}
            onCount={
              onCounts && ((counted) => onCounts(new Map([...counts, [line.material, counted]])))
            }
          />
        ))}
      </tbody>
    </table>
  );
};

/** Brings the book to the counts that differ, after the reason was written down. */
const BookCount = (props: {
  card: StatementCard;
  counts: Counts;
  onBooked: () => Promise<void>;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const { status } = useSession();
  const [asking, setAsking] = useState(false);
  const count = useAct("statement.count", { quiet: true });
  const { card, counts } = props;
  const lines = differing(card.lines, counts);
  const day = countDay(card.month, status.today);
  const book = async (reason: string): Promise<void> => {
    const done = await count.run({ place: card.place, countedOn: day, lines, reason });
    if (!done) return;
    await props.onBooked();
    setAsking(false);
  };
  return (
    <>
      <Button disabled={lines.length === 0} onClick={() => setAsking(true)}>
        {t("bookCount")}
      </Button>
      {asking && (
        <AskReason
          title={t("bookCountTitle")}
          text={t("bookCountText", { count: lines.length, day })}
          act={t("bookCount")}
          busy={count.busy}
          error={count.error}
          onAct={(reason) => void book(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
};

type State = NonNullable<StatementCard["state"]>;

const Acts = (props: { card: StatementCard; counts: Counts; note: string }): ReactNode => {
  const { t } = useTranslation("factories");
  const { card, counts, note } = props;
  const save = useAct("statement.save", { said: () => t("saidStated") });
  const off = differing(card.lines, counts).length > 0;
  const waits = card.lines.some((line) => line.suspense > 0);
  const agreeHint = waits ? t("agreeWaits") : off ? t("agreeNeeds") : null;
  const state = async (next: State): Promise<void> => {
    const counted = countedLines(card.lines, counts);
    const { place, month } = card;
    await save.run({ place, month, state: next, counted, note: note.trim() });
  };
  // What was agreed says something else now, so it is to be agreed again.
  const kept: State = card.state === null || card.state === "agreed" ? "sent" : card.state;
  const touched = isTouched(card.lines, counts) || note.trim() !== card.note;
  const act = (next: State, label: string, hint: string | null, primary = false): ReactNode => (
    <Tooltip title={hint}>
      <Button
        type={primary ? "primary" : "default"}
        disabled={hint !== null}
        loading={save.busy}
        onClick={() => void state(next)}
      >
        {label}
      </Button>
    </Tooltip>
  );
  return (
    <div className="statement-acts">
      {card.state === null
        ? act("sent", t("send"), null, true)
        : touched && act(kept, t("keepCounts"), null)}
      <BookCount card={card} counts={counts} onBooked={() => state(kept)} />
      {act("disputed", t("dispute"), note.trim() === "" ? t("disputeNeeds") : null)}
      {(card.state !== "agreed" || touched) &&
        act("agreed", t("agree"), agreeHint, card.state !== null)}
    </div>
  );
};

/** The figures on the statement are not those of the book any more. */
const Changed = (props: { card: StatementCard }): ReactNode => {
  const { t } = useTranslation("factories");
  const { may } = useSession();
  const save = useAct("statement.save", { said: () => t("saidStated") });
  const { place, month, note, lines } = props.card;
  const again = (): void => {
    const counted = countedLines(lines, countsOf(lines));
    void save.run({ place, month, state: "sent", counted, note });
  };
  return (
    <p className="statement-changed">
      {t("changed")}{" "}
      {may("approve") && (
        <Button size="small" loading={save.busy} onClick={again}>
          {t("restate")}
        </Button>
      )}
    </p>
  );
};

export const Statement = (props: { card: StatementCard }): ReactNode => {
  const { t } = useTranslation("factories");
  const { may } = useSession();
  const { card } = props;
  const [counts, setCounts] = useState<Counts>(() => countsOf(card.lines));
  const [note, setNote] = useState(card.note);
  const mayCount = may("approve");
  const paper = usePaper();
  const print = (id: string): void =>
    paper.show({
      kind: "factory_statement",
      id,
      number: `${card.placeCode} ${card.month.slice(0, 7)}`,
    });
  if (card.lines.length === 0) return <p className="quiet">{t("noLines")}</p>;
  return (
    <section className="statement">
      <header>
        <h3>
          {card.factory || card.placeCode} · {card.month.slice(0, 7)}
        </h3>
        <StatementState card={card} />
        <span className="quiet grow">{t("formula")}</span>
        {card.id !== null && (
          <Button size="small" icon={<PrinterOutlined />} onClick={() => print(card.id ?? "")}>
            {t("printStatement")}
          </Button>
        )}
        {paper.preview}
      </header>
      {card.changed && <Changed card={card} />}
      <Table card={card} counts={counts} onCounts={mayCount ? setCounts : null} />
      {mayCount ? (
        <div className="statement-foot">
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 4 }}
            placeholder={t("factorySays")}
            aria-label={t("factorySays")}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          {/* Nobody agrees to figures that are not the book's: it is stated anew first. */}
          {!card.changed && <Acts card={card} counts={counts} note={note} />}
        </div>
      ) : (
        card.note !== "" && <p>{card.note}</p>
      )}
      {card.id !== null && <Attachments kind="statement" id={card.id} />}
    </section>
  );
};
