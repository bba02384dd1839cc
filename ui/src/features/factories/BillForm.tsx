/** A bill besides the goods' price, spread over the lots of orders or over chosen lots. */
import { Form, Input, Segmented, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BillRow, Day, Id, OrderRow } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { LineDialog } from "../../kit/LineDialog";
import { useAct, useCall } from "../../kit/query";
import { SkuPicker } from "../../kit/SkuPicker";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { isAmount } from "./payables";

const BASES: readonly BillRow["basis"][] = ["quantity", "value", "weight", "volume"];

type Draft = {
  number: string;
  partner: Id | null;
  datedOn: Day | null;
  basis: BillRow["basis"];
  amount: string;
  note: string;
  target: "orders" | "lots";
  orders: Id[];
  lots: { value: Id; label: string }[];
};

type DraftProps = { draft: Draft; onDraft: (part: Partial<Draft>) => void };

/** Orders that lots have come of, the newest first. */
export const receivedOrders = (orders: OrderRow[]): OrderRow[] =>
  orders
    .filter(({ received }) => received > 0)
    .sort((a, b) => (b.issuedOn ?? "").localeCompare(a.issuedOn ?? ""));

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
  const orders = receivedOrders(useCall("order.list", {}).data ?? []);
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
        <Form.Item label={t("orders")}>
          <Select
            mode="multiple"
            value={draft.orders}
            aria-label={t("orders")}
            optionFilterProp="label"
            options={orders.map(({ id, number, factoryName, goods }) => ({
              value: id,
              label: `${number} ${factoryName} ${goods}`,
            }))}
            onChange={(ids: Id[]) => onDraft({ orders: ids })}
          />
        </Form.Item>
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
  const partners = useCall("partner.list", {}).data ?? [];
  const wrong = draft.amount !== "" && !isAmount(draft.amount);
  return (
    <>
      <div className="form-row three">
        <Form.Item label={t("billNumber")}>
          <Input
            data-first
            value={draft.number}
            onChange={(event) => onDraft({ number: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={t("partner")}>
          <Select
            allowClear
            value={draft.partner}
            options={partners.map(({ id, fields }) => ({ value: id, label: fields.name }))}
            onChange={(partner) => onDraft({ partner: partner ?? null })}
          />
        </Form.Item>
        <Form.Item label={t("datedOn")}>
          <DayInput
            value={draft.datedOn}
            label={t("datedOn")}
            onChange={(datedOn) => onDraft({ datedOn })}
          />
        </Form.Item>
      </div>
      <div className="form-row three">
        <Form.Item
          label={t("billAmount", { currency })}
          {...(wrong ? { validateStatus: "error" as const, help: t("amountForm") } : {})}
        >
          <Input
            className="numeric-input figure"
            inputMode="decimal"
            value={draft.amount}
            onChange={(event) => onDraft({ amount: event.target.value })}
          />
        </Form.Item>
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
  const { number, partner, datedOn, basis, amount, note, target } = draft;
  const orders = target === "orders" ? draft.orders : [];
  const lots = target === "lots" ? draft.lots.map(({ value }) => value) : [];
  const ready =
    number.trim() !== "" && datedOn !== null && isAmount(amount) && orders.length + lots.length > 0;
  const post = async (): Promise<void> => {
    if (datedOn === null) return;
    const done = await save.run({
      number: number.trim(),
      partner,
      datedOn,
      effectiveOn: null,
      basis,
      amount: amount.trim(),
      note: note.trim(),
      lots,
      orders,
    });
    if (done) props.onClose();
  };
  return (
    <LineDialog
      width={720}
      title={t("billTitle")}
      okText={t("postBill")}
      ready={ready}
      busy={save.busy}
      error={save.error}
      onPost={post}
      onClose={props.onClose}
    >
      <Form layout="vertical" className="dense-form" component="div">
        <HeadFields draft={draft} onDraft={onDraft} />
        <Target draft={draft} onDraft={onDraft} />
      </Form>
      {orders.length + lots.length === 0 && <p className="quiet">{t("chooseTarget")}</p>}
    </LineDialog>
  );
};
