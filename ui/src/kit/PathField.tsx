/** A file on disk: typed, pasted, or chosen in the system's dialog. */
import { Button, Input, Space } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type FileKind, pickFile, pickSave } from "../host";

export const PathField = (props: {
  id?: string;
  value?: string;
  onChange?: (path: string) => void;
  kind: FileKind;
  /** A name to write to; without it an existing file is chosen. */
  saveAs?: string;
}): ReactNode => {
  const { t } = useTranslation("kit");
  const { kind, saveAs, onChange } = props;
  const choose = async (): Promise<void> => {
    const path = saveAs === undefined ? await pickFile(kind) : await pickSave(kind, saveAs);
    if (path !== null) onChange?.(path);
  };
  return (
    <Space.Compact block>
      <Input
        {...(props.id === undefined ? {} : { id: props.id })}
        value={props.value ?? ""}
        placeholder={t("path")}
        spellCheck={false}
        onChange={(event) => onChange?.(event.target.value)}
      />
      <Button onClick={() => void choose()}>{t("browse")}</Button>
    </Space.Compact>
  );
};
