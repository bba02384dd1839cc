import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../src/i18n";
import { FilterBox } from "../src/kit/FilterBox";

describe("the quick filter", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  const field = (onChange: (text: string) => void): HTMLElement => {
    render(<FilterBox value="" onChange={onChange} />);
    return screen.getByRole("textbox");
  };
  const pass = (ms: number): void => {
    act(() => {
      vi.advanceTimersByTime(ms);
    });
  };

  it("asks once when the typist pauses", () => {
    const ask = vi.fn();
    const input = field(ask);
    fireEvent.change(input, { target: { value: "s" } });
    pass(100);
    fireEvent.change(input, { target: { value: "se" } });
    pass(1000);
    expect(ask).toHaveBeenCalledExactlyOnceWith("se");
  });

  it("does not ask for half-typed Chinese", () => {
    const ask = vi.fn();
    const input = field(ask);
    fireEvent.compositionStart(input);
    fireEvent.change(input, { target: { value: "yan xi" } });
    pass(2000);
    expect(ask).not.toHaveBeenCalled();
    fireEvent.change(input, { target: { value: "\u70df\u9170" } });
    fireEvent.compositionEnd(input);
    pass(1000);
    expect(ask).toHaveBeenCalledExactlyOnceWith("\u70df\u9170");
  });

  it("leaves Escape to an input method that is at work", () => {
    const ask = vi.fn();
    const input = field(ask);
    fireEvent.change(input, { target: { value: "abc" } });
    fireEvent.keyDown(input, { key: "Escape", keyCode: 229 });
    expect(input).toHaveProperty("value", "abc");
    fireEvent.keyDown(input, { key: "Escape", keyCode: 27 });
    expect(input).toHaveProperty("value", "");
  });
});
