/** The frame of each page of this screen: the ways to the others, and its own question. */
import { Segmented } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useGo } from "../../kit/links";
import { Screen } from "../../kit/Screen";
import { useSession } from "../../kit/session";

export type TabName = "materials" | "statements" | "scorecards" | "terms" | "payables";

const TABS: readonly TabName[] = ["materials", "statements", "scorecards", "terms", "payables"];

export const tabAddress = (tab: TabName): string =>
  tab === "materials" ? "/factories" : `/factories/${tab}`;

export const Tab = (props: {
  tab: TabName;
  acts?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
}): ReactNode => {
  const { t } = useTranslation("factories");
  const { seesMoney } = useSession();
  const go = useGo();
  const shown = TABS.filter((tab) => tab !== "payables" || seesMoney);
  return (
    <Screen
      title={t("title")}
      question={t(`${props.tab}Question`)}
      acts={props.acts}
      tools={
        <>
          <Segmented<TabName>
            aria-label={t("tabs")}
            value={props.tab}
            options={shown.map((value) => ({ value, label: t(value) }))}
            onChange={(tab) => go(tabAddress(tab))}
          />
          {props.tools}
        </>
      }
    >
      <div className="padded">{props.children}</div>
    </Screen>
  );
};
