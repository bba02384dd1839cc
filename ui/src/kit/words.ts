/** From what the core says by code to words of the chosen language. Unknown codes show themselves. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Bilingual, Message, PlaceRef } from "../contract";
import * as format from "./format";
import { nameIn } from "./names";

type Args = Message["args"];

/** Arguments that name a member of a closed set, and the group of words that holds it. */
const GROUPS: Record<string, string> = {
  status: "status",
  from_status: "status",
  to_status: "status",
  order_state: "order_state",
  transfer_state: "transfer_state",
  class: "slow_class",
  lifecycle: "lifecycle",
  place_kind: "place_kind",
  import_kind: "import_kind",
  role: "role",
  what: "what",
  field: "field",
  table: "table",
  undone: "kind",
  way: "keep_kind",
  state: "state",
  wanted: "state",
  milestone: "milestone",
  before: "milestone",
  base: "pricing_base",
  by: "pricing_by",
  account: "pricing_role",
};

/** Arguments that choose between sentences of one code: "transfer.life_refused" and "share". */
const CHOOSERS = ["fault", "rule", "error"];

export type Words = {
  /** The sentence for a code, with its arguments. */
  message: (message: Message) => string;
  /** The word for a member of a closed set, such as `status` and `good`. */
  word: (group: string, value: string) => string;
  /** Whether the core's words hold this code. */
  knows: (code: string) => boolean;
  /** What goods are called in the window's language. */
  name: (name: Bilingual) => string;
  /** A place by its code, or by `called`; of goods on a transfer, also between which places. */
  place: (place: PlaceRef, called?: string) => string;
};

type Lookup = (key: string, args?: Record<string, unknown>) => string;

/** A place on a paper as the core names it: `number`, `lines[2].name`, `terms[1]`, `carton 3, quantity`. */
const onPaper = (
  place: string,
  lookup: Lookup,
  exists: (key: string) => boolean,
): string | undefined => {
  const [, before, carton, last, after] =
    /^(?:totals\.|schedule\.|\w+\[(\d+)\]\.|carton (\d+), )?(\w+)(?:\[(\d+)\])?$/.exec(place) ?? [];
  const line = before ?? after;
  const key = [`field.${last}`, `on_paper.${last}`].find(exists);
  if (key === undefined) return undefined;
  const name = lookup(key);
  if (line !== undefined) return lookup("on_paper.in_line", { number: line, name });
  if (carton !== undefined) return lookup("on_paper.of_carton", { number: carton, name });
  return name;
};

const shown = (
  args: Args,
  language: string,
  lookup: Lookup,
  exists: (key: string) => boolean,
): Args => {
  const out: Args = {};
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === "object") {
      out[name] = nameIn(value, language);
      continue;
    }
    const group = GROUPS[name];
    const key = [`${group}.${value}`, `kind.${value}`].find(exists);
    if (group !== undefined && key !== undefined) out[name] = lookup(key);
    else if (name === "field" && typeof value === "string")
      out[name] = onPaper(value, lookup, exists) ?? value;
    else if (typeof value === "number" && /ppm$|share/i.test(name))
      out[name] = format.percent(value);
    else if (typeof value === "number" && name !== "count") out[name] = format.qty(value);
    else out[name] = value;
  }
  return out;
};

export const useWords = (): Words => {
  const { t, i18n } = useTranslation("core");
  return useMemo(() => {
    // Codes come from the core at run time, so they cannot be typed as keys.
    const lookup = t as unknown as Lookup;
    const exists = (key: string): boolean => i18n.exists(key, { ns: "core" });
    const sentence = ({ code, args }: Message): string | undefined => {
      const chosen = CHOOSERS.map((name) => `${code}.${args[name] ?? ""}`).find(exists);
      return chosen ?? (exists(code) ? code : undefined);
    };
    return {
      message: (message) => {
        const { code, args } = message;
        const key = sentence(message);
        // What has no count of its own is one or many by its days.
        if (key !== undefined)
          return lookup(key, { count: args.days, ...shown(args, i18n.language, lookup, exists) });
        const plain = Object.entries(shown(args, i18n.language, lookup, exists));
        const values = plain.map(([name, value]) => `${name}=${value}`);
        return values.length === 0 ? code : `${code} (${values.join(", ")})`;
      },
      word: (group, value) => (exists(`${group}.${value}`) ? lookup(`${group}.${value}`) : value),
      knows: exists,
      name: (name) => nameIn(name, i18n.language),
      place: ({ code, kind, way }, called = code) => {
        if (way !== null) return lookup("place_in.transit", { number: code, ...way });
        if (kind === "suspense") return lookup("place_in.suspense", { place: called });
        return exists(`place.${code}`) && kind === "virtual" ? lookup(`place.${code}`) : called;
      },
    };
  }, [t, i18n, i18n.language]);
};
