/** Rules of the production screen: what an offer fills in, where keys lead, who sees which track. */
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App, ConfigProvider } from "antd";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type {
  EntryRow,
  MaterialTrack,
  Message,
  OfferFields,
  OrderAccountCard,
  OrderCard,
  OrderLine,
  OrderRow,
  OrderTracks,
  WaitingLot,
  WorkspaceInfo,
  WorkspaceStatus,
} from "../src/contract";
import { columnsOf, PHASES } from "../src/features/production/Board";
import {
  choices,
  decideLines,
  firstVerdicts,
  requantified,
  undecided,
  wantsReason,
} from "../src/features/production/decide";
import { draftOf, saveOf, withOffer } from "../src/features/production/draft";
import { OrderDetail } from "../src/features/production/OrderDetail";
import { fits } from "../src/features/production/ProductionScreen";
import { tallied } from "../src/features/production/QualityTrack";
import { ReceiveForm } from "../src/features/production/ReceiveForm";
import {
  type Delivery,
  dayForQty,
  delivered,
  type Field,
  FURTHER,
  fieldsOf,
  firstDeliveries,
  next,
  scanned,
} from "../src/features/production/receive";
import { SettleForm } from "../src/features/production/SettleForm";
import { readScan, sameGoods } from "../src/features/production/scan";
import { livedTo, marksOf, monthsOf, placeOf, spanOf } from "../src/features/production/timeline";
import { dueSteps, toDraw, trackStates } from "../src/features/production/tracks";
import { i18next } from "../src/i18n";
import { split } from "../src/kit/lines";
import { NoticesProvider } from "../src/kit/Notices";
import { queryClient } from "../src/kit/query";
import { SessionProvider } from "../src/kit/session";
import { percentOf } from "../src/kit/terms/check";

const TODAY = "2026-11-22";

const TRACKS: OrderTracks = {
  id: "o1",
  phase: "awaiting_deposit",
  depositOpen: true,
  balanceOpen: false,
  milestones: [],
  materials: [],
  supplied: false,
  lossesSettled: false,
  tallies: [],
  waiting: [],
  decisions: [],
  replacements: [],
};

describe("the board and its filters", () => {
  const row = (more: Partial<OrderRow>): OrderRow =>
    ({
      id: "o1",
      number: "PO-A-2026-0001",
      kind: "production",
      state: "accepted",
      phase: "making",
      factory: "f1",
      factoryName: "Yazi",
      goods: "SK001",
      ...more,
    }) as OrderRow;
  const all = { typed: "", factory: null, kind: null, over: false };

  it("has a column for every phase of a living order, from draft to complete", () => {
    const phases = columnsOf([]).map(({ phase }) => phase);
    expect(phases).toEqual(PHASES);
    expect(PHASES.indexOf("awaiting_deposit")).toBeLessThan(PHASES.indexOf("making"));
    expect(PHASES.indexOf("awaiting_qc")).toBeGreaterThan(PHASES.indexOf("receiving"));
  });

  it("leaves the orders of one partner and one kind, and what is over only when asked", () => {
    expect(fits(row({}), { ...all, factory: "f1", kind: "production" })).toBe(true);
    expect(fits(row({}), { ...all, factory: "f2" })).toBe(false);
    expect(fits(row({}), { ...all, kind: "purchase" })).toBe(false);
    expect(fits(row({ state: "closed" }), all)).toBe(false);
    expect(fits(row({ state: "closed" }), { ...all, over: true })).toBe(true);
    expect(fits(row({}), { ...all, typed: "sk001 " })).toBe(true);
  });
});

describe("an order while it is typed", () => {
  const offer = {
    taxRatePpm: 130_000,
    priceIncludesTax: false,
    overReceiptPaid: false,
    lossBase: "good_and_rejected",
    terms: [
      { trigger: "accept", milestone: null, days: 0, sharePpm: 300_000 },
      { trigger: "before_ship", milestone: null, days: 0, sharePpm: 700_000 },
    ],
  } as unknown as OfferFields;
  const whole = () => {
    const draft = withOffer(draftOf(null, null), offer);
    const lines = draft.lines.map((line) => ({ ...line, sku: "s1", qty: 5_000, price: "9.80" }));
    return { ...draft, lines, head: { ...draft.head, factory: "f1", deliverTo: "w0" } };
  };

  it("takes tax, schedule, over-receipt and loss base from the offer", () => {
    expect(saveOf(null, whole())).toMatchObject({
      taxRatePpm: 130_000,
      priceIncludesTax: false,
      overIsFree: true,
      lossBase: "good_and_rejected",
      schedule: offer.terms,
      unitPrices: ["9.80"],
      lines: [{ sku: "s1", qty: 5_000, version: null }],
    });
  });

  it("keeps what somebody typed although goods with another offer are chosen", () => {
    const typed = { ...whole(), terms: "typed" as const };
    expect(withOffer(typed, { ...offer, taxRatePpm: 60_000 }).head.taxRate).toBe("13");
    expect(withOffer(whole(), { ...offer, taxRatePpm: 60_000 }).head.taxRate).toBe("6");
  });

  it("is sent only when the schedule makes 100 %", () => {
    const shares = (percents: string[]) => {
      const draft = whole();
      const steps = draft.steps.map((step, at) => ({ ...step, percent: percents[at] ?? "0" }));
      return saveOf(null, { ...draft, steps });
    };
    expect(shares(["30", "69.9999"])).toBeNull();
    expect(shares(["30", "70.0001"])).toBeNull();
    const split = shares(["33.3333", "66.6667"])?.schedule.map(({ sharePpm }) => sharePpm);
    expect(split).toEqual([333_333, 666_667]);
    expect(split?.map(percentOf)).toEqual(["33.3333", "66.6667"]);
  });

  it("is not sent with half a line, a rate of 100 % or without a partner", () => {
    const draft = whole();
    const half = { ...draft, lines: draft.lines.map((line) => ({ ...line, price: "" })) };
    expect(saveOf(null, half)).toBeNull();
    expect(saveOf(null, { ...draft, head: { ...draft.head, taxRate: "100" } })).toBeNull();
    expect(saveOf(null, { ...draft, head: { ...draft.head, factory: null } })).toBeNull();
  });

  it("names the order that it is bought for only when it is a purchase", () => {
    const draft = whole();
    const head = { ...draft.head, forOrder: "o9" };
    expect(saveOf(null, { ...draft, head })?.forOrder).toBeNull();
    const bought = { ...head, kind: "purchase" as const };
    expect(saveOf(null, { ...draft, head: bought })?.forOrder).toBe("o9");
  });
});

describe("a scan", () => {
  const GS = "\u001d";
  const wanted = {
    gtin: "06901234567892",
    lotNo: "L2610A",
    mfgOn: "2026-10-08",
    expiresOn: "2029-10-31",
    qty: 48,
  };

  it("is read with separators, in brackets, and as a link", () => {
    const running = `]C1010690123456789211261008172910003748${GS}10L2610A`;
    expect(readScan(running, TODAY)).toEqual(wanted);
    expect(readScan("(01)06901234567892(11)261008(17)291000(37)48(10)L2610A", TODAY)).toEqual(
      wanted,
    );
    const link = "https://id.gs1.org/01/06901234567892/10/L2610A?11=261008&17=291000&37=48";
    expect(readScan(link, TODAY)).toEqual(wanted);
  });

  it("takes day 00 for the last of its month, also in a leap year", () => {
    const expiry = (digits: string) => readScan(`(17)${digits}(10)A`, TODAY)?.expiresOn;
    expect(expiry("280200")).toBe("2028-02-29");
    expect(expiry("270200")).toBe("2027-02-28");
    expect(expiry("271301")).toBeNull();
    // The century is the nearest one.
    expect(expiry("990101")).toBe("1999-01-01");
  });

  it("is plain text when it is a lot number, whatever digits it begins with", () => {
    for (const typed of ["L2610A", "10A", "1726", "20260101", ""])
      expect(readScan(typed, TODAY)).toBeNull();
  });

  it("knows goods by the number of their piece and of their carton", () => {
    expect(sameGoods("6901234567892", "06901234567892")).toBe(true);
    expect(sameGoods("6901234567892", "16901234567899")).toBe(true);
    expect(sameGoods("6901234567892", "06901234567885")).toBe(false);
  });
});

describe("the walk through a receipt", () => {
  const line = (at: number, qty: number): OrderLine =>
    ({ line: at, qty, received: 0, sku: `s${at}` }) as OrderLine;
  const rows = firstDeliveries([line(0, 100), line(1, 50)]);
  const gtins = ["6901234567892", "6901234567885"];
  const gtinOf = (at: number): string | null => gtins[at] ?? null;
  const scan = (text: string) => {
    const read = readScan(text, TODAY);
    if (read === null) throw new Error("no scan");
    return read;
  };

  const asks = { fields: fieldsOf({ spoilt: true, replaces: false }), keeps: () => true };

  it("goes through every field of a line, then to the next line, and behind the last to a lot more", () => {
    const to = (key: string, field: Field, now = rows) => next(now, { key, field }, asks);
    expect(to("0", "lotNo")).toEqual({ key: "0", field: "mfgOn" });
    expect(to("0", "mfgOn")).toEqual({ key: "0", field: "expiresOn" });
    expect(to("0", "expiresOn")).toEqual({ key: "0", field: "qty" });
    expect(to("0", "qty")).toEqual({ key: "0", field: "spoilt" });
    expect(to("0", "spoilt")).toEqual({ key: "1", field: "lotNo" });
    expect(to("1", "spoilt")).toBe("more");
    const [, last] = rows;
    if (last === undefined) throw new Error("none");
    const more = split(rows, last, FURTHER);
    expect(more[2]).toMatchObject({ line: 1, lotNo: "", mfgOn: null, expiresOn: null, qty: null });
    expect(to("1+1", "lotNo", more)).toBe("post");
    expect(delivered(more)).toHaveLength(2);
    const replaced = fieldsOf({ spoilt: false, replaces: true });
    expect(next(rows, { key: "0", field: "qty" }, { ...asks, fields: replaced })).toEqual({
      key: "0",
      field: "replaces",
    });
  });

  it("asks for one date where the shelf life makes the other, and for both where none does", () => {
    const dated = rows.map((row) => ({ ...row, mfgOn: "2026-10-08" }));
    const at = { key: "0", field: "mfgOn" } as const;
    expect(next(dated, at, asks)).toEqual({ key: "0", field: "qty" });
    expect(next(dated, { key: "0", field: "lotNo" }, asks)).toEqual({ key: "0", field: "qty" });
    const keepsNot = { ...asks, keeps: () => false };
    expect(next(dated, at, keepsNot)).toEqual({ key: "0", field: "expiresOn" });
  });

  it("does not take a day for a quantity", () => {
    const typed = (qty: number | null) =>
      dayForQty({ ...(rows[0] as Delivery), qty }, [line(0, 100)]);
    expect(typed(20_260_901)).toBe("2026-09-01");
    for (const qty of [null, 100, 101, 260_901, 20_261_399]) expect(typed(qty)).toBeNull();
    // As many were ordered.
    expect(dayForQty({ ...(rows[0] as Delivery), qty: 20_260_901 }, [line(0, 30_000_000)])).toBe(
      null,
    );
  });

  it("puts a scan into the row of its goods, wherever it was scanned", () => {
    const done = scanned(rows, "0", scan("(01)06901234567885(17)291031(10)L2"), gtinOf);
    if (done === "unknown") throw new Error("not taken");
    expect(done.key).toBe("1");
    expect(done.rows[1]).toMatchObject({ lotNo: "L2", expiresOn: "2029-10-31", qty: 50 });
    expect(done.rows[0]).toMatchObject({ lotNo: "" });
  });

  it("makes another lot of goods that have one a part of their line", () => {
    const filled = rows.map((row, at) => (at === 1 ? { ...row, lotNo: "L1" } : row));
    const done = scanned(filled, "0", scan("(01)06901234567885(10)L2(37)24"), gtinOf);
    if (done === "unknown") throw new Error("not taken");
    expect(done.rows.map((row) => [row.line, row.lotNo, row.qty])).toEqual([
      [0, "", 100],
      [1, "L1", 50],
      [1, "L2", 24],
    ]);
    expect(done.rows[2]?.key).toBe(done.key);
  });

  it("does not take goods that the order has not", () => {
    expect(scanned(rows, "0", scan("(01)06970000000011(10)L9"), gtinOf)).toBe("unknown");
  });

  it("sends spoilt units even when none came of a line", () => {
    const spoilt = rows.map((row, at) => (at === 1 ? { ...row, qty: 0, spoilt: 3 } : row));
    expect(delivered(spoilt).map((row) => [row.qty, row.spoilt])).toEqual([
      [100, 0],
      [0, 3],
    ]);
    expect(delivered(rows.map((row) => ({ ...row, qty: null })))).toEqual([]);
  });
});

/** What the window is around a dialog, without motion. */
const inWindow = (dialog: ReactNode): void => {
  render(
    <QueryClientProvider client={queryClient}>
      <ConfigProvider theme={{ token: { motion: false } }}>
        <App>
          <NoticesProvider>
            <SessionProvider
              status={{ today: TODAY, seesMoney: false, rights: ["handle"] } as never}
              workspace={{ currency: "CNY", readOnly: false } as WorkspaceInfo}
            >
              {dialog}
            </SessionProvider>
          </NoticesProvider>
        </App>
      </ConfigProvider>
    </QueryClientProvider>,
  );
};

describe("the form of a receipt", () => {
  afterEach(() => {
    cleanup();
    queryClient.clear();
    vi.unstubAllGlobals();
  });

  const card = {
    row: { id: "o1", number: "PO-A-2026-0001", kind: "production" },
    deliverTo: "w0",
    lines: [
      {
        line: 0,
        sku: "s1",
        skuCode: "SK001",
        skuName: { zh: "", en: "Serum" },
        qty: 5_000,
        received: 0,
      },
    ],
  } as unknown as OrderCard;

  type Sent = { lines: { lotNo: string; qty: number }[]; reasonFor: Message[] };

  /** `refused`: codes with which the first tries are refused. */
  const show = (tracks = TRACKS, refused: string[] = []): { sent: () => Sent[] } => {
    void i18next.changeLanguage("en");
    const sent: Sent[] = [];
    const skus = [{ id: "s1", fields: { gtin: null, shelfLife: { months: 36 } } }];
    const answers: Record<string, unknown> = { "order.tracks": tracks, "sku.list": skus };
    vi.stubGlobal("fetch", async (_: unknown, init: { body: string }) => {
      const { name, input } = JSON.parse(init.body);
      if (name === "order.receive") {
        const code = refused[sent.push(input) - 1];
        const refusal = { code, kind: "refused", args: {}, details: [] };
        if (code !== undefined) return new Response(JSON.stringify(refusal), { status: 409 });
      }
      return new Response(JSON.stringify(answers[name] ?? []), { status: 200 });
    });
    inWindow(<ReceiveForm card={card} onClose={() => undefined} />);
    return { sent: () => sent };
  };

  /** What stands in focus, typed over and left by Enter. */
  const type = (text: string | null, more: object = {}): void => {
    const field = document.activeElement;
    if (!(field instanceof HTMLInputElement)) throw new Error(`not in a field: ${field?.tagName}`);
    if (text !== null) fireEvent.change(field, { target: { value: text } });
    fireEvent.keyDown(field, { key: "Enter", keyCode: 13, ...more });
  };
  const focused = (): string | null => document.activeElement?.getAttribute("aria-label") ?? null;

  it("is filled and posted by keys alone, two lots after one another", async () => {
    const { sent } = show();
    await waitFor(() => expect(focused()).toBe("Lot number"));
    await screen.findByText("SK001");
    type("L2610A");
    type("20261001");
    expect(focused()).toBe("Quantity");
    type("3000");
    expect(focused()).toBe("Spoilt");
    type("12");
    await waitFor(() => expect(screen.getAllByLabelText("Lot number")).toHaveLength(2));
    await waitFor(() => expect(focused()).toBe("Lot number"));
    type("L2610B");
    expect(focused()).toBe("Made on");
    expect((document.activeElement as HTMLInputElement).value).toBe("");
    type("261008");
    type("2000", { ctrlKey: true });
    await waitFor(() => expect(sent()).toHaveLength(1));
    const told = { expiresOn: null, replaces: null, line: 0 };
    expect(sent()[0]?.lines).toEqual([
      { ...told, lotNo: "L2610A", mfgOn: "2026-10-01", qty: 3_000, spoilt: 12 },
      { ...told, lotNo: "L2610B", mfgOn: "2026-10-08", qty: 2_000, spoilt: 0 },
    ]);
  });

  it("is walked through what is replaced as well, whose list opens by the arrow", async () => {
    show({ ...TRACKS, replacements: [{ lot: "r1", lotNo: "L0", qty: 20 }] as never });
    await screen.findByLabelText("Replaces", { selector: "input" });
    await waitFor(() => expect(focused()).toBe("Lot number"));
    type("L2610A");
    type("20261001");
    type("20");
    expect(focused()).toBe("Spoilt");
    type(null);
    expect(focused()).toBe("Replaces");
    const list = document.activeElement as HTMLElement;
    fireEvent.keyDown(list, { key: "ArrowDown", keyCode: 40 });
    expect(list.getAttribute("aria-expanded")).toBe("true");
    fireEvent.keyDown(list, { key: "Enter", keyCode: 13 });
    await waitFor(() => expect(list.getAttribute("aria-expanded")).toBe("false"));
    fireEvent.keyUp(list, { key: "Enter", keyCode: 13 });
    expect(screen.getAllByText(/L0/).length).toBeGreaterThan(0);
    type(null);
    await waitFor(() => expect(screen.getAllByLabelText("Lot number")).toHaveLength(2));
    await waitFor(() => expect(focused()).toBe("Lot number"));
  });

  it("gives a reason for the refusals that were read, one after the other", async () => {
    const refused = ["order.over_receipt", "lot.received_expired"];
    const { sent } = show(TRACKS, refused);
    await waitFor(() => expect(focused()).toBe("Lot number"));
    type("L1");
    type("20260901", { ctrlKey: true });
    await waitFor(() => expect(focused()).toBe("Why it is received all the same"));
    type("they sent more", { ctrlKey: true });
    await waitFor(() => expect(sent()).toHaveLength(2));
    await screen.findByText(/expired/);
    type(null, { ctrlKey: true });
    await waitFor(() => expect(sent()).toHaveLength(3));
    const read = refused.map((code) => ({ code, args: {} }));
    expect(sent().map(({ reasonFor }) => reasonFor)).toEqual([[], read.slice(0, 1), read]);
  });

  it("does not send a day as a quantity, and says so", async () => {
    const { sent } = show();
    await waitFor(() => expect(focused()).toBe("Lot number"));
    type("L1");
    type("20261001");
    type("20260901", { ctrlKey: true });
    expect(screen.getByRole("alert").textContent).toContain("2026-09-01");
    expect(sent()).toEqual([]);
    expect(
      (screen.getByText(/Receive 20,260,901/).closest("button") as HTMLButtonElement).disabled,
    ).toBe(true);
  });
});

describe("a quality decision", () => {
  const lot = (more: Partial<WaitingLot>): WaitingLot =>
    ({
      line: 0,
      lot: "l1",
      lotNo: "L1",
      place: "w0",
      status: "quarantine",
      qty: 500,
      ...more,
    }) as never;

  it("splits a lot over outcomes and says what is left", () => {
    const of = lot({});
    const [first] = firstVerdicts([of]);
    if (first === undefined) throw new Error("none");
    const some = [{ ...first, qty: 380 }];
    const both = split(some, some[0] as never, {
      decision: "return" as const,
      settleBy: "credit" as const,
      qty: 120,
    });
    expect(undecided(some, of)).toBe(120);
    expect(undecided(both, of)).toBe(0);
    expect(wantsReason(some)).toBe(false);
    expect(wantsReason(both)).toBe(true);
    expect(decideLines(both).map((one) => [one.decision, one.settleBy, one.qty])).toEqual([
      ["accept", null, 380],
      ["return", "credit", 120],
    ]);
  });

  it("takes what a part gets from the first outcome while the whole lot is decided", () => {
    const of = lot({});
    const whole = firstVerdicts([of]);
    const [first] = whole;
    if (first === undefined) throw new Error("none");
    const both = split(whole, first, { decision: "scrap" as const, qty: 0 });
    const part = both[1];
    if (part === undefined) throw new Error("no part");
    const moved = requantified(both, part, 120);
    expect(moved.map(({ qty }) => qty)).toEqual([380, 120]);
    expect(requantified(moved, moved[1] ?? part, 20).map(({ qty }) => qty)).toEqual([480, 20]);
    // Somebody has left some waiting: nothing else moves.
    const some = requantified(moved, moved[0] ?? first, 100);
    expect(requantified(some, some[1] ?? part, 50).map(({ qty }) => qty)).toEqual([100, 50]);
  });

  it("does not fail again what has failed, and does not mix the states of one lot", () => {
    const failed = lot({ status: "defective", qty: 20 });
    expect(choices(failed)).toEqual(["concession", "return", "scrap"]);
    const all = firstVerdicts([lot({}), failed]);
    expect(undecided(all, failed)).toBe(0);
    expect(decideLines(all).map((one) => [one.from, one.decision])).toEqual([
      ["quarantine", "accept"],
      ["defective", "return"],
    ]);
  });
});

describe("the time line", () => {
  const row = { issuedOn: "2026-09-01", promisedOn: "2026-10-20", received: 0, ordered: 100 };

  it("holds today and every promise, and its months", () => {
    const span = spanOf([row as OrderRow], TODAY);
    expect(span).toEqual({ from: "2026-08-25", to: "2026-11-29" });
    expect(monthsOf(span)).toEqual(["2026-09-01", "2026-10-01", "2026-11-01"]);
    expect(placeOf(span.from, span)).toBe(0);
    expect(placeOf("2027-05-01", span)).toBe(100);
    expect(monthsOf({ from: "2026-12-20", to: "2027-01-10" })).toEqual(["2027-01-01"]);
  });

  it("shows what happened by day, without what was undone", () => {
    const card = {
      row,
      receipts: [
        { day: "2026-10-25", reversed: false, lines: [{ qty: 60 }, { qty: 40 }] },
        { day: "2026-10-24", reversed: true, lines: [{ qty: 9 }] },
      ],
    } as unknown as OrderCard;
    const tracks = {
      milestones: [{ milestone: "filling", plannedOn: "2026-10-01", reachedOn: "2026-10-05" }],
    } as OrderTracks;
    const entry = (kind: string, effectiveOn: string, reversedBy: string | null): EntryRow =>
      ({ kind, effectiveOn, reversedBy }) as EntryRow;
    const entries = [
      entry("order_accepted", "2026-09-03", "e9"),
      entry("order_accepted", "2026-09-04", null),
    ];
    const marks = marksOf(card, tracks, entries);
    expect(marks.map(({ kind, day, units }) => [kind, day, units])).toEqual([
      ["issued", "2026-09-01", null],
      ["accepted", "2026-09-04", null],
      ["planned", "2026-10-01", null],
      ["milestone", "2026-10-05", null],
      ["receipt", "2026-10-25", 100],
    ]);
    const done = { ...row, state: "accepted", received: 100 } as OrderRow;
    expect(livedTo(done, marks, TODAY)).toBe("2026-10-25");
    expect(livedTo({ ...done, received: 99 }, marks, TODAY)).toBe(TODAY);
  });
});

describe("the four tracks", () => {
  const codes = (tracks: Partial<OrderTracks>, account: OrderAccountCard | null = null) =>
    trackStates({ ...TRACKS, ...tracks }, account, TODAY).map(({ code }) => code);

  it("say what each waits for", () => {
    const box = { suppliedBy: "brand", toIssue: 6_289, issued: 6_000, returned: 0, claimed: 0 };
    const waiting = [{ qty: 500 }] as WaitingLot[];
    expect(codes({ materials: [box] as never, waiting })).toEqual([
      "depositOpen",
      "lacking",
      "unplanned",
      "waiting",
    ]);
    const late = [{ milestone: "filling", plannedOn: "2026-11-01", reachedOn: null }] as never;
    expect(codes({ milestones: late, phase: "complete", materials: [box] as never })).toEqual([
      "depositOpen",
      "issued",
      "milestoneLate",
      "nothingCame",
    ]);
  });

  it("say of the making what comes next, and nothing of what was never planned once it is made", () => {
    const planned = [{ milestone: "filling", plannedOn: "2026-12-01", reachedOn: null }] as never;
    expect(codes({ milestones: planned })[2]).toBe("milestoneNext");
    expect(codes({ phase: "complete" })[2]).toBe("noMilestone");
    expect(codes({ phase: "awaiting_qc", tallies: [{ came: 5 }] as never })[2]).toBe("noMilestone");
  });

  it("ask for a loss only once all has come: before, the factory still holds it", () => {
    const box = { suppliedBy: "brand", toIssue: 2_062, issued: 2_062, returned: 0, claimed: 501 };
    const materials = [box] as never;
    expect(codes({ materials, phase: "making" })[1]).toBe("issued");
    expect(codes({ materials, phase: "complete" })[1]).toBe("claimed");
    expect(codes({ materials, phase: "complete", lossesSettled: true })[1]).toBe("settled");
    const none = [{ ...box, issued: 0, claimed: 0 }] as never;
    expect(codes({ materials: none, phase: "cancelled" })[1]).toBe("nothingSent");
  });

  it("tell who sees no money only that something is open", () => {
    expect(codes({ depositOpen: false })[0]).toBe("nothingOpen");
    expect(codes({ depositOpen: false, balanceOpen: true })[0]).toBe("balanceOpen");
    const account = { refundDue: "0.00", open: "14175.00" } as OrderAccountCard;
    expect(codes({ depositOpen: false }, account)[0]).toBe("open");
    expect(codes({ depositOpen: false }, { ...account, open: "0.00" })[0]).toBe("paid");
  });

  it("add the units of all lines, and leave out what is nothing", () => {
    const tally = { replaced: 0, returned: 0, credited: 0, spoilt: 2, passed: 5, failed: 0 };
    expect(
      tallied([
        { came: 5, ...tally },
        { came: 7, ...tally },
      ]),
    ).toEqual([
      ["came", 12],
      ["passed", 10],
      ["spoilt", 4],
    ]);
  });
});

describe("the step that is due", () => {
  const box = { suppliedBy: "brand", issued: 600 };
  const due = (
    received: number,
    more: object,
    account: { open?: string; claims?: boolean } | null = {},
  ) =>
    dueSteps(
      { lines: [{ line: 0, qty: 500, received }] as OrderLine[] },
      { ...TRACKS, depositOpen: false, phase: "complete", ...more } as OrderTracks,
      account &&
        ({
          dues: [{ open: account.open ?? "0.00" }],
          claims: { open: account.claims ?? false },
        } as OrderAccountCard),
    );

  it("is what waits, and closing only when nothing does", () => {
    expect(due(500, {})).toEqual(["close"]);
    expect(due(500, { phase: "awaiting_qc", waiting: [{ qty: 500 }] })).toEqual(["decide"]);
    expect(due(300, { phase: "receiving" })).toEqual(["receive"]);
    expect(due(500, { replacements: [{ qty: 20 }] })).toEqual(["receive"]);
    const sent = { supplied: true, materials: [box] };
    const all = { ...sent, waiting: [{ qty: 300 }], phase: "awaiting_qc" };
    expect(due(300, all, { open: "8.00", claims: true })).toEqual([
      "decide",
      "receive",
      "settle",
      "claim",
      "pay",
    ]);
    expect(due(500, { ...sent, lossesSettled: true })).toEqual(["close"]);
    // What its goods hold beyond what was sent is drawn, or said to have been sent, first.
    const over = (drawable: number, issued = 600) => ({
      supplied: true,
      materials: [{ ...box, issued, kept: 0, over: 70, drawable }],
    });
    expect(due(500, over(70))).toEqual(["draw", "settle"]);
    expect(due(500, over(35))).toEqual(["draw", "issue", "settle"]);
    expect(due(500, over(0))).toEqual(["issue", "settle"]);
    // Nothing was sent for it, and its goods took what is another order's.
    expect(due(500, over(0, 0))).toEqual(["issue", "settle"]);
    // All of it waits in suspense: what comes next settles it, and closing asks for nothing.
    expect(due(500, { ...over(0, 0), supplied: false })).toEqual(["close"]);
    // What the factory spoilt does not come any more.
    const tallies = [{ credited: 20, spoilt: 30 }];
    expect(due(450, { tallies })).toEqual(["close"]);
  });

  it("is the payment or the material that the factory waits for", () => {
    expect(due(0, { phase: "awaiting_deposit" }, { open: "8.00" })[0]).toBe("pay");
    expect(due(0, { phase: "awaiting_deposit" }, null)).toEqual(["receive"]);
    expect(due(0, { phase: "awaiting_material" })[0]).toBe("issue");
    const lacks = (free: number) => ({
      phase: "awaiting_material",
      materials: [
        { ...box, toIssue: 1_000, returned: 0, over: 0, drawable: free },
        { ...box, toIssue: 600, returned: 0, over: 0, drawable: 0 },
      ],
    });
    expect(due(0, lacks(399))[0]).toBe("issue");
    // All that lacks lies at the factory already: nothing has to be sent.
    expect(due(0, lacks(400))[0]).toBe("draw");
  });
});

describe("settling the losses of an order", () => {
  afterEach(cleanup);

  const show = (received: number): HTMLElement => {
    void i18next.changeLanguage("en");
    const card = { row: { id: "o1", number: "PO-1" }, lines: [{ line: 0, qty: 500, received }] };
    inWindow(<SettleForm card={card as never} tracks={TRACKS} onClose={() => undefined} />);
    return screen.getByRole("button", { name: "Settle losses" });
  };

  it("begins in its reason, without which a short order is not settled", async () => {
    const settle = show(300) as HTMLButtonElement;
    const reason = screen.getByLabelText("Why no more comes");
    await waitFor(() => expect(document.activeElement).toBe(reason));
    expect(settle.disabled).toBe(true);
    fireEvent.change(reason, { target: { value: "the factory has stopped" } });
    expect(settle.disabled).toBe(false);
  });

  it("asks for none once all has come", () => {
    expect((show(500) as HTMLButtonElement).disabled).toBe(false);
    expect(screen.getByLabelText("Note (optional)")).toBeTruthy();
  });
});

describe("the page of an order", () => {
  afterEach(() => {
    cleanup();
    queryClient.clear();
    vi.unstubAllGlobals();
  });

  const card = {
    row: {
      id: "o1",
      number: "PO-A-2026-0001",
      kind: "production",
      state: "accepted",
      phase: "awaiting_deposit",
      factory: "f1",
      factoryName: "Yazi",
      issuedOn: "2026-11-01",
      promisedOn: "2026-12-01",
      lateDays: 0,
      ordered: 5_000,
      received: 0,
      goods: "SK001",
    },
    schedule: [{ trigger: "accept", milestone: null, days: 0, sharePpm: 1_000_000 }],
    lines: [],
    receipts: [],
    terms: "",
    taxRatePpm: 130_000,
    forOrder: null,
    revision: 0,
  } as unknown as OrderCard;
  const money = "49000.00";
  const due = { term: 0, says: card.schedule[0], shipment: null, dueOn: "2026-11-02" };
  const account = {
    currency: "CNY",
    payable: money,
    open: money,
    paid: "0.00",
    depositUncleared: "0.00",
    prepaid: "0.00",
    refundDue: "0.00",
    forfeited: "0.00",
    invoiced: "0.00",
    notInvoiced: "0.00",
    claims: { rows: [], amount: "0.00", open: false, decisions: [] },
    payments: [],
    dues: [{ ...due, amount: money, paid: "0.00", setOff: "0.00", open: money, state: "due" }],
  };

  /** The core as the window hears it: commands by name, and which were asked for. */
  const serve = (tracks: Partial<OrderTracks> = {}): string[] => {
    const asked: string[] = [];
    const answers: Record<string, unknown> = {
      "order.get": card,
      "order.tracks": { ...TRACKS, ...tracks },
      "order.account": account,
      "order.money": {
        currency: "CNY",
        unitPrices: [],
        amounts: [],
        total: money,
        receivedValue: "0.00",
      },
      "order.cost": {
        currency: "CNY",
        lots: [],
        profit: { sold: 0, valued: 0, unvalued: 0, profit: null, derivation: { lines: [] } },
      },
      "attachment.list": [],
      "journal.list": { total: 0, rows: [] },
    };
    vi.stubGlobal("fetch", async (_: unknown, init: { body: string }) => {
      const { name } = JSON.parse(init.body) as { name: string };
      asked.push(name);
      return new Response(JSON.stringify(answers[name] ?? []), { status: 200 });
    });
    return asked;
  };

  const show = (seesMoney: boolean): void => {
    void i18next.changeLanguage("en");
    const rights = seesMoney ? ["draft", "approve", "handle"] : ["handle"];
    const route = { id: "o1", wide: true, open: vi.fn(), close: vi.fn(), setWide: vi.fn() };
    render(
      <QueryClientProvider client={queryClient}>
        <App>
          <NoticesProvider>
            <SessionProvider
              status={{ today: TODAY, seesMoney, rights } as unknown as WorkspaceStatus}
              workspace={{ currency: "CNY", readOnly: false } as WorkspaceInfo}
            >
              <OrderDetail id="o1" route={route} />
            </SessionProvider>
          </NoticesProvider>
        </App>
      </QueryClientProvider>,
    );
  };

  it("shows a clerk that a deposit is open, no amount, and asks for none", async () => {
    const asked = serve();
    show(false);
    expect(await screen.findByText("Before shipment")).toBeTruthy();
    expect(screen.getByText("Deposit open")).toBeTruthy();
    expect(document.body.textContent).not.toContain("49,000");
    const reaching = ["order.money", "order.account", "order.cost"];
    expect(asked.filter((name) => reaching.includes(name))).toEqual([]);
    expect(screen.queryByText("Pay")).toBeNull();
  });

  it("offers what is left at the factory to the next order, also before losses are settled", async () => {
    const box = {
      material: "box",
      code: "BOX",
      name: { zh: "", en: "Box" },
      suppliedBy: "brand",
      per1000: 1_000,
      allowancePpm: 30_000,
      toIssue: 6_186,
      issued: 6_289,
      drawn: 0,
      returned: 0,
      kept: 0,
      left: 109,
      free: 0,
      held: 5_880,
      atFactory: 500,
      missing: 409,
      allowed: 188,
      claimed: 221,
    };
    serve({ materials: [box] as never, supplied: true, phase: "complete" });
    show(true);
    // It is the step that is due, and an act of the track.
    const [due] = await screen.findAllByText("Settle losses");
    if (due) fireEvent.click(due);
    expect(await screen.findByText(/109 of this order are left at the factory/)).toBeTruthy();
    const keep = screen.getAllByText("Keep for next order").at(-1);
    if (keep) fireEvent.click(keep);
    expect(await screen.findByText("Keep material of PO-A-2026-0001 at the factory")).toBeTruthy();
    expect(screen.getByDisplayValue("109")).toBeTruthy();
    // Nothing lies there for no order, so nothing can be drawn.
    expect(screen.queryByText("Use what lies there")).toBeNull();
  });

  it("draws no more for an order than it lacks and than lies there", () => {
    const box = {
      suppliedBy: "brand",
      toIssue: 6_289,
      issued: 6_000,
      returned: 0,
    } as MaterialTrack;
    const draws = (more: Partial<MaterialTrack>, made = false) =>
      toDraw({ ...box, over: 0, ...more }, made);
    expect(draws({ drawable: 109 })).toBe(109);
    expect(draws({ drawable: 500 })).toBe(289);
    expect(draws({ issued: 6_400, drawable: 500 })).toBe(0);
    // What came back is lacking again.
    expect(draws({ issued: 6_400, returned: 211, drawable: 500 })).toBe(100);
    // Once all is made, only what the goods took beyond what was sent, however much lies there.
    expect(draws({ drawable: 500 }, true)).toBe(0);
    expect(draws({ drawable: 500, over: 70 }, true)).toBe(70);
    expect(draws({ drawable: 35, over: 70 }, true)).toBe(35);
  });

  it("shows a manager the dues with their acts", async () => {
    serve();
    show(true);
    // Beside the due, and as what the order waits for.
    expect(await screen.findAllByText("Pay")).toHaveLength(2);
    expect(screen.getByText("Waive")).toBeTruthy();
    expect(document.body.textContent).toContain("49,000.00");
  });
});
