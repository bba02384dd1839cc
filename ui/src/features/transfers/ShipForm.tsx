/** The goods leave: with whom, under which number, on which day. */
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Day, TransferCard } from "../../contract";
import { DayInput } from "../../kit/DayInput";
import { Dialog } from "../../kit/Dialog";
import { ErrorView } from "../../kit/ErrorView";
import * as format from "../../kit/format";
import { useAct, useCall } from "../../kit/query";
import { useSession } from "../../kit/session";

type Fields = { carrier: string; tracking: string; shippedOn: Day | null };

const ShipDialog = (props: {
  card: TransferCard;
  carriers: string[];
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("transfers");
  const kit = useTranslation("kit").t;
  const { status } = useSession();
  const { row } = props.card;
  const [form] = Form.useForm<Fields>();
  const ship = useAct("transfer.ship", {
    quiet: true,
    said: () => t("saidShipped", { number: row.number }),
  });
  const carriers = props.carriers.map((name) => ({ value: name, label: name }));
  const submit = async (fields: Fields): Promise<void> => {
    const done = await ship.run({ id: row.id, ...fields });
    if (done) props.onClose();
  };
  return (
    <Dialog
      width={460}
      title={t("shipTitle", { number: row.number })}
      okText={t("ship")}
      confirmLoading={ship.busy}
      onOk={form.submit}
      onCancel={props.onClose}
    >
      <p className="ask-text">
        {t("shipText", {
          units: format.qty(row.units),
          cartons: row.cartons,
          from: row.fromName,
          to: row.toName,
        })}
      </p>
      <Form
        form={form}
        layout="vertical"
        className="dense-form"
        requiredMark={false}
        initialValues={{
          carrier: carriers.length === 1 ? carriers[0]?.value : "",
          tracking: "",
          shippedOn: status.today,
        }}
        onFinish={(fields) => void submit(fields)}
      >
        <div className="form-row two">
          <Form.Item name="carrier" label={t("carrier")}>
            {carriers.length === 0 ? (
              <Input data-first />
            ) : (
              <Select showSearch options={[{ value: "", label: t("noCarrier") }, ...carriers]} />
            )}
          </Form.Item>
          <Form.Item name="tracking" label={t("tracking")}>
            <Input
              {...(carriers.length > 0 ? { "data-first": true } : {})}
              spellCheck={false}
              onPressEnter={form.submit}
            />
          </Form.Item>
        </div>
        <Form.Item
          name="shippedOn"
          label={t("shippedOn")}
          rules={[{ required: true, message: kit("required") }]}
        >
          <DayInput />
        </Form.Item>
      </Form>
      {ship.error && <ErrorView error={ship.error} />}
    </Dialog>
  );
};

export const ShipForm = (props: { card: TransferCard; onClose: () => void }): ReactNode => {
  const partners = useCall("partner.list", {});
  // The dialog opens with the carriers known; without an answer one types the name.
  if (partners.isPending) return null;
  const carriers = (partners.data ?? [])
    .filter(({ fields }) => fields.kind === "carrier")
    .map(({ fields }) => fields.name);
  return <ShipDialog card={props.card} carriers={carriers} onClose={props.onClose} />;
};
