/** Who we deal with: factories, platforms, carriers, clearance channels. */
import { Button, Form, Input, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerFields, PartnerRow } from "../../contract";
import { ErrorView } from "../../kit/ErrorView";
import { InlineLink, Qty } from "../../kit/Figures";
import { useAct, useCall } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { useWords } from "../../kit/words";

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
    <Modal
      open
      width={560}
      title={t(props.partner ? "editPartner" : "addPartner")}
      okText={kit("save")}
      confirmLoading={save.busy}
      onOk={form.submit}
      onCancel={props.onClose}
    >
      <Form
        form={form}
        layout="vertical"
        className="dense-form"
        initialValues={props.partner?.fields ?? newPartner}
        onFinish={(fields) => void submit(fields)}
      >
        <div className="form-row three">
          {text("code", true)}
          {text("name", true)}
          <Form.Item name="kind" label={t("kind")}>
            <Select
              options={KINDS.map((value) => ({ value, label: word("partner_kind", value) }))}
            />
          </Form.Item>
        </div>
        <div className="form-row three">
          {text("contact")}
          {text("phone")}
          {text("taxNo")}
        </div>
        {text("address")}
      </Form>
      {save.error && <ErrorView error={save.error} />}
    </Modal>
  );
};

const PartnersTable = (props: {
  partners: PartnerRow[];
  onEdit: (partner: PartnerRow) => void;
}): ReactNode => {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("code")}</th>
          <th>{t("name")}</th>
          <th>{t("kind")}</th>
          <th>{t("contact")}</th>
          <th>{t("phone")}</th>
          <th>{t("address")}</th>
          <th className="numeric">{t("openOrders")}</th>
        </tr>
      </thead>
      <tbody>
        {props.partners.map((partner) => (
          <tr key={partner.id}>
            <td>{partner.fields.code}</td>
            <td>
              <InlineLink onClick={() => props.onEdit(partner)}>{partner.fields.name}</InlineLink>
            </td>
            <td>{word("partner_kind", partner.fields.kind)}</td>
            <td>{partner.fields.contact}</td>
            <td>{partner.fields.phone}</td>
            <td>{partner.fields.address}</td>
            <td className="numeric">
              <Qty value={partner.openOrders} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export const PartnersPage = (): ReactNode => {
  const { t } = useTranslation("settings");
  const partners = useCall("partner.list", {});
  const [editing, setEditing] = useState<PartnerRow | "new" | null>(null);
  return (
    <>
      <div className="settings-acts">
        <Button type="primary" onClick={() => setEditing("new")}>
          {t("addPartner")}
        </Button>
      </div>
      <Answer query={partners} rows={6}>
        {(data) => <PartnersTable partners={data} onEdit={setEditing} />}
      </Answer>
      {editing && (
        <PartnerForm
          partner={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
};
