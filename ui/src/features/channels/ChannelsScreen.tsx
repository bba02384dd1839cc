/** Channels and prices: what a product earns where, what it costs where, and by which rules. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { Empty, Screen } from "../../kit/Screen";
import { useSession } from "../../kit/session";
import { BenchPage } from "./BenchPage";
import { useChannelList } from "./ChannelList";
import { usePriceBook } from "./PriceBook";
import { useRecompute } from "./Recompute";
import "../../kit/work.css";
import "./channels.css";

const PAGES = [
  { name: "bench", path: "/channels" },
  { name: "priceBook", path: "/channels/prices" },
  { name: "rules", path: "/channels/rules" },
  { name: "recompute", path: "/channels/recompute" },
] as const;

type PageName = (typeof PAGES)[number]["name"];

const Tabs = (props: { here: PageName }): ReactNode => {
  const { t } = useTranslation("channels");
  return (
    <nav className="page-tabs" aria-label={t("title")}>
      {PAGES.map(({ name, path }) => (
        <Link
          key={name}
          href={path}
          className={name === props.here ? "here" : ""}
          aria-current={name === props.here ? "page" : undefined}
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
};

const PricesPage = (): ReactNode => {
  const { t } = useTranslation("channels");
  const { acts, tools, detail, body } = usePriceBook();
  return (
    <Screen
      title={t("title")}
      question={t("bookQuestion")}
      acts={acts}
      tools={
        <>
          <Tabs here="priceBook" />
          {tools}
        </>
      }
      detail={detail}
    >
      {body}
    </Screen>
  );
};

const RulesPage = (): ReactNode => {
  const { t } = useTranslation("channels");
  const { acts, detail, body } = useChannelList();
  return (
    <Screen
      title={t("title")}
      question={t("rulesQuestion")}
      acts={acts}
      tools={<Tabs here="rules" />}
      detail={detail}
    >
      {body}
    </Screen>
  );
};

const RecomputePage = (): ReactNode => {
  const { t } = useTranslation("channels");
  const { acts, tools, body } = useRecompute();
  return (
    <Screen
      title={t("title")}
      question={t("recomputeQuestion")}
      acts={acts}
      tools={
        <>
          <Tabs here="recompute" />
          {tools}
        </>
      }
    >
      {body}
    </Screen>
  );
};

const ChannelsScreen = (): ReactNode => {
  const { t } = useTranslation("channels");
  const { seesMoney } = useSession();
  const [location] = useLocation();
  if (!seesMoney)
    return (
      <Screen title={t("title")}>
        <Empty title={t("noMoney")} />
      </Screen>
    );
  if (location.startsWith("/channels/prices")) return <PricesPage />;
  if (location.startsWith("/channels/rules")) return <RulesPage />;
  if (location.startsWith("/channels/recompute")) return <RecomputePage />;
  return (
    <Screen title={t("title")} question={t("question")} tools={<Tabs here="bench" />}>
      <BenchPage />
    </Screen>
  );
};

export default ChannelsScreen;
