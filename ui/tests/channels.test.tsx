/** Channels and prices: what the window makes of what the core says, and what it asks. */
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { screensFor } from "../src/app/screens";
import type {
  BarPart,
  BenchResult,
  BenchRow,
  ChannelPriceRow,
  ClearanceChannel,
  ClearanceRow,
  RuleVersion,
  SkuRow,
} from "../src/contract";
import { bestOf, rowsShown, segmentsOf, underFloor, worst } from "../src/features/channels/bench";
import { bookOf, conflictOf, dayBefore, holdsOn, overlap } from "../src/features/channels/prices";
import { SliderField } from "../src/features/channels/SliderField";
import {
  benchOf,
  isAmount,
  isShare,
  nothingTried,
  sliderEnd,
} from "../src/features/channels/trial";
import { spans, told } from "../src/features/channels/versions";
import { bestOf as bestFor, standing } from "../src/features/slow/standing";

afterEach(cleanup);

const part = (kind: string, amount: string, account: string | null = null): BarPart => ({
  kind,
  account,
  amount,
  sharePpm: 0,
});

const row = (channel: string, expected: string | null, more: Partial<BenchRow> = {}): BenchRow => ({
  channel,
  code: channel,
  name: { zh: channel, en: channel },
  version: 1,
  way: "none",
  mech: null,
  usual: true,
  price: "129.00",
  priceFrom: "given",
  result: expected === null ? null : ({ expected, bar: [], flags: [] } as unknown as BenchResult),
  problem: null,
  ...more,
});

const withBar = (channel: string, bar: BarPart[]): BenchRow => {
  const one = row(channel, "1.00");
  return { ...one, result: { ...(one.result as BenchResult), bar } };
};

describe("the bench", () => {
  it("names the channel that leaves most as a number, not as a text", () => {
    const rows = [row("a", "9.50"), row("b", "33.57"), row("c", null), row("d", "-5.45")];
    expect(bestOf(rows)?.channel).toBe("b");
    expect(bestOf([row("d", "-5.45"), row("e", "-60.00")])?.channel).toBe("d");
    expect(bestOf([row("c", null)])).toBeNull();
  });

  it("lays the bars from those who are paid first to what is left", () => {
    const one = withBar("a", [
      part("party", "19.35", "sharer"),
      part("party", "6.45", "platform"),
      part("vat", "14.20"),
      part("goods", "42.00"),
      part("margin", "37.53"),
    ]);
    const other = withBar("b", [part("party", "0.77", "payment"), part("margin", "-3.57")]);
    const segments = segmentsOf([one, other]);
    expect(segments.map(({ key }) => key)).toEqual([
      "platform",
      "payment",
      "sharer",
      "vat",
      "goods",
      "margin",
    ]);
    expect(segments.find(({ key }) => key === "margin")?.amounts).toEqual(["37.53", "-3.57"]);
    expect(segments.find(({ key }) => key === "sharer")?.amounts).toEqual(["19.35", null]);
  });

  it("keeps an account of the name of an own part apart from it", () => {
    const one = withBar("a", [part("party", "1.00", "goods"), part("goods", "2.00")]);
    expect(segmentsOf([one]).map(({ party, amounts }) => [party, amounts[0]])).toEqual([
      [true, "1.00"],
      [false, "2.00"],
    ]);
  });

  it("shows the usual way of each channel, or all with those of a channel together", () => {
    const rows = [
      row("a", "1", { way: "share" }),
      row("b", "1"),
      row("a", "1", { way: "all", usual: false }),
    ];
    expect(rowsShown(rows, false).map(({ channel, way }) => channel + way)).toEqual([
      "ashare",
      "bnone",
    ]);
    expect(rowsShown(rows, true).map(({ channel, way }) => channel + way)).toEqual([
      "ashare",
      "aall",
      "bnone",
    ]);
  });

  it("tells the floor that a price is under", () => {
    const floors = { breakEven: "74.78", floorSunk: "12.33", floorDestruction: "7.48" };
    expect(underFloor("129.00", floors)).toBeNull();
    expect(underFloor("74.78", floors)).toBeNull();
    expect(underFloor("74.77", floors)).toBe("full");
    expect(underFloor("9.00", floors)).toBe("sunk");
    expect(underFloor("7.47", floors)).toBe("destruction");
    expect(underFloor(null, floors)).toBeNull();
    expect(worst([{ severity: "info" }, { severity: "warn" }])).toBe("warn");
    expect(worst([])).toBeNull();
  });

  it("asks the core only with goods, or with a price and a cost", () => {
    expect(benchOf(nothingTried)).toBeNull();
    expect(benchOf({ ...nothingTried, price: "129" })).toBeNull();
    expect(benchOf({ ...nothingTried, price: "129", unitCost: "42.00" })?.unitCost).toBe("42.00");
    const asked = benchOf({
      ...nothingTried,
      sku: "s",
      returns: "8.5",
      packing: "6.50",
      coupon: "10",
    });
    expect(asked?.overrides).toMatchObject({ returnPpm: 85_000, packing: "6.50" });
    expect(asked?.price).toBeNull();
    expect(asked?.coupon).toBe("10");
  });

  it("takes amounts and shares, and nothing else", () => {
    expect(["129", "129.5", "0.01"].every(isAmount)).toBe(true);
    expect(["", "-1", "1.005", "1e3", "12."].some(isAmount)).toBe(false);
    expect(["0", "8", "100", "12.5"].every(isShare)).toBe(true);
    expect(["", "101", "-1", "x"].some(isShare)).toBe(false);
    expect([sliderEnd(null, 100), sliderEnd("129", 100), sliderEnd("4", 10)]).toEqual([
      100, 300, 10,
    ]);
  });
});

describe("a value that is played with", () => {
  const field = (value: string | null, onChange: (value: string | null) => void) => (
    <SliderField
      label="Price"
      value={value}
      own={null}
      placeholder="by channel"
      max={300}
      step={1}
      isValue={isAmount}
      onChange={onChange}
    />
  );

  it("leaves what is being typed alone, refuses what is none, and gives it back when emptied", () => {
    const changed = vi.fn();
    const shown = render(field("12", changed));
    const input = screen.getByRole("textbox", { name: "Price" });
    fireEvent.change(input, { target: { value: "12." } });
    expect(changed).not.toHaveBeenCalled();
    expect(input.getAttribute("aria-invalid")).toBe("true");
    fireEvent.change(input, { target: { value: "12.50" } });
    expect(changed).toHaveBeenLastCalledWith("12.50");
    shown.rerender(field("12.50", changed));
    expect((input as HTMLInputElement).value).toBe("12.50");
    fireEvent.change(input, { target: { value: "" } });
    expect(changed).toHaveBeenLastCalledWith(null);
  });

  it("moves by the keyboard", () => {
    const changed = vi.fn();
    render(field("12", changed));
    fireEvent.keyDown(screen.getByRole("slider", { name: "Price" }), {
      key: "ArrowRight",
      keyCode: 39,
    });
    expect(changed).toHaveBeenLastCalledWith("13");
  });
});

const price = (id: string, from: string, to: string | null, more = {}): ChannelPriceRow =>
  ({
    id,
    sku: "s",
    channel: "c",
    from,
    to,
    price: "129",
    floorPrice: null,
    floor: null,
    belowFloor: false,
    ...more,
  }) as ChannelPriceRow;

describe("the price book", () => {
  const spring = price("1", "2026-03-01", "2026-05-31");
  const summer = price("2", "2026-06-01", null);

  it("knows the price of a day, its last day included", () => {
    expect([holdsOn(spring, "2026-05-31"), holdsOn(spring, "2026-06-01")]).toEqual([true, false]);
    const [line] = bookOf([{ id: "s" } as SkuRow], [summer, spring], "2026-05-31");
    expect(line?.at.get("c")).toEqual({ now: spring, next: summer, fault: null });
    expect(bookOf([{ id: "other" } as SkuRow], [spring], "2026-05-31")[0]?.at.size).toBe(0);
  });

  it("finds days that two prices share, whichever is asked", () => {
    expect(overlap(spring, summer)).toBe(false);
    for (const [a, b] of [
      [spring, price("3", "2026-05-31", "2026-07-01")],
      [summer, price("3", "2027-01-01", null)],
      [spring, price("3", "2026-01-01", null)],
    ] as const) {
      expect([overlap(a, b), overlap(b, a)]).toEqual([true, true]);
    }
    const typed = { id: null, sku: "s", channel: "c", from: "2026-05-31", to: null };
    expect(conflictOf(typed, [summer, spring])).toBe(summer);
    expect(conflictOf({ ...typed, id: "2" }, [summer])).toBeNull();
    expect(conflictOf({ ...typed, channel: "other" }, [summer])).toBeNull();
    expect(dayBefore("2026-03-01")).toBe("2026-02-28");
  });

  it("marks prices that overlap or are below their floor", () => {
    const faultOf = (prices: ChannelPriceRow[]) =>
      bookOf([{ id: "s" } as SkuRow], prices, "2026-05-01")[0]?.at.get("c")?.fault;
    expect(faultOf([spring, price("3", "2026-05-31", null)])).toBe("conflict");
    expect(faultOf([price("4", "2026-01-01", null, { belowFloor: true })])).toBe("belowFloor");
    expect(faultOf([price("5", "2026-01-01", null)])).toBeNull();
  });
});

describe("versions of rules", () => {
  const version = (
    n: number,
    from: string,
    to: string | null,
    spans = [{ from, to }],
  ): RuleVersion => ({
    version: n,
    from,
    to,
    spans,
    publishedAt: null,
    sha256: String(n),
    inForce: n === 1,
  });

  it("lie on one line, each behind the one before, open ends to its end", () => {
    const { parts, now } = spans(
      [
        version(1, "2026-01-01T00:00:00+08:00", "2027-01-01T00:00:00+08:00"),
        version(2, "2027-01-01T00:00:00+08:00", null),
      ],
      "2026-11-22",
    );
    const [first, second] = parts;
    expect(first?.left).toBe(0);
    expect((first?.left ?? 0) + (first?.width ?? 0)).toBeCloseTo(second?.left ?? 0);
    expect((second?.left ?? 0) + (second?.width ?? 0)).toBeCloseTo(100);
    expect(now).toBeGreaterThan(0);
    expect(now).toBeLessThan(second?.left ?? 0);
  });

  it("come back after a later one that ends", () => {
    const at = ["2026-01-01", "2026-06-01", "2026-07-01"].map((day) => `${day}T00:00:00+08:00`);
    const [begin = "", from = "", to = ""] = at;
    const { parts } = spans(
      [
        version(1, begin, null, [
          { from: begin, to: from },
          { from: to, to: null },
        ]),
        version(2, from, to),
      ],
      "2026-11-22",
    );
    const [first, again, between] = parts;
    expect(parts.map(({ version }) => version.version)).toEqual([1, 1, 2]);
    expect((first?.left ?? 0) + (first?.width ?? 0)).toBeCloseTo(between?.left ?? 0);
    expect((between?.left ?? 0) + (between?.width ?? 0)).toBeCloseTo(again?.left ?? 0);
    expect((again?.left ?? 0) + (again?.width ?? 0)).toBeCloseTo(100);
  });

  it("begin at the instant of their own offset, wherever the computer is", () => {
    expect(told("2026-01-01T00:00:00+08:00")).toBe("2026-01-01");
    expect(told("2026-03-14T10:00:00+08:00")).toBe("2026-03-14 10:00");
  });
});

describe("the floors of a clearance", () => {
  const offer = (price: string | null): ClearanceChannel =>
    ({ channel: "c", price, fullCost: "74.78", destruction: "7.48" }) as ClearanceChannel;

  it("say where a price stands: never below the last, with a reason below the first", () => {
    expect(["7.47", "9.00", "74.77", "74.78", null].map((it) => standing(offer(it)))).toEqual([
      "never",
      "reason",
      "reason",
      "recovers",
      "unknown",
    ]);
  });

  it("name the channel that brings most, if any does", () => {
    const floors = { best: "c", channels: [offer("99")] } as unknown as ClearanceRow;
    expect(bestFor(floors)?.channel).toBe("c");
    expect(bestFor({ ...floors, best: null })).toBeNull();
    expect(bestFor(null)).toBeNull();
  });
});

describe("screens of money", () => {
  it("are not there for those who do not see it", () => {
    const names = (seesMoney: boolean) => screensFor(seesMoney).map(({ name }) => name);
    expect(names(true)).toContain("channels");
    expect(names(false)).not.toContain("channels");
    expect(names(false)).toContain("stock");
  });
});
