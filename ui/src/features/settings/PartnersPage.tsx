/** Who we deal with: factories, platforms, carriers, clearance channels. */
import { AutoComplete, Form, Input, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerBank, PartnerFields, PartnerRow } from "../../contract";
import { Attachments } from "../../kit/Attachments";
import { DayInput } from "../../kit/DayInput";
import { Qty } from "../../kit/Figures";
import { FormRows } from "../../kit/FormRows";
import { useAct, useCall, useMoney } from "../../kit/query";
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
  licences: [],
};

/** What a partner may make, and until when. */
const LicenceFields = (): ReactNode => {
  const { t } = useTranslation("settings");
  const kit = useTranslation("kit").t;
  const required = [{ required: true, message: kit("required") }];
  const skus = useCall("sku.list", {}).data ?? [];
  const known = new Set(skus.map(({ fields }) => fields.category).filter((name) => name !== ""));
  const categories = [...known].sort().map((value) => ({ value }));
  return (
    <FormRows
      name="licences"
      label={t("licences")}
      addText={t("addLicence")}
      blank={{ kind: "", category: "", number: "", expiresOn: null }}
      widths="1.4fr 1fr 1.4fr auto 116px"
    >
      {(at) => (
        <>
          <Form.Item name={[at, "kind"]} noStyle rules={required}>
            <Input placeholder={t("licenceKind")} aria-label={t("licenceKind")} />
          </Form.Item>
          <Form.Item name={[at, "category"]} noStyle rules={required}>
            <AutoComplete
              placeholder={t("licenceCategory")}
              aria-label={t("licenceCategory")}
              options={categories}
              filterOption
            />
          </Form.Item>
          <Form.Item name={[at, "number"]} noStyle rules={required}>
            <Input placeholder={t("licenceNumber")} aria-label={t("licenceNumber")} />
          </Form.Item>
          <span className="quiet">{t("licenceUntil")}</span>
          <Form.Item name={[at, "expiresOn"]} noStyle rules={required}>
            <DayInput label={t("licenceUntil")} />
          </Form.Item>
        </>
      )}
    </FormRows>
  );
};

type Account = Omit<PartnerBank, "partner">;

const noAccount: Account = { bank: "", holder: "", number: "" };

const PartnerForm = (props: {
  partner: PartnerRow | null;
  /** Where it is paid; null for who may not see it, and until it is known. */
  account: Account | null;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("settings");
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const [form] = Form.useForm<PartnerFields & Account>();
  const save = useAct("partner.save", { quiet: true });
  const pay = useAct("partner.save_bank", { quiet: true });
  // A partner that was saved while its account was refused is not made twice.
  const [saved, setSaved] = useState(props.partner?.id ?? null);
  // What the fields began with: a later answer must not make what was not typed a change.
  const [account] = useState(props.account);
  const submit = async (typed: PartnerFields & Partial<Account>): Promise<void> => {
    const { bank = "", holder = "", number = "", ...fields } = typed;
    const done = await save.run({ id: saved, fields });
    const id = done?.document?.id ?? saved;
    if (!done || id === null) return;
    setSaved(id);
    const same =
      account === null ||
      (bank === account.bank && holder === account.holder && number === account.number);
    if (same || (await pay.run({ partner: id, bank, holder, number }))) props.onClose();
  };
  const required = [{ required: true, whitespace: true, message: kit("required") }];
  const text = (
    name: Exclude<keyof PartnerFields, "kind" | "licences"> | keyof Account,
    must = false,
  ): ReactNode => (
    <Form.Item name={name} label={t(name)} {...(must ? { rules: required } : {})}>
      <Input />
    </Form.Item>
  );
  return (
    <RecordDialog
      width={720}
      title={t(props.partner ? "editPartner" : "addPartner")}
      form={form}
      initial={{ ...(props.partner?.fields ?? newPartner), ...account }}
      busy={save.busy || pay.busy}
      error={save.error ?? pay.error}
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
      {account && (
        <div className="form-row three">
          {text("bank")}
          {text("holder")}
          {text("number")}
        </div>
      )}
      <LicenceFields />
      {props.partner && <Attachments kind="partner" id={props.partner.id} />}
    </RecordDialog>
  );
};

export const PartnersPage = (): ReactNode => {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const partners = useCall("partner.list", {});
  const accounts = useMoney("partner.banks", {}).data;
  const accountOf = (partner: PartnerRow | null): Account | null =>
    accounts ? (accounts.find((one) => one.partner === partner?.id) ?? noAccount) : null;
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
      form={(partner, close) => (
        <PartnerForm partner={partner} account={accountOf(partner)} onClose={close} />
      )}
    />
  );
};
