/**
 * Lines that are typed, one row each. Where lines can be added, Enter goes from field to field and
 * behind the last one adds a line; where they are given, a line can come apart into several.
 */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import {
  Fragment,
  type KeyboardEvent,
  memo,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
} from "react";
import { useTranslation } from "react-i18next";
import { InlineLink } from "./Figures";
import { isComposing } from "./keys";
import type { Change, LineColumn, Told } from "./lineColumns";
import { changed, isPart, type Keyed, nextKey, split, without } from "./lines";
import { useStable } from "./stable";
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
  /** What keys do where a form leads through its lines itself, before a field has them. */
  onKeyDownCapture?: (event: KeyboardEvent<HTMLTableElement>) => void;
  /** A further row of a line: a `tr`, or nothing. Stays the same function while lines are typed. */
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

/** The lines as they were last said to be: two changes at once do not lose one another. */
const useLatest = <L extends Keyed>({ lines, onLines }: Props<L>) => {
  const latest = useRef(lines);
  useLayoutEffect(() => {
    latest.current = lines;
  });
  const set = useStable((next: L[]): void => {
    latest.current = next;
    onLines(next);
  });
  return { latest, set };
};

/** Where the cursor goes by Enter, and when lines come or go. */
const useCursor = <L extends Keyed>({ lines, add }: Props<L>, onLines: (lines: L[]) => void) => {
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

const side = (numeric = false): string => (numeric ? "numeric" : "");

type OnChange<L> = (key: string, part: Partial<L>) => void;

const CellOf = <L extends Keyed>(props: {
  column: LineColumn<L>;
  line: L;
  isFirst: boolean;
  told: Told;
  onChange: OnChange<L>;
}): ReactNode => {
  const { column, line } = props;
  const { name, numeric, ofWhole } = column;
  const change: Change<L> = (part) => props.onChange(line.key, part);
  return (
    <td className={side(numeric)} data-cell={`${line.key} ${name}`}>
      {!(ofWhole && isPart(line)) && column.cell(line, change, props.isFirst, props.told)}
    </td>
  );
};
/** Typing into one line draws no cell of the others, unless what they are told has changed. */
const Cell = memo(CellOf) as typeof CellOf;

const BelowOf = <L extends Keyed>(props: {
  line: L;
  below: NonNullable<Props<L>["below"]>;
  onChange: OnChange<L>;
}): ReactNode => {
  const { line, below, onChange } = props;
  return below(line, (part) => onChange(line.key, part));
};
const Below = memo(BelowOf) as typeof BelowOf;

/** The last cell of a line: it can come apart, or go. */
const End = memo(
  (props: {
    id: string;
    /** What coming apart is called. */
    splits: string | null;
    goes: boolean;
    onSplit: (key: string) => void;
    onRemove: (key: string) => void;
  }): ReactNode => {
    const { t } = useTranslation("kit");
    const { id, splits, goes } = props;
    return (
      <td className="line-end">
        {splits !== null && <InlineLink onClick={() => props.onSplit(id)}>{splits}</InlineLink>}
        {goes && (
          <Button
            type="text"
            size="small"
            aria-label={t("remove")}
            icon={<DeleteOutlined />}
            onClick={() => props.onRemove(id)}
          />
        )}
      </td>
    );
  },
);

const Foot = <L,>(props: {
  lines: L[];
  columns: LineColumn<L>[];
  add: Adding<L>;
  onAdd: () => void;
}): ReactNode => {
  const { lines, columns, add } = props;
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
            {foot?.(lines)}
          </td>
        ))}
        {first >= 0 && <td />}
      </tr>
    </tfoot>
  );
};

const Head = <L,>(props: { columns: LineColumn<L>[] }): ReactNode => (
  <thead>
    <tr>
      {props.columns.map(({ name, head, numeric, width }) => (
        <th key={name} className={side(numeric)} {...(width ? { style: { width } } : {})}>
          {head}
        </th>
      ))}
      <th className="line-end" />
    </tr>
  </thead>
);

/** What is done to single lines, the same functions while lines are typed. */
const useLineActs = <L extends Keyed>(props: Props<L>) => {
  const { latest, set } = useLatest(props);
  const cursor = useCursor(props, set);
  const onChange = useStable((key: string, part: Partial<L>): void =>
    set(changed(latest.current, key, part)),
  );
  const onSplit = useStable((key: string): void => {
    const lines = latest.current;
    const at = lines.findIndex((line) => line.key === key);
    const line = lines[at];
    if (line && props.split) cursor.goOn(split(lines, line, props.split.part(line)), at + 1);
  });
  const onRemove = useStable((key: string): void => {
    const lines = latest.current;
    const at = lines.findIndex((line) => line.key === key);
    cursor.goOn(without(lines, key), at);
  });
  return { ...cursor, onChange, onSplit, onRemove };
};

/** A table of lines; with `add` they come and go, with `split` the parts of a line do. */
export const LineTable = <L extends Keyed>(props: Props<L>): ReactNode => {
  const { lines, columns, add, below } = props;
  const { box, append, onKeyDown, onChange, onSplit, onRemove } = useLineActs(props);
  const canGo = lines.length > (add?.least ?? 0);
  return (
    <table
      ref={box}
      className={`line-table ${props.className}`}
      onKeyDown={onKeyDown}
      {...(props.onKeyDownCapture ? { onKeyDownCapture: props.onKeyDownCapture } : {})}
    >
      <Head columns={columns} />
      <tbody>
        {lines.map((line, at) => {
          const splits = props.split && !isPart(line) ? props.split.text : null;
          return (
            <Fragment key={line.key}>
              <tr data-line={line.key}>
                {columns.map((column) => (
                  <Cell
                    key={column.name}
                    column={column}
                    line={line}
                    isFirst={at === 0}
                    told={column.told?.(line, lines)}
                    onChange={onChange}
                  />
                ))}
                <End
                  id={line.key}
                  splits={splits}
                  goes={splits === null && canGo}
                  onSplit={onSplit}
                  onRemove={onRemove}
                />
              </tr>
              {below && <Below line={line} below={below} onChange={onChange} />}
            </Fragment>
          );
        })}
      </tbody>
      {add && <Foot lines={lines} columns={columns} add={add} onAdd={append} />}
    </table>
  );
};
