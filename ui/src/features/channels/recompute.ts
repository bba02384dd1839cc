/** What the window makes of orders priced a second time. */
import type { ChannelRow, Id, PriceDifference, PriceDifferences } from "../../contract";

/** The shops that a channel prices, each with its code, in the order of the channels. */
export const pricedShops = (
  channels: readonly ChannelRow[],
): { shop: Id; code: string; channel: ChannelRow }[] =>
  channels.flatMap((channel) =>
    channel.shop === null ? [] : [{ shop: channel.shop, code: channel.shopCode ?? "", channel }],
  );

export type Outcome = "noOrders" | "untold" | "agree" | "differ";

/** In one word what was found. */
export const outcomeOf = (found: PriceDifferences): Outcome => {
  if (found.total > 0) return "differ";
  if (found.compared > 0) return "agree";
  return found.untold > 0 ? "untold" : "noOrders";
};

/** A row's key: an order has at most one difference of a kind, line, account and rule. */
export const keyOf = (row: PriceDifference): string =>
  [row.shop, row.order, row.what, row.line, row.account, row.rule].join(" ");

/** What is added up: differences of one kind and rule. */
export const kindOf = (of: { what: string; rule: string | null }): string =>
  `${of.what} ${of.rule ?? ""}`;

/** The amount as a number for sorting only. */
export const sortable = (amount: string | null): number | null =>
  amount === null ? null : Number(amount);

/** Whether they count more than our rules: what the brand asks about first. */
export const isOver = (amount: string | null): boolean =>
  amount !== null && !amount.startsWith("-") && Number(amount) !== 0;
