/** Changes the state of some units of a lot where they lie: freezing, releasing, setting aside. */
import { Form, Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LotCard, LotRow, Status } from "../../contract";
import * as format from "../../kit/format";
import { useAct } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";
import { useWords } from "../../kit/words";

export type Regradable = LotCard["places"][number] & { lot: LotRow };

type Fields = { to: Status; qty: number; reason: string };

const STATUSES: readonly Status[] = ["good", "quarantine", "blocked", "defective"];

export const RegradeForm = (props: { stock: Regradable; onClose: () => void }): ReactNode => {
  const { t } = useTranslation("stock");
  const kit = useTranslation("kit").t;
  const { word } = useWords();
  const [form] = Form.useForm<Fields>();
  const regrade = useAct("stock.regrade", { quiet: true });
  const { stock, onClose } = props;
  const max = stock.qty - stock.reserved;
  const others = STATUSES.filter((status) => status !== stock.status);
  const submit = async (fields: Fields): Promise<void> => {
    const { place, lot, status: from } = stock;
    const done = await regrade.run({ place, lot: lot.id, from, ...fields });
    if (done) onClose();
  };
  return (
    <RecordDialog
      width={420}
      title={t("regradeTitle", { lot: stock.lot.lotNo, place: stock.placeName })}
      okText={t("regradeAct")}
      form={form}
      initial={{ to: others[0], qty: max, reason: "" }}
      busy={regrade.busy}
      error={regrade.error}
      onSave={submit}
      onClose={onClose}
    >
      <Form.Item name="to" label={t("regradeTo")}>
        <Select options={others.map((value) => ({ value, label: word("status", value) }))} />
      </Form.Item>
      <Form.Item
        name="qty"
        label={t("regradeQty", { max: format.qty(max) })}
        rules={[
          { required: true, type: "integer", min: 1, max, message: t("wholeUnits", { max }) },
        ]}
      >
        <InputNumber controls={false} className="fill" />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("regradeReason")}
        rules={[{ required: true, whitespace: true, message: kit("required") }]}
      >
        <Input data-first />
      </Form.Item>
    </RecordDialog>
  );
};
