/** Callbacks that stay the same while what they do follows the latest drawing. */
import { useCallback, useLayoutEffect, useRef } from "react";

/**
 * The same function at every drawing, which does what the last one said. For events and effects
 * only: while something is drawn it still does what the drawing before said.
 */
export const useStable = <A extends unknown[], R>(act: (...args: A) => R): ((...args: A) => R) => {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: A): R => latest.current(...args), []);
};
