/** A price of goods in a channel with its days; another one on the same days stands beside it. */
import { Button, Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BelowCostWord, ChannelPriceRow, Day, Id } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { currencySign } from "../../kit/format";
import { useAct, useCall } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { conflictOf, dayBefore } from "./prices";
import { isAmount } from "./trial";

type Texts = {
  channel: Id;
  price: string;
  floorPrice: string;
  from: Day | null;
  to: Day | null;
  source: string;
  belowCost?: BelowCostWord;
};

const REASONS: readonly BelowCostWord[] = ["overstock", "seasonal", "near_expiry"];

/** The price that stands in the way, and the way out: it ends the day before. */
const Conflict = (props: { other: ChannelPriceRow; from: Day }): ReactNode => {
  const { t } = useTranslation("channels");
  const save = useAct("price.save");
  const { other, from } = props;
  const { price, id, channel, sku, floorPrice, source, belowCost } = other;
  const end = dayBefore(from);
  return (
    <p className="price-conflict" role="alert">
      {t("conflictWith", { price, from: other.from, to: other.to ?? t("openEnd") })}{" "}
      {price !== null && other.from <= end && (
        <Button
          size="small"
          loading={save.busy}
          onClick={() =>
            void save.run({
              id,
              channel,
              sku,
              price,
              floorPrice,
              source,
              belowCost,
              from: other.from,
              to: end,
            })
          }
        >
          {t("endBefore", { day: end })}
        </Button>
      )}
    </p>
  );
};

const Amount = (props: { name: string; label: string; optional?: boolean }): ReactNode => {
  const { t } = useTranslation("channels");
  const { currency } = useSession();
  const check = (_: unknown, text = ""): Promise<void> =>
    isAmount(text) || (props.optional === true && text.trim() === "")
      ? Promise.resolve()
      : Promise.reject(new Error(t("amountForm")));
  return (
    <Form.Item name={props.name} label={props.label} rules={[{ validator: check }]}>
      <Input prefix={currencySign(currency)} inputMode="decimal" className="figure" />
    </Form.Item>
  );
};

export const ChannelPriceForm = (props: {
  sku: Id;
  price: ChannelPriceRow | null;
  prices: readonly ChannelPriceRow[];
  name: string;
  day: Day;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { name, word } = useWords();
  const [form] = Form.useForm<Texts>();
  const save = useAct("price.save", { quiet: true });
  const channels = useCall("channel.list", {}).data ?? [];
  const { sku, price, prices, onClose } = props;
  const typed = Form.useWatch([], form) as Texts | undefined;
  const id = price?.id ?? null;
  const other =
    typed?.channel && typed.from
      ? conflictOf({ id, sku, channel: typed.channel, from: typed.from, to: typed.to }, prices)
      : null;
  const submit = async (texts: Texts): Promise<void> => {
    if (texts.from === null) return;
    const floor = texts.floorPrice.trim();
    const done = await save.run({
      id,
      sku,
      channel: texts.channel,
      price: texts.price.trim(),
      floorPrice: floor === "" ? null : floor,
      from: texts.from,
      to: texts.to,
      source: texts.source.trim(),
      belowCost: texts.belowCost ?? null,
    });
    if (done !== null) onClose();
  };
  return (
    <RecordDialog
      width={460}
      title={t("priceOf", { goods: props.name })}
      form={form}
      initial={{
        channel: price?.channel ?? channels[0]?.id,
        price: price?.price ?? "",
        floorPrice: price?.floorPrice ?? "",
        from: price?.from ?? props.day,
        to: price?.to ?? null,
        source: price?.source ?? "",
        belowCost: price?.belowCost ?? undefined,
      }}
      busy={save.busy}
      error={save.error}
      onSave={submit}
      onClose={onClose}
    >
      <Form.Item name="channel" label={t("channel")} rules={[{ required: true }]}>
        <Select
          disabled={price !== null}
          options={channels.map((one) => ({ value: one.id, label: name(one.name) }))}
        />
      </Form.Item>
      <div className="form-pair">
        <Amount name="price" label={t("price")} />
        <Amount name="floorPrice" label={t("floor")} optional />
        <Form.Item name="from" label={t("validFrom")} rules={[{ required: true }]}>
          <DayInput />
        </Form.Item>
        <Form.Item name="to" label={t("validTo")}>
          <DayInput />
        </Form.Item>
      </div>
      {other !== null && typed?.from && <Conflict other={other} from={typed.from} />}
      <Form.Item name="source" label={t("source")}>
        <Input placeholder={t("sourceHint")} />
      </Form.Item>
      <Form.Item name="belowCost" label={t("belowCost")} extra={t("belowCostHint")}>
        <Select
          allowClear
          options={REASONS.map((reason) => ({
            value: reason,
            label: word("pricing_reason", reason),
          }))}
        />
      </Form.Item>
    </RecordDialog>
  );
};
