import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Screen } from "../../kit/Screen";

const ImportScreen = (): ReactNode => {
  const { t } = useTranslation("importing");
  return (
    <Screen title={t("title")} question={t("question")}>
      {null}
    </Screen>
  );
};

export default ImportScreen;
