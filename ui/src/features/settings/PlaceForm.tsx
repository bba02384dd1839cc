/** A place's data: since when it counts, what life it asks for, how long the way to it is. */
import { DatePicker, Form, Input, InputNumber, Select, Switch } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PlaceFields, PlaceRow } from "../../contract";
import { useAct, useCall } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";
import { useWords } from "../../kit/words";

/** The form's shape: the share in percent, the day as the picker holds it. */
export type PlaceTexts = Omit<PlaceFields, "liveFrom" | "lifeRule"> & {
  liveFrom: Dayjs | null;
  lifeRule: { minSharePercent: number | null; minDays: number | null; pullDays: number };
};

const KINDS: PlaceFields["kind"][] = ["own", "platform", "factory", "consignee"];
const PPM_PER_PERCENT = 10_000;

const newPlace: PlaceFields = {
  code: "",
  name: "",
  kind: "platform",
  sells: true,
  liveFrom: null,
  address: "",
  lifeRule: { minSharePpm: null, minDays: null, pullDays: 0 },
  route: { transitDaysP90: 3, receiveLagDaysP90: 2, reviewDays: 7, targetCoverDays: 30 },
  partner: null,
};

export const toForm = (fields: PlaceFields): PlaceTexts => {
  const { minSharePpm, minDays, pullDays } = fields.lifeRule;
  return {
    ...fields,
    liveFrom: fields.liveFrom === null ? null : dayjs(fields.liveFrom),
    lifeRule: {
      minSharePercent: minSharePpm === null ? null : minSharePpm / PPM_PER_PERCENT,
      minDays,
      pullDays,
    },
  };
};

export const fromForm = (texts: PlaceTexts): PlaceFields => {
  const { minSharePercent, minDays, pullDays } = texts.lifeRule;
  return {
    ...texts,
    partner: texts.partner ?? null,
    liveFrom: texts.liveFrom?.format("YYYY-MM-DD") ?? null,
    lifeRule: {
      minSharePpm: minSharePercent === null ? null : Math.round(minSharePercent * PPM_PER_PERCENT),
      minDays,
      pullDays,
    },
  };
};

const DaysField = (props: { name: string[]; label: string; required?: boolean }): ReactNode => {
  const { t } = useTranslation("settings");
  const whole = { type: "integer" as const, min: 0, message: t("wholeNumber") };
  return (
    <Form.Item
      name={props.name}
      label={props.label}
      rules={[props.required ? { ...whole, required: true } : whole]}
    >
      <InputNumber controls={false} style={{ width: "100%" }} />
    </Form.Item>
  );
};

const IdentityFields = (): ReactNode => {
  const { t } = useTranslation("settings");
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const partners = useCall("partner.list", {}).data ?? [];
  const required = [{ required: true, whitespace: true, message: kit("required") }];
  return (
    <>
      <div className="form-row three">
        <Form.Item name="code" label={t("code")} rules={required}>
          <Input />
        </Form.Item>
        <Form.Item name="name" label={t("name")} rules={required}>
          <Input />
        </Form.Item>
        <Form.Item name="kind" label={t("kind")}>
          <Select options={KINDS.map((value) => ({ value, label: word("place_kind", value) }))} />
        </Form.Item>
      </div>
      <div className="form-row three">
        <Form.Item name="liveFrom" label={t("liveFrom")} tooltip={t("liveHint")}>
          <DatePicker style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="partner" label={t("partner")}>
          <Select
            allowClear
            options={partners.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          />
        </Form.Item>
        <Form.Item name="sells" label={t("sells")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      <Form.Item name="address" label={t("address")}>
        <Input />
      </Form.Item>
    </>
  );
};

const RuleFields = (): ReactNode => {
  const { t } = useTranslation("settings");
  return (
    <>
      <div className="form-row three">
        <Form.Item
          name={["lifeRule", "minSharePercent"]}
          label={t("minShare")}
          rules={[{ type: "number", min: 0, max: 100 }]}
        >
          <InputNumber controls={false} style={{ width: "100%" }} />
        </Form.Item>
        <DaysField name={["lifeRule", "minDays"]} label={t("minDays")} />
        <DaysField name={["lifeRule", "pullDays"]} label={t("pullDays")} required />
      </div>
      <div className="form-row four">
        <DaysField name={["route", "transitDaysP90"]} label={t("transitDays")} required />
        <DaysField name={["route", "receiveLagDaysP90"]} label={t("receiveDays")} required />
        <DaysField name={["route", "reviewDays"]} label={t("reviewDays")} required />
        <DaysField name={["route", "targetCoverDays"]} label={t("targetDays")} required />
      </div>
    </>
  );
};

export const PlaceForm = (props: { place: PlaceRow | null; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("settings");
  const [form] = Form.useForm<PlaceTexts>();
  const save = useAct("location.save", { quiet: true });
  const submit = async (texts: PlaceTexts): Promise<void> => {
    const done = await save.run({ id: props.place?.id ?? null, fields: fromForm(texts) });
    if (done) props.onClose();
  };
  return (
    <RecordDialog
      width={680}
      title={t(props.place ? "editPlace" : "addPlace")}
      form={form}
      initial={toForm(props.place?.fields ?? newPlace)}
      busy={save.busy}
      error={save.error}
      onSave={submit}
      onClose={props.onClose}
    >
      <IdentityFields />
      <RuleFields />
    </RecordDialog>
  );
};
