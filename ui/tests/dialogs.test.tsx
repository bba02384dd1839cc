/** Dialogs: where typing begins when one opens, and what its keys do. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { ConfigProvider, Form, Input, Radio, Select } from "antd";
import { type ReactNode, useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import "../src/i18n";
import { DayInput } from "../src/kit/DayInput";
import { Dialog } from "../src/kit/Dialog";
import { LineDialog } from "../src/kit/LineDialog";
import { RecordDialog } from "../src/kit/RecordDialog";

afterEach(cleanup);

const show = (dialog: ReactNode): void => {
  render(<ConfigProvider theme={{ token: { motion: false } }}>{dialog}</ConfigProvider>);
};

const focused = (): string | null => document.activeElement?.getAttribute("aria-label") ?? null;

const Record = (props: { children: ReactNode }): ReactNode => {
  const [form] = Form.useForm<object>();
  return (
    <RecordDialog
      title="record"
      width={400}
      form={form}
      initial={{}}
      busy={false}
      error={null}
      onSave={async () => undefined}
      onClose={() => undefined}
    >
      {props.children}
    </RecordDialog>
  );
};

describe("typing begins", () => {
  it("at the first field, also where that is only chosen from a list", async () => {
    show(
      <Record>
        <Select aria-label="warehouse" options={[]} />
        <Input aria-label="note" />
      </Record>,
    );
    await waitFor(() => expect(focused()).toBe("warehouse"));
  });

  it("past what is only ticked", async () => {
    show(
      <Record>
        <Radio.Group options={["a", "b"]} />
        <Input aria-label="note" />
      </Record>,
    );
    await waitFor(() => expect(focused()).toBe("note"));
  });

  it("at the field that says so", async () => {
    show(
      <Record>
        <Select aria-label="warehouse" options={[]} />
        <Input data-first aria-label="note" />
      </Record>,
    );
    await waitFor(() => expect(focused()).toBe("note"));
  });

  it("at the button where nothing is typed, and in the dialog above another", async () => {
    show(
      <Record>
        <Input aria-label="note" />
        <Dialog okText="go on">sure?</Dialog>
      </Record>,
    );
    await waitFor(() => expect(document.activeElement?.textContent).toBe("go on"));
  });
});

const Dated = (props: { onPost: (day: string | null) => void }): ReactNode => {
  const [day, setDay] = useState<string | null>(null);
  return (
    <LineDialog
      title="when"
      width={400}
      okText="post"
      ready={day !== null}
      busy={false}
      error={null}
      onPost={async () => props.onPost(day)}
      onClose={() => undefined}
    >
      <DayInput value={day} onChange={setDay} label="day" />
    </LineDialog>
  );
};

describe("Ctrl+Enter", () => {
  it("posts what stands in the field that it was pressed in, a short date too", async () => {
    const onPost = vi.fn();
    show(<Dated onPost={onPost} />);
    await waitFor(() => expect(focused()).toBe("day"));
    const field = screen.getByLabelText("day");
    fireEvent.change(field, { target: { value: "261008" } });
    fireEvent.keyDown(field, { key: "Enter", keyCode: 13, ctrlKey: true });
    expect(onPost).toHaveBeenCalledWith("2026-10-08");
    expect(focused()).toBe("day");
  });
});
