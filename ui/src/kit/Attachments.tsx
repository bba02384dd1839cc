/** The files attached to a document: opened, added and taken off where the document is shown. */
import { CopyOutlined, DeleteOutlined, PaperClipOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { FileRow, Id } from "../contract";
import { asAppError, openPath, pickFile } from "../host";
import { copyText } from "./clipboard";
import { Part } from "./Detail";
import { InlineLink } from "./Figures";
import * as format from "./format";
import { useNotices } from "./Notices";
import { useAct, useCall } from "./query";
import { Tag } from "./StatusTag";
import { useSession } from "./session";
import "./work.css";

/** Kinds of documents that take files, as the core calls them. */
type FilesKind =
  | "order"
  | "partner"
  | "sku"
  | "lot"
  | "transfer"
  | "offer"
  | "version"
  | "bom"
  | "statement"
  | "invoice"
  | "bill";

/** What the dialog offers: papers, pictures, tables, artwork, and packed files. */
const ENDINGS =
  "pdf png jpg jpeg webp tif tiff xlsx xls csv docx doc txt json ofd xml ai psd eps svg zip rar 7z eml";

const File = (props: { of: { kind: FilesKind; id: Id }; file: FileRow }): ReactNode => {
  const { t } = useTranslation("kit");
  const { may } = useSession();
  const notices = useNotices();
  const { of, file } = props;
  const remove = useAct("attachment.remove", {
    said: () => t("attachmentRemoved", { name: file.name }),
  });
  const open = (): void =>
    void openPath(file.path).catch((reason: unknown) => notices.error(asAppError(reason)));
  const copy = (): void =>
    void copyText(file.path).then(() => notices.say(t("attachmentPathCopied")));
  return (
    <li>
      <span className="attachment-name">
        {file.missing ? (
          <>
            {file.name} <Tag tone="red">{t("attachmentMissing")}</Tag>
          </>
        ) : (
          <InlineLink onClick={open}>{file.name}</InlineLink>
        )}
      </span>
      <span className="quiet figure">{format.bytes(file.bytes)}</span>
      <Button
        type="text"
        size="small"
        icon={<CopyOutlined />}
        title={t("attachmentCopyPath")}
        aria-label={t("attachmentCopyPath")}
        onClick={copy}
      />
      {may("handle") && (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          title={t("remove")}
          aria-label={t("attachmentRemove", { name: file.name })}
          loading={remove.busy}
          onClick={() => void remove.run({ ...of, name: file.name, sha256: file.sha256 })}
        />
      )}
    </li>
  );
};

/** A part of a detail with the files of one document, and the way to add one. */
export const Attachments = (props: { kind: FilesKind; id: Id }): ReactNode => {
  const { t } = useTranslation("kit");
  const { may } = useSession();
  const of = { kind: props.kind, id: props.id };
  const files = useCall("attachment.list", of).data ?? [];
  const add = useAct("attachment.add", { said: () => t("attachmentAdded") });
  const choose = async (): Promise<void> => {
    const path = await pickFile({ name: t("attachmentFiles"), extensions: ENDINGS.split(" ") });
    if (path !== null) await add.run({ ...of, path });
  };
  if (files.length === 0 && !may("handle")) return null;
  const acts = may("handle") && (
    <Button
      type="text"
      size="small"
      icon={<PaperClipOutlined />}
      loading={add.busy}
      onClick={() => void choose()}
    >
      {t("attachmentAdd")}
    </Button>
  );
  return (
    <Part title={t("attachments")} acts={acts}>
      {files.length === 0 ? (
        <p className="quiet">{t("attachmentNone")}</p>
      ) : (
        <ul className="attachments">
          {files.map((file) => (
            <File key={`${file.sha256}-${file.name}`} of={of} file={file} />
          ))}
        </ul>
      )}
    </Part>
  );
};
