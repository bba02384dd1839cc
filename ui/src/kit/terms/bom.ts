/** A bill of materials while it is typed, and back. */
import type { BomFields, Day, Id } from "../../contract";
import type { Keyed } from "../lines";
import { percentOf, ppmOf, WHOLE_PPM } from "./check";

export type BomLine = Keyed & {
  material: Id | null;
  per1000: number | null;
  allowance: string;
  suppliedBy: BomFields["lines"][number]["suppliedBy"];
};

export type BomDraft = {
  sku: Id | null;
  factory: Id | null;
  version: Id | null;
  from: Day | null;
  to: Day | null;
  lines: BomLine[];
};

export const emptyLine = (key: string): BomLine => ({
  key,
  material: null,
  per1000: 1000,
  allowance: "0",
  suppliedBy: "brand",
});

export const bomDraft = (bom: BomFields | null, sku: Id | null, today: Day): BomDraft => ({
  sku: bom?.sku ?? sku,
  factory: bom?.factory ?? null,
  version: bom?.version ?? null,
  from: bom?.from ?? today,
  to: bom?.to ?? null,
  lines: bom?.lines.map((line, at) => ({
    key: String(at),
    material: line.material,
    per1000: line.per1000,
    allowance: percentOf(line.allowancePpm),
    suppliedBy: line.suppliedBy,
  })) ?? [emptyLine("0")],
});

/** Whether nothing stands in a line but what every new one says. */
const isBlank = (line: BomLine): boolean =>
  Object.entries(emptyLine(line.key)).every(
    ([name, value]) => line[name as keyof BomLine] === value,
  );

/** Whether a text is a share that may get lost: in percent, below all. */
export const isAllowance = (percent: string): boolean => (ppmOf(percent) ?? WHOLE_PPM) < WHOLE_PPM;

/** Whether a line's material is other than the goods and named once; none yet is right as well. */
export const isOwnMaterial = (line: BomLine, draft: Pick<BomDraft, "sku" | "lines">): boolean =>
  line.material === null ||
  (line.material !== draft.sku &&
    draft.lines.every((other) => other === line || other.material !== line.material));

/** Whether a line is whole: a material of its own, how much of it, the share that may get lost. */
export const isBomLine = (line: BomLine, draft: BomDraft): boolean =>
  line.material !== null &&
  isOwnMaterial(line, draft) &&
  line.per1000 !== null &&
  line.per1000 > 0 &&
  isAllowance(line.allowance);

/** What is sent, or null while something is missing or wrong. */
export const bomOf = (id: Id | null, draft: BomDraft): BomFields | null => {
  const { sku, factory, version, from, to } = draft;
  const lines = draft.lines.filter((line) => !isBlank(line));
  if (sku === null || factory === null || from === null || lines.length === 0) return null;
  if (to !== null && to < from) return null;
  const whole = lines.flatMap((line) => {
    const { material, per1000, suppliedBy } = line;
    const allowancePpm = ppmOf(line.allowance);
    if (material === null || per1000 === null || allowancePpm === null) return [];
    return isBomLine(line, draft) ? [{ material, per1000, allowancePpm, suppliedBy }] : [];
  });
  return whole.length < lines.length ? null : { id, sku, factory, version, from, to, lines: whole };
};
