/** Rules of the work screens that stand in the window: what is typed, grouped and sent. */
import { describe, expect, it } from "vitest";
import type {
  CartonRow,
  Inspected,
  OrderLine,
  OrderRow,
  PlanLine,
  SlowRow,
  TransferCard,
} from "../src/contract";
import { columnOf, missing, withColumn, withConstant } from "../src/features/importing/mapping";
import { keyOf, proposals, runsOut } from "../src/features/plan/transfers";
import { columnsOf } from "../src/features/production/Board";
import { byUrgency } from "../src/features/production/ProductionScreen";
import { delivered, firstDeliveries } from "../src/features/production/receive";
import { joined } from "../src/features/slow/lines";
import { firstLines, stays } from "../src/features/transfers/ArriveForm";
import { runs } from "../src/features/transfers/Cartons";
import { inCartons } from "../src/features/transfers/LotTable";
import { offered } from "../src/features/transfers/TransferEditor";
import { readDay } from "../src/kit/DayInput";
import { sumOf } from "../src/kit/decimal";
import { isPrice } from "../src/kit/terms/check";

describe("a typed day", () => {
  it("is taken year first, in the ways people write it", () => {
    for (const typed of ["2026-01-05", "2026/1/5", "2026.1.5", "20260105", "260105", " 20260105 "])
      expect(readDay(typed)).toBe("2026-01-05");
  });

  it("is refused when it is no day or could be two", () => {
    for (const typed of ["2026-02-30", "20261301", "01/05/2026", "5-1", "2026", "", "2026-1-5x"])
      expect(readDay(typed)).toBeNull();
  });
});

describe("an order", () => {
  const row = (phase: string, lateDays: number, promisedOn: string | null): OrderRow =>
    ({ phase, lateDays, promisedOn }) as OrderRow;

  it("comes first when it is late, then by its promise", () => {
    const rows = [
      row("making", 0, null),
      row("making", 0, "2026-10-02"),
      row("making", 3, "2026-09-01"),
    ];
    expect(rows.sort(byUrgency).map(({ promisedOn }) => promisedOn)).toEqual([
      "2026-09-01",
      "2026-10-02",
      null,
    ]);
  });

  it("stands in the column of its phase, also one that is new to the window", () => {
    const columns = columnsOf([row("making", 0, null), row("inspecting", 0, null)]);
    expect(columns.find(({ phase }) => phase === "making")?.rows).toHaveLength(1);
    expect(columns.at(-1)?.phase).toBe("inspecting");
  });

  it("adds amounts without floats", () => {
    expect(sumOf(["0.10", "0.20", "90071992547409.93"])).toBe("90071992547410.23");
    expect(sumOf([])).toBe("0.00");
    expect(isPrice("11.855")).toBe(true);
    expect(isPrice("1.2345678")).toBe(false);
    expect(isPrice("-1")).toBe(false);
  });

  it("is received as what is still open, and rows of nothing are not sent", () => {
    const line = (at: number, qty: number, received: number): OrderLine =>
      ({ line: at, qty, received }) as OrderLine;
    const rows = firstDeliveries([line(1, 100, 40), line(2, 50, 50)]);
    expect(rows.map(({ line: at, qty }) => [at, qty])).toEqual([[1, 60]]);
    const typed = [
      { ...rows[0], lotNo: " L1 " },
      { ...rows[0], key: "1-1", qty: 0 },
    ];
    expect(delivered(typed as typeof rows)).toEqual([
      {
        line: 1,
        lotNo: "L1",
        mfgOn: null,
        expiresOn: null,
        qty: 60,
        spoilt: 0,
        replaces: null,
      },
    ]);
  });
});

describe("an arrival", () => {
  const card = { inTransit: [{ lot: "a", lotNo: "L1", qty: 768 }] } as unknown as TransferCard;

  it("starts with all that is on the way and tells what stays", () => {
    const [line] = firstLines(card);
    if (line === undefined) throw new Error("no line");
    expect(line).toMatchObject({ lot: "a", qty: 768, status: "good" });
    const parts = [
      { ...line, qty: 700 },
      { ...line, key: "a-1", qty: 20 },
    ];
    expect(stays(card, parts, "a")).toBe(48);
    expect(stays(card, [{ ...line, qty: 770 }], "a")).toBe(-2);
  });
});

describe("cartons", () => {
  const carton = (no: number, lot: string, qty: number): CartonRow =>
    ({ no, contents: [{ lot, lotNo: lot, skuCode: "S", qty }] }) as unknown as CartonRow;

  it("that follow one another and hold the same stand together", () => {
    const all = [carton(1, "a", 48), carton(2, "a", 48), carton(3, "a", 12), carton(4, "a", 48)];
    expect(runs(all).map(({ first, last, count }) => [first.no, last.no, count])).toEqual([
      [1, 2, 2],
      [3, 3, 1],
      [4, 4, 1],
    ]);
  });

  it("are counted whole, with the rest named", () => {
    expect(inCartons(768, 48)).toBe("16");
    expect(inCartons(50, 48)).toBe("1 + 2");
    expect(inCartons(50, undefined)).toBe("");
  });
});

describe("suggestions", () => {
  const line = (sku: string, place: string, more: Partial<PlanLine> = {}): PlanLine =>
    ({
      sku,
      place,
      placeName: place,
      source: "W0",
      cartons: 1,
      units: 48,
      need: 40,
      coverDays: 3,
      lots: [{ lot: `${sku}-lot`, lotNo: "L", qty: 48, sharePpm: null }],
      ...more,
    }) as PlanLine;

  it("become one transfer for each pair of places", () => {
    const made = proposals([line("a", "P1"), line("b", "P1"), line("a", "P2")], "note");
    expect(made.map(({ save, units, goods }) => [save.to, units, goods])).toEqual([
      ["P1", 96, 2],
      ["P2", 48, 1],
    ]);
    expect(made[0]?.save.lines).toEqual([
      { sku: "a", lot: "a-lot", qty: 48 },
      { sku: "b", lot: "b-lot", qty: 48 },
    ]);
  });

  it("without a source make none", () => {
    expect(proposals([line("a", "P1", { source: null })], "")).toEqual([]);
  });

  it("are urgent only where something is needed", () => {
    expect(runsOut(line("a", "P1"))).toBe(true);
    expect(runsOut(line("a", "P1", { need: 0 }))).toBe(false);
    expect(runsOut(line("a", "P1", { coverDays: null }))).toBe(false);
    expect(keyOf(line("a", "P1"))).toBe("a@P1");
  });
});

describe("slow-moving lots", () => {
  it("meet their money by lot and place, and stand without it", () => {
    const row = (lot: string, place: string): SlowRow => ({ lot, place }) as SlowRow;
    const value = { lot: "a", place: "P1", value: "1.00", atRiskValue: "0.50" };
    const money = { currency: "CNY", total: "1.00", atRiskTotal: "0.50", rows: [value] };
    const lines = joined([row("a", "P1"), row("a", "P2")], money);
    expect(lines.map((line) => line.value)).toEqual([value, null]);
    expect(joined([row("a", "P1")], undefined)[0]?.value).toBeNull();
  });
});

describe("a mapping", () => {
  const profile: Inspected["profile"] = {
    name: "",
    kind: "opening",
    sheet: "S",
    headerRow: null,
    columns: { sku: "Code" },
    constants: {},
    includeHidden: false,
  };
  const sheet = {
    name: "S",
    hidden: false,
    rows: 3,
    headerRow: 1,
    columns: [
      { column: "A", header: "Code", samples: [] },
      { column: "B", header: "", samples: [] },
    ],
  };
  const field = (name: string, required: boolean) => ({ name, required, money: false });
  const inspected: Inspected = {
    fileName: "x.xlsx",
    sheets: [sheet],
    profile,
    remembered: false,
    fields: [field("sku", true), field("place", true), field("lot", false)],
  };

  it("lacks what is required until a column or one value feeds it", () => {
    expect(missing(inspected, profile)).toEqual(["place"]);
    expect(missing(inspected, withConstant(profile, "place", "W0"))).toEqual([]);
    expect(missing(inspected, withConstant(profile, "place", " "))).toEqual(["place"]);
    expect(missing(inspected, withColumn(profile, "sku", null))).toEqual(["sku", "place"]);
  });

  it("lacks the rate of the tax while amounts with tax come without it", () => {
    const fields = ["net_amount", "gross_amount", "tax_rate"].map((name) => field(name, false));
    const sales = { ...inspected, fields };
    const gross = withColumn(profile, "gross_amount", "批号");
    expect(missing(sales, profile)).toEqual([]);
    expect(missing(sales, gross)).toEqual(["tax_rate"]);
    expect(missing(sales, withConstant(gross, "tax_rate", "13%"))).toEqual([]);
    expect(missing(sales, withColumn(gross, "net_amount", "批号"))).toEqual([]);
  });

  it("finds columns by head, and those without one by their letters", () => {
    expect(columnOf(sheet, profile, "sku")?.column).toBe("A");
    expect(columnOf(sheet, withColumn(profile, "lot", "B"), "lot")?.column).toBe("B");
    expect(columnOf(sheet, profile, "lot")).toBeUndefined();
  });
});

describe("lots offered to a transfer", () => {
  it("keep those chosen before the filter changed", () => {
    const lot = (id: string) => ({
      sku: "s",
      skuCode: "S",
      skuName: { zh: "", en: "" },
      lot: id,
      lotNo: id,
      expiresOn: null,
      daysLeft: null,
      sharePpm: null,
      free: 5,
    });
    const chosen = new Map([
      ["a", { ...lot("a"), qty: 3 }],
      ["b", { ...lot("b"), qty: 0 }],
    ]);
    expect(offered([lot("c")], chosen).map((one) => one.lot)).toEqual(["a", "c"]);
    expect(offered([lot("a")], chosen).map((one) => one.lot)).toEqual(["a"]);
  });
});
