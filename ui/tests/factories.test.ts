/** Statements, slips, payables and licences: what the screen of factories reckons by itself. */
import { describe, expect, it } from "vitest";
import type {
  MaterialTrack,
  OrderRow,
  PartnerRow,
  PayableRow,
  StatementRow,
} from "../src/contract";
import { licencesOf, licenceTone } from "../src/features/factories/licences";
import {
  countDay,
  countedLines,
  countsOf,
  differenceOf,
  differing,
  isTouched,
  lastOf,
  monthFrom,
  monthsBack,
  signed,
} from "../src/features/factories/month";
import {
  byDueDay,
  canBeInvoiced,
  hasLots,
  isAmount,
  isAmountOrZero,
  ordersOf,
  payableSums,
  shareOfTax,
} from "../src/features/factories/payables";
import { lacking, slipLines } from "../src/features/factories/slip";
import { enoughFor, missingFor, scarcest } from "../src/features/goods/parts";
import { sumOf } from "../src/kit/decimal";

const line = (material: string, closing: number, counted: number | null): StatementRow => ({
  material,
  code: material,
  name: { zh: material, en: material },
  opening: 0,
  sent: closing,
  directIn: 0,
  consumed: 0,
  returned: 0,
  loss: 0,
  countedOff: 0,
  closing,
  suspense: 0,
  counted,
  difference: counted === null ? null : counted - closing,
});

describe("a statement", () => {
  const lines = [line("box", 289, 280), line("label", 100, 100), line("cap", 5, null)];

  it("differs by counted less book, and not where nobody counted", () => {
    const counts = countsOf(lines);
    expect(lines.map((one) => differenceOf(one, counts))).toEqual([-9, 0, null]);
    expect(differing(lines, counts)).toEqual([{ material: "box", counted: 280 }]);
    expect(countedLines(lines, counts)).toHaveLength(2);
  });

  it("counts nothing as nothing, which is not the same as not counted", () => {
    const counts = new Map([...countsOf(lines), ["cap", 0] as const]);
    expect(differing(lines, counts)).toContainEqual({ material: "cap", counted: 0 });
    expect([isTouched(lines, countsOf(lines)), isTouched(lines, counts)]).toEqual([false, true]);
  });

  it("knows its month", () => {
    expect([monthFrom("2026-01-31", -1), monthFrom("2026-11-22", 2)]).toEqual([
      "2025-12-01",
      "2027-01-01",
    ]);
    expect([lastOf("2026-02-01"), lastOf("2028-02-01"), lastOf("2026-12-05")]).toEqual([
      "2026-02-28",
      "2028-02-29",
      "2026-12-31",
    ]);
    expect(monthsBack("2026-02-10", 3)).toEqual(["2026-02-01", "2026-01-01", "2025-12-01"]);
    expect(countDay("2026-10-01", "2026-11-22")).toBe("2026-10-31");
    expect(countDay("2026-11-01", "2026-11-22")).toBe("2026-11-22");
  });

  it("shows differences with their sign", () => {
    expect([signed(1200), signed(-9)]).toEqual(["+1,200", "−9"]);
  });
});

describe("a slip", () => {
  const track = (part: Partial<MaterialTrack>): MaterialTrack => ({
    material: "box",
    code: "box",
    name: { zh: "", en: "" },
    suppliedBy: "brand",
    per1000: 1000,
    allowancePpm: 0,
    toIssue: 6289,
    issued: 0,
    drawn: 0,
    returned: 0,
    kept: 0,
    left: 0,
    free: 0,
    over: 0,
    drawable: 0,
    held: 0,
    atFactory: 0,
    missing: 0,
    allowed: 0,
    claimed: 0,
    ...part,
  });

  it("is filled with what the order lacks of what we bring", () => {
    const found = lacking([
      track({ issued: 6000, returned: 11 }),
      track({ material: "cap", suppliedBy: "factory" }),
      track({ material: "label", issued: 6289 }),
    ]);
    expect(found.map(({ material, qty }) => [material, qty])).toEqual([["box", 300]]);
  });

  it("is sent when no line is half typed", () => {
    const whole = { key: "0", material: "box", lot: null, qty: 5 };
    const empty = { key: "1", material: null, lot: null, qty: null };
    expect(slipLines([whole, empty])).toEqual([{ material: "box", lot: null, qty: 5 }]);
    expect(slipLines([whole, { ...empty, material: "cap" }])).toBeNull();
    expect(slipLines([empty])).toBeNull();
  });
});

describe("amounts", () => {
  it("add up to the cent", () => {
    expect(sumOf(["0.10", "0.20", "14175.00"])).toBe("14175.30");
    expect(sumOf(["-5.01", "5"])).toBe("-0.01");
    expect(sumOf([])).toBe("0.00");
  });

  it("are taken as they are typed, or not at all", () => {
    expect(["0.01", "1500", "1500.00"].map(isAmount)).toEqual([true, true, true]);
    expect(["0", "0.00", "-1", "1.234", "", "1,5"].some(isAmount)).toBe(false);
    expect(isAmountOrZero("0.00")).toBe(true);
  });

  it("with tax split into net and tax that add up", () => {
    expect(shareOfTax("49000.00", 130_000)).toEqual({ net: "43362.83", tax: "5637.17" });
    expect(shareOfTax("0.01", 130_000)).toEqual({ net: "0.01", tax: "0.00" });
    expect(shareOfTax("100", 0)).toEqual({ net: "100.00", tax: "0.00" });
  });
});

describe("payables", () => {
  const row = (number: string, dueOn: string | null, lateDays: number | null): PayableRow => ({
    order: number,
    number,
    partner: "F",
    lateDays,
    due: {
      term: 0,
      says: { trigger: "receipt", milestone: null, days: 30, sharePpm: 1_000_000 },
      shipment: 0,
      amount: "100.10",
      dueOn,
      paid: "0.00",
      setOff: "0.00",
      open: "100.10",
      state: "due",
    },
  });
  const rows = [
    row("D", null, null),
    row("C", "2027-03-01", -99),
    row("B", "2026-11-22", 0),
    row("A", "2026-11-01", 21),
  ];

  it("stand by the day they are due, those without a day last", () => {
    expect(byDueDay(rows).map(({ number }) => number)).toEqual(["A", "B", "C", "D"]);
  });

  it("are summed by how soon they are due, each once", () => {
    expect(payableSums([...rows, row("E", "2026-10-23", 30)])).toEqual({
      late: "200.20",
      soon: "100.10",
      later: "100.10",
      planned: "100.10",
    });
  });
});

describe("licences", () => {
  it("turn amber in the last 60 days and red after the last day", () => {
    expect([61, 60, 0, -1].map(licenceTone)).toEqual([undefined, "amber", "amber", "red"]);
  });

  it("stand with the first to expire on top", () => {
    const partner = (id: string, days: string[]): PartnerRow => ({
      id,
      openOrders: 0,
      fields: {
        code: id,
        name: id,
        kind: "factory",
        taxNo: "",
        address: "",
        contact: "",
        phone: "",
        licences: days.map((expiresOn) => ({ kind: "k", category: "", number: "n", expiresOn })),
      },
    });
    const found = licencesOf(
      [partner("a", ["2027-01-01", "2026-11-01"]), partner("b", ["2026-12-01"])],
      "2026-11-22",
    );
    expect(found.map((one) => [one.partner.id, one.daysLeft])).toEqual([
      ["a", -21],
      ["b", 9],
      ["a", 40],
    ]);
  });
});

describe("sets", () => {
  const part = (sku: string, perSet: number, available: number) => ({
    sku,
    code: sku,
    name: { zh: sku, en: sku },
    perSet,
    available,
  });

  it("are held up by the scarcest part", () => {
    const parts = [part("a", 2, 101), part("b", 1, 50), part("c", 1, 900)];
    expect(parts.map(enoughFor)).toEqual([50, 50, 900]);
    expect([...scarcest(parts)]).toEqual(["a", "b"]);
    expect(parts.map((one) => missingFor(one, 60))).toEqual([19, 10, 0]);
  });
});

describe("the orders that a paper can be for", () => {
  const order = (id: string, state: OrderRow["state"], received: number, issuedOn: string | null) =>
    ({ id, state, received, issuedOn }) as OrderRow;
  const orders = [
    order("draft", "draft", 0, null),
    order("issued", "issued", 0, "2026-11-02"),
    order("accepted", "accepted", 0, "2026-11-01"),
    order("came", "accepted", 1, "2026-11-03"),
    order("closed empty", "closed", 0, "2026-10-01"),
    order("closed", "closed", 5, "2026-10-02"),
    order("cancelled", "cancelled", 0, "2026-09-02"),
    order("cancelled late", "cancelled", 5, "2026-09-03"),
  ];
  const found = (holds: (order: OrderRow) => boolean): string[] =>
    ordersOf(orders, holds).map(({ id }) => id);

  it("are for an invoice also those whose goods are still to come, the newest first", () => {
    expect(found(canBeInvoiced)).toEqual([
      "came",
      "issued",
      "accepted",
      "closed",
      "cancelled late",
    ]);
  });

  it("are for a bill those that lots have come of", () => {
    expect(found(hasLots)).toEqual(["came", "closed", "cancelled late"]);
  });
});
