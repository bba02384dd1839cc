/** The versions of one product: artwork, registration, and what became of the stock before. */
import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, VersionFields } from "../../contract";
import { Part } from "../Detail";
import { InlineLink } from "../Figures";
import { useCall } from "../query";
import { Tag } from "../StatusTag";
import { useSession } from "../session";
import { useWords } from "../words";
import { holdsOn, Valid } from "./Valid";
import { VersionForm } from "./VersionForm";
import "./terms.css";

const Row = (props: { version: VersionFields; onOpen: (() => void) | null }): ReactNode => {
  const { t } = useTranslation("terms");
  const { word } = useWords();
  const { status } = useSession();
  const { version, onOpen } = props;
  const holds = holdsOn(version, status.today);
  return (
    <tr className={holds ? "" : "terms-gone"}>
      <td>
        {onOpen ? <InlineLink onClick={onOpen}>{version.artworkNo}</InlineLink> : version.artworkNo}{" "}
        {holds && <Tag tone="green">{t("current")}</Tag>}
      </td>
      <td>{version.registrationNo || "–"}</td>
      <td>
        <Valid from={version.from} to={version.to} />
      </td>
      <td>{word("old_stock", version.oldStock)}</td>
    </tr>
  );
};

export const VersionList = (props: { sku: Id; name: string }): ReactNode => {
  const { t } = useTranslation("terms");
  const { may } = useSession();
  const list = useCall("version.list", {}).data;
  const [open, setOpen] = useState<VersionFields | "new" | null>(null);
  const own = (list ?? [])
    .filter(({ sku }) => sku === props.sku)
    .sort((a, b) => b.from.localeCompare(a.from));
  return (
    <Part
      title={t("versions")}
      acts={
        may("settings") && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
            {t("addVersion")}
          </Button>
        )
      }
    >
      {own.length > 0 ? (
        <table className="plain-table terms-table">
          <thead>
            <tr>
              <th>{t("artworkNo")}</th>
              <th>{t("registrationNo")}</th>
              <th>{t("valid")}</th>
              <th>{t("oldStock")}</th>
            </tr>
          </thead>
          <tbody>
            {own.map((version) => (
              <Row
                key={version.id}
                version={version}
                onOpen={may("settings") ? () => setOpen(version) : null}
              />
            ))}
          </tbody>
        </table>
      ) : (
        list && <p className="terms-empty">{t("noVersions")}</p>
      )}
      {open !== null && (
        <VersionForm
          version={open === "new" ? null : open}
          sku={props.sku}
          name={props.name}
          onClose={() => setOpen(null)}
        />
      )}
    </Part>
  );
};
