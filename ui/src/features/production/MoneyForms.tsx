/** Paying on a term, letting a due go, and money that the partner pays back. */
import { Checkbox, Form, Input } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Day, DueRow, OrderAccountCard, OrderCard } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { useAct } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";
import { useSession } from "../../kit/session";
import { termText } from "../../kit/terms/says";
import { useWords } from "../../kit/words";
import { AmountField } from "./AmountField";

type Props = { card: OrderCard; account: OrderAccountCard; onClose: () => void };

type Payment = { amount: string; paidOn: Day | null; note: string; overpaid: boolean };

export const PayForm = (props: Props & { due: DueRow }): ReactNode => {
  const { t } = useTranslation("production");
  const terms = useTranslation("terms").t;
  const words = useWords();
  const { status } = useSession();
  const [form] = Form.useForm<Payment>();
  const { card, account, due, onClose } = props;
  const { id, number } = card.row;
  const pay = useAct("order.pay", { quiet: true, said: () => t("saidPaid", { number }) });
  const tooMuch = pay.error?.code === "due.more_than_open";
  return (
    <RecordDialog<Payment>
      title={t("payTitle", { number, term: termText(terms, words, due.says) })}
      width={420}
      okText={t("pay")}
      form={form}
      initial={{ amount: due.open, paidOn: status.today, note: "", overpaid: false }}
      busy={pay.busy}
      error={pay.error}
      onSave={async ({ overpaid = false, ...fields }) => {
        const done = await pay.run({ id, term: due.term, overpaid, ...fields });
        if (done) onClose();
      }}
      onClose={onClose}
    >
      <div className="form-row two">
        <AmountField label={t("amount", { currency: account.currency })} />
        <Form.Item name="paidOn" label={t("paidOn")}>
          <DayInput label={t("paidOn")} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t("payNote")}>
        <Input spellCheck={false} />
      </Form.Item>
      <Form.Item name="overpaid" valuePropName="checked" hidden={!tooMuch}>
        <Checkbox>{t("overpaid")}</Checkbox>
      </Form.Item>
    </RecordDialog>
  );
};

type Waiver = { amount: string; reason: string };

export const WaiveForm = (props: Props & { due: DueRow }): ReactNode => {
  const { t } = useTranslation("production");
  const terms = useTranslation("terms").t;
  const words = useWords();
  const kit = useTranslation("kit").t;
  const [form] = Form.useForm<Waiver>();
  const { card, account, due, onClose } = props;
  const { id, number } = card.row;
  const waive = useAct("order.waive", { quiet: true, said: () => t("saidWaived", { number }) });
  return (
    <RecordDialog<Waiver>
      title={t("waiveTitle", { number, term: termText(terms, words, due.says) })}
      width={420}
      okText={t("waive")}
      form={form}
      initial={{ amount: due.open, reason: "" }}
      busy={waive.busy}
      error={waive.error}
      onSave={async (fields) => {
        const { term, shipment } = due;
        if (await waive.run({ id, term, shipment, ...fields })) onClose();
      }}
      onClose={onClose}
    >
      <AmountField label={t("amount", { currency: account.currency })} />
      <Form.Item
        name="reason"
        label={t("reason")}
        rules={[{ required: true, whitespace: true, message: kit("required") }]}
      >
        <Input />
      </Form.Item>
    </RecordDialog>
  );
};

type Refund = { amount: string; refundedOn: Day | null; note: string };

export const RefundForm = (props: Props): ReactNode => {
  const { t } = useTranslation("production");
  const { status } = useSession();
  const [form] = Form.useForm<Refund>();
  const { card, account, onClose } = props;
  const { id, number } = card.row;
  const refund = useAct("order.refund", { quiet: true, said: () => t("saidRefunded", { number }) });
  return (
    <RecordDialog<Refund>
      title={t("refundTitle", { number })}
      width={420}
      okText={t("refund")}
      form={form}
      initial={{ amount: account.refundDue, refundedOn: status.today, note: "" }}
      busy={refund.busy}
      error={refund.error}
      onSave={async (fields) => {
        if (await refund.run({ id, ...fields })) onClose();
      }}
      onClose={onClose}
    >
      <div className="form-row two">
        <AmountField label={t("amount", { currency: account.currency })} />
        <Form.Item name="refundedOn" label={t("refundedOn")}>
          <DayInput label={t("refundedOn")} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t("payNote")}>
        <Input spellCheck={false} />
      </Form.Item>
    </RecordDialog>
  );
};
