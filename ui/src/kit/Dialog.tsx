/** A window over the window: typing begins in its first field, never at its closing cross. */
import { Modal, type ModalProps } from "antd";
import type { ReactNode } from "react";
import { focusFirst } from "./focus";

export const Dialog = (props: Omit<ModalProps, "open" | "afterOpenChange">): ReactNode => (
  <Modal {...props} open afterOpenChange={focusFirst} />
);
