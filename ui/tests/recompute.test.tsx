/** Recomputing orders: what the screen asks the core, and what it says of the answer. */
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { App } from "antd";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import type {
  ChannelRow,
  PriceDifference,
  PriceDifferences,
  WorkspaceInfo,
  WorkspaceStatus,
} from "../src/contract";
import ChannelsScreen from "../src/features/channels/ChannelsScreen";
import { isOver, keyOf, outcomeOf, pricedShops } from "../src/features/channels/recompute";
import { i18next } from "../src/i18n";
import { NoticesProvider } from "../src/kit/Notices";
import { queryClient } from "../src/kit/query";
import { SessionProvider } from "../src/kit/session";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  queryClient.clear();
});

const channel = (code: string, shop: string | null): ChannelRow =>
  ({ id: code, code, name: { zh: code, en: code }, shop, shopCode: shop }) as ChannelRow;

const nothing: PriceDifferences = {
  currency: "CNY",
  shops: 1,
  compared: 0,
  untold: 0,
  differing: 0,
  total: 0,
  sums: [],
  rows: [],
};

const difference = (more: Partial<PriceDifference>): PriceDifference => ({
  shop: "s",
  shopCode: "S-P3",
  order: "2610010000000000001",
  line: "1",
  what: "payout",
  account: "platform",
  rule: "commission",
  theirs: "7.74",
  ours: "6.45",
  difference: "1.29",
  ...more,
});

const differing: PriceDifferences = {
  ...nothing,
  compared: 1204,
  untold: 3,
  differing: 2,
  total: 3,
  sums: [
    { what: "payout", rule: "commission", orders: 2, count: 2, difference: "2.58" },
    { what: "rules", rule: "cps-P3 v1", orders: 1, count: 1, difference: null },
  ],
  rows: [
    difference({}),
    difference({ order: "2610010000000000002" }),
    difference({ line: null, what: "rules", account: null, rule: "cps-P3 v1", difference: null }),
  ],
};

describe("orders priced a second time", () => {
  it("are told apart by what was found", () => {
    expect(outcomeOf(nothing)).toBe("noOrders");
    expect(outcomeOf({ ...nothing, untold: 4 })).toBe("untold");
    expect(outcomeOf({ ...nothing, compared: 9, untold: 4 })).toBe("agree");
    expect(outcomeOf(differing)).toBe("differ");
  });

  it("have rows of different keys, and shops only where a channel names one", () => {
    expect(new Set(differing.rows.map(keyOf)).size).toBe(3);
    const shops = pricedShops([channel("A", null), channel("B", "s2")]);
    expect(shops.map(({ shop, code }) => [shop, code])).toEqual([["s2", "s2"]]);
  });

  it("mark only what is counted above our rules", () => {
    expect(["1.29", "-1.29", "0.00", null].map(isOver)).toEqual([true, false, false, false]);
  });
});

describe("the screen", () => {
  const show = (
    channels: ChannelRow[],
    found: PriceDifferences | null,
  ): { name: string; input: unknown }[] => {
    const asked: { name: string; input: unknown }[] = [];
    vi.stubGlobal("fetch", async (_: unknown, init: { body: string }) => {
      const call = JSON.parse(init.body) as { name: string; input: unknown };
      asked.push(call);
      const answer = { "channel.list": channels, "sync.differences": found }[call.name] ?? [];
      return new Response(JSON.stringify(answer), { status: 200 });
    });
    void i18next.changeLanguage("en");
    const { hook } = memoryLocation({ path: "/channels/recompute" });
    render(
      <QueryClientProvider client={queryClient}>
        <App>
          <NoticesProvider>
            <SessionProvider
              status={
                { today: "2026-11-22", seesMoney: true, rights: [] } as unknown as WorkspaceStatus
              }
              workspace={{ currency: "CNY", readOnly: false } as WorkspaceInfo}
            >
              <Router hook={hook}>
                <ChannelsScreen />
              </Router>
            </SessionProvider>
          </NoticesProvider>
        </App>
      </QueryClientProvider>,
    );
    return asked;
  };
  const differences = (asked: { name: string; input: unknown }[]): unknown[] =>
    asked.filter(({ name }) => name === "sync.differences").map(({ input }) => input);
  const run = async (): Promise<void> => {
    fireEvent.click((await screen.findAllByRole("button", { name: "Recompute" }))[0] as Element);
  };

  it("says how a shop gets rules where none has any, and asks nothing", async () => {
    const asked = show([channel("A", null)], null);
    expect(await screen.findByText("No shop has rules")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Recompute" })).toBeNull();
    expect(differences(asked)).toEqual([]);
  });

  it("recomputes only when told to, and says that all agree", async () => {
    const asked = show([channel("A", "s")], { ...nothing, compared: 1204 });
    expect(await screen.findByText(/Prices every paid order a second time/)).toBeTruthy();
    expect(differences(asked)).toEqual([]);
    await run();
    expect(await screen.findByText("All 1,204 orders agree")).toBeTruthy();
    expect(differences(asked)).toEqual([{ shop: null }]);
  });

  it("shows counts and the sum by rule, and lists one kind when it is chosen", async () => {
    show([channel("A", "s")], differing);
    await run();
    expect(await screen.findByText("2 orders differ")).toBeTruthy();
    expect(screen.getByText("1,204 compared")).toBeTruthy();
    expect(screen.getByText("3 without pricing")).toBeTruthy();
    expect(screen.getByText("3 differences in all")).toBeTruthy();
    const sums = screen.getByRole("table");
    const cells = within(sums).getAllByRole("row")[1]?.textContent;
    expect(cells).toContain("commission");
    expect(cells).toContain("2.58");
    const grid = screen.getByRole("grid", { name: "Recompute orders" });
    expect(grid.getAttribute("aria-rowcount")).toBe("4");
    fireEvent.click(within(sums).getByRole("button", { name: "Other rules than ours" }));
    expect(grid.getAttribute("aria-rowcount")).toBe("2");
  });
});
