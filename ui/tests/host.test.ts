import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Payload = {
  load: number;
  number: number;
  name: string;
  input: unknown;
  progress: { id: number };
};
type Internals = { runCallback: (id: number, data: unknown) => void };

/** The window's bridge as the UI sees it; the module is loaded anew so that it finds it there. */
const hostOver = async (
  answer: (payload: Payload) => unknown,
  stopped: (number: number) => void = () => undefined,
) => {
  vi.resetModules();
  Object.assign(globalThis, { isTauri: true });
  mockIPC((command, payload) => {
    if (command === "call") return answer(payload as unknown as Payload);
    if (command === "cancel") stopped((payload as unknown as { number: number }).number);
    return null;
  });
  return import("../src/host");
};

const internals = (): Internals =>
  (globalThis as unknown as { __TAURI_INTERNALS__: Internals }).__TAURI_INTERNALS__;

describe("calls over the bridge", () => {
  beforeEach(() => clearMocks());
  afterEach(() => {
    clearMocks();
    Reflect.deleteProperty(globalThis, "isTauri");
  });

  it("go through one command with name and input", async () => {
    const seen: Payload[] = [];
    const host = await hostOver((payload) => {
      seen.push(payload);
      return [{ id: "a" }];
    });
    await host.call("sku.get", { id: "a" });
    expect(seen[0]).toMatchObject({ name: "sku.get", input: { id: "a" } });
  });

  it("show a job while it reports progress, and none after it ends", async () => {
    let finish: (value: unknown) => void = () => undefined;
    let channel = 0;
    const host = await hostOver((payload) => {
      channel = payload.progress.id;
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    const running = host.call("verify.run", {});
    await vi.waitFor(() => expect(channel).not.toBe(0));
    expect(host.runningJobs.snapshot()).toEqual([]);
    const progress = { done: 40, total: 100, code: "verify.replay" };
    internals().runCallback(channel, { index: 0, message: progress });
    expect(host.runningJobs.snapshot()).toMatchObject([{ name: "verify.run", progress }]);
    finish({ ok: true });
    await running;
    expect(host.runningJobs.snapshot()).toEqual([]);
  });

  it("are stopped one by one, and a screen that is read is not", async () => {
    const running: Payload[] = [];
    const stopped: number[] = [];
    const host = await hostOver(
      (payload) => {
        running.push(payload);
        return new Promise(() => undefined);
      },
      (number) => stopped.push(number),
    );
    void host.call("sync.run", { shop: null });
    void host.call("plan.run", { source: null });
    await vi.waitFor(() => expect(running).toHaveLength(2));
    const tell = (at: number, done: number): void =>
      internals().runCallback(running[at]?.progress.id ?? 0, {
        index: done,
        message: { done, total: 9, code: "sync.orders" },
      });
    tell(0, 0);
    tell(1, 0);
    tell(0, 1);
    const [job] = host.runningJobs.snapshot();
    expect(job).toMatchObject({ name: "sync.run" });
    if (job) host.cancel(job);
    await vi.waitFor(() => expect(stopped).toEqual([running[0]?.number]));
    host.cancelRunning(["import.apply"]);
    expect(stopped).toHaveLength(1);
  });

  it("carry the load of the page they are of, so that no two loads have one call", async () => {
    const loads: number[] = [];
    for (const _ of [1, 2]) {
      clearMocks();
      const host = await hostOver((payload) => {
        loads.push(payload.load, payload.number);
        return {};
      });
      await host.call("sku.list", {});
    }
    const [first, one, second, again] = loads;
    expect([one, again]).toEqual([1, 1]);
    expect(first).not.toBe(second);
  });

  it("tell the shell that data is shown, once and after the frame that shows it", async () => {
    const seen: string[] = [];
    const host = await hostOver((payload) => {
      seen.push(payload.name);
      return {};
    });
    const frames: FrameRequestCallback[] = [];
    const asking = vi.spyOn(globalThis, "requestAnimationFrame");
    asking.mockImplementation((frame) => frames.push(frame));
    host.tellShown();
    host.tellShown();
    expect(frames).toHaveLength(1);
    frames[0]?.(0);
    expect(seen).toEqual([]);
    frames[1]?.(16);
    await vi.waitFor(() => expect(seen).toEqual(["shell.shown"]));
    asking.mockRestore();
  });

  it("reject with the core's own error, untouched", async () => {
    const refusal = {
      code: "stock.shortage",
      kind: "refused",
      args: { wanted: 5, available: 3 },
      details: [],
    };
    const host = await hostOver(() => {
      throw refusal;
    });
    await expect(host.call("sku.list", {})).rejects.toEqual(refusal);
  });

  it("hear the file of a second start until nobody listens, and none when it named none", async () => {
    vi.resetModules();
    Object.assign(globalThis, { isTauri: true });
    mockIPC(() => null, { shouldMockEvents: true });
    const host = await import("../src/host");
    const { emit } = await import("@tauri-apps/api/event");
    const heard: string[] = [];
    const stop = host.onGiven((file) => heard.push(file));
    await emit("open", { file: null });
    await emit("open", { file: "/a/goods.xlsx" });
    expect(heard).toEqual(["/a/goods.xlsx"]);
    stop();
    await vi.waitFor(async () => {
      heard.length = 0;
      await emit("open", { file: "/a/b.pincang" });
      expect(heard).toEqual([]);
    });
  });

  it("turn anything else that is thrown into a failure with its text", async () => {
    const host = await hostOver(() => {
      throw new TypeError("bridge is gone");
    });
    await expect(host.call("sku.list", {})).rejects.toEqual({
      code: "host.bridge",
      kind: "failed",
      args: { text: "TypeError: bridge is gone" },
      details: [],
    });
  });
});
