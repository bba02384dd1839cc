/** What the whole window shares: the open workspace, who looks at it, and the day looked at. */
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Day, Right, WorkspaceInfo, WorkspaceStatus } from "../contract";

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

/** The session of an open workspace; only screens inside the shell may ask. */
export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("used outside an open workspace");
  return session;
};
