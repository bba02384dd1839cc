import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Screen } from "../../kit/Screen";

const SlowScreen = (): ReactNode => {
  const { t } = useTranslation("slow");
  return (
    <Screen title={t("title")} question={t("question")}>
      {null}
    </Screen>
  );
};

export default SlowScreen;
