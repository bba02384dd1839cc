/** Columns of typed lines that are data: a count, a figure or a choice under its field's name. */
import { Select } from "antd";
import type { ReactNode } from "react";
import type { Keyed } from "./lines";
import { CountInput, FigureInput } from "./NumberInputs";

export type Change<L> = (part: Partial<L>) => void;

/** What a cell can be told of the other lines: a plain value, so that it is seen when it changes. */
export type Told = string | number | boolean | null | undefined;

/**
 * A cell is drawn anew when its line changes, or its column, or what it is told: a column stays the
 * same object while lines are typed, and takes what depends on the other lines by `told`.
 */
export type LineColumn<L, V extends Told = Told> = {
  name: string;
  head?: string;
  numeric?: boolean;
  /** In pixels; without, the column takes what is left. */
  width?: number;
  /** Whether it speaks of a whole line and not of the parts that came off it. */
  ofWhole?: boolean;
  /** What the cell of a line shows that follows from the others. */
  told?(line: L, lines: L[]): V;
  cell(line: L, change: Change<L>, isFirst: boolean, told: V): ReactNode;
  /** What stands under the column. */
  foot?: (lines: L[]) => ReactNode;
};

/** The fields of a line that hold such values. */
type FieldOf<L, V> = Extract<{ [K in keyof L]: L[K] extends V ? K : never }[keyof L], string>;

type Given<L> = {
  head: string;
  width?: number;
  /** What the field is called; without, as its head. */
  label?: string;
  /** The lines that have the field; without, all. */
  shown?: (line: L) => boolean;
  /** Whether what stands in a line cannot be, beside the others. */
  wrong?: (line: L, lines: L[]) => boolean;
  /** Whether typing begins in the first line's field. */
  first?: boolean;
  foot?: (lines: L[]) => ReactNode;
};

type Field<V> = {
  value: V;
  label: string;
  wrong: boolean;
  first: boolean;
  onChange: (value: V) => void;
};

const column = <L, V>(
  name: FieldOf<L, V>,
  numeric: boolean,
  given: Given<L>,
  field: (props: Field<V>) => ReactNode,
): LineColumn<L, boolean> => ({
  ...given,
  name,
  numeric,
  told: (line, lines) => given.wrong?.(line, lines) ?? false,
  cell: (line, change, isFirst, wrong) =>
    (given.shown?.(line) ?? true) &&
    field({
      value: line[name] as V,
      label: given.label ?? given.head,
      wrong,
      first: (given.first ?? false) && isFirst,
      onChange: (value) => change({ [name]: value } as unknown as Partial<L>),
    }),
});

/** Whole units. */
export const countColumn = <L extends Keyed>(
  name: FieldOf<L, number | null>,
  given: Given<L> & { min?: number },
): LineColumn<L> =>
  column<L, number | null>(name, true, given, (field) => (
    <CountInput {...field} min={given.min ?? 0} />
  ));

/** A price, a sum or a share as it was typed. */
export const figureColumn = <L extends Keyed>(
  name: FieldOf<L, string>,
  given: Given<L>,
): LineColumn<L> => column<L, string>(name, true, given, (field) => <FigureInput {...field} />);

/** One of a few words. */
export const choiceColumn = <L extends Keyed>(
  name: FieldOf<L, string | null>,
  given: Given<L> & { options: { value: string; label: string }[] },
): LineColumn<L> =>
  column<L, string | null>(name, false, given, ({ value, label, onChange }) => (
    <Select aria-label={label} value={value} options={given.options} onChange={onChange} />
  ));
