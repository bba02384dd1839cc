/** A small dialog before an act that wants its reason written down. */
import { Input, type InputRef } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError } from "../contract";
import { Dialog } from "./Dialog";
import { ErrorView } from "./ErrorView";
import { isDenial } from "./session";

export const AskReason = (props: {
  title: string;
  /** What will happen, in a sentence. */
  text?: ReactNode;
  act: string;
  /** Whether the act is possible without a reason. */
  optional?: boolean;
  danger?: boolean;
  busy: boolean;
  error: AppError | null;
  onAct: (reason: string) => void;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation("papers");
  const [reason, setReason] = useState("");
  const box = useRef<InputRef>(null);
  const ready = (props.optional === true || reason.trim() !== "") && !isDenial(props.error);
  const act = (): void => {
    if (ready) props.onAct(reason.trim());
    else box.current?.focus();
  };
  return (
    <Dialog
      width={440}
      title={props.title}
      okText={props.act}
      okButtonProps={{ disabled: !ready, danger: props.danger ?? false }}
      confirmLoading={props.busy}
      onOk={act}
      onCancel={props.onClose}
    >
      {props.text && <p className="ask-text">{props.text}</p>}
      {props.error && (
        <div className="ask-error">
          <ErrorView error={props.error} />
        </div>
      )}
      <Input
        ref={box}
        data-first
        value={reason}
        placeholder={t(props.optional === true ? "reasonOptional" : "reason")}
        aria-label={t("reason")}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={(event) => {
          if (!event.nativeEvent.isComposing && event.keyCode !== 229) act();
        }}
      />
    </Dialog>
  );
};
