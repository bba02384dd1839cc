/**
 * Lines that are typed, one row each. Where lines can be added, Enter goes from field to field and
 * behind the last one adds a line; where they are given, a line can come apart into several.
 */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { InlineLink } from "./Figures";
import { isComposing } from "./keys";
import type { Change, LineColumn } from "./lineColumns";
import { changed, isPart, type Keyed, nextKey, split, without } from "./lines";
import "./work.css";

/** How there come to be more lines. */
type Adding<L> = {
  text: string;
  line: (key: string) => L;
  /** Whether Enter behind the last line adds another; else it is left to the dialog. */
  goesOn: (last: L) => boolean;
  /** How many lines always stay. */
  least?: number;
  /** What stands beside the button. */
  beside?: ReactNode;
};
type Splitting<L> = { text: string; part: (line: L) => Partial<L> };

type Props<L> = {
  className: string;
  lines: L[];
  columns: LineColumn<L>[];
  onLines: (lines: L[]) => void;
  add?: Adding<L>;
  split?: Splitting<L>;
  /** What keys do where a form leads through its lines itself. */
  onKeyDown?: (event: KeyboardEvent<HTMLTableElement>) => void;
  /** A further row of a line: a `tr`, or nothing. */
  below?: (line: L, change: Change<L>) => ReactNode;
};

/** Fields that are typed into; what is only chosen has a value already and is passed by. */
const TYPED = "input:not([readonly], [disabled], [role=combobox])";

/** Puts the cursor there, with what stands there ready to be typed over. */
const enter = (field: HTMLElement | null | undefined): void => {
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
};

const rowsOf = (box: HTMLTableElement | null): HTMLElement[] => [
  ...(box?.querySelectorAll<HTMLElement>("tr[data-line]") ?? []),
];

/** The field behind this one: in its row, else in the row after it. */
const fieldBehind = (box: HTMLTableElement | null, input: HTMLInputElement): Element | null => {
  const rows = rowsOf(box);
  const at = rows.findIndex((row) => row.contains(input));
  const own = [...(rows[at]?.querySelectorAll("input") ?? [])];
  const behind = own.slice(own.indexOf(input) + 1).find((field) => field.matches(TYPED));
  return behind ?? rows[at + 1]?.querySelector(TYPED) ?? null;
};

/** Where the cursor goes by Enter, and when lines come or go. */
const useCursor = <L extends Keyed>({ lines, onLines, add }: Props<L>) => {
  const box = useRef<HTMLTableElement>(null);
  const then = useRef<(() => void) | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was put off waits for new lines
  useEffect(() => {
    then.current?.();
    then.current = null;
  }, [lines]);
  /** Lines of which one, where the cursor goes, has just come or taken a lost one's place. */
  const goOn = (next: L[], at: number): void => {
    then.current = () => {
      const row = rowsOf(box.current)[Math.min(at, next.length - 1)];
      enter((row ?? box.current?.tFoot)?.querySelector<HTMLElement>("input, button"));
    };
    onLines(next);
  };
  const append = (): void => {
    if (add) goOn([...lines, add.line(nextKey(lines))], lines.length);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event;
    then.current = null;
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !add) return;
    if (isComposing(event.nativeEvent) || !(target instanceof HTMLInputElement)) return;
    const walkOn = (): void => enter(fieldBehind(box.current, target) as HTMLElement | null);
    if (target.getAttribute("role") === "combobox") {
      // Enter has opened the list, or has chosen what was searched or scanned; then it goes on.
      if (!target.readOnly) then.current = walkOn;
      return;
    }
    if (fieldBehind(box.current, target)) walkOn();
    else if (lines.slice(-1).some(add.goesOn)) append();
    else return;
    event.preventDefault();
  };
  return { box, goOn, append, onKeyDown };
};

/** The last cell of a line: it can go, or come apart. */
const End = <L extends Keyed>(props: {
  line: L;
  table: Props<L>;
  goOn: (lines: L[], at: number) => void;
}): ReactNode => {
  const { t } = useTranslation("kit");
  const { line, goOn } = props;
  const { lines, add, split: splitting } = props.table;
  const at = lines.indexOf(line);
  if (splitting && !isPart(line))
    return (
      <InlineLink onClick={() => goOn(split(lines, line, splitting.part(line)), at + 1)}>
        {splitting.text}
      </InlineLink>
    );
  if (lines.length <= (add?.least ?? 0)) return null;
  return (
    <Button
      type="text"
      size="small"
      aria-label={t("remove")}
      icon={<DeleteOutlined />}
      onClick={() => goOn(without(lines, line.key), at)}
    />
  );
};

const side = (numeric = false): string => (numeric ? "numeric" : "");

const Foot = <L,>(props: {
  columns: LineColumn<L>[];
  add: Adding<L>;
  onAdd: () => void;
}): ReactNode => {
  const { columns, add } = props;
  const first = columns.findIndex(({ foot }) => foot !== undefined);
  const lead = first < 0 ? columns.length + 1 : first;
  return (
    <tfoot>
      <tr>
        <td colSpan={lead}>
          <span className="line-foot">
            <Button size="small" icon={<PlusOutlined />} onClick={props.onAdd}>
              {add.text}
            </Button>
            {add.beside}
          </span>
        </td>
        {columns.slice(lead).map(({ name, foot }) => (
          <td key={name} className="numeric figure">
            {foot}
          </td>
        ))}
        {first >= 0 && <td />}
      </tr>
    </tfoot>
  );
};

/** A table of lines; with `add` they come and go, with `split` the parts of a line do. */
export const LineTable = <L extends Keyed>(props: Props<L>): ReactNode => {
  const { lines, columns, onLines, add, below } = props;
  const { box, goOn, append, onKeyDown } = useCursor(props);
  return (
    <table
      ref={box}
      className={`line-table ${props.className}`}
      onKeyDown={props.onKeyDown ?? onKeyDown}
    >
      <thead>
        <tr>
          {columns.map(({ name, head, numeric, width }) => (
            <th key={name} className={side(numeric)} {...(width ? { style: { width } } : {})}>
              {head}
            </th>
          ))}
          <th className="line-end" />
        </tr>
      </thead>
      <tbody>
        {lines.map((line, at) => {
          const change: Change<L> = (part) => onLines(changed(lines, line.key, part));
          return (
            <Fragment key={line.key}>
              <tr data-line={line.key}>
                {columns.map(({ name, numeric, ofWhole, cell }) => (
                  <td key={name} className={side(numeric)} data-cell={`${line.key} ${name}`}>
                    {!(ofWhole && isPart(line)) && cell(line, change, at === 0)}
                  </td>
                ))}
                <td className="line-end">
                  <End line={line} table={props} goOn={goOn} />
                </td>
              </tr>
              {below?.(line, change)}
            </Fragment>
          );
        })}
      </tbody>
      {add && <Foot columns={columns} add={add} onAdd={append} />}
    </table>
  );
};
