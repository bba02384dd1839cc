/** Lines that are typed: where Enter leads, how lines come and go, and what a scan does. */
import { cleanup, createEvent, fireEvent, render, screen } from "@testing-library/react";
import { Select } from "antd";
import { type ReactNode, useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import "../src/i18n";
import { LineDialog } from "../src/kit/LineDialog";
import { LineTable } from "../src/kit/LineTable";
import { countColumn, figureColumn } from "../src/kit/lineColumns";
import { type Keyed, nextKey, split, without } from "../src/kit/lines";

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
        figureColumn<Line>("price", { head: "price", foot: "sum" }),
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
