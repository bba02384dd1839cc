/** Prices by quantity; says beside a tier what is wrong with it. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import * as format from "../format";
import { changed, without } from "../lines";
import { useSession } from "../session";
import { nextKey, risesAt, type Tier, tierFaults } from "./check";

export const Tiers = (props: {
  tiers: Tier[];
  moq: number | null;
  onTiers: (tiers: Tier[]) => void;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const kit = useTranslation("kit").t;
  const { currency } = useSession();
  const { tiers, onTiers } = props;
  const faults = tierFaults(tiers, props.moq);
  const rises = risesAt(tiers);
  return (
    <>
      <table className="line-table tiers-table">
        <thead>
          <tr>
            <th className="numeric">{t("tierFrom")}</th>
            <th className="numeric">{t("tierPrice", { currency })}</th>
            <th />
            <th />
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier, at) => {
            const fault = faults[at] ?? null;
            const untouched = tier.price === "" && fault === "price";
            return (
              <tr key={tier.key}>
                <td>
                  <InputNumber
                    controls={false}
                    min={1}
                    precision={0}
                    value={tier.from}
                    aria-label={t("tierFrom")}
                    onChange={(from) => onTiers(changed(tiers, tier.key, { from }))}
                  />
                </td>
                <td>
                  <Input
                    className="numeric-input figure"
                    inputMode="decimal"
                    value={tier.price}
                    aria-label={t("tierPrice", { currency })}
                    onChange={(event) =>
                      onTiers(changed(tiers, tier.key, { price: event.target.value }))
                    }
                  />
                </td>
                <td className={untouched ? "quiet" : "tone-red"}>
                  {fault && t(`tierFault.${fault}`)}
                </td>
                <td className="numeric">
                  {tiers.length > 1 && (
                    <Button
                      type="text"
                      size="small"
                      aria-label={kit("remove")}
                      icon={<DeleteOutlined />}
                      onClick={() => onTiers(without(tiers, tier.key))}
                    />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onTiers([...tiers, { key: nextKey(tiers), from: null, price: "" }])}
      >
        {t("addTier")}
      </Button>
      {rises.map((units) => (
        <p key={units} className="tone-amber">
          {t("riseNote", { units: format.qty(units) })}
        </p>
      ))}
    </>
  );
};
