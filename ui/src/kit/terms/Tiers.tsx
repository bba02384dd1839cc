/** Prices by quantity; says beside a tier what is wrong with it. */
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import * as format from "../format";
import { LineTable } from "../LineTable";
import { countColumn, figureColumn, type LineColumn } from "../lineColumns";
import { useSession } from "../session";
import { begunTiers, isPrice, risesAt, type Tier, type TierFault, tierFaults } from "./check";

const useColumns = (moq: number | null): LineColumn<Tier>[] => {
  const { t } = useTranslation("terms");
  const { currency } = useSession();
  return useMemo(() => {
    const fault: LineColumn<Tier, TierFault | null> = {
      name: "fault",
      told: (tier, tiers) => tierFaults(tiers, moq)[tiers.indexOf(tier)] ?? null,
      cell: (tier, _change, _first, found) => {
        const untouched = tier.price === "" && found === "price";
        return (
          found && (
            <span className={untouched ? "quiet" : "tone-red"}>{t(`tierFault.${found}`)}</span>
          )
        );
      },
    };
    return [
      countColumn<Tier>("from", { head: t("tierFrom"), width: 110, min: 1 }),
      figureColumn<Tier>("price", {
        head: t("tierPrice", { currency }),
        width: 130,
        wrong: ({ price }) => price !== "" && !isPrice(price),
      }),
      fault,
    ];
  }, [t, currency, moq]);
};

export const Tiers = (props: {
  tiers: Tier[];
  moq: number | null;
  onTiers: (tiers: Tier[]) => void;
}): ReactNode => {
  const { t } = useTranslation("terms");
  const { tiers, onTiers } = props;
  const columns = useColumns(props.moq);
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
