/**
 * Goods arrive from the factory: lot number, one of the two dates and the quantity, line by line,
 * all by keyboard. The other date follows from the shelf life; the core works it out.
 */
import { Input, InputNumber, Segmented, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, Id, OrderCard, OrderLine, ReceiveLine } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import * as format from "../../kit/format";
import { LineDialog, SplitOrRemove } from "../../kit/LineDialog";
import { changed, isPart, type Keyed, split, without } from "../../kit/lines";
import { useAct, useCall } from "../../kit/query";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";

/** A receipt while it is typed; a line of the order may come as several lots. */
export type Delivery = ReceiveLine & Keyed;

const open = (line: OrderLine): number => Math.max(0, line.qty - line.received);

const empty = (line: OrderLine, key: string): Delivery => ({
  key,
  line: line.line,
  lotNo: "",
  mfgOn: null,
  expiresOn: null,
  qty: open(line),
});

/** One row for each line that still waits; all lines when none does. */
export const firstDeliveries = (lines: OrderLine[]): Delivery[] => {
  const waiting = lines.filter((line) => open(line) > 0);
  return (waiting.length > 0 ? waiting : lines).map((line) => empty(line, `${line.line}`));
};

/** What is sent: rows of nothing are left out. */
export const delivered = (rows: Delivery[]): ReceiveLine[] =>
  rows
    .filter((row) => row.qty > 0)
    .map(({ line, lotNo, mfgOn, expiresOn, qty }) => ({
      line,
      lotNo: lotNo.trim(),
      mfgOn,
      expiresOn,
      qty,
    }));

/** Refusals that a written reason overcomes. */
const WANTS_REASON = ["order.over_receipt", "lot.life_differs", "reason.missing"];

const Row = (props: {
  row: Delivery;
  line: OrderLine | undefined;
  first: boolean;
  onChange: (part: Partial<Delivery>) => void;
  onSplit: () => void;
  onRemove: () => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { name } = useWords();
  const { row, line, onChange } = props;
  const part = isPart(row);
  return (
    <tr>
      <td>
        {!part && (
          <>
            {line?.skuCode} <span className="quiet">{line && name(line.skuName)}</span>
          </>
        )}
      </td>
      <td>
        <Input
          {...(props.first ? { "data-first": true } : {})}
          value={row.lotNo}
          spellCheck={false}
          aria-label={t("lotNo")}
          onChange={(event) => onChange({ lotNo: event.target.value })}
        />
      </td>
      <td>
        <DayInput value={row.mfgOn} onChange={(mfgOn) => onChange({ mfgOn })} label={t("mfgOn")} />
      </td>
      <td>
        <DayInput
          value={row.expiresOn}
          onChange={(expiresOn) => onChange({ expiresOn })}
          label={t("expiresOn")}
        />
      </td>
      <td>
        <InputNumber
          controls={false}
          min={0}
          precision={0}
          value={row.qty}
          aria-label={t("qty")}
          onChange={(qty) => onChange({ qty: qty ?? 0 })}
        />
      </td>
      <td className="numeric">
        <SplitOrRemove
          part={part}
          splitText={t("anotherLot")}
          onSplit={props.onSplit}
          onRemove={props.onRemove}
        />
      </td>
    </tr>
  );
};

const Rows = (props: {
  card: OrderCard;
  rows: Delivery[];
  onRows: (rows: Delivery[]) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { card, rows, onRows } = props;
  return (
    <table className="line-table receive-table">
      <thead>
        <tr>
          <th>{t("goods")}</th>
          <th>{t("lotNo")}</th>
          <th>{t("mfgOn")}</th>
          <th>{t("expiresOn")}</th>
          <th className="numeric">{t("qty")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <Row
            key={row.key}
            row={row}
            line={card.lines.find(({ line }) => line === row.line)}
            first={at === 0}
            onChange={(part) => onRows(changed(rows, row.key, part))}
            onSplit={() => onRows(split(rows, row, { lotNo: "", qty: 0 }))}
            onRemove={() => onRows(without(rows, row.key))}
          />
        ))}
      </tbody>
    </table>
  );
};

type Head = { place: Id; receivedOn: Day | null; status: "quarantine" | "good" };

const HeadFields = (props: { head: Head; onHead: (head: Head) => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { word } = useWords();
  const places = useCall("location.list", {}).data ?? [];
  const { head, onHead } = props;
  return (
    <div className="receive-head">
      <span>{t("receiveAt")}</span>
      <Select
        aria-label={t("receiveAt")}
        value={head.place}
        options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
        onChange={(place) => onHead({ ...head, place })}
      />
      <DayInput
        value={head.receivedOn}
        onChange={(receivedOn) => onHead({ ...head, receivedOn })}
        label={t("receivedOn")}
      />
      <Segmented
        aria-label={t("receiveAs")}
        value={head.status}
        options={(["quarantine", "good"] as const).map((value) => ({
          value,
          label: word("status", value),
        }))}
        onChange={(status) => onHead({ ...head, status })}
      />
    </div>
  );
};

export const ReceiveForm = (props: { card: OrderCard; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const { card, onClose } = props;
  const { id, number } = card.row;
  const [head, setHead] = useState<Head>({
    place: card.deliverTo,
    receivedOn: status.today,
    status: "quarantine",
  });
  const [rows, setRows] = useState(() => firstDeliveries(card.lines));
  const [reason, setReason] = useState("");
  const receive = useAct("order.receive", {
    quiet: true,
    said: () => t("saidReceived", { number }),
  });
  const lines = delivered(rows);
  const wantsReason = receive.error !== null && WANTS_REASON.includes(receive.error.code);
  const post = async (): Promise<void> => {
    const input = { id, ...head, lines, reason: reason.trim() === "" ? null : reason.trim() };
    const done = await receive.run(input);
    if (done) onClose();
  };
  const units = format.qty(lines.reduce((sum, { qty }) => sum + qty, 0));
  return (
    <LineDialog
      width={900}
      title={t("receiveTitle", { number })}
      okText={t("receiveAct", { units })}
      ready={lines.length > 0 && head.receivedOn !== null}
      busy={receive.busy}
      error={receive.error}
      onPost={post}
      onClose={onClose}
    >
      <HeadFields head={head} onHead={setHead} />
      <Rows card={card} rows={rows} onRows={setRows} />
      <p className="quiet receive-hint">{t("receiveHint")}</p>
      {(wantsReason || reason !== "") && (
        <Input
          autoFocus
          className="receive-reason"
          value={reason}
          placeholder={t("reasonFor")}
          aria-label={t("reasonFor")}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
    </LineDialog>
  );
};
