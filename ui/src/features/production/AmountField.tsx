/** An amount of money, typed. */
import { Form, Input } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** An amount as the core takes it: decimals, above nothing. */
const AMOUNT = /^(?!0+(\.0+)?$)\d{1,15}(\.\d{1,2})?$/;

/** One that may also be given back: below nothing. */
const SIGNED = /^(?!-?0+(\.0+)?$)-?\d{1,15}(\.\d{1,2})?$/;

export const AmountField = (props: { label: string; signed?: boolean }): ReactNode => {
  const { t } = useTranslation("production");
  const pattern = props.signed === true ? SIGNED : AMOUNT;
  const rules = [{ required: true, pattern, message: t("amountForm") }];
  return (
    <Form.Item name="amount" label={props.label} rules={rules}>
      <Input className="numeric-input figure" data-first spellCheck={false} />
    </Form.Item>
  );
};
