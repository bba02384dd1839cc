/** What an order's lots cost and where that is now; each figure opens the parts that it is of. */
import { Popover } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LotCostCard, OrderCost } from "../../contract";
import { Part } from "../../kit/Detail";
import { InlineLink, Money, Qty } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { isSome } from "./tracks";

/** What a lot's whole cost was made of. */
const FROM = ["own", "takenOver"] as const;

/** Where it is now. */
const TO = ["onHand", "sold", "used", "lost", "writtenOff", "atPartner", "claimed"] as const;

const Lines = (props: { lot: LotCostCard; ids: readonly (typeof FROM | typeof TO)[number][] }) => {
  const { t } = useTranslation("production");
  const { lot, ids } = props;
  return ids
    .filter((id) => isSome(lot[id]))
    .map((id) => (
      <tr key={id}>
        <td>{t(`cost.${id}`)}</td>
        <td className="numeric">
          <Money amount={lot[id]} />
        </td>
      </tr>
    ));
};

/** Where the cost of a lot came from and where it went; both sides are the whole. */
const Balance = (props: { lot: LotCostCard }): ReactNode => {
  const { t } = useTranslation("production");
  const go = useGo();
  const { lot } = props;
  return (
    <table className="plain-table cost-balance">
      <tbody>
        <Lines lot={lot} ids={FROM} />
        <tr className="cost-sum">
          <td>{t("cost.whole")}</td>
          <td className="numeric">
            <Money amount={lot.whole} />
          </td>
        </tr>
        <Lines lot={lot} ids={TO} />
        {lot.passed.map((into) => (
          <tr key={into.lot}>
            <td>
              {t("cost.passed")}{" "}
              <InlineLink onClick={() => go(`/stock/lot/${into.lot}`)}>
                {into.skuCode} {into.lotNo}
              </InlineLink>
            </td>
            <td className="numeric">
              <Money amount={into.amount} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Opened = (props: { lot: LotCostCard; children: ReactNode }): ReactNode => (
  <Popover trigger="click" title={props.lot.lotNo} content={<Balance lot={props.lot} />}>
    <button type="button" className="why">
      {props.children}
    </button>
  </Popover>
);

const AMOUNTS = ["whole", "own", "takenOver", "onHand", "sold", "elsewhere"] as const;

const LotLine = (props: { lot: LotCostCard }): ReactNode => {
  const go = useGo();
  const { lot } = props;
  return (
    <tr>
      <td>
        <InlineLink onClick={() => go(`/stock/lot/${lot.lot}`)}>{lot.lotNo}</InlineLink>
      </td>
      <td className="numeric">
        <Qty value={lot.units} zero="0" />
      </td>
      {AMOUNTS.map((id) => (
        <td key={id} className="numeric">
          {isSome(lot[id]) ? (
            <Opened lot={lot}>
              <Money amount={lot[id]} />
            </Opened>
          ) : (
            <span className="quiet">–</span>
          )}
        </td>
      ))}
      <td className="numeric figure">{lot.unitCost === null ? "–" : format.price(lot.unitCost)}</td>
    </tr>
  );
};

export const CostPart = (props: { cost: OrderCost }): ReactNode => {
  const { t } = useTranslation("production");
  const { cost } = props;
  if (cost.lots.length === 0) return null;
  return (
    <Part title={t("costTitle", { currency: cost.currency })}>
      <div className="wide-table">
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("lot")}</th>
              <th className="numeric">{t("received")}</th>
              {AMOUNTS.map((id) => (
                <th key={id} className="numeric">
                  {t(`cost.${id}`)}
                </th>
              ))}
              <th className="numeric">{t("perUnit")}</th>
            </tr>
          </thead>
          <tbody>
            {cost.lots.map((lot) => (
              <LotLine key={lot.lot} lot={lot} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={2} className="quiet">
                {t("soldUnits", { units: format.qty(cost.unitsSold) })}
              </td>
              <td className="numeric">
                <Money amount={cost.whole} />
              </td>
              <td colSpan={2} />
              <td className="numeric">
                <Money amount={cost.onHand} />
              </td>
              <td className="numeric">
                <Money amount={cost.sold} />
              </td>
              <td className="numeric">
                <Money amount={cost.elsewhere} />
              </td>
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
    </Part>
  );
};
