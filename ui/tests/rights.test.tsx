/** What a role or a read-only file cannot do is said by the table of commands, once for all acts. */
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, renderHook, screen } from "@testing-library/react";
import { App, Form } from "antd";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  NEEDS,
  type Right,
  type Role,
  type WorkspaceInfo,
  type WorkspaceStatus,
} from "../src/contract";
import * as host from "../src/host";
import { i18next } from "../src/i18n";
import { NoticesProvider } from "../src/kit/Notices";
import { queryClient, useAct } from "../src/kit/query";
import { RecordDialog } from "../src/kit/RecordDialog";
import { denialOf, isDenial, SessionProvider } from "../src/kit/session";

const RIGHTS: Record<Role, Right[]> = {
  manager: ["draft", "import_sales", "import", "approve", "override_life", "handle", "settings"],
  planner: ["draft", "import_sales"],
  warehouse: ["handle"],
};

const workspace = (readOnly: boolean): WorkspaceInfo => ({
  path: "/a/b.pincang",
  name: "A",
  currency: "CNY",
  desk: "d",
  readOnly,
  entries: 0,
  goods: 0,
  warnings: [],
  lastBackup: null,
  lastSync: null,
});

const statusOf = (role: Role): WorkspaceStatus => ({
  workspace: null,
  recent: [],
  today: "2026-11-22",
  role,
  seesMoney: role === "manager",
  rights: RIGHTS[role],
  version: "0",
});

const denied = (name: host.CommandName, role: Role, readOnly = false): string | null =>
  denialOf(name, statusOf(role), workspace(readOnly))?.code ?? null;

const around =
  (role: Role, readOnly: boolean) =>
  ({ children }: { children: ReactNode }): ReactNode => (
    <App>
      <QueryClientProvider client={queryClient}>
        <NoticesProvider>
          <SessionProvider status={statusOf(role)} workspace={workspace(readOnly)}>
            {children}
          </SessionProvider>
        </NoticesProvider>
      </QueryClientProvider>
    </App>
  );

const Dialog = (): ReactNode => {
  const [form] = Form.useForm<object>();
  const save = useAct("location.save", { quiet: true });
  return (
    <RecordDialog
      title="P1"
      width={400}
      okText="keep"
      form={form}
      initial={{}}
      busy={save.busy}
      error={save.error}
      onSave={() => Promise.resolve()}
      onClose={() => undefined}
    >
      <span />
    </RecordDialog>
  );
};

describe("what stands in the way of a command", () => {
  it("is the right that the table names, or the sight of money", () => {
    expect(denied("transfer.save", "planner")).toBeNull();
    expect(denied("transfer.approve", "planner")).toBe("role.no_right.approve");
    expect(denied("transfer.ship", "warehouse")).toBeNull();
    expect(denied("sync.run", "warehouse")).toBe("role.no_right.import_sales");
    expect(denied("order.save", "planner")).toBe("role.no_money");
    expect(denied("stock.page", "warehouse")).toBeNull();
  });

  it("is a file that is only read, for whatever writes and nothing else", () => {
    for (const [name, needs] of Object.entries(NEEDS)) {
      const code = needs.write ? "workspace.read_only" : null;
      expect(denied(name as host.CommandName, "manager", true), name).toBe(code);
      expect(denied(name as host.CommandName, "manager"), name).toBeNull();
    }
  });

  it("is nothing for what the shell itself is asked for", () => {
    expect(denied("file.open", "warehouse", true)).toBeNull();
  });
});

describe("an act that is denied", () => {
  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
  });

  it("is not asked of the core, and its dialog says why at once", async () => {
    const call = vi.spyOn(host, "call");
    const saving = renderHook(() => useAct("sku.save", { quiet: true }), {
      wrapper: around("warehouse", false),
    });
    expect(saving.result.current.error?.code).toBe("role.no_right.settings");
    expect(saving.result.current.failure).toBeNull();
    const answer = await act(() => saving.result.current.run({ id: null, fields: {} as never }));
    expect([answer, call.mock.calls.length]).toEqual([null, 0]);
  });

  it("leaves alone who may do it", () => {
    const saving = renderHook(() => useAct("sku.save", { quiet: true }), {
      wrapper: around("manager", false),
    });
    expect([saving.result.current.error, saving.result.current.denied]).toEqual([null, null]);
  });

  it("has a button that cannot be pressed, and says why", () => {
    void i18next.changeLanguage("en");
    const Around = around("manager", true);
    render(<Dialog />, { wrapper: Around });
    expect(screen.getByRole("button", { name: "keep" }).hasAttribute("disabled")).toBe(true);
    expect(screen.getByRole("alert").textContent).toContain("/a/b.pincang");
    expect(isDenial(denialOf("location.save", statusOf("manager"), workspace(true)))).toBe(true);
  });
});
