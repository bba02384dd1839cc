/** A dialog that fills in one record: Enter or the button saves it, a refusal stays beside it. */
import { Form, type FormInstance } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AppError } from "../contract";
import { Dialog } from "./Dialog";
import { ErrorView } from "./ErrorView";
import { isDenial } from "./session";

export const RecordDialog = <F extends object>(props: {
  title: string;
  width: number;
  /** What the button says when it is not "Save". */
  okText?: string;
  form: FormInstance<F>;
  /** What the fields hold at first. */
  initial: object;
  busy: boolean;
  error: AppError | null;
  onSave: (fields: F) => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}): ReactNode => {
  const { t } = useTranslation("kit");
  return (
    <Dialog
      width={props.width}
      title={props.title}
      okText={props.okText ?? t("save")}
      okButtonProps={{ disabled: isDenial(props.error) }}
      confirmLoading={props.busy}
      onOk={props.form.submit}
      onCancel={props.onClose}
    >
      <Form
        form={props.form}
        layout="vertical"
        className="dense-form"
        initialValues={props.initial}
        onFinish={(fields) => void props.onSave(fields)}
      >
        {props.children}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </Form>
      {props.error && <ErrorView error={props.error} />}
    </Dialog>
  );
};
