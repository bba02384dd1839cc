/** A product's data: names, codes, carton, shelf life and what others call it. */
import { Form, Input, InputNumber, Select, Space } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type {
  Alias,
  Carton,
  Id,
  SetPartFields,
  ShelfLife,
  SkuFields,
  SkuRow,
} from "../../contract";
import { FormRows } from "../../kit/FormRows";
import { useAct } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";
import { SkuPicker } from "../../kit/SkuPicker";
import { useWords } from "../../kit/words";

/** The form's own shape: fields of carton and shelf life may be empty while typing. */
type SkuTexts = Omit<SkuFields, "gtin" | "carton" | "shelfLife" | "parts"> & {
  gtin: string;
  carton: { [K in keyof Carton]: number | null };
  shelfLife: { count: number | null; unit: ShelfLife["unit"] };
  parts: PartTexts[];
};

type PartTexts = { sku: Id | null; qty: number | null };

const KINDS: SkuFields["kind"][] = ["finished", "bundle", "material"];

const LIFECYCLES: SkuFields["lifecycle"][] = ["launch", "core", "seasonal", "decline", "delisted"];

const emptyCarton = { units: null, lengthMm: null, widthMm: null, heightMm: null, grossG: null };

export const toForm = (fields: SkuFields | null, unit: string): SkuTexts => ({
  code: fields?.code ?? "",
  nameZh: fields?.nameZh ?? "",
  nameEn: fields?.nameEn ?? "",
  brand: fields?.brand ?? "",
  category: fields?.category ?? "",
  spec: fields?.spec ?? "",
  gtin: fields?.gtin ?? "",
  unit: fields?.unit ?? unit,
  lifecycle: fields?.lifecycle ?? "launch",
  aliases: fields?.aliases ?? [],
  kind: fields?.kind ?? "finished",
  parts: fields?.parts ?? [],
  carton: fields?.carton ?? emptyCarton,
  shelfLife: fields?.shelfLife ?? { count: null, unit: "months" },
});

const wholePart = ({ sku, qty }: PartTexts): SetPartFields[] =>
  sku === null || qty === null ? [] : [{ sku, qty }];

export const fromForm = (texts: SkuTexts): SkuFields => {
  const { carton, shelfLife, gtin } = texts;
  return {
    ...texts,
    code: texts.code.trim(),
    gtin: gtin.trim() === "" ? null : gtin.trim(),
    carton: carton.units === null ? null : { ...carton, units: carton.units },
    shelfLife: shelfLife.count === null ? null : { count: shelfLife.count, unit: shelfLife.unit },
    // Only a set is put together from parts.
    parts: texts.kind === "bundle" ? texts.parts.flatMap(wholePart) : [],
    aliases: texts.aliases.map((alias: Alias) => ({
      whose: alias.whose.trim(),
      code: alias.code.trim(),
    })),
  };
};

const CartonFields = (): ReactNode => {
  const { t } = useTranslation("goods");
  const names = [
    ["units", t("cartonUnits")],
    ["lengthMm", t("cartonLength")],
    ["widthMm", t("cartonWidth")],
    ["heightMm", t("cartonHeight")],
    ["grossG", t("cartonGross")],
  ] as const;
  return (
    <div className="form-row five">
      {names.map(([name, label]) => (
        <Form.Item
          key={name}
          name={["carton", name]}
          label={label}
          rules={[{ type: "integer", min: 1, message: t("wholeUnits") }]}
        >
          <InputNumber controls={false} style={{ width: "100%" }} />
        </Form.Item>
      ))}
    </div>
  );
};

const AliasFields = (): ReactNode => {
  const { t } = useTranslation("goods");
  const kit = useTranslation("kit").t;
  const required = [{ required: true, message: kit("required") }];
  return (
    <FormRows
      name="aliases"
      label={t("aliases")}
      addText={t("addAlias")}
      blank={{ whose: "", code: "" }}
      widths="200px 200px"
    >
      {(at) => (
        <>
          <Form.Item name={[at, "whose"]} noStyle rules={required}>
            <Input placeholder={t("aliasWhose")} />
          </Form.Item>
          <Form.Item name={[at, "code"]} noStyle rules={required}>
            <Input placeholder={t("aliasCode")} />
          </Form.Item>
        </>
      )}
    </FormRows>
  );
};

/** What a set is put together from; only sets have parts. */
const PartFields = (): ReactNode => {
  const { t } = useTranslation("goods");
  const kit = useTranslation("kit").t;
  const kind = Form.useWatch<SkuFields["kind"]>("kind");
  const required = [{ required: true, message: kit("required") }];
  if (kind !== "bundle") return null;
  return (
    <FormRows
      name="parts"
      label={t("setParts")}
      addText={t("addPart")}
      blank={{ sku: null, qty: 1 }}
      widths="minmax(0, 1fr) 90px"
    >
      {(at) => (
        <>
          <Form.Item
            name={[at, "sku"]}
            noStyle
            rules={required}
            getValueFromEvent={(sku: SkuRow) => sku.id}
          >
            <PartPicker />
          </Form.Item>
          <Form.Item
            name={[at, "qty"]}
            noStyle
            rules={[{ required: true, type: "integer", min: 1, message: t("wholeUnits") }]}
          >
            <InputNumber controls={false} aria-label={t("perSet")} />
          </Form.Item>
        </>
      )}
    </FormRows>
  );
};

/** The form's item gives value and change. */
const PartPicker = (props: { value?: Id | null; onChange?: (sku: SkuRow) => void }): ReactNode => {
  const { t } = useTranslation("goods");
  return (
    <SkuPicker
      value={props.value ?? null}
      label={t("part")}
      onChange={(sku) => props.onChange?.(sku)}
    />
  );
};

const NameFields = (): ReactNode => {
  const { t } = useTranslation("goods");
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const required = [{ required: true, whitespace: true, message: kit("required") }];
  const lifecycles = LIFECYCLES.map((value) => ({ value, label: word("lifecycle", value) }));
  const text = (name: keyof SkuFields & string, label: string, rules = false): ReactNode => (
    <Form.Item name={name} label={label} {...(rules ? { rules: required } : {})}>
      <Input />
    </Form.Item>
  );
  return (
    <>
      <div className="form-row three">
        {text("code", t("code"), true)}
        {text("nameZh", t("nameZh"), true)}
        {text("nameEn", t("nameEn"))}
      </div>
      <div className="form-row three">
        {text("brand", t("brand"))}
        {text("category", t("category"))}
        {text("spec", t("spec"))}
      </div>
      <div className="form-row four">
        <Form.Item name="kind" label={t("kind")}>
          <Select options={KINDS.map((value) => ({ value, label: word("sku_kind", value) }))} />
        </Form.Item>
        {text("gtin", t("gtin"))}
        {text("unit", t("unit"))}
        <Form.Item name="lifecycle" label={t("lifecycle")}>
          <Select options={lifecycles} />
        </Form.Item>
      </div>
    </>
  );
};

const ShelfLifeField = (): ReactNode => {
  const { t } = useTranslation("goods");
  const units = [
    { value: "months", label: t("monthsUnit") },
    { value: "days", label: t("daysUnit") },
  ];
  return (
    <Form.Item label={t("shelfLife")}>
      <Space.Compact>
        <Form.Item
          name={["shelfLife", "count"]}
          noStyle
          rules={[{ type: "integer", min: 1, message: t("wholeUnits") }]}
        >
          <InputNumber controls={false} style={{ width: 100 }} />
        </Form.Item>
        <Form.Item name={["shelfLife", "unit"]} noStyle>
          <Select options={units} style={{ width: 100 }} />
        </Form.Item>
      </Space.Compact>
    </Form.Item>
  );
};

export const SkuForm = (props: { sku: SkuRow | null; onClose: () => void }): ReactNode => {
  const { t, i18n } = useTranslation("goods");
  const [form] = Form.useForm<SkuTexts>();
  const save = useAct("sku.save", { quiet: true });
  const submit = async (texts: SkuTexts): Promise<void> => {
    const done = await save.run({ id: props.sku?.id ?? null, fields: fromForm(texts) });
    if (done) props.onClose();
  };
  return (
    <RecordDialog
      width={720}
      title={t(props.sku ? "editTitle" : "addTitle")}
      form={form}
      initial={toForm(props.sku?.fields ?? null, i18n.t("kit:piece"))}
      busy={save.busy}
      error={save.error}
      onSave={submit}
      onClose={props.onClose}
    >
      <NameFields />
      <PartFields />
      <CartonFields />
      <ShelfLifeField />
      <AliasFields />
    </RecordDialog>
  );
};
