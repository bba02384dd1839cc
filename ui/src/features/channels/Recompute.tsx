/** Recomputing orders: what shops made of them, held against our rules of their channels. */
import { Button, Select } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DifferencesOf, PriceDifference, PriceDifferences } from "../../contract";
import { useExport } from "../../kit/exporting";
import { Money } from "../../kit/Figures";
import { qty } from "../../kit/format";
import { ArrayGrid } from "../../kit/grid/ArrayGrid";
import type { Column } from "../../kit/grid/columns";
import { useGo } from "../../kit/links";
import { useCall, useMoney } from "../../kit/query";
import { Answer, Empty, Loading } from "../../kit/Screen";
import { useWords } from "../../kit/words";
import { isOver, keyOf, kindOf, outcomeOf, pricedShops, sortable } from "./recompute";

const Amount = (props: { amount: string | null }): ReactNode => (
  <Money amount={props.amount} {...(isOver(props.amount) ? { tone: "red" as const } : {})} />
);

const useColumns = (): Column<PriceDifference>[] => {
  const { t } = useTranslation("channels");
  const { word } = useWords();
  return useMemo(() => {
    const plain = (
      id: "shopCode" | "order" | "line" | "rule",
      title: string,
      width: number,
    ): Column<PriceDifference> => ({
      id,
      title,
      width,
      sortable: true,
      by: (row) => row[id],
      cell: (row) => row[id] ?? "–",
      text: (row) => row[id] ?? "",
    });
    const amount = (
      id: "theirs" | "ours" | "difference",
      title: string,
    ): Column<PriceDifference> => ({
      id,
      title,
      width: 96,
      numeric: true,
      sortable: true,
      by: (row) => sortable(row[id]),
      cell: (row) =>
        id === "difference" ? <Amount amount={row[id]} /> : <Money amount={row[id]} />,
      text: (row) => row[id] ?? "",
    });
    const account = (row: PriceDifference): string =>
      row.account === null ? "" : word("pricing_role", row.account);
    return [
      plain("shopCode", t("shop"), 72),
      { ...plain("order", t("orderNumber"), 168), grow: 1 },
      plain("line", t("orderLine"), 48),
      {
        id: "what",
        title: t("differs"),
        width: 130,
        grow: 1,
        sortable: true,
        by: ({ what }) => what,
        cell: ({ what }) => word("price_difference", what),
        text: ({ what }) => word("price_difference", what),
      },
      {
        id: "account",
        title: t("account"),
        width: 96,
        grow: 1,
        sortable: true,
        by: account,
        cell: (row) => account(row) || "–",
        text: account,
      },
      { ...plain("rule", t("ruleId"), 110), grow: 1 },
      amount("theirs", t("theirs")),
      amount("ours", t("ours")),
      amount("difference", t("difference")),
    ];
  }, [t, word]);
};

const SPARE = ["line", "shopCode"];

/** What a sum is of; clicked, only those differences are listed. */
const Sums = (props: {
  found: PriceDifferences;
  only: string | null;
  onOnly: (key: string | null) => void;
}): ReactNode => {
  const { t } = useTranslation("channels");
  const { word } = useWords();
  return (
    <table className="plain-table recompute-sums">
      <thead>
        <tr>
          <th>{t("differs")}</th>
          <th>{t("ruleId")}</th>
          <th className="numeric">{t("ordersCount")}</th>
          <th className="numeric">{t("differencesCount")}</th>
          <th className="numeric" title={t("sumHint")}>
            {t("differenceSum", { currency: props.found.currency })}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.found.sums.map(({ what, rule, orders, count, difference }) => (
          <tr key={kindOf({ what, rule })}>
            <td>
              <button
                type="button"
                className="link"
                aria-pressed={props.only === kindOf({ what, rule })}
                title={t("sumOnly")}
                onClick={() => {
                  const key = kindOf({ what, rule });
                  props.onOnly(props.only === key ? null : key);
                }}
              >
                {word("price_difference", what)}
              </button>
            </td>
            <td>{rule ?? "–"}</td>
            <td className="numeric">{qty(orders)}</td>
            <td className="numeric">{qty(count)}</td>
            <td className="numeric">
              <Amount amount={difference} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Counts = (props: { found: PriceDifferences }): ReactNode => {
  const { t } = useTranslation("channels");
  const { found } = props;
  return (
    <p className="answer-line">
      <strong className="tone-red">
        {t("differing", { count: found.differing, shown: qty(found.differing) })}
      </strong>
      <span>{t("comparedCount", { shown: qty(found.compared) })}</span>
      {found.untold > 0 && (
        <span className="tone-amber" title={t("untoldText")}>
          {t("untoldCount", { shown: qty(found.untold) })}
        </span>
      )}
      <span className="quiet">
        {found.total > found.rows.length
          ? t("listedOf", { listed: qty(found.rows.length), total: qty(found.total) })
          : t("totalCount", { count: found.total, shown: qty(found.total) })}
      </span>
    </p>
  );
};

const Differing = (props: { found: PriceDifferences }): ReactNode => {
  const { t } = useTranslation("channels");
  const columns = useColumns();
  const { found } = props;
  const [only, setOnly] = useState<string | null>(null);
  const shown = found.sums.some((sum) => kindOf(sum) === only) ? only : null;
  const list = useMemo(
    () => (shown === null ? found.rows : found.rows.filter((row) => kindOf(row) === shown)),
    [found.rows, shown],
  );
  return (
    <div className="recompute">
      <Counts found={found} />
      <Sums found={found} only={shown} onOnly={setOnly} />
      <ArrayGrid
        id="recompute"
        label={t("recompute")}
        columns={columns}
        spare={SPARE}
        list={list}
        rowKey={keyOf}
      />
    </div>
  );
};

/** What was found, or what to do where nothing could be. */
const Found = (props: { found: PriceDifferences }): ReactNode => {
  const { t } = useTranslation("channels");
  const go = useGo();
  const { found } = props;
  switch (outcomeOf(found)) {
    case "noOrders":
      return (
        <Empty
          title={t("noOrders")}
          acts={<Button onClick={() => go("/sync")}>{t("toShops")}</Button>}
        >
          {t("noOrdersText")}
        </Empty>
      );
    case "untold":
      return (
        <Empty title={t("allUntold", { count: found.untold, shown: qty(found.untold) })}>
          {t("untoldText")}
        </Empty>
      );
    case "agree":
      return (
        <Empty title={t("allAgree", { count: found.compared, shown: qty(found.compared) })}>
          {found.untold > 0
            ? `${t("untoldCount", { shown: qty(found.untold) })} ${t("untoldText")}`
            : t("allAgreeText")}
        </Empty>
      );
    case "differ":
      return <Differing found={found} />;
  }
};

const NoRules = (): ReactNode => {
  const { t } = useTranslation("channels");
  const go = useGo();
  return (
    <Empty
      title={t("noShopRules")}
      acts={
        <Button type="primary" onClick={() => go("/channels/rules")}>
          {t("toRules")}
        </Button>
      }
    >
      {t("noShopRulesText")}
    </Empty>
  );
};

export const useRecompute = (): { body: ReactNode; tools: ReactNode; acts: ReactNode } => {
  const { t } = useTranslation("channels");
  const kit = useTranslation("kit").t;
  const channels = useCall("channel.list", {});
  const shops = useMemo(() => pricedShops(channels.data ?? []), [channels.data]);
  const [chosen, setShop] = useState<string | null>(null);
  const [asked, setAsked] = useState<DifferencesOf | null>(null);
  const shop = shops.some((one) => one.shop === chosen) ? chosen : null;
  const query = useMoney("sync.differences", asked ?? { shop }, { enabled: asked !== null });
  const write = useExport("differences", t("differencesFile"), null, shop);
  const found = query.isPlaceholderData ? undefined : query.data;
  const run = (of: string | null): void => {
    if (asked?.shop === of && asked !== null) void query.refetch();
    else setAsked({ shop: of });
  };
  const choose = (of: string | null): void => {
    setShop(of);
    if (asked !== null) setAsked({ shop: of });
  };
  const runs = (
    <Button type="primary" loading={query.isFetching} onClick={() => run(shop)}>
      {t("recomputeRun")}
    </Button>
  );
  const body = (): ReactNode => {
    if (shops.length === 0) return <NoRules />;
    if (asked === null && found === undefined)
      return (
        <Empty title={t("recompute")} acts={runs}>
          {t("recomputeText")}
        </Empty>
      );
    if (query.isFetching && found === undefined) return <Loading rows={10} />;
    return (
      <Answer query={query} rows={10}>
        {(answer) => <Found found={answer} />}
      </Answer>
    );
  };
  return {
    acts: shops.length > 0 && (
      <>
        <Button
          loading={write.busy}
          disabled={found === undefined || found.total === 0}
          onClick={() => void write.run()}
        >
          {kit("export")}
        </Button>
        {runs}
      </>
    ),
    tools: shops.length > 0 && (
      <Select
        size="small"
        className="recompute-shop"
        aria-label={t("shop")}
        value={shop ?? ""}
        onChange={(value) => choose(value === "" ? null : value)}
        options={[
          { value: "", label: t("allShops", { count: shops.length }) },
          ...shops.map(({ shop: value, code }) => ({ value, label: code })),
        ]}
      />
    ),
    body: (
      <Answer query={channels} rows={8}>
        {() => body()}
      </Answer>
    ),
  };
};
