/** Founding a channel from a built-in rule set, renaming one, and what a sale through it costs. */
import { Form, Input, Select } from "antd";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelAssumptions, ChannelRow } from "../../contract";
import { currencySign } from "../../kit/format";
import { useAct, useCall } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";
import { useSession } from "../../kit/session";
import { percentOf, ppmOf } from "../../kit/terms/check";
import { useWords } from "../../kit/words";
import { isAmount, isShare } from "./trial";

type Texts = { template?: string; code: string; nameZh: string; nameEn: string; shop?: string };

const useShops = (): { value: string; label: string }[] =>
  (useCall("shop.list", {}).data ?? []).map(({ id, code, name }) => ({
    value: id,
    label: `${code} ${name}`,
  }));

const Templates = (props: { onTemplate: (code: string, words: string) => void }): ReactNode => {
  const { t } = useTranslation("channels");
  const { word } = useWords();
  const templates = useCall("channel.templates", {}).data;
  return (
    <Form.Item name="template" label={t("template")} rules={[{ required: true }]}>
      <Select
        autoFocus
        placeholder={t("templateChoose")}
        options={(templates ?? []).map(({ code }) => ({
          value: code,
          label: word("pricing_template", code),
        }))}
        onChange={(code: string) => props.onTemplate(code, word("pricing_template", code))}
      />
    </Form.Item>
  );
};

/** A channel's names and shop; a new one starts with a built-in rule set. */
export const ChannelForm = (props: {
  channel: ChannelRow | null;
  onSaved: (id: string | null) => void;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const [form] = Form.useForm<Texts>();
  const save = useAct("channel.save", { quiet: true });
  const shops = useShops();
  const { channel, onClose } = props;
  const submit = async (texts: Texts): Promise<void> => {
    const done = await save.run({
      id: channel?.id ?? null,
      code: texts.code.trim(),
      name: { zh: texts.nameZh.trim(), en: texts.nameEn.trim() },
      shop: texts.shop ?? null,
      rules: null,
      template: texts.template ?? null,
    });
    if (done === null) return;
    onClose();
    props.onSaved(done.document?.id ?? null);
  };
  return (
    <RecordDialog
      width={480}
      title={t(channel === null ? "addChannel" : "editChannel")}
      form={form}
      initial={{
        code: channel?.code ?? "",
        nameZh: channel?.name.zh ?? "",
        nameEn: channel?.name.en ?? "",
        shop: channel?.shop ?? undefined,
      }}
      busy={save.busy}
      error={save.error}
      onSave={submit}
      onClose={onClose}
    >
      {channel === null && (
        <>
          <p className="ask-text">{t("templateText")}</p>
          <Templates
            onTemplate={(code, words) => {
              if (!form.isFieldTouched("code")) form.setFieldValue("code", code.toUpperCase());
              if (!form.isFieldTouched("nameZh")) form.setFieldValue("nameZh", words);
            }}
          />
        </>
      )}
      <Form.Item name="code" label={t("code")} rules={[{ required: true }]}>
        <Input className="figure" />
      </Form.Item>
      <Form.Item name="nameZh" label={t("nameZh")}>
        <Input />
      </Form.Item>
      <Form.Item name="nameEn" label={t("nameEn")}>
        <Input />
      </Form.Item>
      <Form.Item name="shop" label={t("shop")} extra={t("shopHint")}>
        <Select allowClear options={shops} />
      </Form.Item>
    </RecordDialog>
  );
};

const AMOUNTS = ["packing", "returnLoss", "destruction", "markUp"] as const;
const SHARES = ["feeVatPpm", "returnPpm"] as const;

type AssumedTexts = Record<(typeof AMOUNTS)[number] | (typeof SHARES)[number], string>;

/** What a sale through the channel is assumed to cost beside what its rules take. */
export const AssumptionsForm = (props: {
  assumed: ChannelAssumptions;
  name: string;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { currency } = useSession();
  const [form] = Form.useForm<AssumedTexts>();
  const save = useAct("channel.save_assumptions", { quiet: true });
  const { assumed, onClose } = props;
  const initial = useMemo(
    () => ({
      ...assumed,
      markUp: assumed.markUp ?? "0",
      feeVatPpm: percentOf(assumed.feeVatPpm),
      returnPpm: percentOf(assumed.returnPpm),
    }),
    [assumed],
  );
  const submit = async (texts: AssumedTexts): Promise<void> => {
    const done = await save.run({
      id: assumed.id,
      packing: texts.packing.trim(),
      returnLoss: texts.returnLoss.trim(),
      destruction: texts.destruction.trim(),
      markUp: texts.markUp.trim(),
      feeVatPpm: ppmOf(texts.feeVatPpm) ?? 0,
      returnPpm: ppmOf(texts.returnPpm) ?? 0,
    });
    if (done !== null) onClose();
  };
  const rule = (is: (text: string) => boolean, words: string) => ({
    validator: (_: unknown, text: string) =>
      is(text) ? Promise.resolve() : Promise.reject(new Error(words)),
  });
  return (
    <RecordDialog
      width={420}
      title={t("assumptionsOf", { channel: props.name })}
      form={form}
      initial={initial}
      busy={save.busy}
      error={save.error}
      onSave={submit}
      onClose={onClose}
    >
      {AMOUNTS.map((name) => (
        <Form.Item key={name} name={name} label={t(name)} rules={[rule(isAmount, t("amountForm"))]}>
          <Input prefix={currencySign(currency)} inputMode="decimal" className="figure" />
        </Form.Item>
      ))}
      {SHARES.map((name) => (
        <Form.Item key={name} name={name} label={t(name)} rules={[rule(isShare, t("shareForm"))]}>
          <Input suffix="%" inputMode="decimal" className="figure" />
        </Form.Item>
      ))}
    </RecordDialog>
  );
};
