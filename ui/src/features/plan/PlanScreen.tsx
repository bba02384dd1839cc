import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Screen } from "../../kit/Screen";

const PlanScreen = (): ReactNode => {
  const { t } = useTranslation("plan");
  return (
    <Screen title={t("title")} question={t("question")}>
      {null}
    </Screen>
  );
};

export default PlanScreen;
