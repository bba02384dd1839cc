/** Where a key leads in a list of rows. */
import { type RefObject, useEffect, useState } from "react";

type KeyLike = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** The row that a key leads to, or null when the key moves nothing. */
export const moved = (event: KeyLike, from: number, count: number, page: number): number | null => {
  if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return null;
  const to: Record<string, number> = {
    ArrowDown: from + 1,
    j: from + 1,
    ArrowUp: from - 1,
    k: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const next = to[event.key];
  return next === undefined ? null : Math.min(Math.max(next, 0), count - 1);
};

/** The row that the keyboard stands on; it stays inside the list when the list shrinks. */
export const useActiveRow = (count: number): { active: number; setActive: (n: number) => void } => {
  const [active, setActive] = useState(0);
  return { active: Math.max(0, Math.min(active, count - 1)), setActive };
};

/** A list takes the keyboard when its screen is entered, unless the user is typing somewhere. */
export const useFocusOnArrival = (box: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const at = document.activeElement;
    const isFree = at === null || at === document.body || at.closest("nav") !== null;
    if (isFree) box.current?.focus({ preventScroll: true });
  }, [box]);
};
