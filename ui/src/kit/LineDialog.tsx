/**
 * A dialog whose lines are typed by keyboard alone: Enter posts as soon as there is something,
 * unless its lines have another use for it; Ctrl+Enter posts from everywhere.
 */
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import type { AppError } from "../contract";
import type { CommandName, Input } from "../host";
import { Dialog } from "./Dialog";
import { ErrorView } from "./ErrorView";
import { isComposing } from "./keys";
import type { Act } from "./query";

/** Lets a field that says what was typed only when it is left, such as a short date, say it now. */
const sayTyped = (field: EventTarget): void => {
  if (!(field instanceof HTMLElement)) return;
  flushSync(() => field.blur());
  field.focus();
};

export const LineDialog = (props: {
  title: string;
  width: number;
  okText: string;
  /** Whether there is anything to post. */
  ready: boolean;
  busy: boolean;
  error: AppError | null;
  onPost: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}): ReactNode => (
  <Dialog
    width={props.width}
    title={props.title}
    okText={props.okText}
    okButtonProps={{ disabled: !props.ready }}
    confirmLoading={props.busy}
    onOk={() => void props.onPost()}
    onCancel={props.onClose}
  >
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (props.ready && !props.busy) void props.onPost();
      }}
      onKeyDown={(event) => {
        const mod = event.ctrlKey || event.metaKey;
        if (event.key === "Enter" && mod && !isComposing(event.nativeEvent)) {
          sayTyped(event.target);
          event.currentTarget.requestSubmit();
        }
      }}
    >
      {props.children}
      {props.error && <ErrorView error={props.error} />}
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  </Dialog>
);

/** The same for one command: it runs as soon as its input is whole, and then the dialog closes. */
export const ActDialog = <N extends CommandName>(props: {
  title: string;
  width: number;
  /** What the button says when it is not "Save". */
  okText?: string;
  act: Act<N>;
  /** Null while something is missing or wrong. */
  input: Input<N> | null;
  onClose: () => void;
  children: ReactNode;
}): ReactNode => {
  const { t } = useTranslation("kit");
  const { act, input, onClose } = props;
  return (
    <LineDialog
      width={props.width}
      title={props.title}
      okText={props.okText ?? t("save")}
      ready={input !== null}
      busy={act.busy}
      error={act.error}
      onPost={async () => {
        if (input !== null && (await act.run(input)) !== null) onClose();
      }}
      onClose={onClose}
    >
      {props.children}
    </LineDialog>
  );
};
