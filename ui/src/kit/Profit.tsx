/** What sold units brought and earned so far; the profit opens its arithmetic. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ProfitSoFar } from "../contract";
import { Facts, Part } from "./Detail";
import { Money, Qty } from "./Figures";
import { Why } from "./Why";

/** Silent while nothing was sold. */
export const ProfitPart = (props: { profit: ProfitSoFar; currency: string }): ReactNode => {
  const { t } = useTranslation("kit");
  const { profit, currency } = props;
  if (profit.sold === 0) return null;
  const some = profit.profit !== null;
  const amount = (minor: string): ReactNode => (
    <Money amount={some ? minor : null} currency={currency} />
  );
  return (
    <Part title={t("profit.title")}>
      <Facts
        facts={[
          [t("profit.sold"), <Qty key="s" value={profit.sold} zero="0" />],
          [t("profit.unvalued"), <Qty key="n" value={profit.unvalued} zero="0" />],
          [t("profit.value", { units: profit.valued }), amount(profit.value)],
          [t("profit.cogs"), <Money key="c" amount={profit.cogs} currency={currency} />],
          [
            t("profit.soFar"),
            <Why key="p" derivation={profit.derivation}>
              <Money
                amount={profit.profit}
                currency={currency}
                {...(profit.profit?.startsWith("-") ? { tone: "red" as const } : {})}
              />
            </Why>,
          ],
        ]}
      />
      {profit.unvalued > 0 && <p className="quiet">{t("profit.unvaluedHint")}</p>}
    </Part>
  );
};
