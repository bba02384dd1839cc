/** What a lot cost and where every cent of it is now. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Id, LotCostCard } from "../../contract";
import { Facts, Part } from "../../kit/Detail";
import { InlineLink, Money, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { ProfitPart } from "../../kit/Profit";
import { useMoney } from "../../kit/query";
import { type CostPart, costParts, widthOf } from "./cost";

const Bar = (props: { parts: CostPart[]; currency: string }): ReactNode => {
  const { t } = useTranslation("stock");
  const { parts, currency } = props;
  return (
    <div className="cost-bar" role="img" aria-label={t("whereCost")}>
      {parts.map((part, at) => {
        const name = part.into
          ? t("cost.passedTo", { lot: part.into.lotNo })
          : t(`cost.${part.where}`);
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts stand in a fixed order
            key={at}
            className={`cost-${part.where}`}
            style={{ width: `${widthOf(part.amount, parts)}%` }}
            title={`${name} ${format.money(part.amount, currency)}`}
          />
        );
      })}
    </div>
  );
};

const Lines = (props: { card: LotCostCard; parts: CostPart[] }): ReactNode => {
  const { t } = useTranslation("stock");
  const go = useGo();
  const { card, parts } = props;
  return (
    <table className="plain-table cost-table">
      <tbody>
        {parts.map((part) => (
          <tr key={`${part.where} ${part.into?.lot ?? ""}`}>
            <td>
              <i className={`cost-dot cost-${part.where}`} />
              {part.into ? (
                <>
                  {t("cost.passed")}{" "}
                  <InlineLink onClick={() => go(`/stock/lot/${part.into?.lot}`)}>
                    {part.into.skuCode} {part.into.lotNo}
                  </InlineLink>
                </>
              ) : (
                t(`cost.${part.where}`)
              )}
            </td>
            <td className="numeric">
              <Money amount={part.amount} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>{t("costWhole")}</td>
          <td className="numeric">
            <Money amount={card.whole} currency={card.currency} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
};

const CostOf = (props: { card: LotCostCard }): ReactNode => {
  const { t } = useTranslation("stock");
  const { card } = props;
  const parts = costParts(card);
  return (
    <Part title={t("whereCost")}>
      <Facts
        facts={[
          [t("costOwn"), <Money key="o" amount={card.own} currency={card.currency} />],
          [t("costTaken"), <Money key="t" amount={card.takenOver} currency={card.currency} />],
          [t("costUnits"), <Qty key="u" value={card.units} zero="0" />],
          [
            t("unitCost"),
            <span key="c" className="figure">
              {card.unitCost === null ? "–" : format.price(card.unitCost)}
            </span>,
          ],
        ]}
      />
      {parts.length > 0 && <Bar parts={parts} currency={card.currency} />}
      <Lines card={card} parts={parts} />
    </Part>
  );
};

/** Silent for roles that see no money, and for lots that nobody knows the cost of. */
export const CostCard = (props: { lot: Id }): ReactNode => {
  const query = useMoney("lot.cost", { id: props.lot });
  const card = query.data;
  if (card === undefined || query.error !== null || card.lot !== props.lot) return null;
  return (
    <>
      <CostOf card={card} />
      <ProfitPart profit={card.profit} currency={card.currency} />
    </>
  );
};
