/** A tax invoice of a partner for some of its orders. */
import { Form, Input, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day, Id, InvoiceRow } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { LineDialog } from "../../kit/LineDialog";
import { useAct, useCall } from "../../kit/query";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { receivedOrders } from "./BillForm";
import { isAmount, isAmountOrZero, sumOf } from "./payables";

/** What is to be invoiced: whose order, and how much without tax and of tax. */
export type Billed = { partner: Id; order: Id; net: string; tax: string };

const KINDS: readonly InvoiceRow["kind"][] = ["special", "plain"];

type Draft = {
  number: string;
  partner: Id | null;
  date: Day | null;
  kind: InvoiceRow["kind"];
  net: string;
  tax: string;
  orders: Id[];
};

type DraftProps = { draft: Draft; onDraft: (part: Partial<Draft>) => void };

const HeadFields = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("factories");
  const { word } = useWords();
  const partners = useCall("partner.list", {}).data ?? [];
  return (
    <div className="form-row four">
      <Form.Item label={t("invoiceNumber")}>
        <Input
          data-first
          value={draft.number}
          onChange={(event) => onDraft({ number: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={t("partner")}>
        <Select
          value={draft.partner}
          options={partners.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onChange={(partner) => onDraft({ partner, orders: [] })}
        />
      </Form.Item>
      <Form.Item label={t("datedOn")}>
        <DayInput value={draft.date} label={t("datedOn")} onChange={(date) => onDraft({ date })} />
      </Form.Item>
      <Form.Item label={t("invoiceKind")}>
        <Select
          value={draft.kind}
          options={KINDS.map((value) => ({ value, label: word("invoice_kind", value) }))}
          onChange={(kind) => onDraft({ kind })}
        />
      </Form.Item>
    </div>
  );
};

const AmountFields = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("factories");
  const { currency } = useSession();
  const amount = (name: "net" | "tax", fits: (text: string) => boolean): ReactNode => {
    const wrong = draft[name] !== "" && !fits(draft[name]);
    return (
      <Form.Item
        label={t(name, { currency })}
        {...(wrong ? { validateStatus: "error" as const, help: t("amountForm") } : {})}
      >
        <Input
          className="numeric-input figure"
          inputMode="decimal"
          value={draft[name]}
          onChange={(event) => onDraft({ [name]: event.target.value })}
        />
      </Form.Item>
    );
  };
  const whole = isAmount(draft.net) && isAmountOrZero(draft.tax);
  return (
    <div className="form-row three">
      {amount("net", isAmount)}
      {amount("tax", isAmountOrZero)}
      <Form.Item label={t("gross", { currency })}>
        <Input
          className="numeric-input figure"
          readOnly
          value={whole ? sumOf([draft.net.trim(), draft.tax.trim()]) : ""}
        />
      </Form.Item>
    </div>
  );
};

const OrderField = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("factories");
  const orders = receivedOrders(useCall("order.list", {}).data ?? []);
  const own = orders.filter(({ factory }) => factory === draft.partner);
  return (
    <Form.Item label={t("orders")}>
      <Select
        mode="multiple"
        value={draft.orders}
        aria-label={t("orders")}
        optionFilterProp="label"
        options={own.map(({ id, number, goods }) => ({ value: id, label: `${number} ${goods}` }))}
        onChange={(ids: Id[]) => onDraft({ orders: ids })}
      />
    </Form.Item>
  );
};

export const InvoiceForm = (props: { billed: Billed | null; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("factories");
  const kit = useTranslation("kit").t;
  const { status } = useSession();
  const { billed } = props;
  const save = useAct("invoice.save", { quiet: true });
  const [draft, setDraft] = useState<Draft>({
    number: "",
    partner: billed?.partner ?? null,
    date: status.today,
    kind: "special",
    net: billed?.net ?? "",
    tax: billed?.tax ?? "",
    orders: billed ? [billed.order] : [],
  });
  const onDraft = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const { number, partner, date, kind, net, tax, orders } = draft;
  const ready =
    number.trim() !== "" &&
    partner !== null &&
    date !== null &&
    isAmount(net) &&
    isAmountOrZero(tax) &&
    orders.length > 0;
  const post = async (): Promise<void> => {
    if (partner === null || date === null) return;
    const done = await save.run({
      id: null,
      number: number.trim(),
      partner,
      date,
      kind,
      net: net.trim(),
      tax: tax.trim(),
      orders,
    });
    if (done) props.onClose();
  };
  return (
    <LineDialog
      width={760}
      title={t("saveInvoice")}
      okText={kit("save")}
      ready={ready}
      busy={save.busy}
      error={save.error}
      onPost={post}
      onClose={props.onClose}
    >
      <Form layout="vertical" className="dense-form" component="div">
        <HeadFields draft={draft} onDraft={onDraft} />
        <AmountFields draft={draft} onDraft={onDraft} />
        <OrderField draft={draft} onDraft={onDraft} />
      </Form>
    </LineDialog>
  );
};
