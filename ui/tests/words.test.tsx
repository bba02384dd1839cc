import { renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { i18next } from "../src/i18n";
import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh";
import { useWords } from "../src/kit/words";

type Words = Record<string, Record<string, string>>;

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? "").sort();

const bare = (key: string): string => key.replace(/_(one|other)$/, "");

describe("the two languages", () => {
  for (const [space, words] of Object.entries(zh as Words)) {
    const english = (en as Words)[space] ?? {};

    it(`${space}: have the same keys`, () => {
      const chinese = new Set(Object.keys(words).map(bare));
      const other = new Set(Object.keys(english).map(bare));
      expect([...other].sort()).toEqual([...chinese].sort());
    });

    it(`${space}: name the same arguments`, () => {
      for (const [key, text] of Object.entries(english)) {
        const chinese = placeholders(words[key] ?? words[bare(key)] ?? "");
        const own = placeholders(text);
        // "1 day" says its count in words.
        const wanted = key.endsWith("_one") ? chinese.filter((name) => name !== "count") : chinese;
        const said = key.endsWith("_one") ? own.filter((name) => name !== "count") : own;
        expect(said, `${space}:${key}`).toEqual(wanted);
      }
    });

    it(`${space}: leave nothing empty`, () => {
      // A unit may be silent in one language; every other word must be there.
      const empty = Object.entries({ ...words, ...english }).filter(
        ([key, text]) => text.trim() === "" && !key.startsWith("unit."),
      );
      expect(empty).toEqual([]);
    });
  }
});

describe("names and places", () => {
  const words = () => renderHook(() => useWords()).result.current;

  it("are those of the chosen language, and the other's where it has none", async () => {
    const both = { zh: "Z", en: "E" };
    const message = { code: "x.unheard_of", args: { name: both } };
    await i18next.changeLanguage("en");
    expect(words().name(both)).toBe("E");
    expect(words().name({ zh: "Z", en: " " })).toBe("Z");
    expect(words().message(message)).toBe("x.unheard_of (name=E)");
    await i18next.changeLanguage("zh");
    expect(words().name(both)).toBe("Z");
    expect(words().name({ zh: "", en: "E" })).toBe("E");
    expect(words().message(message)).toBe("x.unheard_of (name=Z)");
  });

  it("say of a transit which transfer it is and between which places", async () => {
    await i18next.changeLanguage("en");
    const { place } = words();
    const transit = { code: "TR-1", kind: "transit", way: { from: "W0", to: "P1" } };
    expect(place(transit)).toBe("In transit TR-1 · W0 → P1");
    expect(place({ code: "customer", kind: "virtual", way: null })).toBe("Customers");
    expect(place({ code: "P1", kind: "suspense", way: null })).not.toBe("P1");
    // A place of ours that is called like one of the program's words is itself.
    expect(place({ code: "customer", kind: "own", way: null })).toBe("customer");
    expect(place({ code: "P1", kind: "platform", way: null }, "Mall")).toBe("Mall");
  });
});

describe("messages by code", () => {
  const words = () => renderHook(() => useWords()).result.current;

  it("show an unknown code with its arguments, never nothing", async () => {
    await i18next.changeLanguage("zh");
    expect(words().message({ code: "x.unheard_of", args: { lot: "L1", wanted: 5 } })).toBe(
      "x.unheard_of (lot=L1, wanted=5)",
    );
    expect(words().message({ code: "x.bare", args: {} })).toBe("x.bare");
  });

  it("speak the chosen language at once", async () => {
    await i18next.changeLanguage("zh");
    const chinese = words().word("status", "quarantine");
    await i18next.changeLanguage("en");
    expect(words().word("status", "quarantine")).toBe("Quarantine");
    expect(chinese).not.toBe("Quarantine");
  });

  it("say one day and many days by the days that a task names", async () => {
    await i18next.changeLanguage("en");
    const late = (days: number) =>
      words().message({
        code: "task.order_late",
        args: { number: "PO1", factory: "F", goods: "A", units: 1200, days },
      });
    expect(late(1)).toContain("1 day late");
    expect(late(12)).toContain("12 days late");
    expect(late(12)).toContain("1,200");
  });

  it("choose the sentence of a failed sync by what failed", async () => {
    await i18next.changeLanguage("zh");
    const failed = (error: string) =>
      words().message({ code: "task.sync_failed", args: { shop: "S", error } });
    expect(failed("sync.unauthorized")).not.toBe(failed("sync.unavailable"));
    expect(failed("sync.something_new")).toContain("S");
  });

  it("name the place on a paper that a refusal speaks of", async () => {
    await i18next.changeLanguage("en");
    const long = (field: string) =>
      words().message({ code: "paper.does_not_fit", args: { field, characters: 90 } });
    expect(long("deliver_to")).toContain("place of delivery");
    expect(long("lines[2].name")).toContain("Name in line 2");
    expect(long("terms[1]")).toContain("terms in line 1");
    expect(long("carton 3, quantity")).toContain("quantity of carton 3");
    expect(long("totals.amount")).toContain("amount:");
    expect(long("somewhere[1].else")).toContain("somewhere[1].else");
  });

  it("show a value that is missing as a dash", async () => {
    await i18next.changeLanguage("zh");
    const text = words().message({
      code: "lot.dates_conflict",
      args: { sku: "A", lot: "L", given: "2026-01-01" },
    });
    expect(text).toContain("—");
    expect(text).not.toContain("{{");
  });

  it("show a member of no group as it is", () => {
    expect(words().word("status", "melted")).toBe("melted");
  });
});
