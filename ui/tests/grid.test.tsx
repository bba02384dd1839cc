import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { App } from "antd";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../src/i18n";
import { type Column, fitting } from "../src/kit/grid/columns";
import { DataGrid } from "../src/kit/grid/DataGrid";
import { moved } from "../src/kit/grid/moves";
import { PAGE_ROWS, PageCache, sorted, useArrayRows } from "../src/kit/grid/rows";
import { toTsv, tsvCell } from "../src/kit/grid/tsv";
import { NoticesProvider } from "../src/kit/Notices";

type Line = { id: string; units: number };

const columns: Column<Line>[] = [
  { id: "id", title: "Id", width: 80, cell: (l) => l.id, text: (l) => l.id, by: (l) => l.id },
  {
    id: "units",
    title: "Units",
    width: 80,
    numeric: true,
    cell: (l) => l.units,
    text: (l) => String(l.units),
    by: (l) => l.units,
  },
];

const lines = (count: number): Line[] =>
  Array.from({ length: count }, (_, at) => ({ id: `row${at}`, units: count - at }));

type ShownProps = {
  list: Line[];
  onOpen: (line: Line) => void;
  /** Rows open by their first letters: several the same. */
  open?: string;
};

const Shown = (props: ShownProps) => {
  const rows = useArrayRows(props.list, columns, null);
  return (
    <App>
      <NoticesProvider>
        <DataGrid
          id="test"
          label="Lines"
          columns={columns}
          rows={rows}
          rowKey={(line) => line.id}
          sort={null}
          onSort={() => undefined}
          onOpen={props.onOpen}
          {...(props.open === undefined
            ? {}
            : { openKey: props.open, openOf: (line: Line) => line.id.slice(0, 4) })}
        />
      </NoticesProvider>
    </App>
  );
};

describe("the grid", () => {
  beforeEach(() => {
    // A window of 20 rows: happy-dom lays nothing out.
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(560);
    vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(800);
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(560);
  });
  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
  });

  it("marks every row of what is open, and goes on from the first unless it stands on one", () => {
    const list = ["lotA1", "lotB1", "lotB2", "lotC1"].map((id) => ({ id, units: 1 }));
    const { container, rerender } = render(
      <Shown list={list} onOpen={() => undefined} open="lotB" />,
    );
    const rowsOf = (name: string): (string | null)[] =>
      [...container.querySelectorAll(`.${name} .cell:first-child`)].map((it) => it.textContent);
    expect([rowsOf("row-open"), rowsOf("row-active")]).toEqual([["lotB1", "lotB2"], ["lotB1"]]);
    fireEvent.click(screen.getByText("lotC1"));
    fireEvent.click(screen.getByText("lotB2"));
    rerender(<Shown list={list} onOpen={() => undefined} open="lotC" />);
    expect([rowsOf("row-open"), rowsOf("row-active")]).toEqual([["lotC1"], ["lotC1"]]);
    fireEvent.click(screen.getByText("lotB2"));
    rerender(<Shown list={list} onOpen={() => undefined} open="lotB" />);
    expect([rowsOf("row-open"), rowsOf("row-active")]).toEqual([["lotB1", "lotB2"], ["lotB2"]]);
  });

  it("draws only what is in sight of 100,000 rows", () => {
    render(<Shown list={lines(100_000)} onOpen={() => undefined} />);
    const grid = screen.getByRole("grid");
    expect(grid.getAttribute("aria-rowcount")).toBe("100001");
    expect(grid.querySelectorAll(".grid-rows [role=row]").length).toBeLessThan(60);
  });

  it("moves by keys, tells the active row and opens it", () => {
    const open = vi.fn();
    render(<Shown list={lines(50)} onOpen={open} />);
    const grid = screen.getByRole("grid");
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    fireEvent.keyDown(grid, { key: "j" });
    expect(grid.getAttribute("aria-activedescendant")).toMatch(/-2$/);
    fireEvent.keyDown(grid, { key: "Enter" });
    expect(open).toHaveBeenCalledWith({ id: "row2", units: 48 });
  });

  it("does not open on the Enter that ends Chinese input", () => {
    const open = vi.fn();
    render(<Shown list={lines(5)} onOpen={open} />);
    fireEvent.keyDown(screen.getByRole("grid"), { key: "Enter", keyCode: 229 });
    expect(open).not.toHaveBeenCalled();
  });

  it("copies the active row with its head as a table", () => {
    render(<Shown list={lines(5)} onOpen={() => undefined} />);
    const grid = screen.getByRole("grid");
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    const setData = vi.fn();
    act(() => {
      fireEvent.copy(grid, { clipboardData: { setData } });
    });
    expect(setData).toHaveBeenCalledWith("text/plain", "Id\tUnits\nrow1\t4");
  });
});

describe("rows", () => {
  const key = (name: string) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false });

  it("stay inside the list", () => {
    expect(moved(key("ArrowUp"), 0, 10, 5)).toBe(0);
    expect(moved(key("PageDown"), 8, 10, 5)).toBe(9);
    expect(moved(key("End"), 0, 10, 5)).toBe(9);
    expect(moved(key("Home"), 7, 10, 5)).toBe(0);
    expect(moved(key("ArrowDown"), 0, 0, 5)).toBeNull();
    expect(moved({ ...key("j"), ctrlKey: true }, 0, 10, 5)).toBeNull();
  });

  it("sort with empty values last, both ways, without touching the list", () => {
    const list = [{ v: 2 }, { v: null }, { v: 10 }, { v: 1 }];
    const by = (row: { v: number | null }) => row.v;
    expect(sorted(list, by, false).map(by)).toEqual([1, 2, 10, null]);
    expect(sorted(list, by, true).map(by)).toEqual([10, 2, 1, null]);
    expect(list.map(by)).toEqual([2, null, 10, 1]);
  });

  it("come by pages, each asked for once, and again after a failure", async () => {
    const asked: number[] = [];
    let fails = true;
    const arrived = vi.fn();
    const cache = new PageCache<number>(async (offset, limit) => {
      asked.push(offset);
      if (offset === PAGE_ROWS && fails) throw new Error("stale");
      return Array.from({ length: limit }, (_, at) => offset + at);
    }, arrived);
    cache.want(0, 10);
    cache.want(5, 30);
    await vi.waitFor(() => expect(cache.at(7)).toBe(7));
    cache.want(150, 210);
    await vi.waitFor(() => expect(asked).toEqual([0, PAGE_ROWS]));
    await Promise.resolve();
    expect(cache.at(PAGE_ROWS)).toBeUndefined();
    fails = false;
    cache.want(150, 210);
    await vi.waitFor(() => expect(cache.at(PAGE_ROWS)).toBe(PAGE_ROWS));
    expect(asked).toEqual([0, PAGE_ROWS, PAGE_ROWS]);
  });

  it("copy without letting Excel run anything", () => {
    expect(tsvCell("=1+1")).toBe("'=1+1");
    expect(tsvCell("@SUM(A1)")).toBe("'@SUM(A1)");
    expect(tsvCell("-12.5")).toBe("-12.5");
    expect(tsvCell("a\tb\nc")).toBe("a b c");
    expect(toTsv(columns, [{ id: "+x", units: 3 }])).toBe("Id\tUnits\n'+x\t3");
  });
});

describe("columns where there is little room", () => {
  const column = (id: string, width: number, hidden = false): Column<Line> => ({
    ...(columns[0] as Column<Line>),
    id,
    width,
    hidden,
  });
  const all = [column("a", 100), column("b", 100), column("c", 100), column("d", 50, true)];
  const ids = (room: number, shown: Record<string, boolean> = {}, widths = {}): string =>
    fitting(all, room, ["c", "b"], { widths, shown })
      .map(({ id }) => id)
      .join("");

  it("step aside in their order, as many as must and no more", () => {
    expect([ids(300), ids(299), ids(200), ids(199), ids(10)]).toEqual([
      "abc",
      "ab",
      "ab",
      "a",
      "a",
    ]);
  });

  it("all stand before anything is measured", () => {
    expect(ids(0)).toBe("abc");
  });

  it("stay when the person has asked for them, and count as wide as made", () => {
    expect(ids(200, { c: true })).toBe("ac");
    expect(ids(300, { d: true })).toBe("abd");
    expect(ids(300, {}, { a: 150 })).toBe("ab");
  });
});
