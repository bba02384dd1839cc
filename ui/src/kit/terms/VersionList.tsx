/** The versions of one product: artwork, registration, and what became of the stock before. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Id, VersionFields } from "../../contract";
import { useCall } from "../query";
import { useSession } from "../session";
import { useWords } from "../words";
import { TermsList } from "./TermsList";
import { holdsOn, Valid } from "./Valid";
import { VersionForm } from "./VersionForm";

export const VersionList = (props: { sku: Id; name: string }): ReactNode => {
  const { t } = useTranslation("terms");
  const { word } = useWords();
  const { may, status } = useSession();
  const list = useCall("version.list", {}).data;
  return (
    <TermsList<VersionFields>
      title={t("versions")}
      kind="version"
      addText={t("addVersion")}
      mayAdd={may("settings")}
      mayOpen={may("settings")}
      rows={list
        ?.filter(({ sku }) => sku === props.sku)
        .sort((a, b) => b.from.localeCompare(a.from))}
      emptyText={t("noVersions")}
      holds={(version) => holdsOn(version, status.today)}
      name={{ head: t("artworkNo"), of: ({ artworkNo }) => artworkNo }}
      columns={[
        { head: t("registrationNo"), cell: ({ registrationNo }) => registrationNo || "–" },
        { head: t("valid"), cell: ({ from, to }) => <Valid from={from} to={to} /> },
        { head: t("oldStock"), cell: ({ oldStock }) => word("old_stock", oldStock) },
      ]}
      form={(version, onClose) => (
        <VersionForm version={version} sku={props.sku} name={props.name} onClose={onClose} />
      )}
    />
  );
};
