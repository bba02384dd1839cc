/** A version of goods: the printed design, its registration, and what happens to the old stock. */
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Id, VersionFields } from "../../contract";
import { Attachments } from "../Attachments";
import { DayInput } from "../DayInput";
import { useAct } from "../query";
import { RecordDialog } from "../RecordDialog";
import { useSession } from "../session";
import { useWords } from "../words";

const POLICIES: readonly VersionFields["oldStock"][] = ["use_up", "rework", "scrap"];

export const VersionForm = (props: {
  version: VersionFields | null;
  sku: Id;
  name: string;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const { status } = useSession();
  const [form] = Form.useForm<VersionFields>();
  const save = useAct("version.save", { quiet: true });
  const { version, sku } = props;
  const submit = async (fields: VersionFields): Promise<void> => {
    const done = await save.run({
      ...fields,
      id: version?.id ?? null,
      sku,
      artworkNo: fields.artworkNo.trim(),
      registrationNo: fields.registrationNo.trim(),
    });
    if (done) props.onClose();
  };
  const required = [{ required: true, message: kit("required") }];
  return (
    <RecordDialog
      width={560}
      title={version ? t("editVersion", { name: props.name }) : t("addVersion")}
      form={form}
      initial={
        version ?? {
          artworkNo: "",
          registrationNo: "",
          from: status.today,
          to: null,
          oldStock: "use_up",
        }
      }
      busy={save.busy}
      error={save.error}
      onSave={submit}
      onClose={props.onClose}
    >
      <div className="form-row two">
        <Form.Item name="artworkNo" label={t("artworkNo")} rules={required}>
          <Input data-first />
        </Form.Item>
        <Form.Item name="registrationNo" label={t("registrationNo")}>
          <Input />
        </Form.Item>
      </div>
      <div className="form-row three">
        <Form.Item name="from" label={t("from")} rules={required}>
          <DayInput label={t("from")} />
        </Form.Item>
        <Form.Item name="to" label={t("to")}>
          <DayInput label={t("to")} />
        </Form.Item>
        <Form.Item name="oldStock" label={t("oldStock")}>
          <Select options={POLICIES.map((value) => ({ value, label: word("old_stock", value) }))} />
        </Form.Item>
      </div>
      {version?.id && <Attachments kind="version" id={version.id} />}
    </RecordDialog>
  );
};
