/** A tax invoice of a partner for some of its orders. */
import { Form, Input, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, InvoiceRow, SaveInvoice } from "../../contract";
import { sumOf } from "../../kit/decimal";
import { ActDialog } from "../../kit/LineDialog";
import { useAct } from "../../kit/query";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { OrdersField, type Paper, PaperHead, SumField } from "./PaperFields";
import { canBeInvoiced, isAmount, isAmountOrZero } from "./payables";

/** What is to be invoiced: whose order, and how much without tax and of tax. */
export type Billed = { partner: Id; order: Id; net: string; tax: string };

const KINDS: readonly InvoiceRow["kind"][] = ["special", "plain"];

type Draft = Paper & { kind: InvoiceRow["kind"]; net: string; tax: string };

type DraftProps = { draft: Draft; onDraft: (part: Partial<Draft>) => void };

const HeadFields = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("factories");
  const { word } = useWords();
  return (
    <div className="form-row four">
      <PaperHead
        paper={draft}
        numberLabel={t("invoiceNumber")}
        ofAnybody={false}
        // Its orders are the partner's.
        onPaper={(part) => onDraft("partner" in part ? { ...part, orders: [] } : part)}
      />
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
  const whole = isAmount(draft.net) && isAmountOrZero(draft.tax);
  return (
    <div className="form-row three">
      <SumField
        label={t("net", { currency })}
        value={draft.net}
        isRight={isAmount}
        onChange={(net) => onDraft({ net })}
      />
      <SumField
        label={t("tax", { currency })}
        value={draft.tax}
        isRight={isAmountOrZero}
        onChange={(tax) => onDraft({ tax })}
      />
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

/** What is sent, or null while something is missing or wrong. */
const invoiceOf = (draft: Draft): SaveInvoice | null => {
  const { number, partner, datedOn, kind, net, tax, orders } = draft;
  if (number.trim() === "" || partner === null || datedOn === null) return null;
  if (!isAmount(net) || !isAmountOrZero(tax) || orders.length === 0) return null;
  return {
    id: null,
    number: number.trim(),
    partner,
    date: datedOn,
    kind,
    net: net.trim(),
    tax: tax.trim(),
    orders,
  };
};

export const InvoiceForm = (props: { billed: Billed | null; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("factories");
  const { status } = useSession();
  const { billed } = props;
  const save = useAct("invoice.save", { quiet: true });
  const [draft, setDraft] = useState<Draft>({
    number: "",
    partner: billed?.partner ?? null,
    datedOn: status.today,
    kind: "special",
    net: billed?.net ?? "",
    tax: billed?.tax ?? "",
    orders: billed ? [billed.order] : [],
  });
  const onDraft = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const { partner, orders } = draft;
  return (
    <ActDialog
      width={760}
      title={t("saveInvoice")}
      act={save}
      input={invoiceOf(draft)}
      onClose={props.onClose}
    >
      <Form layout="vertical" className="dense-form" component="div">
        <HeadFields draft={draft} onDraft={onDraft} />
        <AmountFields draft={draft} onDraft={onDraft} />
        <OrdersField
          of={partner ?? ""}
          holds={canBeInvoiced}
          value={orders}
          onChange={(ids) => onDraft({ orders: ids })}
        />
      </Form>
    </ActDialog>
  );
};
