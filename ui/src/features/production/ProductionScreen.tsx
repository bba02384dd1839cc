import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Screen } from "../../kit/Screen";

const ProductionScreen = (): ReactNode => {
  const { t } = useTranslation("production");
  return (
    <Screen title={t("title")} question={t("question")}>
      {null}
    </Screen>
  );
};

export default ProductionScreen;
