/** What to do first where there is no channel yet. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useGo } from "../../kit/links";
import { Empty } from "../../kit/Screen";

export const NoChannels = (): ReactNode => {
  const { t } = useTranslation("channels");
  const go = useGo();
  return (
    <Empty
      title={t("noChannels")}
      acts={
        <Button type="primary" onClick={() => go("/channels/rules")}>
          {t("toChannels")}
        </Button>
      }
    >
      {t("noChannelsText")}
    </Empty>
  );
};
