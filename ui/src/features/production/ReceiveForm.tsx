/**
 * Goods arrive: lot number, one of the two dates and the quantity, line by line, by keyboard and
 * scanner alone. The other date follows from the shelf life; the core works it out.
 */
import { Input, Segmented, Select } from "antd";
import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, Id, LotDates, OpenReplacement, OrderCard, OrderLine } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import * as format from "../../kit/format";
import { isComposing } from "../../kit/keys";
import { LineDialog } from "../../kit/LineDialog";
import { LineTable } from "../../kit/LineTable";
import { countColumn, type LineColumn } from "../../kit/lineColumns";
import { changed, split } from "../../kit/lines";
import { CountInput } from "../../kit/NumberInputs";
import { useAct, useCall } from "../../kit/query";
import { useRead } from "../../kit/read";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import {
  type Asks,
  type Delivery,
  dayForQty,
  delivered,
  type Field,
  FURTHER,
  fieldsOf,
  firstDeliveries,
  isField,
  next,
  scanned,
} from "./receive";
import { readScan } from "./scan";

/** Refusals that a written reason overcomes. */
const WANTS_REASON = [
  "order.over_receipt",
  "lot.life_differs",
  "lot.received_expired",
  "reason.missing",
];

const lineOf = (card: OrderCard, at: number): OrderLine | undefined =>
  card.lines.find(({ line }) => line === at);

type Shown = { spoilt: boolean; replacements: OpenReplacement[] };

/** The dates that a lot will have, by the key of its row. */
type DatesOf = ReadonlyMap<string, LotDates>;

/** What is known of a lot by its number, or either date that is typed makes of the other. */
const useDates = (card: OrderCard, rows: Delivery[]): DatesOf => {
  const typed = rows.flatMap(({ key, line, lotNo, mfgOn, expiresOn }) => {
    const sku = lineOf(card, line)?.sku;
    const tells = lotNo.trim() !== "" || mfgOn !== null || expiresOn !== null;
    const whole = mfgOn !== null && expiresOn !== null;
    return sku === undefined || !tells || whole ? [] : [{ key, sku, lotNo, mfgOn, expiresOn }];
  });
  const lots = typed.map(({ key: _, ...lot }) => lot);
  const answer = useCall("lot.dates", { lots }, { enabled: lots.length > 0 });
  // What was told of other rows says nothing of these.
  const told = answer.isPlaceholderData ? undefined : answer.data;
  const keys = typed.map(({ key }) => key).join(" ");
  return useMemo(() => {
    const pairs = keys.split(" ").map((key, at) => [key, told?.[at]] as const);
    return new Map(pairs.flatMap(([key, one]) => (one === undefined ? [] : [[key, one] as const])));
  }, [keys, told]);
};

const NONE: OpenReplacement[] = [];

const useColumns = (
  card: OrderCard,
  { spoilt: asksSpoilt, replacements }: Shown,
  dates: DatesOf,
): LineColumn<Delivery>[] => {
  const { t } = useTranslation("production");
  const { name } = useWords();
  return useMemo(() => {
    const day = (field: "mfgOn" | "expiresOn"): LineColumn<Delivery> => ({
      name: field,
      head: t(field),
      width: 116,
      cell: (row, change) => (
        <DayInput
          value={row[field]}
          label={t(field)}
          otherwise={dates.get(row.key)?.[field] ?? null}
          onChange={(typed) => change({ [field]: typed })}
        />
      ),
    });
    const replaces: LineColumn<Delivery> = {
      name: "replaces",
      head: t("replaces"),
      width: 170,
      cell: (row, change) => (
        <Select
          allowClear
          aria-label={t("replaces")}
          value={row.replaces}
          options={replacements.map(({ lot, lotNo, qty }) => ({
            value: lot,
            label: t("replacesLot", { lot: lotNo, units: format.qty(qty) }),
          }))}
          onChange={(lot) => change({ replaces: lot ?? null })}
        />
      ),
    };
    const spoilt: LineColumn<Delivery> = {
      name: "spoilt",
      head: t("spoilt"),
      numeric: true,
      width: 88,
      cell: (row, change) => (
        <CountInput
          value={row.spoilt}
          label={t("spoilt")}
          onChange={(typed) => change({ spoilt: typed ?? 0 })}
        />
      ),
    };
    return [
      {
        name: "goods",
        head: t("goods"),
        ofWhole: true,
        cell: (row) => {
          const line = lineOf(card, row.line);
          return (
            <>
              {line?.skuCode} <span className="quiet">{line && name(line.skuName)}</span>
            </>
          );
        },
      },
      {
        name: "lotNo",
        head: t("lotNo"),
        width: 150,
        cell: (row, change, first) => (
          <Input
            {...(first ? { "data-first": true } : {})}
            value={row.lotNo}
            spellCheck={false}
            aria-label={t("lotNo")}
            onChange={(event) => change({ lotNo: event.target.value })}
          />
        ),
      },
      day("mfgOn"),
      day("expiresOn"),
      countColumn<Delivery>("qty", {
        head: t("qty"),
        width: 88,
        wrong: (row) => dayForQty(row, card.lines) !== null,
      }),
      ...(asksSpoilt ? [spoilt] : []),
      ...(replacements.length > 0 ? [replaces] : []),
    ];
  }, [t, name, card, asksSpoilt, replacements, dates]);
};

/** Puts the cursor into a field of the walk, with what stands there ready to be typed over. */
const enter = (box: HTMLElement, at: { key: string; field: Field }): void => {
  const cells = [...box.querySelectorAll<HTMLElement>("[data-cell]")];
  const cell = cells.find(({ dataset }) => dataset.cell === `${at.key} ${at.field}`);
  const field = cell?.querySelector("input");
  field?.focus();
  field?.select();
};

/** The field that a key was pressed in; none while a list that is open has a use for Enter. */
const pressed = (event: KeyboardEvent<HTMLElement>): { key: string; field: Field } | null => {
  const { target, nativeEvent } = event;
  const isOther = event.key !== "Enter" || event.ctrlKey || event.metaKey;
  if (isOther || isComposing(nativeEvent) || !(target instanceof HTMLInputElement)) return null;
  if (target.getAttribute("aria-expanded") === "true") return null;
  const cell = target.closest<HTMLElement>("[data-cell]")?.dataset.cell ?? "";
  const [key = "", field = ""] = cell.split(" ");
  return isField(field) ? { key, field } : null;
};

/**
 * Enter walks on; a scan into a lot number fills its row; behind the last field comes a further
 * lot, and from one that is left blank the button.
 */
const useWalk = (
  rows: Delivery[],
  onRows: (rows: Delivery[]) => void,
  { gtinOf, ...asks }: Asks & { gtinOf: (line: number) => string | null },
) => {
  const { status } = useSession();
  const [unknown, setUnknown] = useState<string | null>(null);
  const goOn = (box: HTMLElement, now: Delivery[], at: { key: string; field: Field }): void => {
    const to = next(now, at, asks);
    const last = now.at(-1);
    if (to === "post")
      box.closest(".ant-modal")?.querySelector<HTMLElement>(".ant-btn-primary")?.focus();
    else if (to !== "more") enter(box, to);
    else if (last !== undefined) {
      const more = split(now, last, FURTHER);
      onRows(more);
      const key = more.at(-1)?.key ?? last.key;
      requestAnimationFrame(() => enter(box, { key, field: "lotNo" }));
    }
  };
  const onKeyDownCapture = (event: KeyboardEvent<HTMLElement>): void => {
    const at = pressed(event);
    if (at === null || !(event.target instanceof HTMLInputElement)) return;
    const box = event.currentTarget;
    // Neither the form nor a list that is closed takes this key.
    event.preventDefault();
    event.stopPropagation();
    const { key, field } = at;
    const typed = event.target.value;
    const scan = field === "lotNo" ? readScan(typed, status.today) : null;
    setUnknown(null);
    if (scan === null) {
      // A short date counts when it is left, so the walk goes by what stands there.
      const dated = (field === "mfgOn" || field === "expiresOn") && typed.trim() !== "";
      goOn(box, dated ? changed(rows, key, { [field]: typed }) : rows, at);
      return;
    }
    // What the scanner typed is no lot number: it goes where it belongs or is taken away.
    const cleared = changed(rows, key, { lotNo: "" });
    const done = scanned(cleared, key, scan, gtinOf);
    if (done === "unknown") {
      setUnknown(scan.gtin);
      onRows(cleared);
      return;
    }
    onRows(done.rows);
    const lot = { key: done.key, field: "lotNo" as const };
    requestAnimationFrame(() =>
      scan.lotNo === null ? enter(box, lot) : goOn(box, done.rows, lot),
    );
  };
  return { unknown, onKeyDownCapture };
};

const Rows = (props: {
  card: OrderCard;
  rows: Delivery[];
  shown: Shown;
  onRows: (rows: Delivery[]) => void;
}): ReactNode => {
  const { t } = useTranslation("production");
  const { card, rows, shown, onRows } = props;
  const columns = useColumns(card, shown, useDates(card, rows));
  const skus = useCall("sku.list", {}).data ?? [];
  const goodsOf = (at: number) => skus.find(({ id }) => id === lineOf(card, at)?.sku)?.fields;
  const walk = useWalk(rows, onRows, {
    fields: fieldsOf({ spoilt: shown.spoilt, replaces: shown.replacements.length > 0 }),
    keeps: (at) => (goodsOf(at)?.shelfLife ?? null) !== null,
    gtinOf: (at) => goodsOf(at)?.gtin ?? null,
  });
  const days = rows.flatMap((row) => dayForQty(row, card.lines) ?? []);
  return (
    <>
      <LineTable
        className="receive-table"
        lines={rows}
        columns={columns}
        onLines={onRows}
        onKeyDownCapture={walk.onKeyDownCapture}
        split={{ text: t("anotherLot"), part: () => FURTHER }}
      />
      {walk.unknown !== null && (
        <p className="tone-red" role="alert">
          {t("scanUnknown", { gtin: walk.unknown })}
        </p>
      )}
      {days.map((day) => (
        <p key={day} className="tone-red" role="alert">
          {t("qtyIsDay", { day })}
        </p>
      ))}
    </>
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

/** A reason that a refusal asks for; it stays once it was asked. */
const ReasonField = (props: {
  asked: boolean;
  value: string;
  label: string;
  onChange: (reason: string) => void;
}): ReactNode =>
  (props.asked || props.value !== "") && (
    <Input
      autoFocus
      className="receive-reason"
      value={props.value}
      placeholder={props.label}
      aria-label={props.label}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );

const given = (reason: string): string | null => (reason.trim() === "" ? null : reason.trim());

export const ReceiveForm = (props: { card: OrderCard; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const { card, onClose } = props;
  const { id, number, kind } = card.row;
  const tracks = useCall("order.tracks", { id }).data;
  const replacements = tracks?.replacements ?? NONE;
  const [head, setHead] = useState<Head>({
    place: card.deliverTo,
    receivedOn: status.today,
    status: kind === "purchase" ? "good" : "quarantine",
  });
  const [rows, setRows] = useState(() => firstDeliveries(card.lines));
  const [reason, setReason] = useState("");
  const [unpaidReason, setUnpaidReason] = useState("");
  const said = (): string => t("saidReceived", { number });
  const receive = useAct("order.receive", { quiet: true, said });
  const lines = delivered(rows);
  const dated = rows.some((row) => dayForQty(row, card.lines) !== null);
  const code = receive.error?.code ?? "";
  const reasonFor = useRead(receive.error);
  const post = async (): Promise<void> => {
    const reasons = { reason: given(reason), reasonFor, unpaidReason: given(unpaidReason) };
    const done = await receive.run({ id, ...head, lines, ...reasons });
    if (done) onClose();
  };
  const units = format.qty(lines.reduce((sum, { qty }) => sum + qty, 0));
  return (
    <LineDialog
      width={960}
      title={t("receiveTitle", { number })}
      okText={t("receiveAct", { units })}
      ready={lines.length > 0 && head.receivedOn !== null && !dated}
      busy={receive.busy}
      error={receive.error}
      onPost={post}
      onClose={onClose}
    >
      <HeadFields head={head} onHead={setHead} />
      <Rows
        card={card}
        rows={rows}
        shown={{ spoilt: kind === "production", replacements }}
        onRows={setRows}
      />
      <p className="quiet receive-hint">{t("receiveHint")}</p>
      {tracks?.balanceOpen && <p className="tone-amber">{t("balanceOpenHint")}</p>}
      <ReasonField
        asked={WANTS_REASON.includes(code)}
        value={reason}
        label={t("reasonFor")}
        onChange={setReason}
      />
      <ReasonField
        asked={code === "order.balance_not_paid"}
        value={unpaidReason}
        label={t("unpaidReason")}
        onChange={setUnpaidReason}
      />
    </LineDialog>
  );
};
