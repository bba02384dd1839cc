/** The connection to a shop. The token goes to the system's keyring and never comes back. */
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SaveShop, ShopRow } from "../../contract";
import { FormRows } from "../../kit/FormRows";
import { useAct, useCall } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";

type ShopTexts = Omit<SaveShop, "id" | "token"> & { token: string };

const WarehouseFields = (): ReactNode => {
  const { t } = useTranslation("settings");
  const kit = useTranslation("kit").t;
  const places = useCall("location.list", {}).data ?? [];
  const options = places
    .filter(({ fields }) => fields.kind === "platform")
    .map(({ id, fields }) => ({ value: id, label: fields.name }));
  const required = [{ required: true, message: kit("required") }];
  return (
    <FormRows
      name="places"
      label={t("warehouses")}
      addText={t("addWarehouse")}
      blank={{ warehouse: "" }}
      widths="200px 200px"
    >
      {(at) => (
        <>
          <Form.Item name={[at, "warehouse"]} noStyle rules={required}>
            <Input placeholder={t("warehouse")} />
          </Form.Item>
          <Form.Item name={[at, "place"]} noStyle rules={required}>
            <Select options={options} placeholder={t("places")} />
          </Form.Item>
        </>
      )}
    </FormRows>
  );
};

export const ShopForm = (props: { shop: ShopRow | null; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("settings");
  const kit = useTranslation("kit").t;
  const [form] = Form.useForm<ShopTexts>();
  const save = useAct("shop.save", { quiet: true });
  const { shop } = props;
  const submit = async (texts: ShopTexts): Promise<void> => {
    const token = texts.token.trim();
    const fields = { ...texts, token: token === "" ? null : token };
    const done = await save.run({ id: shop?.id ?? null, ...fields });
    if (done) props.onClose();
  };
  const required = [{ required: true, whitespace: true, message: kit("required") }];
  const text = (name: "code" | "name" | "url" | "remoteShop"): ReactNode => (
    <Form.Item name={name} label={t(name)} rules={required}>
      <Input spellCheck={false} />
    </Form.Item>
  );
  return (
    <RecordDialog
      width={560}
      title={t(shop ? "editShop" : "addShop")}
      form={form}
      initial={{
        code: shop?.code ?? "",
        name: shop?.name ?? "",
        url: shop?.url ?? "",
        remoteShop: shop?.remoteShop ?? "",
        token: "",
        // Warehouses that nobody has named a location for wait here for one.
        places: [
          ...(shop?.places ?? []),
          ...(shop?.unmappedWarehouses ?? []).map((warehouse) => ({ warehouse })),
        ],
      }}
      busy={save.busy}
      error={save.error}
      onSave={submit}
      onClose={props.onClose}
    >
      <div className="form-row two">
        {text("code")}
        {text("name")}
      </div>
      <div className="form-row two">
        {text("url")}
        {text("remoteShop")}
      </div>
      <Form.Item name="token" label={t("token")} extra={t("tokenHint")}>
        <Input.Password autoComplete="off" placeholder={shop?.hasToken ? t("tokenKept") : ""} />
      </Form.Item>
      <WarehouseFields />
    </RecordDialog>
  );
};
