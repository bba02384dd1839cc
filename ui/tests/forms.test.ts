import { describe, expect, it } from "vitest";
import { matches } from "../src/app/Palette";
import { waiting } from "../src/app/Rail";
import type { PlaceFields, PlaceRow, SkuCard, SkuFields, Task } from "../src/contract";
import { unitsAt } from "../src/features/goods/LifeLine";
import * as goods from "../src/features/goods/SkuForm";
import * as places from "../src/features/settings/PlaceForm";
import { lifeGone } from "../src/features/stock/LotDetail";
import { coverBand } from "../src/features/stock/MatrixView";

const sku: SkuFields = {
  code: "SK001",
  nameZh: "Serum",
  nameEn: "",
  brand: "",
  category: "",
  spec: "",
  gtin: null,
  unit: "pcs",
  carton: { units: 48, lengthMm: null, widthMm: null, heightMm: null, grossG: 9800 },
  shelfLife: { count: 36, unit: "months" },
  lifecycle: "core",
  aliases: [{ whose: "P1", code: "88" }],
  kind: "finished",
  parts: [],
};

describe("forms give back what they were given", () => {
  it("for goods, with and without carton and shelf life", () => {
    expect(goods.fromForm(goods.toForm(sku, ""))).toEqual(sku);
    const bare = { ...sku, carton: null, shelfLife: null, aliases: [] };
    expect(goods.fromForm(goods.toForm(bare, ""))).toEqual(bare);
  });

  it("for sets with their parts, which other goods do not have", () => {
    const set: SkuFields = { ...sku, kind: "bundle", parts: [{ sku: "s1", qty: 2 }] };
    expect(goods.fromForm(goods.toForm(set, ""))).toEqual(set);
    const begun = { ...goods.toForm(set, ""), parts: [{ sku: null, qty: 1 }] };
    expect(goods.fromForm(begun).parts).toEqual([]);
    expect(goods.fromForm({ ...goods.toForm(set, ""), kind: "finished" }).parts).toEqual([]);
  });

  it("for places, the share in percent and back without loss", () => {
    const place: PlaceFields = {
      code: "P1",
      name: "P1",
      kind: "platform",
      sells: true,
      liveFrom: "2026-10-01",
      address: "",
      lifeRule: { minSharePpm: 333_300, minDays: null, pullDays: 30 },
      route: { transitDaysP90: 4, receiveLagDaysP90: 3, reviewDays: 7, targetCoverDays: 30 },
      partner: null,
    };
    expect(places.fromForm(places.toForm(place))).toEqual(place);
  });
});

describe("pictures", () => {
  it("put covers into bands at their limits", () => {
    expect([0, 6, 7, 20, 21, 180, 181].map(coverBand)).toEqual([
      "short",
      "short",
      "low",
      "low",
      "fine",
      "fine",
      "long",
    ]);
    expect(coverBand(null)).toBe("unknown");
  });

  it("show how much of a lot's life has gone", () => {
    expect(lifeGone("2026-01-01", "2026-01-11", "2026-01-06")).toBe(50);
    expect(lifeGone("2026-01-01", "2026-01-11", "2026-03-01")).toBe(100);
    expect(lifeGone("2026-01-01", "2026-01-01", "2026-01-01")).toBe(100);
  });
});

describe("a product's way", () => {
  it("adds up what lies at places of a kind, in any state", () => {
    const place = (id: string, kind: string) => ({ id, fields: { kind } }) as PlaceRow;
    const at = (id: string, good: number, other: number) => ({
      place: id,
      placeCode: id,
      placeName: id,
      good,
      other,
      inTransit: 7,
    });
    const card = { places: [at("W0", 100, 5), at("P1", 20, 0), at("P2", 1, 1)] } as SkuCard;
    const places = [place("W0", "own"), place("P1", "platform"), place("P2", "platform")];
    expect(unitsAt(card, places, "own")).toBe(105);
    expect(unitsAt(card, places, "platform")).toBe(22);
    expect(unitsAt(card, places, "factory")).toBe(0);
  });
});

describe("the palette", () => {
  it("matches when every typed word occurs, in any order", () => {
    expect(matches("Slow-moving go-slow", "mov slow")).toBe(true);
    expect(matches("Stock go-stock", "stock now")).toBe(false);
  });
});

describe("the rail", () => {
  it("counts what waits at each screen, all of it at Today, and tells what is urgent", () => {
    const task = (screen: string, severity: Task["severity"]): Task => ({
      code: "task.x",
      args: {},
      severity,
      due: null,
      screen,
      document: null,
    });
    const counts = waiting([task("slow", "red"), task("slow", "amber"), task("today", "blue")]);
    expect(counts.get("/")).toEqual({ count: 3, urgent: true });
    expect(counts.get("/slow")).toEqual({ count: 2, urgent: true });
    expect(counts.get("/plan")).toBeUndefined();
  });
});
