/** A bill besides the goods' price, spread over the lots of orders or over chosen lots. */
import { Form, Input, Segmented, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BillRow, Id, PostBill } from "../../contract";
import { ActDialog } from "../../kit/LineDialog";
import { useAct, useCall } from "../../kit/query";
import { SkuPicker } from "../../kit/SkuPicker";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { OrdersField, type Paper, PaperHead, SumField } from "./PaperFields";
import { hasLots, isAmount } from "./payables";

const BASES: readonly BillRow["basis"][] = ["quantity", "value", "weight", "volume"];

type Draft = Paper & {
  basis: BillRow["basis"];
  amount: string;
  note: string;
  target: "orders" | "lots";
  lots: { value: Id; label: string }[];
};

type DraftProps = { draft: Draft; onDraft: (part: Partial<Draft>) => void };

const LotChoice = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("factories");
  const [sku, setSku] = useState<Id | null>(null);
  const card = useCall("sku.get", { id: sku ?? "" }, { enabled: sku !== null }).data;
  const found = card?.row.id === sku ? (card?.lots ?? []) : [];
  const known = found.map(({ id, lotNo, skuCode }) => ({
    value: id,
    label: `${skuCode} ${lotNo}`,
  }));
  const options = [
    ...draft.lots,
    ...known.filter(({ value }) => draft.lots.every((lot) => lot.value !== value)),
  ];
  return (
    <div className="form-row two">
      <Form.Item label={t("goods")}>
        <SkuPicker value={sku} label={t("goods")} onChange={({ id }) => setSku(id)} />
      </Form.Item>
      <Form.Item label={t("pickLots")}>
        <Select
          mode="multiple"
          value={draft.lots.map(({ value }) => value)}
          options={options}
          optionFilterProp="label"
          aria-label={t("pickLots")}
          onChange={(ids: Id[]) =>
            onDraft({ lots: options.filter(({ value }) => ids.includes(value)) })
          }
        />
      </Form.Item>
    </div>
  );
};

const Target = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("factories");
  return (
    <>
      <Form.Item label={t("billFor")}>
        <Segmented<Draft["target"]>
          value={draft.target}
          options={[
            { value: "orders", label: t("toOrders") },
            { value: "lots", label: t("toLots") },
          ]}
          onChange={(target) => onDraft({ target })}
        />
      </Form.Item>
      {draft.target === "orders" ? (
        <OrdersField
          of={null}
          holds={hasLots}
          value={draft.orders}
          onChange={(orders) => onDraft({ orders })}
        />
      ) : (
        <LotChoice draft={draft} onDraft={onDraft} />
      )}
    </>
  );
};

const HeadFields = ({ draft, onDraft }: DraftProps): ReactNode => {
  const { t } = useTranslation("factories");
  const { word } = useWords();
  const { currency } = useSession();
  return (
    <>
      <div className="form-row three">
        <PaperHead paper={draft} numberLabel={t("billNumber")} ofAnybody onPaper={onDraft} />
      </div>
      <div className="form-row three">
        <SumField
          label={t("billAmount", { currency })}
          value={draft.amount}
          isRight={isAmount}
          onChange={(amount) => onDraft({ amount })}
        />
        <Form.Item label={t("basis")}>
          <Select
            value={draft.basis}
            options={BASES.map((value) => ({ value, label: word("basis", value) }))}
            onChange={(basis) => onDraft({ basis })}
          />
        </Form.Item>
        <Form.Item label={t("note")}>
          <Input value={draft.note} onChange={(event) => onDraft({ note: event.target.value })} />
        </Form.Item>
      </div>
    </>
  );
};

/** What is sent, or null while something is missing or wrong. */
const billOf = (draft: Draft): PostBill | null => {
  const { number, partner, datedOn, basis, amount, note, target } = draft;
  const orders = target === "orders" ? draft.orders : [];
  const lots = target === "lots" ? draft.lots.map(({ value }) => value) : [];
  if (number.trim() === "" || datedOn === null || !isAmount(amount)) return null;
  if (orders.length + lots.length === 0) return null;
  return {
    number: number.trim(),
    partner,
    datedOn,
    effectiveOn: null,
    basis,
    amount: amount.trim(),
    note: note.trim(),
    lots,
    orders,
  };
};

export const BillForm = (props: { onClose: () => void }): ReactNode => {
  const { t } = useTranslation("factories");
  const { status } = useSession();
  const save = useAct("bill.post", { quiet: true });
  const [draft, setDraft] = useState<Draft>({
    number: "",
    partner: null,
    datedOn: status.today,
    basis: "quantity",
    amount: "",
    note: "",
    target: "orders",
    orders: [],
    lots: [],
  });
  const onDraft = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  return (
    <ActDialog
      width={720}
      title={t("billTitle")}
      okText={t("postBill")}
      act={save}
      input={billOf(draft)}
      onClose={props.onClose}
    >
      <Form layout="vertical" className="dense-form" component="div">
        <HeadFields draft={draft} onDraft={onDraft} />
        <Target draft={draft} onDraft={onDraft} />
      </Form>
      {draft[draft.target].length === 0 && <p className="quiet">{t("chooseTarget")}</p>}
    </ActDialog>
  );
};
