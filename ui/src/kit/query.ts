/** Calls as cached queries and acts. The core says what changed; nothing is polled. */
import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useQuery,
} from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { AppError, WorkspaceStatus } from "../contract";
import { asAppError, type CommandName, call, type Input, type Output, onChanged } from "../host";
import { useNotices } from "./Notices";
import { useDenial, useSession } from "./session";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      // The core is on this machine: whether there is a network does not matter.
      networkMode: "always",
    },
  },
});

/** Which commands answer from a kind of fact. A tag that is not here refreshes everything. */
const ANSWERS: Record<string, readonly string[]> = {
  stock: [
    "stock.",
    "lot.",
    "sku.",
    "location.",
    "today.",
    "plan.",
    "slow.",
    "transfer.",
    "order.",
    "material.",
    "statement.",
    "set.",
    "bench.",
    "clearance.",
  ],
  sku: ["sku.", "stock.", "lot.", "plan.", "slow.", "today.", "price.", "bench.", "clearance."],
  order: [
    "order.",
    "sku.",
    "lot.",
    "today.",
    "partner.",
    "material.",
    "statement.",
    "invoice.",
    "factory.",
  ],
  transfer: ["transfer.", "sku.", "plan.", "today."],
  channel: ["channel.", "price.", "bench.", "clearance.", "sync."],
  price: ["price.", "bench.", "clearance."],
  shop: ["shop.", "today.", "workspace.", "sync."],
  import: ["import."],
  journal: ["journal.", "workspace."],
};

const refresh = (tags: readonly string[]): void => {
  const prefixes = tags.flatMap((tag) => ANSWERS[tag] ?? [""]);
  void queryClient.invalidateQueries({
    predicate: (query) => prefixes.some((prefix) => String(query.queryKey[0]).startsWith(prefix)),
  });
};

onChanged(refresh);

/** The answer to a command, kept until something changes it. */
export const useCall = <N extends CommandName>(
  name: N,
  input: Input<N>,
  options?: { enabled?: boolean },
): UseQueryResult<Output<N>, AppError> =>
  useQuery<Output<N>, AppError>({
    queryKey: [name, input],
    queryFn: () => call(name, input),
    enabled: options?.enabled ?? true,
    placeholderData: keepPreviousData,
  });

/** Like {@link useCall} for a command that reaches money: silent for roles that do not see it. */
export const useMoney = <N extends CommandName>(
  name: N,
  input: Input<N>,
  options?: { enabled?: boolean },
): UseQueryResult<Output<N>, AppError> => {
  const { seesMoney } = useSession();
  return useCall(name, input, { enabled: seesMoney && (options?.enabled ?? true) });
};

/**
 * Takes what an opening answered, and asks for what the first screen shows while the window around
 * it is still being drawn.
 */
export const askAhead = (status: WorkspaceStatus): void => {
  queryClient.setQueryData(["workspace.status", {}], status);
  const ask = (name: "today.tasks" | "today.money"): void =>
    void queryClient.prefetchQuery({ queryKey: [name, {}], queryFn: () => call(name, {}) });
  ask("today.tasks");
  if (status.seesMoney) ask("today.money");
};

/** After these another workspace may be open: nothing remembered of the last one may be shown. */
const OPENERS: ReadonlySet<CommandName> = new Set<CommandName>([
  "workspace.open",
  "workspace.open_to_read",
  "workspace.create",
  "workspace.close",
  "backup.restore",
  "demo.create",
]);

export type Act<N extends CommandName> = {
  /** Runs the command; the answer, or null when it failed (the failure has been shown). */
  run: (input: Input<N>) => Promise<Output<N> | null>;
  busy: boolean;
  /** What a dialog shows: how the last run failed, or what stands in the way of running it at all. */
  error: AppError | null;
  /** How the last run failed. */
  failure: AppError | null;
  /** What stands in the way of running it: a right, or a file that is only read. */
  denied: AppError | null;
  clear: () => void;
};

const postedEntries = (output: unknown): string[] =>
  typeof output === "object" &&
  output !== null &&
  "entries" in output &&
  Array.isArray(output.entries)
    ? output.entries.filter((id) => typeof id === "string")
    : [];

/**
 * A command that changes something. After a posting the undo notice appears; a failure appears as a
 * notice, or only in `error` with `quiet` (dialogs show it in place).
 */
export const useAct = <N extends CommandName>(
  name: N,
  options?: { quiet?: boolean; said?: (output: Output<N>) => string | null },
): Act<N> => {
  const notices = useNotices();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  const denied = useDenial(name);
  const quiet = options?.quiet ?? false;
  const said = options?.said;
  const run = useCallback(
    async (input: Input<N>): Promise<Output<N> | null> => {
      if (denied !== null) {
        if (!quiet) notices.error(denied);
        return null;
      }
      setBusy(true);
      setFailure(null);
      try {
        const output = await call(name, input);
        if (OPENERS.has(name)) queryClient.removeQueries({ type: "inactive" });
        void queryClient.invalidateQueries();
        const entries = postedEntries(output);
        const text = said?.(output) ?? null;
        if (entries.length > 0) notices.posted(entries, text);
        else if (text !== null) notices.say(text);
        return output;
      } catch (reason) {
        const error = asAppError(reason);
        // What was open before is closed by then.
        if (OPENERS.has(name)) void queryClient.invalidateQueries();
        setFailure(error);
        if (!quiet) notices.error(error);
        return null;
      } finally {
        setBusy(false);
      }
    },
    [name, denied, notices, quiet, said],
  );
  const error = failure ?? (quiet ? denied : null);
  return { run, busy, error, failure, denied, clear: useCallback(() => setFailure(null), []) };
};
