/** Every code that the core can say has words in both languages: read from the Rust sources. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { screens } from "../src/app/screens";
import { core as english } from "../src/i18n/en/core";
import { core as chinese } from "../src/i18n/zh/core";
import { today as chineseToday } from "../src/i18n/zh/today";
import { screenAddress } from "../src/kit/links";

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
      /"((?:import|order|paper|reversal|role|shop|stock|sync|task|transfer)\.[a-z0-9_.]+)"/g;
    const contract = readFileSync(resolve(import.meta.dirname, "../src/contract.ts"), "utf8");
    const commands = new Set(found(contract, /"([a-z_]+\.[a-z_]+)": \{/g));
    expect(commands.size).toBeGreaterThan(0);
    const codes = texts.flatMap((text) => [...found(text, said), ...found(text, chosen)]);
    expectWords(codes.filter((code) => !commands.has(code)));
  });

  it("of what needs somebody today, and of those that are not listed", () => {
    const sources = filesUnder(join(rust, "crates/app/src/today"));
    const said =
      /(?:Task::new|\btask|\bwaiting)\((?:facts,)?\s*"(\w+)"|\("(\w+)", (?:Severity::|"\w+", &mut)|(?:, |=> )"((?:import|old_version)_\w+)"/g;
    const codes = sources.flatMap((path) => {
      const text = readFileSync(path, "utf8");
      const names = [...text.matchAll(said)].map((match) => match[1] ?? match[2] ?? match[3]);
      const endings = /\blisted\(|\bby_kind\(/.test(text) ? ["", ".more"] : [""];
      return names.flatMap((name) => endings.map((ending) => `task.${name}${ending}`));
    });
    expectWords(codes);
    // A word that no task says is a task that was not found above, or is gone.
    const known = Object.keys(chinese).filter((key) => key.startsWith("task."));
    const spare = known.filter((key) => !codes.includes(key) && !key.includes("sync_failed."));
    expect(spare).toEqual([]);
  });

  it("of tasks lead to screens that the window has", () => {
    const texts = filesUnder(join(rust, "crates/app/src/today")).map((path) =>
      readFileSync(path, "utf8"),
    );
    const named = texts.flatMap((text) =>
      [...text.matchAll(/[Ss]everity(?:::\w+)?, "([a-z/]+)"|\bwaiting\("\w+", "([a-z]+)"/g)].map(
        (match) => match[1] ?? match[2] ?? "",
      ),
    );
    expect(new Set(named).size).toBeGreaterThan(5);
    const paths = screens.map((screen) => screen.path);
    const lost = named.filter((name) => {
      const address = screenAddress(name);
      return !paths.some((path) => path !== "/" && `${address}/`.startsWith(`${path}/`));
    });
    expect(lost).toEqual([]);
  });

  it("of the figures of today", () => {
    const figures = found(read("crates/app/src/today/mod.rs"), /\bfigure\(\s*"([a-z0-9_]+)"/g);
    expect(figures.length).toBeGreaterThan(0);
    expect(
      missingIn(
        chineseToday,
        figures.map((code) => `figure.${code}`),
      ),
    ).toEqual([]);
  });

  it("of the steps that long work reports", () => {
    const texts = filesUnder(join(rust, "crates/app/src")).map((path) =>
      readFileSync(path, "utf8"),
    );
    const steps = texts.flatMap((text) => found(text, /\.step\(\s*"([a-z_.]+)"/g));
    expectWords(steps);
  });

  it("of families of codes: a new one needs a test of its own here", () => {
    const texts = filesUnder(join(rust, "crates/app/src")).map((path) =>
      readFileSync(path, "utf8"),
    );
    const families = texts.flatMap((text) => found(text, /format!\(\s*"([a-z_]+\.[a-z_.]*)\{/g));
    const known = [
      "entry.",
      "import.",
      "import.effect.",
      "import.profile.",
      "pricing.",
      "pricing.flag.",
      "pricing_rule.",
      "task.",
    ];
    expect([...new Set(families)].sort()).toEqual(known);
    const kinds = texts.flatMap((text) => found(text, /\.tell\(\s*import, "([a-z]+)"/g));
    const changes = kinds.flatMap((kind) =>
      ["new", "changed", "same"].map((change) => `import.effect.${kind}_${change}`),
    );
    expectWords(changes);
    const codes = texts.flatMap((text) => found(text, /\bunknown_code\(\s*"([a-z]+)"/g));
    expectWords(codes.flatMap((what) => [`import.${what}_unknown`, `import.${what}_unknown_near`]));
  });

  it("of prices: refusals, derivations, flags and the rules themselves", () => {
    const library = (path: string): string => read(`crates/pricing/src/${path}.rs`);
    const steps = found(library("explain"), /^ {4}\("([a-z_]+)", &\[/gm);
    const refusals = found(library("error"), /=> "([a-z_]+)"/g);
    expectWords([...steps, ...refusals].map((code) => `pricing.${code}`));
    const laws = found(library("check/laws"), /(?:read|from_memory)\(\s*"([A-Z0-9_]+)"/g);
    expectWords(laws.map((code) => `pricing.flag.${code}`));
    const rows = read("crates/app/src/channels/rules.rs");
    const said =
      /(?:\brule|\bshare|self\.limit)\(\s*"([a-z_0-9]+)"|"(price_\w+|contingent|kept_on_refund)"/g;
    const codes = [...rows.matchAll(said)].map((match) => match[1] ?? match[2] ?? "");
    expectWords(codes.map((code) => `pricing_rule.${code}`));
    expectWords(found(rows, /"(pricing_when\.[a-z_]+)"/g));
    const bench = read("crates/app/src/channels/bench.rs");
    expectWords(found(bench, /"(bench\.[a-z_]+)"/g));
    const languageWords = (name: string): string[] => {
      const rules = library("rules/mod");
      const body = rules.slice(rules.indexOf(`    ${name} {`));
      return found(body.slice(0, body.indexOf("\n}")), /= "([a-z_]+)"/g);
    };
    expectWords(languageWords("Mech").map((word) => `pricing_mech.${word}`));
    expectWords(languageWords("Base").map((word) => `pricing_base.${word}`));
    const templates = found(library("rules/templates"), /code: "([a-z0-9]+)"/g);
    expectWords(templates.map((code) => `pricing_template.${code}`));
  });

  it("of the things that sentences speak of", () => {
    const sources = ["app", "domain"].flatMap((name) =>
      filesUnder(join(rust, `crates/${name}/src`)),
    );
    const said = /(?:\bwhat: |\bmissing\(\s*)"([a-z_.]+)"/g;
    const things = sources.flatMap((path) => found(readFileSync(path, "utf8"), said));
    expectWords(things.map((thing) => `what.${thing}`));
  });

  it("of refusals name only values that the refusal carries", () => {
    const text = read("crates/domain/src/refusal.rs");
    const declared = /rename = "([a-z0-9_.]+)"\)\]\s*\w+ \{([^}]*)\}/g;
    const wrong = [...text.matchAll(declared)].flatMap((match) => {
      const [code = "", fields = ""] = [match[1], match[2]];
      const carried = new Set(found(fields, /(\w+):/g));
      const keys = Object.keys(chinese).filter((key) => key === code || key.startsWith(`${code}.`));
      const words = chinese as Record<string, string>;
      const named = keys.flatMap((key) => found(words[key] ?? "", /\{\{(\w+)\}\}/g));
      return named.filter((name) => !carried.has(name)).map((name) => `${code}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it("of what can be wrong in a file that is imported or written", () => {
    const sources = filesUnder(join(rust, "crates/documents/src/sheet"));
    const said = /(?:Fault::new\(\s*|=> )"((?:import|export)\.[a-z0-9_]+)"/g;
    expectWords(sources.flatMap((path) => found(readFileSync(path, "utf8"), said)));
  });

  it("of what a number on a paper fails to be", () => {
    const text = read("crates/documents/src/paper.rs");
    const start = text.indexOf("impl ValueRule");
    const rules = found(text.slice(start, text.indexOf("\n}\n", start)), /=> "([a-z_]+)"/g);
    expectWords(rules.map((rule) => `paper.value_refused.${rule}`));
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
    const text = read("crates/domain/src/fact.rs");
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
