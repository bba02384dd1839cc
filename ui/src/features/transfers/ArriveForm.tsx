/** What really arrived, lot by lot. All that is on the way is filled in; only differences are typed. */
import { InputNumber, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, Id, Status, TransferCard } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import * as format from "../../kit/format";
import { LineDialog, SplitOrRemove } from "../../kit/LineDialog";
import { changed, isPart, type Keyed, split, without } from "../../kit/lines";
import { useAct } from "../../kit/query";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";

/** One line of an arrival; a lot may stand twice in different states. */
export type ArrivalLine = Keyed & { lot: Id; lotNo: string; qty: number; status: Status };

const STATUSES: readonly Status[] = ["good", "quarantine", "blocked", "defective"];

export const firstLines = (card: TransferCard): ArrivalLine[] =>
  card.inTransit.map(({ lot, lotNo, qty }) => ({ key: lot, lot, lotNo, qty, status: "good" }));

/** Units of a lot that stay on the way; negative when more came than was sent. */
export const stays = (card: TransferCard, lines: ArrivalLine[], lot: Id): number => {
  const sent = card.inTransit.find((open) => open.lot === lot)?.qty ?? 0;
  return lines.filter((line) => line.lot === lot).reduce((left, line) => left - line.qty, sent);
};

const Line = (props: {
  card: TransferCard;
  line: ArrivalLine;
  first: boolean;
  open: number;
  onChange: (change: Partial<ArrivalLine>) => void;
  onSplit: () => void;
  onRemove: () => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const { word } = useWords();
  const { line, first } = props;
  const part = isPart(line);
  const goods = props.card.lines.find(({ lot }) => lot === line.lot);
  const sent = props.card.inTransit.find(({ lot }) => lot === line.lot)?.qty ?? 0;
  return (
    <tr>
      <td>{!part && `${goods?.skuCode ?? ""} ${line.lotNo}`}</td>
      <td className="numeric figure">{!part && format.qty(sent)}</td>
      <td>
        <InputNumber
          {...(first ? { "data-first": true } : {})}
          controls={false}
          min={0}
          precision={0}
          value={line.qty}
          aria-label={t("arrivedQty", { lot: line.lotNo })}
          onChange={(qty) => props.onChange({ qty: qty ?? 0 })}
        />
      </td>
      <td>
        <Select
          value={line.status}
          aria-label={t("arrivedStatus", { lot: line.lotNo })}
          options={STATUSES.map((value) => ({ value, label: word("status", value) }))}
          onChange={(status) => props.onChange({ status })}
        />
      </td>
      <td className="numeric figure">
        {!part && props.open !== 0 && (
          <span className={props.open > 0 ? "tone-amber" : "tone-red"}>
            {props.open > 0
              ? t("staysOnWay", { count: props.open })
              : t("moreThanSent", { count: -props.open })}
          </span>
        )}
      </td>
      <td className="numeric">
        <SplitOrRemove
          part={part}
          splitText={t("split")}
          onSplit={props.onSplit}
          onRemove={props.onRemove}
        />
      </td>
    </tr>
  );
};

const LineTable = (props: {
  card: TransferCard;
  lines: ArrivalLine[];
  onLines: (lines: ArrivalLine[]) => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const { card, lines, onLines } = props;
  // What is still open of a lot is what came in another state.
  const rest = (line: ArrivalLine): Partial<ArrivalLine> => ({
    qty: Math.max(0, stays(card, lines, line.lot)),
    status: "defective",
  });
  return (
    <table className="line-table arrive-table">
      <thead>
        <tr>
          <th>{t("lot")}</th>
          <th className="numeric">{t("onTheWay")}</th>
          <th>{t("arrivedNow")}</th>
          <th>{t("arrivedAs")}</th>
          <th />
          <th />
        </tr>
      </thead>
      <tbody>
        {lines.map((line, at) => (
          <Line
            key={line.key}
            card={card}
            line={line}
            first={at === 0}
            open={stays(card, lines, line.lot)}
            onChange={(part) => onLines(changed(lines, line.key, part))}
            onSplit={() => onLines(split(lines, line, rest(line)))}
            onRemove={() => onLines(without(lines, line.key))}
          />
        ))}
      </tbody>
    </table>
  );
};

export const ArriveForm = (props: { card: TransferCard; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("transfers");
  const { status } = useSession();
  const { card, onClose } = props;
  const { id, number } = card.row;
  const [lines, setLines] = useState(() => firstLines(card));
  const [arrivedOn, setArrivedOn] = useState<Day | null>(status.today);
  const arrive = useAct("transfer.arrive", {
    quiet: true,
    said: () => t("saidArrived", { number }),
  });
  const came = lines.filter((line) => line.qty > 0);
  const post = async (): Promise<void> => {
    const parts = came.map(({ lot, qty, status: as }) => ({ lot, qty, status: as }));
    const done = await arrive.run({ id, arrivedOn, lines: parts });
    if (done) onClose();
  };
  const units = format.qty(came.reduce((sum, line) => sum + line.qty, 0));
  return (
    <LineDialog
      width={680}
      title={t("arriveTitle", { number, to: card.row.toName })}
      okText={t("arriveAct", { units })}
      ready={came.length > 0 && arrivedOn !== null}
      busy={arrive.busy}
      error={arrive.error}
      onPost={post}
      onClose={onClose}
    >
      <div className="arrive-day">
        <span>{t("arrivedOn")}</span>
        <DayInput value={arrivedOn} onChange={setArrivedOn} label={t("arrivedOn")} />
      </div>
      <LineTable card={card} lines={lines} onLines={setLines} />
      <p className="quiet arrive-hint">{t("arriveHint")}</p>
    </LineDialog>
  );
};
