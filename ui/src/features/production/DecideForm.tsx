/** The quality decision about what lies at one place: each lot whole, or split over outcomes. */
import { Input, Select } from "antd";
import { type ReactNode, useState } from "react";
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

const useColumns = (all: Verdict[], onAll: (all: Verdict[]) => void): LineColumn<Verdict>[] => {
  const { t } = useTranslation("production");
  const { word } = useWords();
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
    {
      name: "qty",
      head: t("qty"),
      numeric: true,
      width: 96,
      cell: (one, _, first) => (
        <CountInput
          first={first}
          value={one.qty}
          label={t("qty")}
          wrong={undecided(all, one.of) < 0}
          onChange={(qty) => onAll(requantified(all, one, qty))}
        />
      ),
    },
    {
      name: "rest",
      numeric: true,
      ofWhole: true,
      cell: ({ of }) => {
        const rest = undecided(all, of);
        if (rest === 0) return null;
        return (
          <span className={rest < 0 ? "tone-red figure" : "quiet figure"}>
            {t(rest < 0 ? "tooMuch" : "staysWaiting", { units: format.qty(Math.abs(rest)) })}
          </span>
        );
      },
    },
  ];
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
  const columns = useColumns(all, setAll);
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
