/** Everything shown is read again: after an act of this window. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

export const useRefreshAll = (): (() => void) => {
  const client = useQueryClient();
  return useCallback(() => void client.invalidateQueries(), [client]);
};
