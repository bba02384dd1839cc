/** Small choices of a person at this computer: column widths, sort, filters. Never business data. */
import { useCallback, useState } from "react";

const read = <T>(key: string, fallback: T): T => {
  try {
    const text = localStorage.getItem(key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
};

/** Like useState, kept across starts under `key`. */
export const useSaved = <T>(key: string, fallback: T): [T, (next: T) => void] => {
  const [value, setValue] = useState<T>(() => read(key, fallback));
  const save = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A full or forbidden store only costs the memory of a choice.
      }
    },
    [key],
  );
  return [value, save];
};
