/** Files of documents: each kind that takes them has its place in the window. */
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { App } from "antd";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type {
  FileRow,
  InvoiceRow,
  VersionFields,
  WorkspaceInfo,
  WorkspaceStatus,
} from "../src/contract";
import { Invoices } from "../src/features/factories/Invoices";
import { TransferDetail } from "../src/features/transfers/TransferDetail";
import { i18next } from "../src/i18n";
import { NoticesProvider } from "../src/kit/Notices";
import { queryClient } from "../src/kit/query";
import { SessionProvider } from "../src/kit/session";
import { VersionList } from "../src/kit/terms/VersionList";

const INVOICE: InvoiceRow = {
  id: "i1",
  number: "2544-0001",
  partner: "Yazi",
  date: "2026-11-02",
  kind: "special",
  net: "100.00",
  tax: "13.00",
  gross: "113.00",
  orders: ["PO-A-2026-0001"],
};

const VERSION: VersionFields = {
  id: "v1",
  sku: "s1",
  artworkNo: "ART-01",
  registrationNo: "",
  from: "2026-01-01",
  to: null,
  oldStock: "use_up",
};

const TRANSFER = {
  row: {
    id: "t1",
    number: "TR-A-2026-0001",
    state: "shipped",
    fromName: "Own",
    toName: "Platform",
    units: 5,
    cartons: 1,
    lacks: 0,
    shippedOn: "2026-11-02",
    expectedOn: null,
    lateDays: 0,
  },
  note: "",
  carrier: "",
  tracking: "",
  lines: [],
  cartons: [],
  inTransit: [],
  steps: [],
};

const fileOf = (kind: string): FileRow => ({
  name: `${kind}.pdf`,
  sha256: kind,
  bytes: 1_000,
  path: `/${kind}.pdf`,
  missing: false,
  money: false,
});

/** The core as the window hears it: every document has one file, called as its kind. */
const serve = (): void => {
  const answers: Record<string, unknown> = {
    "invoice.list": [INVOICE],
    "version.list": [VERSION],
    "transfer.get": TRANSFER,
    "journal.list": { total: 0, rows: [] },
  };
  vi.stubGlobal("fetch", async (_: unknown, init: { body: string }) => {
    const { name, input } = JSON.parse(init.body) as { name: string; input: { kind: string } };
    const answer = name === "attachment.list" ? [fileOf(input.kind)] : (answers[name] ?? []);
    return new Response(JSON.stringify(answer), { status: 200 });
  });
};

const show = (shown: ReactNode, rights: string[]): void => {
  const status = { today: "2026-11-22", seesMoney: true, rights } as unknown as WorkspaceStatus;
  render(
    <QueryClientProvider client={queryClient}>
      <App>
        <NoticesProvider>
          <SessionProvider
            status={status}
            workspace={{ currency: "CNY", readOnly: false } as WorkspaceInfo}
          >
            {shown}
          </SessionProvider>
        </NoticesProvider>
      </App>
    </QueryClientProvider>,
  );
};

beforeEach(() => {
  void i18next.changeLanguage("en");
  queryClient.clear();
  serve();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("the files of a document", () => {
  it("stand with an invoice once it is unfolded", async () => {
    show(<Invoices onRegister={null} />, ["handle"]);
    const unfold = await screen.findByRole("button", { name: "Attachments" });
    expect(screen.queryByText("invoice.pdf")).toBeNull();
    fireEvent.click(unfold);
    expect(await screen.findByText("invoice.pdf")).toBeTruthy();
    expect(screen.getByRole("button", { name: /Attach a file/ })).toBeTruthy();
  });

  it("stand with a transfer", async () => {
    const route = { id: "t1", wide: true, open: vi.fn(), close: vi.fn(), setWide: vi.fn() };
    show(<TransferDetail id="t1" route={route} />, ["handle"]);
    expect(await screen.findByText("transfer.pdf")).toBeTruthy();
  });

  it("stand with a version, which only a manager opens to change, for the others as well", async () => {
    show(<VersionList sku="s1" name="SK001" />, ["handle"]);
    fireEvent.click(await screen.findByRole("button", { name: "ART-01" }));
    expect(await screen.findByText("version.pdf")).toBeTruthy();
    expect(screen.queryByRole("dialog")).toBeNull();
    cleanup();
    show(<VersionList sku="s1" name="SK001" />, ["handle", "settings"]);
    fireEvent.click(await screen.findByRole("button", { name: "ART-01" }));
    expect(await screen.findByRole("dialog")).toBeTruthy();
  });
});
