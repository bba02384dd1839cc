/** A product's own prices. Amounts stay the text that was typed. */
import { Form, Input } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SkuPrice } from "../../contract";
import { currencySign } from "../../kit/format";
import { useAct } from "../../kit/query";
import { RecordDialog } from "../../kit/RecordDialog";
import { useSession } from "../../kit/session";

type PriceTexts = { unitCost?: string; listPrice?: string; floorPrice?: string };

const orNull = (text: string | undefined): string | null => {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
};

export const PriceForm = (props: {
  price: SkuPrice;
  name: string;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("goods");
  const { currency } = useSession();
  const [form] = Form.useForm<PriceTexts>();
  const save = useAct("sku.save_price", { quiet: true });
  const { price, onClose } = props;
  const submit = async (texts: PriceTexts): Promise<void> => {
    const done = await save.run({
      sku: price.sku,
      unitCost: orNull(texts.unitCost),
      listPrice: orNull(texts.listPrice),
      floorPrice: orNull(texts.floorPrice),
    });
    if (done) onClose();
  };
  const rules = [{ pattern: /^\s*\d+(\.\d+)?\s*$/, message: t("priceForm") }];
  const prefix = currencySign(currency);
  return (
    <RecordDialog
      width={420}
      title={t("priceTitle", { name: props.name })}
      form={form}
      initial={{
        unitCost: price.unitCost ?? "",
        listPrice: price.listPrice ?? "",
        floorPrice: price.floorPrice ?? "",
      }}
      busy={save.busy}
      error={save.error}
      onSave={submit}
      onClose={onClose}
    >
      {(["unitCost", "listPrice", "floorPrice"] as const).map((name) => (
        <Form.Item key={name} name={name} label={t(name)} rules={rules}>
          <Input prefix={prefix} inputMode="decimal" className="figure" />
        </Form.Item>
      ))}
    </RecordDialog>
  );
};
