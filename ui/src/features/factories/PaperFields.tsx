/** What every paper of a partner says: its number, whose it is, its day, sums, for which orders. */
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Day, Id, OrderRow } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { FigureInput } from "../../kit/NumberInputs";
import { useCall } from "../../kit/query";
import { ordersOf } from "./payables";

export type Paper = {
  number: string;
  partner: Id | null;
  datedOn: Day | null;
  orders: Id[];
};

export const PaperHead = (props: {
  paper: Paper;
  numberLabel: string;
  /** Whether it may be nobody's. */
  ofAnybody: boolean;
  onPaper: (part: Partial<Paper>) => void;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const { paper, onPaper } = props;
  const partners = useCall("partner.list", {}).data ?? [];
  return (
    <>
      <Form.Item label={props.numberLabel}>
        <Input
          data-first
          value={paper.number}
          onChange={(event) => onPaper({ number: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={t("partner")}>
        <Select
          allowClear={props.ofAnybody}
          value={paper.partner}
          options={partners.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onChange={(partner) => onPaper({ partner: partner ?? null })}
        />
      </Form.Item>
      <Form.Item label={t("datedOn")}>
        <DayInput
          value={paper.datedOn}
          label={t("datedOn")}
          onChange={(datedOn) => onPaper({ datedOn })}
        />
      </Form.Item>
    </>
  );
};

/** A sum of money; says beside it when what was typed is none. */
export const SumField = (props: {
  label: string;
  value: string;
  isRight: (text: string) => boolean;
  onChange: (text: string) => void;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const { label, value } = props;
  const wrong = value !== "" && !props.isRight(value);
  return (
    <Form.Item
      label={label}
      {...(wrong ? { validateStatus: "error" as const, help: t("amountForm") } : {})}
    >
      <FigureInput value={value} label={label} wrong={wrong} onChange={props.onChange} />
    </Form.Item>
  );
};

export const OrdersField = (props: {
  /** The factory whose orders they are; null for all. */
  of: Id | null;
  /** Which of them the paper can be for. */
  holds: (order: OrderRow) => boolean;
  value: Id[];
  onChange: (orders: Id[]) => void;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const all = ordersOf(useCall("order.list", {}).data ?? [], props.holds);
  const own = all.filter(({ factory }) => props.of === null || factory === props.of);
  return (
    <Form.Item label={t("orders")}>
      <Select
        mode="multiple"
        value={props.value}
        aria-label={t("orders")}
        optionFilterProp="label"
        options={own.map(({ id, number, factoryName, goods }) => ({
          value: id,
          label: `${number} ${props.of === null ? `${factoryName} ` : ""}${goods}`,
        }))}
        onChange={props.onChange}
      />
    </Form.Item>
  );
};
