/** One channel of the bench: who gets what of the price, and what the law says of it. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BarPart, BenchResult, BenchRow, ExplainBench, RunBench } from "../../contract";
import { AskWhy } from "../../kit/AskWhy";
import { Facts, Part } from "../../kit/Detail";
import { Money, Percent } from "../../kit/Figures";
import * as format from "../../kit/format";
import { useGo } from "../../kit/links";
import { useWords } from "../../kit/words";
import { useWayName } from "./BenchTable";
import { FlagList } from "./LawFlags";
import { usePartName } from "./PartyChart";

/** Which figure of the core explains a part of the bar; goods and packing are what they are. */
const FIGURE_OF: Record<string, string> = { party: "party", vat: "vatOut", margin: "margin" };

const Parts = (props: {
  result: BenchResult;
  currency: string;
  ask: (figure: string, account: string | null) => ExplainBench;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const nameOf = usePartName();
  const amount = (part: BarPart): ReactNode => {
    const figure = FIGURE_OF[part.kind];
    const shown = (
      <Money
        amount={part.amount}
        {...(part.amount.startsWith("-") ? { tone: "red" as const } : {})}
      />
    );
    return figure === undefined ? (
      shown
    ) : (
      <AskWhy ask={props.ask(figure, part.account)}>{shown}</AskWhy>
    );
  };
  return (
    <table className="plain-table parts-table">
      <thead>
        <tr>
          <th>{t("whoGets")}</th>
          <th className="numeric">{t("amount", { currency: props.currency })}</th>
          <th className="numeric">{t("shareOfPaid")}</th>
        </tr>
      </thead>
      <tbody>
        {props.result.bar.map((part) => (
          <tr key={`${part.kind} ${part.account}`}>
            <td>{nameOf({ key: part.account ?? part.kind, party: part.kind === "party" })}</td>
            <td className="numeric">{amount(part)}</td>
            <td className="numeric">
              <Percent ppm={part.sharePpm} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>{t("paid")}</td>
          <td className="numeric">
            <Money amount={props.result.paid} />
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
};

const Result = (props: { row: BenchRow; result: BenchResult; ask: RunBench; currency: string }) => {
  const { t } = useTranslation("channels");
  const { row, result, currency } = props;
  const ask = (figure: string, account: string | null): ExplainBench => ({
    bench: props.ask,
    channel: row.channel,
    way: row.way,
    figure,
    account,
  });
  const figure = (key: string, amount: string | null): ReactNode =>
    amount === null ? (
      "–"
    ) : (
      <AskWhy ask={ask(key, null)}>
        <Money amount={amount} currency={currency} />
      </AskWhy>
    );
  return (
    <div className="bench-detail-parts">
      <Part title={t("whoGetsWhat")}>
        <Parts result={result} currency={currency} ask={ask} />
      </Part>
      <div>
        <Part title={t("figures")}>
          <Facts
            facts={[
              [t("brandNet"), figure("brandNet", result.brandNet)],
              [t("vatOut"), figure("vatOut", result.vatOut)],
              [t("vatCredit"), <Money key="c" amount={result.vatCredit} currency={currency} />],
              [t("expectedName"), figure("expected", result.expected)],
              [t("expectedShare"), format.percent(result.expectedSharePpm)],
            ]}
          />
        </Part>
        <Part title={t("lawTitle")}>
          <FlagList flags={result.flags} />
        </Part>
      </div>
    </div>
  );
};

export const BenchDetail = (props: {
  row: BenchRow;
  ask: RunBench;
  currency: string;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { name, message, word } = useWords();
  const wayName = useWayName();
  const go = useGo();
  const { row } = props;
  return (
    <section className="bench-detail">
      <header>
        <h3>
          {name(row.name)} <span className="quiet">{wayName(row)}</span>
        </h3>
        <span className="quiet">
          {row.price !== null && (
            <>
              {t("priceIs")} <Money amount={row.price} currency={props.currency} />
            </>
          )}{" "}
          {row.priceFrom !== null && word("price_from", row.priceFrom)}
        </span>
        <button type="button" className="link" onClick={() => go(`/channels/rules/${row.channel}`)}>
          {t("seeRules", { version: row.version })}
        </button>
      </header>
      {row.result === null ? (
        <p className="tone-amber">{row.problem !== null && message(row.problem)}</p>
      ) : (
        <Result row={row} result={row.result} ask={props.ask} currency={props.currency} />
      )}
    </section>
  );
};
