/** What the whole window shares: the open workspace, who looks at it, and the day looked at. */
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import {
  type AppError,
  type Day,
  NEEDS,
  type Right,
  type WorkspaceInfo,
  type WorkspaceStatus,
} from "../contract";
import type { CommandName } from "../host";

export type Session = {
  status: WorkspaceStatus;
  workspace: WorkspaceInfo;
  currency: string;
  seesMoney: boolean;
  /** Whether acts that need a right are offered: the role has it and the file can be written. */
  may: (right: Right) => boolean;
  /** The past day that stock screens show; null = now. */
  asOf: Day | null;
  setAsOf: (day: Day | null) => void;
};

const refused = (code: string, args: AppError["args"]): AppError => ({
  code,
  kind: "refused",
  args,
  details: [],
});

/** What the core would answer to a command for want of a right or of a file that can be written. */
export const denialOf = (
  name: CommandName,
  status: Pick<WorkspaceStatus, "rights" | "seesMoney">,
  workspace: Pick<WorkspaceInfo, "path" | "readOnly">,
): AppError | null => {
  // The shell's own requests are no commands of the core.
  const needs = name in NEEDS ? NEEDS[name as keyof typeof NEEDS] : null;
  if (needs === null) return null;
  if (needs.money && !status.seesMoney) return refused("role.no_money", { name });
  if (needs.right !== null && !status.rights.includes(needs.right)) {
    return refused(`role.no_right.${needs.right}`, {});
  }
  return needs.write && workspace.readOnly
    ? refused("workspace.read_only", { path: workspace.path })
    : null;
};

/** Whether a refusal says that this desk cannot do it at all, whatever is filled in. */
export const isDenial = (error: AppError | null): boolean =>
  error !== null && (error.code.startsWith("role.") || error.code === "workspace.read_only");

const SessionContext = createContext<Session | null>(null);

export const SessionProvider = (props: {
  status: WorkspaceStatus;
  workspace: WorkspaceInfo;
  children: ReactNode;
}): ReactNode => {
  const [asOf, setAsOf] = useState<Day | null>(null);
  const { status, workspace } = props;
  const session = useMemo(
    () => ({
      status,
      workspace,
      currency: workspace.currency,
      seesMoney: status.seesMoney,
      may: (right: Right) => !workspace.readOnly && status.rights.includes(right),
      asOf,
      setAsOf,
    }),
    [status, workspace, asOf],
  );
  return <SessionContext value={session}>{props.children}</SessionContext>;
};

/** What stands in the way of a command here, if anything; before a workspace is open, nothing. */
export const useDenial = (name: CommandName): AppError | null => {
  const session = useContext(SessionContext);
  return useMemo(
    () => (session === null ? null : denialOf(name, session.status, session.workspace)),
    [name, session],
  );
};

/** The session of an open workspace; only screens inside the shell may ask. */
export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("used outside an open workspace");
  return session;
};
