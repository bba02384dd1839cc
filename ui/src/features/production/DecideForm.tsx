/** The quality decision about what lies at one place: each lot whole, or split over outcomes. */
import { Input, InputNumber, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, OrderCard, WaitingLot } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { LineDialog, SplitOrRemove } from "../../kit/LineDialog";
import { changed, isPart, split, without } from "../../kit/lines";
import { useAct } from "../../kit/query";
import { StatusTag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import {
  choices,
  decidedAs,
  decideLines,
  firstVerdicts,
  parted,
  requantified,
  undecided,
  type Verdict,
  wantsReason,
} from "./decide";

const SETTLES = ["replace", "credit", "rework"] as const;

const Outcome = (props: {
  one: Verdict;
  onChange: (part: Partial<Verdict>) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const { one, onChange } = props;
  return (
    <>
      <td>
        <Select
          aria-label={t("decision")}
          value={one.decision}
          options={choices(one.of).map((value) => ({ value, label: word("decision", value) }))}
          onChange={(decision) => onChange(decidedAs(decision))}
        />
      </td>
      <td>
        {one.decision === "return" && (
          <Select
            aria-label={t("settleBy")}
            value={one.settleBy}
            options={SETTLES.map((value) => ({ value, label: word("settle_by", value) }))}
            onChange={(settleBy) => onChange({ settleBy })}
          />
        )}
      </td>
    </>
  );
};

const Row = (props: {
  one: Verdict;
  rest: number;
  first: boolean;
  onChange: (part: Partial<Verdict>) => void;
  onQty: (qty: number | null) => void;
  onSplit: () => void;
  onRemove: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { one, rest, onChange } = props;
  const part = isPart(one);
  return (
    <tr>
      <td>
        {!part && (
          <>
            {one.of.lotNo} <StatusTag status={one.of.status} quiet />
          </>
        )}
      </td>
      <td className="numeric">{!part && <Qty value={one.of.qty} zero="0" />}</td>
      <Outcome one={one} onChange={onChange} />
      <td>
        <InputNumber
          controls={false}
          min={0}
          precision={0}
          value={one.qty}
          status={rest < 0 ? "error" : ""}
          aria-label={t("qty")}
          {...(props.first ? { "data-first": true } : {})}
          onChange={props.onQty}
        />
      </td>
      <td className="numeric">
        {!part && rest !== 0 && (
          <span className={rest < 0 ? "tone-red figure" : "quiet figure"}>
            {t(rest < 0 ? "tooMuch" : "staysWaiting", { units: format.qty(Math.abs(rest)) })}{" "}
          </span>
        )}
        <SplitOrRemove
          part={part}
          splitText={t("splitOutcome")}
          onSplit={props.onSplit}
          onRemove={props.onRemove}
        />
      </td>
    </tr>
  );
};

const Verdicts = (props: { all: Verdict[]; onAll: (all: Verdict[]) => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { all, onAll } = props;
  return (
    <table className="line-table decide-table">
      <thead>
        <tr>
          <th>{t("lotNo")}</th>
          <th className="numeric">{t("waits")}</th>
          <th>{t("decision")}</th>
          <th>{t("settleBy")}</th>
          <th className="numeric">{t("qty")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {all.map((one, at) => (
          <Row
            key={one.key}
            one={one}
            rest={undecided(all, one.of)}
            first={at === 0}
            onChange={(part) => onAll(changed(all, one.key, part))}
            onQty={(qty) => onAll(requantified(all, one, qty))}
            onSplit={() => onAll(split(all, one, parted(all, one)))}
            onRemove={() => onAll(without(all, one.key))}
          />
        ))}
      </tbody>
    </table>
  );
};

export const DecideForm = (props: {
  card: OrderCard;
  /** What waits at one place. */
  waiting: WaitingLot[];
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const { card, waiting, onClose } = props;
  const { id, number } = card.row;
  const [all, setAll] = useState(() => firstVerdicts(waiting));
  const [decidedOn, setDecidedOn] = useState<Day | null>(status.today);
  const [reason, setReason] = useState("");
  const decide = useAct("order.decide", { quiet: true, said: () => t("saidDecided", { number }) });
  const lines = decideLines(all);
  const place = waiting[0]?.place;
  const asks = wantsReason(all);
  const over = waiting.some((of) => undecided(all, of) < 0);
  const submit = async (): Promise<void> => {
    if (place === undefined) return;
    if (await decide.run({ id, place, decidedOn, lines, reason: reason.trim() })) onClose();
  };
  return (
    <LineDialog
      width={860}
      title={t("decideTitle", { number, place: waiting[0]?.placeCode ?? "" })}
      okText={t("decide")}
      ready={lines.length > 0 && !over && (!asks || reason.trim() !== "")}
      busy={decide.busy}
      error={decide.error}
      onPost={submit}
      onClose={onClose}
    >
      <div className="receive-head">
        <span>{t("decidedOn")}</span>
        <DayInput value={decidedOn} onChange={setDecidedOn} label={t("decidedOn")} />
      </div>
      <Verdicts all={all} onAll={setAll} />
      {(asks || reason !== "") && (
        <Input
          className="receive-reason"
          value={reason}
          placeholder={t("decideReason")}
          aria-label={t("decideReason")}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
    </LineDialog>
  );
};
