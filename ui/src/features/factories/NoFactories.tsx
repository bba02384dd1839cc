/** What to do first where no place is a factory's yet. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useGo } from "../../kit/links";
import { Empty } from "../../kit/Screen";

export const NoFactories = (): ReactNode => {
  const { t } = useTranslation("factories");
  const go = useGo();
  return (
    <Empty
      title={t("noFactories")}
      acts={
        <Button type="primary" onClick={() => go("/settings/places")}>
          {t("addPlace")}
        </Button>
      }
    >
      {t("noFactoriesText")}
    </Empty>
  );
};
