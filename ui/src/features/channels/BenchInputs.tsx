/** What is played with: the product, and six values, each with a slider. */
import { Button, Segmented, Switch } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { currencySign } from "../../kit/format";
import { SkuPicker } from "../../kit/SkuPicker";
import { useSession } from "../../kit/session";
import { SliderField } from "./SliderField";
import { isAmount, isShare, nothingTried, sliderEnd, type Trial } from "./trial";

const PRICE_LEAST = 100;
const COST_LEAST = 50;
const PACKING_MOST = 30;
const COUPON_MOST = 50;
const MARK_UP_MOST = 50;
const RETURNS_MOST = 50;

const Sliders = (props: {
  trial: Trial;
  unitCost: string | null;
  onTrial: (trial: Trial) => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { currency } = useSession();
  const { trial, unitCost, onTrial } = props;
  // The ends stay where they are while a value moves under the pointer.
  const [ends] = useState({
    price: sliderEnd(trial.price, PRICE_LEAST),
    cost: sliderEnd(unitCost, COST_LEAST),
  });
  const prefix = currencySign(currency);
  return (
    <div className="bench-sliders">
      <SliderField
        label={t("price")}
        value={trial.price}
        own={null}
        placeholder={t("priceOwn")}
        max={Math.max(ends.price, sliderEnd(trial.price, 0) / 2)}
        step={1}
        prefix={prefix}
        isValue={isAmount}
        onChange={(price) => onTrial({ ...trial, price })}
      />
      <SliderField
        label={t("unitCost")}
        value={trial.unitCost}
        own={unitCost}
        placeholder={t("costUnknown")}
        max={Math.max(ends.cost, sliderEnd(trial.unitCost, 0) / 2)}
        step={0.5}
        prefix={prefix}
        isValue={isAmount}
        onChange={(cost) => onTrial({ ...trial, unitCost: cost })}
      />
      <SliderField
        label={t("coupon")}
        value={trial.coupon}
        own={null}
        placeholder={t("couponNone")}
        max={COUPON_MOST}
        step={1}
        prefix={prefix}
        isValue={isAmount}
        onChange={(coupon) => onTrial({ ...trial, coupon })}
      />
      <SliderField
        label={t("markUp")}
        value={trial.markUp}
        own={null}
        placeholder={t("markUpNone")}
        max={MARK_UP_MOST}
        step={1}
        prefix={prefix}
        isValue={isAmount}
        onChange={(markUp) => onTrial({ ...trial, markUp })}
      />
      <SliderField
        label={t("returns")}
        value={trial.returns}
        own={null}
        placeholder={t("assumed")}
        max={RETURNS_MOST}
        step={0.5}
        suffix="%"
        isValue={isShare}
        onChange={(returns) => onTrial({ ...trial, returns })}
      />
      <SliderField
        label={t("packing")}
        value={trial.packing}
        own={null}
        placeholder={t("assumed")}
        max={PACKING_MOST}
        step={0.5}
        prefix={prefix}
        isValue={isAmount}
        onChange={(packing) => onTrial({ ...trial, packing })}
      />
    </div>
  );
};

export const BenchInputs = (props: {
  trial: Trial;
  /** The cost of a unit that the core knows. */
  unitCost: string | null;
  listPrice: string | null;
  allWays: boolean;
  onTrial: (trial: Trial) => void;
  onSku: (sku: string) => void;
  onAllWays: (all: boolean) => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { trial, onTrial } = props;
  return (
    <div className="bench-inputs">
      <div className="bench-product">
        <SkuPicker value={trial.sku} label={t("product")} onChange={({ id }) => props.onSku(id)} />
        <div className="bench-choices">
          <Segmented
            size="small"
            value={trial.price === null ? "own" : "same"}
            options={[
              { value: "same", label: t("priceSame") },
              { value: "own", label: t("priceOwn") },
            ]}
            onChange={(choice) =>
              onTrial({
                ...trial,
                price: choice === "own" ? null : (props.listPrice ?? String(PRICE_LEAST)),
              })
            }
          />
          <span className="inline-choice">
            <Switch
              size="small"
              checked={props.allWays}
              onChange={props.onAllWays}
              aria-label={t("allWays")}
            />
            <span className="quiet">{t("allWays")}</span>
          </span>
          <Button
            size="small"
            type="text"
            onClick={() => onTrial({ ...nothingTried, sku: trial.sku, price: props.listPrice })}
          >
            {t("asAssumed")}
          </Button>
        </div>
      </div>
      <Sliders key={trial.sku} trial={trial} unitCost={props.unitCost} onTrial={onTrial} />
    </div>
  );
};
