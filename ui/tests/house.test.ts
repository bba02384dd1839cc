/** The rules of this folder that no linter knows: who may use whom, and where words live. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../src");

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });

const sources = filesUnder(root)
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ name: relative(root, path), path, text: readFileSync(path, "utf8") }));

const importsOf = (source: { path: string; text: string }): string[] =>
  [...source.text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) =>
    relative(root, resolve(dirname(source.path), match[1] ?? "")),
  );

/** From the outside in: a layer uses only layers to its right. */
const LAYERS = ["app", "features", "kit", "i18n", "host", "contract"];
const layerOf = (name: string): number =>
  LAYERS.indexOf((name.split("/")[0] ?? "").replace(/\.tsx?$/, ""));

describe("layers", () => {
  it("use only what lies below them", () => {
    const wrong = sources
      .filter(({ name }) => layerOf(name) >= 0)
      .flatMap((source) =>
        importsOf(source)
          .filter((target) => layerOf(target) >= 0 && layerOf(target) < layerOf(source.name))
          .map((target) => `${source.name} uses ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("keep features apart", () => {
    const featureOf = (name: string): string | null =>
      name.startsWith("features/") ? (name.split("/")[1] ?? null) : null;
    const wrong = sources.flatMap((source) => {
      const own = featureOf(source.name);
      return own === null
        ? []
        : importsOf(source)
            .filter((target) => featureOf(target) !== null && featureOf(target) !== own)
            .map((target) => `${source.name} uses ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it("leave the bridge to host.ts", () => {
    const users = sources.filter(({ text }) => text.includes("@tauri-apps/")).map((s) => s.name);
    expect(users).toEqual(["host.ts"]);
  });

  it("open every dialog as the kit does, so that typing begins in its first field", () => {
    const users = sources.filter(({ text }) => /<Modal\b/.test(text)).map((s) => s.name);
    expect(users).toEqual(["kit/Dialog.tsx"]);
  });

  it("keep the clock and the network out of screens", () => {
    const users = sources
      .filter(
        ({ name, text }) => name.startsWith("features/") && /\bfetch\(|Date\.now\(/.test(text),
      )
      .map((s) => s.name);
    expect(users).toEqual([]);
  });
});

describe("files", () => {
  it("hold Chinese words only under i18n", () => {
    const wrong = sources
      // The generated contract carries the core's notes, which name the trade's terms.
      .filter(({ name }) => !name.startsWith("i18n/") && name !== "contract.ts")
      .filter(({ text }) => /[\u3400-\u9fff]/.test(text))
      .map((s) => s.name);
    expect(wrong).toEqual([]);
  });

  it("stay under 500 lines, the generated contract excepted", () => {
    const long = sources
      .filter(({ name }) => name !== "contract.ts")
      .filter(({ text }) => text.split("\n").length > 500)
      .map((s) => s.name);
    expect(long).toEqual([]);
  });

  it("use no look-behind, which Safari 15 cannot read", () => {
    const wrong = sources.filter(({ text }) => /\(\?<[=!]/.test(text)).map((s) => s.name);
    expect(wrong).toEqual([]);
  });
});
