/** Spreadsheets: which files are some, and the one that was given to the window from outside. */
import { useSyncExternalStore } from "react";

/** Endings that the core reads. */
export const TABLE_ENDINGS = ["xlsx", "xls", "csv"];

export const isTable = (path: string): boolean =>
  TABLE_ENDINGS.some((ending) => path.toLowerCase().endsWith(`.${ending}`));

let given: string | null = null;
const listeners = new Set<() => void>();

/** Hands over a table to import; null when it was taken. It waits while no workspace is open. */
export const giveTable = (path: string | null): void => {
  given = path;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The table that waits to be imported. */
export const useGivenTable = (): string | null => useSyncExternalStore(subscribe, () => given);
