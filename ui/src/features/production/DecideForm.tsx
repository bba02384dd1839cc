/** The quality decision about what lies at one place: each lot whole, or split over outcomes. */
import { Input, Select } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, OrderCard, WaitingLot } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { LineDialog } from "../../kit/LineDialog";
import { LineTable } from "../../kit/LineTable";
import { choiceColumn, type LineColumn } from "../../kit/lineColumns";
import { CountInput } from "../../kit/NumberInputs";
import { useAct } from "../../kit/query";
import { StatusTag } from "../../kit/StatusTag";
import { useSession } from "../../kit/session";
import { useStable } from "../../kit/stable";
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

const useColumns = (onQty: (one: Verdict, qty: number | null) => void): LineColumn<Verdict>[] => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  return useMemo((): LineColumn<Verdict>[] => {
    const qty: LineColumn<Verdict, boolean> = {
      name: "qty",
      head: t("qty"),
      numeric: true,
      width: 96,
      told: ({ of }, all) => undecided(all, of) < 0,
      cell: (one, _, first, wrong) => (
        <CountInput
          first={first}
          value={one.qty}
          label={t("qty")}
          wrong={wrong}
          onChange={(typed) => onQty(one, typed)}
        />
      ),
    };
    const rest: LineColumn<Verdict, number> = {
      name: "rest",
      numeric: true,
      ofWhole: true,
      told: ({ of }, all) => undecided(all, of),
      cell: (_line, _change, _first, left) =>
        left !== 0 && (
          <span className={left < 0 ? "tone-red figure" : "quiet figure"}>
            {t(left < 0 ? "tooMuch" : "staysWaiting", { units: format.qty(Math.abs(left)) })}
          </span>
        ),
    };
    return [
      {
        name: "lot",
        head: t("lotNo"),
        ofWhole: true,
        cell: ({ of }) => (
          <>
            {of.lotNo} <StatusTag status={of.status} quiet />
          </>
        ),
      },
      {
        name: "waits",
        head: t("waits"),
        numeric: true,
        width: 80,
        ofWhole: true,
        cell: ({ of }) => <Qty value={of.qty} zero="0" />,
      },
      {
        name: "decision",
        head: t("decision"),
        width: 130,
        cell: (one, change) => (
          <Select
            aria-label={t("decision")}
            value={one.decision}
            options={choices(one.of).map((value) => ({ value, label: word("decision", value) }))}
            onChange={(decision) => change(decidedAs(decision))}
          />
        ),
      },
      choiceColumn<Verdict>("settleBy", {
        head: t("settleBy"),
        width: 130,
        options: SETTLES.map((value) => ({ value, label: word("settle_by", value) })),
        shown: ({ decision }) => decision === "return",
      }),
      qty,
      rest,
    ];
  }, [t, word, onQty]);
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
  const onQty = useStable((one: Verdict, qty: number | null): void =>
    setAll(requantified(all, one, qty)),
  );
  const columns = useColumns(onQty);
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
      <LineTable
        className="decide-table"
        lines={all}
        columns={columns}
        onLines={setAll}
        split={{ text: t("splitOutcome"), part: (one) => parted(all, one) }}
      />
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
