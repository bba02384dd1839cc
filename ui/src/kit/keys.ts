/**
 * Keys of the whole window. A key that an input method is still using is never ours: WebKit sends
 * the Enter that ends a composition after `compositionend`, told apart only by key code 229.
 */
import { useEffect, useRef } from "react";

type KeyLike = Pick<KeyboardEvent, "isComposing" | "keyCode">;

/** Whether an input method is still at work on this key. */
export const isComposing = (event: KeyLike): boolean => event.isComposing || event.keyCode === 229;

/** Whether the key goes into a text of the user. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** The name of a key with its modifiers: "Mod+k", "/", "Escape". */
const keyName = (event: KeyboardEvent): string => {
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return `${mod ? "Mod+" : ""}${event.altKey ? "Alt+" : ""}${key}`;
};

export type KeyMap = Record<string, () => void>;

const SEQUENCE_MS = 1200;

/**
 * Makes a handler for a map of keys. "g t" is the key g and then t. Inside a text field only keys
 * with Mod and Escape count. Keys inside an open dialog are the dialog's own.
 */
export const keyHandler = (map: () => KeyMap): ((event: KeyboardEvent) => void) => {
  let first: { key: string; at: number } | null = null;
  return (event) => {
    if (event.defaultPrevented || isComposing(event)) return;
    const name = keyName(event);
    const plain = !name.startsWith("Mod+") && name !== "Escape";
    if (plain && isTyping(event.target)) return;
    const dialog = event.target instanceof Element && event.target.closest(".ant-modal");
    if (dialog) return;
    const keys = map();
    const pair = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${name}` : null;
    const act = (pair === null ? undefined : keys[pair]) ?? keys[name];
    first = Object.keys(keys).some((key) => key.startsWith(`${name} `))
      ? { key: name, at: event.timeStamp }
      : null;
    if (act) {
      event.preventDefault();
      act();
    }
  };
};

/** Listens on the window while the component is shown. */
export const useKeys = (map: KeyMap): void => {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    const handler = keyHandler(() => latest.current);
    window.addEventListener("keydown", handler);
    return () => window.removeEventListener("keydown", handler);
  }, []);
};
