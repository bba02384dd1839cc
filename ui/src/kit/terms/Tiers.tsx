/** Prices by quantity; says beside a tier what is wrong with it. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import * as format from "../format";
import { LineTable } from "../LineTable";
import { countColumn, figureColumn, type LineColumn } from "../lineColumns";
import { useSession } from "../session";
import { begunTiers, isPrice, risesAt, type Tier, tierFaults } from "./check";

const useColumns = (tiers: Tier[], moq: number | null): LineColumn<Tier>[] => {
  const { t } = useTranslation("terms");
  const { currency } = useSession();
  const faults = tierFaults(tiers, moq);
  return [
    countColumn<Tier>("from", { head: t("tierFrom"), width: 110, min: 1 }),
    figureColumn<Tier>("price", {
      head: t("tierPrice", { currency }),
      width: 130,
      wrong: ({ price }) => price !== "" && !isPrice(price),
    }),
    {
      name: "fault",
      cell: (tier) => {
        const fault = faults[tiers.indexOf(tier)];
        const untouched = tier.price === "" && fault === "price";
        return (
          fault && (
            <span className={untouched ? "quiet" : "tone-red"}>{t(`tierFault.${fault}`)}</span>
          )
        );
      },
    },
  ];
};

export const Tiers = (props: {
  tiers: Tier[];
  moq: number | null;
  onTiers: (tiers: Tier[]) => void;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const { tiers, onTiers } = props;
  const columns = useColumns(tiers, props.moq);
  return (
    <>
      <LineTable
        className="tiers-table"
        lines={tiers}
        columns={columns}
        onLines={onTiers}
        add={{
          text: t("addTier"),
          line: (key) => ({ key, from: null, price: "" }),
          goesOn: ({ from, price }) => from !== null && isPrice(price),
          least: 1,
        }}
      />
      {risesAt(begunTiers(tiers)).map((units) => (
        <p key={units} className="tone-amber">
          {t("riseNote", { units: format.qty(units) })}
        </p>
      ))}
    </>
  );
};
