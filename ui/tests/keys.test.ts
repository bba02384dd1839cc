import { afterEach, describe, expect, it, vi } from "vitest";
import { focusFirst } from "../src/kit/focus";
import { isComposing, keyHandler } from "../src/kit/keys";

const press = (
  handler: (event: KeyboardEvent) => void,
  key: string,
  more: KeyboardEventInit & { keyCode?: number } = {},
  target: EventTarget = document.body,
): KeyboardEvent => {
  const { keyCode, ...init } = more;
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
  if (keyCode !== undefined) Object.defineProperty(event, "keyCode", { value: keyCode });
  Object.defineProperty(event, "target", { value: target });
  handler(event);
  return event;
};

afterEach(() => {
  document.body.innerHTML = "";
});

describe("keys of the window", () => {
  it("lead by g and a letter", () => {
    const stock = vi.fn();
    const handler = keyHandler(() => ({ "g s": stock }));
    press(handler, "g");
    press(handler, "s");
    expect(stock).toHaveBeenCalledOnce();
  });

  it("forget the g when another key comes between", () => {
    const stock = vi.fn();
    const handler = keyHandler(() => ({ "g s": stock }));
    press(handler, "g");
    press(handler, "x");
    press(handler, "s");
    expect(stock).not.toHaveBeenCalled();
  });

  it("prefer the pair over the single key", () => {
    const single = vi.fn();
    const pair = vi.fn();
    const handler = keyHandler(() => ({ e: single, "g e": pair }));
    press(handler, "g");
    press(handler, "e");
    expect(pair).toHaveBeenCalledOnce();
    expect(single).not.toHaveBeenCalled();
  });

  it("leave letters to text fields, but not Ctrl+K and Escape", () => {
    const field = document.createElement("input");
    document.body.append(field);
    const filter = vi.fn();
    const palette = vi.fn();
    const close = vi.fn();
    const handler = keyHandler(() => ({ "/": filter, "Mod+k": palette, Escape: close }));
    press(handler, "/", {}, field);
    press(handler, "k", { ctrlKey: true }, field);
    press(handler, "k", { metaKey: true }, field);
    press(handler, "Escape", {}, field);
    expect(filter).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledTimes(2);
    expect(close).toHaveBeenCalledOnce();
  });

  it("leave every key to an input method that is at work", () => {
    const close = vi.fn();
    const handler = keyHandler(() => ({ Escape: close, Enter: close }));
    press(handler, "Escape", { isComposing: true });
    // WebKit: the Enter that ends a composition comes after it, with key code 229.
    press(handler, "Enter", { keyCode: 229 });
    expect(close).not.toHaveBeenCalled();
    press(handler, "Enter", { keyCode: 13 });
    expect(close).toHaveBeenCalledOnce();
  });

  it("tell a composing key by either sign", () => {
    expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true);
    expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
    expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false);
  });

  it("do not act twice on a key that something nearer has taken", () => {
    const close = vi.fn();
    const handler = keyHandler(() => ({ Escape: close }));
    const event = new KeyboardEvent("keydown", { key: "Escape", cancelable: true });
    event.preventDefault();
    handler(event);
    expect(close).not.toHaveBeenCalled();
  });
});

describe("the first field of a dialog that has opened", () => {
  const dialog = (): HTMLInputElement[] => {
    document.body.innerHTML =
      '<div class="ant-modal"><input data-first value="720"><input value="x"></div>';
    return [...document.querySelectorAll("input")];
  };

  it("is chosen, so that typing replaces what it holds", () => {
    const [first] = dialog();
    focusFirst(true);
    expect(document.activeElement).toBe(first);
    expect([first?.selectionStart, first?.selectionEnd]).toEqual([0, 3]);
  });

  it("is left alone when somebody types already, there or in another field", () => {
    const [first, second] = dialog();
    first?.focus();
    first?.setSelectionRange(3, 3);
    focusFirst(true);
    expect([first?.selectionStart, first?.selectionEnd]).toEqual([3, 3]);
    second?.focus();
    focusFirst(true);
    expect(document.activeElement).toBe(second);
  });
});
