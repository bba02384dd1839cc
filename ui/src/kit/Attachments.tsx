/** The files attached to a document: opened, added and taken off where the document is shown. */
import { CopyOutlined, DeleteOutlined, LockOutlined, PaperClipOutlined } from "@ant-design/icons";
import { Button, Checkbox } from "antd";
import { type ReactNode, useState } from "react";
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
export type FilesKind =
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

/** Kinds whose papers commonly show money: what is attached to them is for those who see it. */
const ABOUT_MONEY: readonly FilesKind[] = [
  "order",
  "partner",
  "offer",
  "invoice",
  "bill",
  "statement",
];

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
        )}{" "}
        {file.money && <LockOutlined className="quiet" title={t("attachmentMoney")} />}
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
export const Attachments = (props: {
  kind: FilesKind;
  id: Id;
  /** Somebody asked for them: says also that there are none to those who can add none. */
  asked?: boolean;
}): ReactNode => {
  const { t } = useTranslation("kit");
  const { may, seesMoney } = useSession();
  const [forAll, setForAll] = useState(false);
  const of = { kind: props.kind, id: props.id };
  const files = useCall("attachment.list", of).data ?? [];
  const add = useAct("attachment.add", { said: () => t("attachmentAdded") });
  const choose = async (): Promise<void> => {
    const path = await pickFile({ name: t("attachmentFiles"), extensions: ENDINGS.split(" ") });
    if (path !== null) await add.run({ ...of, path, forAll });
  };
  if (files.length === 0 && !may("handle") && !props.asked) return null;
  const asks = seesMoney && ABOUT_MONEY.includes(props.kind);
  const acts = may("handle") && (
    <>
      {asks && (
        <Checkbox checked={forAll} onChange={(event) => setForAll(event.target.checked)}>
          {t("attachmentForAll")}
        </Checkbox>
      )}
      <Button
        type="text"
        size="small"
        icon={<PaperClipOutlined />}
        loading={add.busy}
        onClick={() => void choose()}
      >
        {t("attachmentAdd")}
      </Button>
    </>
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
