/** What holds for this computer and this person. */
import { Segmented } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Language, switchLanguage } from "../../i18n";
import { Facts, Part } from "../../kit/Detail";
import { Qty } from "../../kit/Figures";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";

export const PersonalPage = (): ReactNode => {
  const { t, i18n } = useTranslation("settings");
  const { word } = useWords();
  const { status, workspace, seesMoney } = useSession();
  const role = word("role", status.role);
  return (
    <>
      <Part title={t("language")}>
        <Segmented<Language>
          value={i18n.language === "zh" ? "zh" : "en"}
          options={[
            { value: "zh", label: t("zh") },
            { value: "en", label: t("en") },
          ]}
          onChange={switchLanguage}
        />
      </Part>
      <Part title={t("role")}>
        <Facts
          facts={[
            [t("role"), `${role} · ${t(seesMoney ? "seesMoney" : "seesNoMoney")}`],
            [t("desk"), workspace.desk],
            [t("workspaceFile"), workspace.path],
            [t("entries"), <Qty key="e" value={workspace.entries} zero="0" />],
            [t("version"), status.version],
          ]}
        />
      </Part>
    </>
  );
};
