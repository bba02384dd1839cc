/** What was sent and did not arrive: lost for good, or found back at the sender. */
import { Form, Input, InputNumber, Radio } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Id, ResolveTransfer, TransferCard } from "../../contract";
import * as format from "../../kit/format";
import { useAct } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";

type Fields = Omit<ResolveTransfer, "id" | "lot">;

export const ResolveForm = (props: {
  id: Id;
  open: TransferCard["inTransit"][number];
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const kit = useTranslation("kit").t;
  const { id, open, onClose } = props;
  const [form] = Form.useForm<Fields>();
  const resolve = useAct("transfer.resolve", { quiet: true, said: () => t("saidResolved") });
  const submit = async (fields: Fields): Promise<void> => {
    const done = await resolve.run({ id, lot: open.lot, ...fields });
    if (done) onClose();
  };
  return (
    <RecordDialog
      width={440}
      title={t("resolveTitle", { lot: open.lotNo, units: format.qty(open.qty) })}
      okText={t("resolveAct")}
      form={form}
      initial={{ resolution: "lost", qty: open.qty, reason: "" }}
      busy={resolve.busy}
      error={resolve.error}
      onSave={submit}
      onClose={onClose}
    >
      <Form.Item name="resolution" label={t("resolution")}>
        <Radio.Group
          options={[
            { value: "lost", label: t("isLost") },
            { value: "found", label: t("isFound") },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="qty"
        label={t("units")}
        rules={[
          {
            required: true,
            type: "integer",
            min: 1,
            max: open.qty,
            message: t("upTo", { max: open.qty }),
          },
        ]}
      >
        <InputNumber controls={false} className="fill" />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("reason")}
        rules={[{ required: true, whitespace: true, message: kit("required") }]}
      >
        <Input data-first />
      </Form.Item>
    </RecordDialog>
  );
};
