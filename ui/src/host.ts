/**
 * What carries our calls: the bridge of the desktop window, or HTTP on loopback when the same Rust
 * serves a browser for tests and development. Nothing else in the UI knows which.
 */
import { Channel, invoke, isTauri } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { AppError, Commands, WorkspaceStatus } from "./contract";

/** How far long work has come; `total` 0 = not known. */
export type Progress = { done: number; total: number; code: string };

/** A running call that has reported progress. */
export type Job = { id: number; name: string; progress: Progress };

/** What a file dialog offers: the word for the kind of file and its endings without dot. */
export type FileKind = { name: string; extensions: string[] };

type Nothing = Record<string, never>;
type Chosen = { path: string | null };

/** Requests to the shell itself; they share the bridge with the core's commands. */
export type HostCommands = {
  "demo.create": { input: { path: string; size: "tiny" | "demo" }; output: WorkspaceStatus };
  "file.pick": { input: { filters: FileKind[] }; output: Chosen };
  "file.save": { input: { name: string; filters: FileKind[] }; output: Chosen };
  "file.open": { input: { path: string }; output: Nothing };
  "file.preview": { input: { path: string }; output: { url: string } };
  "shell.launch": { input: Nothing; output: { file: string | null } };
  "shell.shown": { input: Nothing; output: Nothing };
};

type AllCommands = Commands & HostCommands;
export type CommandName = keyof AllCommands;
export type Input<N extends CommandName> = AllCommands[N]["input"];
export type Output<N extends CommandName> = AllCommands[N]["output"];

let jobs: readonly Job[] = [];
let calls = 0;
/** Drawn anew at every load of the page, whose calls are counted from one again. */
const load = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
const jobListeners = new Set<() => void>();
const changedListeners = new Set<(tags: string[]) => void>();

const setJobs = (next: readonly Job[]): void => {
  jobs = next;
  for (const listener of jobListeners) listener();
};

const tellChanged = (tags: string[]): void => {
  for (const listener of changedListeners) listener(tags);
};

const token = new URLSearchParams(globalThis.location?.search ?? "").get("token") ?? "";

/** Anything that is not an {@link AppError} is a bug of ours or a lost bridge: shown as failed. */
export const asAppError = (reason: unknown): AppError => {
  if (typeof reason === "object" && reason !== null && "code" in reason && "kind" in reason) {
    return reason as AppError;
  }
  const text = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  return { code: "host.bridge", kind: "failed", args: { text }, details: [] };
};

const overBridge = async (name: string, input: unknown): Promise<unknown> => {
  calls += 1;
  const id = calls;
  const progress = new Channel<Progress>();
  progress.onmessage = (value) => {
    const job = { id, name, progress: value };
    const known = jobs.some((one) => one.id === id);
    setJobs(known ? jobs.map((one) => (one.id === id ? job : one)) : [...jobs, job]);
  };
  try {
    return await invoke("call", { load, number: id, name, input, progress });
  } finally {
    progress.onmessage = () => undefined;
    if (jobs.some((job) => job.id === id)) setJobs(jobs.filter((job) => job.id !== id));
  }
};

const overHttp = async (name: string, input: unknown): Promise<unknown> => {
  const answer = await fetch(`${location.origin}/call`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ name, input }),
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw body;
  const tags = answer.headers.get("x-changed");
  if (tags) tellChanged(tags.split(","));
  return body;
};

/** Runs a command. Rejects with an {@link AppError}, never with anything else. */
export const call = async <N extends CommandName>(name: N, input: Input<N>): Promise<Output<N>> => {
  try {
    return (await (isTauri() ? overBridge : overHttp)(name, input)) as Output<N>;
  } catch (reason) {
    throw asAppError(reason);
  }
};

/**
 * Asks one running job to stop, and nothing else. It ends with the error `cancelled`; what it has
 * kept until then in transactions of their own, such as the pages of a sync, stays.
 */
export const cancel = (job: Job): void => {
  const asked = isTauri()
    ? invoke("cancel", { load, number: job.id })
    : fetch(`${location.origin}/cancel`, { method: "POST" });
  void asked.catch(() => undefined);
};

/** Asks the running jobs of some commands to stop. */
export const cancelRunning = (names: readonly CommandName[]): void => {
  for (const job of jobs) if (names.some((name) => name === job.name)) cancel(job);
};

/** The running work that reports progress, as an external store. */
export const runningJobs = {
  subscribe: (listener: () => void): (() => void) => {
    jobListeners.add(listener);
    return () => jobListeners.delete(listener);
  },
  snapshot: (): readonly Job[] => jobs,
};

/** Hears which kinds of facts changed, whoever changed them, until the returned function is called. */
export const onChanged = (listener: (tags: string[]) => void): (() => void) => {
  changedListeners.add(listener);
  return () => changedListeners.delete(listener);
};

if (isTauri()) void listen<string[]>("changed", (event) => tellChanged(event.payload));

/** Asks for an existing file; null when the user thinks better of it. */
export const pickFile = async (kind: FileKind): Promise<string | null> => {
  if (!isTauri()) return globalThis.prompt(kind.name);
  return (await call("file.pick", { filters: [kind] })).path;
};

/** Asks where to write a file; null when the user thinks better of it. */
export const pickSave = async (kind: FileKind, suggested: string): Promise<string | null> => {
  if (!isTauri()) return globalThis.prompt(kind.name, suggested);
  return (await call("file.save", { name: suggested, filters: [kind] })).path;
};

/** Opens a file that this run has written, with the system's own program for it. */
export const openPath = async (path: string): Promise<void> => {
  await call("file.open", { path });
};

/** The file that the window was started with; null when there is none, as in a browser. */
export const launchedFile = async (): Promise<string | null> =>
  isTauri() ? (await call("shell.launch", {})).file : null;

let shown = false;

/**
 * Tells the shell, once, that the first data stands in the window: called when it was drawn into
 * the page, this waits for the frame that shows it and for the one after.
 */
export const tellShown = (): void => {
  if (shown || !isTauri()) return;
  shown = true;
  const tell = (): void => void call("shell.shown", {}).catch(() => undefined);
  requestAnimationFrame(() => requestAnimationFrame(tell));
};

/** Hears files named by a second start of the program, until the returned function is called. */
export const onGiven = (listener: (file: string) => void): (() => void) => {
  if (!isTauri()) return () => undefined;
  const hearing = listen<{ file: string | null }>("open", ({ payload }) => {
    if (payload.file !== null) listener(payload.file);
  });
  return () => void hearing.then((end) => end());
};

/** The bytes of a PDF that a command of this run has written; the shell hands out no other file. */
export const readPaper = async (path: string): Promise<Uint8Array> => {
  const url = isTauri()
    ? (await call("file.preview", { path })).url
    : `${location.origin}/paper/${encodeURIComponent(path)}`;
  const headers: HeadersInit = isTauri() ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

/** What happens with files that are dragged over the window from outside. */
export type FileDrag = { over: boolean; dropped: string[] };

/** Hears files dragged over the window and dropped, until the returned function is called. */
export const onFileDrag = (listener: (drag: FileDrag) => void): (() => void) => {
  if (!isTauri()) return () => undefined;
  const hear = (event: string, over: boolean): Promise<() => void> =>
    listen<{ paths?: string[] } | null>(event, ({ payload }) =>
      listener({ over, dropped: event === "tauri://drag-drop" ? (payload?.paths ?? []) : [] }),
    );
  const hearing = [
    hear("tauri://drag-enter", true),
    hear("tauri://drag-leave", false),
    hear("tauri://drag-drop", false),
  ];
  return () => {
    for (const stop of hearing) void stop.then((end) => end());
  };
};
