import { describe, expect, it } from "vitest";
import { times } from "../src/kit/decimal";
import * as format from "../src/kit/format";
import { linePoints } from "../src/kit/Sparkline";

describe("figures", () => {
  it("group money without touching a digit", () => {
    expect(format.money("1234567.80", "CNY")).toBe("¥1,234,567.80");
    expect(format.money("-98765432109876543.21", "CNY")).toBe("−¥98,765,432,109,876,543.21");
    expect(format.money("0.05", "SEK")).toBe("SEK 0.05");
    expect(format.grouped("999")).toBe("999");
    expect(format.grouped("1000")).toBe("1,000");
  });

  it("show shares with one decimal where it says something", () => {
    expect(format.percent(473_000)).toBe("47.3%");
    expect(format.percent(500_000)).toBe("50%");
    expect(format.percent(999_960)).toBe("100%");
  });

  it("shorten for charts by language", () => {
    expect(format.short(12_345, "en")).toBe("12.3K");
    expect(format.short(950, "en")).toBe("950");
    expect(format.short(12_345, "zh")).toMatch(/^1\.2/);
  });

  it("name a day in words", () => {
    expect(format.longDay("2026-11-22", "en")).toBe("Sun 22 Nov");
    expect(format.longDay("2026-11-22", "zh")).toMatch(/^11.22/);
  });

  it("count days across a leap day", () => {
    expect(format.daysBetween("2028-02-28", "2028-03-01")).toBe(2);
    expect(format.daysBetween("2026-11-22", "2026-11-16")).toBe(-6);
  });

  it("multiply a unit price exactly, rounding half up", () => {
    expect(times("12.6042", 3000)).toBe("37812.60");
    expect(times("0.1", 3)).toBe("0.30");
    expect(times("0.005", 1)).toBe("0.01");
    expect(times("0.0049", 1)).toBe("0.00");
    expect(times("-0.005", 1)).toBe("-0.01");
    expect(times("9007199254740993.01", 10)).toBe("90071992547409930.10");
    expect(times("7", 6)).toBe("42.00");
  });

  it("draw a flat line in the middle and a rising one upwards", () => {
    expect(linePoints([5, 5], 10, 20)).toBe("0.0,11.0 10.0,11.0");
    expect(linePoints([0, 10], 10, 20)).toBe("0.0,21.0 10.0,1.0");
  });
});
