/** A version of the rules as people of the trade read them: prices, coupons, charges, rewards. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Message, RuleRow, RuleSetCard } from "../../contract";
import { Facts, Part } from "../../kit/Detail";
import { Tag } from "../../kit/StatusTag";
import { useWords } from "../../kit/words";
import { FlagList } from "./LawFlags";

const Sayings = (props: { says: readonly Message[] }): ReactNode => {
  const { message } = useWords();
  return (
    <>
      {props.says.map((each) => (
        <div key={message(each)}>{message(each)}</div>
      ))}
    </>
  );
};

/** What the rule is: a reward by its mechanism, others by their own name. */
const RuleName = (props: { row: RuleRow }): ReactNode => {
  const { t } = useTranslation("channels");
  const { word } = useWords();
  const { id, mech, depth, exclusive } = props.row;
  return (
    <>
      {mech !== null && <strong>{word("pricing_mech", mech)} </strong>}
      <code className={mech === null ? "" : "quiet"}>{id}</code>
      {depth > 1 && (
        <>
          {" "}
          <Tag tone="amber">{t("depth", { depth })}</Tag>
        </>
      )}
      {exclusive !== null && <div className="quiet">{t("exclusive", { group: exclusive })}</div>}
    </>
  );
};

const RuleTable = (props: {
  title: string;
  hint?: string;
  rows: readonly RuleRow[];
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { message, word } = useWords();
  const { rows } = props;
  const paid = rows.some(({ to }) => to !== null);
  if (rows.length === 0) return null;
  return (
    <Part title={props.title} acts={props.hint && <span className="quiet">{props.hint}</span>}>
      <table className="plain-table rule-table">
        <thead>
          <tr>
            <th>{t("rule")}</th>
            {paid && <th>{t("paidTo")}</th>}
            <th>{t("howMuch")}</th>
            <th>{t("limits")}</th>
            <th>{t("when")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <RuleName row={row} />
              </td>
              {paid && (
                <td>
                  {row.to !== null && word("pricing_role", row.to)}
                  {row.by === "platform" && (
                    <div className="quiet">{t("paidBy", { by: word("pricing_by", row.by) })}</div>
                  )}
                </td>
              )}
              <td>{message(row.value)}</td>
              <td>
                <Sayings says={row.says} />
              </td>
              <td>
                {row.when.length === 0 ? (
                  <span className="quiet">{t("always")}</span>
                ) : (
                  <Sayings says={row.when} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
};

export const RulesView = (props: { card: RuleSetCard }): ReactNode => {
  const { t } = useTranslation("channels");
  const { message } = useWords();
  const { card } = props;
  return (
    <>
      <Part title={t("lawTitle")}>
        <FlagList flags={card.flags} />
      </Part>
      <RuleTable title={t("prices")} hint={t("firstMatch")} rows={card.prices} />
      <RuleTable title={t("coupons")} hint={t("inOrder")} rows={card.coupons} />
      <RuleTable title={t("charges")} rows={card.charges} />
      <RuleTable title={t("rewards")} rows={card.rewards} />
      <Part title={t("taxAndCap")}>
        <Facts
          facts={[
            [t("vat"), message(card.vat)],
            [t("cap"), card.cap === null ? t("noCap") : message(card.cap)],
          ]}
        />
      </Part>
    </>
  );
};
