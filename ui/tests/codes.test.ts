/** Every code that the core can say has words in both languages: read from the Rust sources. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { core as english } from "../src/i18n/en/core";
import { core as chinese } from "../src/i18n/zh/core";

const rust = resolve(import.meta.dirname, "../../src-tauri");

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "tests" ? [] : filesUnder(path);
    return path.endsWith(".rs") ? [path] : [];
  });

const read = (path: string): string => readFileSync(join(rust, path), "utf8");

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? "");

const missingIn = (words: Record<string, string>, codes: string[]): string[] =>
  [...new Set(codes)].filter((code) => !(code in words)).sort();

const expectWords = (codes: string[]): void => {
  expect(codes.length).toBeGreaterThan(0);
  expect(missingIn(chinese, codes)).toEqual([]);
  expect(missingIn(english, codes)).toEqual([]);
};

describe("words for codes", () => {
  it("of refusals by the rules", () => {
    expectWords(
      found(read("crates/domain/src/refusal.rs"), /#\[serde\(rename = "([a-z0-9_.]+)"\)\]/g),
    );
  });

  it("of errors and messages of the use cases and the shell", () => {
    const sources = ["crates/app/src", "src"].flatMap((folder) => filesUnder(join(rust, folder)));
    const texts = sources.map((path) => readFileSync(path, "utf8").split("#[cfg(test)]")[0] ?? "");
    const said =
      /(?:Error::(?:refused|unavailable|failed)|Message::new|\bstep)\(\s*"([a-z0-9_.]+)"/g;
    // Codes that are chosen first and said later, by the features that have any.
    const chosen =
      /"((?:import|order|paper|reversal|shop|stock|sync|task|transfer)\.[a-z0-9_.]+)"/g;
    const contract = readFileSync(resolve(import.meta.dirname, "../src/contract.ts"), "utf8");
    const commands = new Set(found(contract, /"([a-z_]+\.[a-z_]+)": \{/g));
    expect(commands.size).toBeGreaterThan(0);
    const codes = texts.flatMap((text) => [...found(text, said), ...found(text, chosen)]);
    expectWords(codes.filter((code) => !commands.has(code)));
  });

  it("of what can be wrong in a file that is imported or written", () => {
    const sources = filesUnder(join(rust, "crates/documents/src/sheet"));
    const said = /(?:Fault::new\(\s*|=> )"((?:import|export)\.[a-z0-9_]+)"/g;
    expectWords(sources.flatMap((path) => found(readFileSync(path, "utf8"), said)));
  });

  it("of the columns of imports", () => {
    const rows = read("crates/documents/src/sheet/fields.tsv").trim().split("\n").slice(1);
    expectWords(rows.map((row) => `field.${row.split("\t")[1]}`));
  });

  it("of the lines of a derivation", () => {
    const text = read("crates/planning/src/derivation.rs");
    const list = text.slice(
      text.indexOf("LINE_CODES"),
      text.indexOf("];", text.indexOf("LINE_CODES")),
    );
    expectWords(found(list, /"([a-z0-9_.]+)"/g));
  });

  it("of the kinds of entries and what they say", () => {
    const text = read("crates/domain/src/entry.rs");
    const start = text.indexOf("pub fn kind(&self)");
    const kinds = found(text.slice(start, text.indexOf("\n    }\n", start)), /=> "([a-z_]+)"/g);
    expectWords(kinds.flatMap((kind) => [`kind.${kind}`, `entry.${kind}`]));
  });

  it("of the kinds of moves and the built-in places", () => {
    const moves = read("crates/domain/src/stock.rs");
    const listed = moves.slice(moves.indexOf("\nmove_kinds! {"));
    const kinds = found(listed.slice(0, listed.indexOf("\n}")), /^ {4}([A-Z]\w+) = \d+,/gm);
    const snake = kinds.map((kind) => kind.replace(/\B[A-Z]/g, (c) => `_${c}`).toLowerCase());
    expectWords(snake.map((kind) => `kind.${kind}`));
    const places = found(read("crates/domain/src/place.rs"), /Self::\w+ => "([a-z]+)",/g);
    expectWords(places.map((code) => `place.${code}`));
  });
});
