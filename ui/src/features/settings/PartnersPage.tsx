/** Who we deal with: factories, platforms, carriers, clearance channels. */
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerFields, PartnerRow } from "../../contract";
import { Qty } from "../../kit/Figures";
import { useAct, useCall } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";
import { useWords } from "../../kit/words";
import { type RecordColumn, Records } from "./Records";

const KINDS: PartnerFields["kind"][] = [
  "factory",
  "packaging_supplier",
  "platform",
  "carrier",
  "clearance",
  "distributor",
];

const newPartner: PartnerFields = {
  code: "",
  name: "",
  kind: "factory",
  taxNo: "",
  address: "",
  contact: "",
  phone: "",
};

const PartnerForm = (props: { partner: PartnerRow | null; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("settings");
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const [form] = Form.useForm<PartnerFields>();
  const save = useAct("partner.save", { quiet: true });
  const submit = async (fields: PartnerFields): Promise<void> => {
    const done = await save.run({ id: props.partner?.id ?? null, fields });
    if (done) props.onClose();
  };
  const required = [{ required: true, whitespace: true, message: kit("required") }];
  const text = (name: Exclude<keyof PartnerFields, "kind">, must = false): ReactNode => (
    <Form.Item name={name} label={t(name)} {...(must ? { rules: required } : {})}>
      <Input />
    </Form.Item>
  );
  return (
    <RecordDialog
      width={560}
      title={t(props.partner ? "editPartner" : "addPartner")}
      form={form}
      initial={props.partner?.fields ?? newPartner}
      busy={save.busy}
      error={save.error}
      onSave={submit}
      onClose={props.onClose}
    >
      <div className="form-row three">
        {text("code", true)}
        {text("name", true)}
        <Form.Item name="kind" label={t("kind")}>
          <Select options={KINDS.map((value) => ({ value, label: word("partner_kind", value) }))} />
        </Form.Item>
      </div>
      <div className="form-row three">
        {text("contact")}
        {text("phone")}
        {text("taxNo")}
      </div>
      {text("address")}
    </RecordDialog>
  );
};

export const PartnersPage = (): ReactNode => {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const partners = useCall("partner.list", {});
  const columns: RecordColumn<PartnerRow>[] = [
    { title: t("kind"), cell: ({ fields }) => word("partner_kind", fields.kind) },
    { title: t("contact"), cell: ({ fields }) => fields.contact },
    { title: t("phone"), cell: ({ fields }) => fields.phone },
    { title: t("address"), cell: ({ fields }) => fields.address },
    { title: t("openOrders"), numeric: true, cell: ({ openOrders }) => <Qty value={openOrders} /> },
  ];
  return (
    <Records
      query={partners}
      addText={t("addPartner")}
      columns={columns}
      form={(partner, close) => <PartnerForm partner={partner} onClose={close} />}
    />
  );
};
