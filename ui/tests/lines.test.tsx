/** Lines that are typed: where Enter leads, how lines come and go, and what a scan does. */
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, createEvent, fireEvent, render, screen } from "@testing-library/react";
import { Select } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { WorkspaceInfo, WorkspaceStatus } from "../src/contract";
import { emptyLine, type Line as OrderedLine } from "../src/features/production/draft";
import { OrderLines } from "../src/features/production/OrderLines";
import "../src/i18n";
import { LineDialog } from "../src/kit/LineDialog";
import { LineTable } from "../src/kit/LineTable";
import { type Change, countColumn, figureColumn, type LineColumn } from "../src/kit/lineColumns";
import { type Keyed, nextKey, split, without } from "../src/kit/lines";
import * as numberInputs from "../src/kit/NumberInputs";
import { queryClient } from "../src/kit/query";
import { SessionProvider } from "../src/kit/session";

type Line = Keyed & { goods: string | null; qty: number | null; price: string };

const line = (key: string, more: Partial<Line> = {}): Line => ({
  key,
  goods: null,
  qty: null,
  price: "",
  ...more,
});

const GOODS = ["SK001", "SK002"].map((value) => ({ value, label: value }));

const Table = (props: { first: Line[]; splits: boolean }): ReactNode => {
  const [lines, setLines] = useState(props.first);
  return (
    <LineTable
      className="test-lines"
      lines={lines}
      columns={[
        {
          name: "goods",
          head: "goods",
          ofWhole: props.splits,
          cell: ({ goods }, change) => (
            <Select
              showSearch
              aria-label="goods"
              value={goods}
              options={GOODS}
              onChange={(chosen) => change({ goods: chosen })}
            />
          ),
        },
        countColumn<Line>("qty", { head: "qty", wrong: ({ qty }) => qty === 7 }),
        figureColumn<Line>("price", { head: "price", foot: () => "sum" }),
      ]}
      onLines={setLines}
      {...(props.splits
        ? { split: { text: "split", part: () => ({ qty: null }) } }
        : { add: { text: "add", line, goesOn: ({ qty }: Line) => qty !== null } })}
    />
  );
};

const show = (first: Line[], splits = false) => {
  const onPost = vi.fn(async () => undefined);
  render(
    <LineDialog
      title="lines"
      width={500}
      okText="post"
      ready
      busy={false}
      error={null}
      onPost={onPost}
      onClose={() => undefined}
    >
      <Table first={first} splits={splits} />
    </LineDialog>,
  );
  return onPost;
};

const fields = (label: string): HTMLElement[] =>
  screen.getAllByLabelText(label).filter((field) => field instanceof HTMLInputElement);
const field = (label: string, at: number): HTMLElement => {
  const found = fields(label)[at];
  if (found === undefined) throw new Error(`no ${label} ${at}`);
  return found;
};
/** Presses Enter as a browser does: the form is sent unless somebody has a use for the key. */
const press = (input: HTMLElement, more: object = {}): void => {
  input.focus();
  const event = createEvent.keyDown(input, { key: "Enter", keyCode: 13, ...more });
  fireEvent(input, event);
  const form = input.closest("form");
  if (!event.defaultPrevented && !("ctrlKey" in more) && form) fireEvent.submit(form);
  fireEvent.keyUp(input, { key: "Enter", keyCode: 13 });
};

afterEach(cleanup);

describe("Enter in lines that can be added to", () => {
  it("goes to the next field, then to the next line, past what is only chosen", () => {
    const onPost = show([line("0", { qty: 5 }), line("1")]);
    press(field("qty", 0));
    expect(document.activeElement).toBe(field("price", 0));
    press(field("price", 0));
    expect(document.activeElement).toBe(field("qty", 1));
    expect(onPost).not.toHaveBeenCalled();
  });

  it("adds a line behind a whole last one and begins in its first field", () => {
    const onPost = show([line("0", { qty: 5 })]);
    press(field("price", 0));
    expect(fields("qty")).toHaveLength(2);
    expect(document.activeElement).toBe(field("goods", 1));
    expect(onPost).not.toHaveBeenCalled();
  });

  it("posts behind a last line in which there is nothing yet, and with Ctrl from anywhere", () => {
    const onPost = show([line("0", { qty: 5 }), line("1")]);
    press(field("price", 1));
    expect(fields("qty")).toHaveLength(2);
    expect(onPost).toHaveBeenCalledTimes(1);
    press(field("qty", 0), { ctrlKey: true });
    expect(onPost).toHaveBeenCalledTimes(2);
  });

  it("is left to an input method that is at work", () => {
    show([line("0", { qty: 5 })]);
    const input = field("price", 0);
    input.focus();
    fireEvent.keyDown(input, { key: "Enter", keyCode: 229 });
    expect(fields("qty")).toHaveLength(1);
  });

  it("goes on from goods that were searched or scanned, and stays where none were found", () => {
    show([line("0"), line("1")]);
    const goods = field("goods", 0);
    fireEvent.mouseDown(goods);
    fireEvent.change(goods, { target: { value: "nothing" } });
    press(goods);
    expect(document.activeElement).toBe(goods);
    fireEvent.mouseDown(goods);
    fireEvent.change(goods, { target: { value: "SK002" } });
    press(goods);
    expect(document.activeElement).toBe(field("qty", 0));
  });
});

describe("a line", () => {
  it("that goes leaves the cursor in the one that takes its place, or at the button", () => {
    show([line("0", { qty: 1 }), line("1", { qty: 2 }), line("2", { qty: 3 })]);
    const remove = (at: number): void => {
      const button = screen.getAllByRole("button", { name: /去掉|Remove/ })[at];
      if (button) fireEvent.click(button);
    };
    remove(1);
    expect(fields("qty").map((one) => one.getAttribute("value"))).toEqual(["1", "3"]);
    expect(document.activeElement).toBe(field("goods", 1));
    remove(1);
    expect(document.activeElement).toBe(field("goods", 0));
    remove(0);
    expect(document.activeElement).toBe(screen.getByRole("button", { name: /add/ }));
  });

  it("says in the cell what cannot be", () => {
    show([line("0", { qty: 7 }), line("1", { qty: 8 })]);
    expect(fields("qty").map((one) => one.getAttribute("aria-invalid"))).toEqual(["true", "false"]);
  });

  it("comes apart into parts that say no more what the whole one says; Enter posts", () => {
    const onPost = show([line("0", { qty: 5 }), line("1", { qty: 6 })], true);
    const [first] = screen.getAllByRole("button", { name: "split" });
    if (first) fireEvent.click(first);
    expect(fields("goods")).toHaveLength(2);
    expect(fields("qty").map((one) => one.getAttribute("value"))).toEqual(["5", "", "6"]);
    expect(document.activeElement).toBe(field("qty", 1));
    press(field("qty", 1));
    expect(onPost).toHaveBeenCalledTimes(1);
  });
});

describe("parts of a line", () => {
  it("are told apart also when one between them has gone", () => {
    const whole = line("0", { qty: 5 });
    const both = split(split([whole], whole, { qty: 1 }), whole, { qty: 2 });
    const fewer = without(both, both[2]?.key ?? "");
    const keys = split(fewer, whole, { qty: 3 }).map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
  });

  it("are told apart also when a part comes apart", () => {
    const whole = line("0", { qty: 5 });
    const [, part] = split([whole], whole, { qty: 1 });
    let lines = part ? [whole, part] : [];
    for (let qty = 2; qty < 5 && part; qty++) lines = split(lines, part, { qty });
    expect(new Set(lines.map(({ key }) => key)).size).toBe(5);
  });

  it("leave the next line a key of its own", () => {
    const lines = [line("0"), line("0+1"), line("4"), line("4+2")];
    expect(nextKey(lines)).toBe("5");
    expect(nextKey([line("0"), line("0+1")])).toBe("1");
    expect(nextKey([line("box"), line("box+1")])).toBe("0");
    expect(nextKey([])).toBe("0");
  });
});

const SIXTY = Array.from({ length: 60 }, (_, at) => line(String(at), { qty: at }));

/** Five columns that note which cells are drawn; one tells whether another line says the same. */
const drawn: string[] = [];
const noted = (column: LineColumn<Line>): LineColumn<Line> => ({
  ...column,
  cell: (one, change, isFirst, told) => {
    drawn.push(`${one.key} ${column.name}`);
    return column.cell(one, change, isFirst, told);
  },
});
const twice: LineColumn<Line, boolean> = {
  name: "twice",
  told: ({ qty }, lines) => lines.filter((other) => other.qty === qty).length > 1,
  cell: (_line, _change, _first, isTwice) => isTwice && "twice",
};
const FIVE = [
  countColumn<Line>("qty", { head: "qty" }),
  figureColumn<Line>("price", { head: "price" }),
  { name: "goods", cell: ({ goods }: Line) => goods },
  { name: "key", cell: ({ key }: Line) => key },
  twice,
].map(noted);
const notedBelow = ({ key }: Line): ReactNode => {
  drawn.push(`${key} below`);
  return null;
};

const Sixty = (): ReactNode => {
  const [lines, setLines] = useState(SIXTY);
  return (
    <LineTable
      className="test-lines"
      lines={lines}
      columns={FIVE}
      onLines={setLines}
      add={{ text: "add", line, goesOn: () => true }}
      below={notedBelow}
    />
  );
};

describe("a table of sixty lines", () => {
  it("draws only the line that is typed into, at every key", () => {
    render(<Sixty />);
    expect(drawn).toHaveLength(60 * 6);
    for (const value of ["9", "9.", "9.8", "9.80"]) {
      drawn.length = 0;
      fireEvent.change(field("price", 30), { target: { value } });
      expect(new Set(drawn.map((cell) => cell.split(" ")[0]))).toEqual(new Set(["30"]));
      expect(drawn).toHaveLength(6);
    }
  });

  it("draws of another line the one cell that is told something else", () => {
    render(<Sixty />);
    drawn.length = 0;
    fireEvent.change(field("qty", 30), { target: { value: "45" } });
    expect(drawn.filter((cell) => !cell.startsWith("30 "))).toEqual(["45 twice"]);
    expect(screen.getAllByText("twice")).toHaveLength(2);
  });

  it("draws no line anew when another goes, but the first that has become one", () => {
    render(<Sixty />);
    drawn.length = 0;
    const [first] = screen.getAllByRole("button", { name: /去掉|Remove/ });
    if (first) fireEvent.click(first);
    expect(new Set(drawn.map((cell) => cell.split(" ")[0]))).toEqual(new Set(["1"]));
  });
});

/** As an offer does that fills in the price when it is known. */
const Priced = (props: { of: Line; change: Change<Line> }): ReactNode => {
  useEffect(() => {
    if (props.of.price === "") props.change({ price: "8.10" });
  });
  return null;
};
const pricedBelow = (of: Line, change: Change<Line>): ReactNode => (
  <Priced of={of} change={change} />
);
const priceOnly = [figureColumn<Line>("price", { head: "price" })];

const Both = (): ReactNode => {
  const [lines, setLines] = useState([line("0"), line("1"), line("2")]);
  return (
    <LineTable
      className="test-lines"
      lines={lines}
      columns={priceOnly}
      onLines={setLines}
      below={pricedBelow}
    />
  );
};

describe("lines that are changed at once", () => {
  it("all keep what they were changed to", () => {
    render(<Both />);
    const prices = fields("price").map((one) => one.getAttribute("value"));
    expect(prices).toEqual(["8.10", "8.10", "8.10"]);
  });
});

const ORDERED: OrderedLine[] = Array.from({ length: 12 }, (_, at) => ({
  ...emptyLine(String(at)),
  qty: at + 1,
  price: "2.00",
}));

const Ordered = (): ReactNode => {
  const [lines, setLines] = useState(ORDERED);
  return (
    <OrderLines
      lines={lines}
      partner={null}
      priceIncludesTax
      onLines={(next) => setLines(next)}
      onSku={(next) => setLines(next)}
    />
  );
};

describe("the lines of an order", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("are drawn one by one as well, while their sum follows", () => {
    vi.stubGlobal("fetch", async () => new Response("[]", { status: 200 }));
    const inputs = vi.spyOn(numberInputs, "FigureInput");
    render(
      <QueryClientProvider client={queryClient}>
        <SessionProvider
          status={
            { today: "2026-11-22", seesMoney: true, rights: [] } as unknown as WorkspaceStatus
          }
          workspace={{ currency: "CNY", readOnly: false } as WorkspaceInfo}
        >
          <Ordered />
        </SessionProvider>
      </QueryClientProvider>,
    );
    expect(document.querySelector("tfoot")?.textContent).toContain("78");
    inputs.mockClear();
    const [qty] = document.querySelectorAll<HTMLInputElement>("[data-cell='3 qty'] input");
    if (qty) fireEvent.change(qty, { target: { value: "104" } });
    expect(document.querySelector("tfoot")?.textContent).toContain("178");
    expect(inputs).toHaveBeenCalledTimes(1);
  });
});
