/** The screens: their address, the letter that leads there, and the code, loaded when needed. */
import {
  AppstoreOutlined,
  BuildOutlined,
  ClockCircleOutlined,
  CloudSyncOutlined,
  DatabaseOutlined,
  HomeOutlined,
  ImportOutlined,
  PercentageOutlined,
  ReadOutlined,
  SendOutlined,
  SettingOutlined,
  SwapOutlined,
  ToolOutlined,
} from "@ant-design/icons";
import { type ComponentType, createElement, lazy, type ReactNode, useState } from "react";

type ScreenName =
  | "today"
  | "goods"
  | "production"
  | "factories"
  | "stock"
  | "plan"
  | "transfers"
  | "slow"
  | "channels"
  | "importing"
  | "journal"
  | "sync"
  | "settings";

export type ScreenInfo = {
  name: ScreenName;
  path: string;
  /** After g. */
  letter: string;
  icon: ComponentType;
  component: ComponentType;
  /** Shown only to those who see money. */
  money?: true;
};

/**
 * A screen whose code is on its way since the start. Code that has arrived is drawn at once: `lazy`
 * would show its moment of waiting even then, and React keeps such a moment up for 300 ms.
 */
const ahead = (code: Promise<{ default: ComponentType }>): ComponentType => {
  const waited = lazy(() => code);
  let arrived: ComponentType | null = null;
  // Code that does not arrive is the waited-for screen's to report.
  void code.then(
    (screen) => {
      arrived = screen.default;
    },
    () => undefined,
  );
  return (): ReactNode => {
    const [screen] = useState(() => arrived ?? waited);
    return createElement(screen);
  };
};

const settings = lazy(() => import("../features/settings/SettingsScreen"));

/** In the order of the goods' life. */
export const screens: readonly ScreenInfo[] = [
  {
    name: "today",
    path: "/",
    letter: "d",
    icon: HomeOutlined,
    component: ahead(import("../features/today/TodayScreen")),
  },
  {
    name: "goods",
    path: "/goods",
    letter: "g",
    icon: AppstoreOutlined,
    component: lazy(() => import("../features/goods/GoodsScreen")),
  },
  {
    name: "production",
    path: "/production",
    letter: "p",
    icon: ToolOutlined,
    component: lazy(() => import("../features/production/ProductionScreen")),
  },
  {
    name: "factories",
    path: "/factories",
    letter: "f",
    icon: BuildOutlined,
    component: lazy(() => import("../features/factories/FactoriesScreen")),
  },
  {
    name: "stock",
    path: "/stock",
    letter: "s",
    icon: DatabaseOutlined,
    component: lazy(() => import("../features/stock/StockScreen")),
  },
  {
    name: "plan",
    path: "/plan",
    letter: "l",
    icon: SendOutlined,
    component: lazy(() => import("../features/plan/PlanScreen")),
  },
  {
    name: "transfers",
    path: "/transfers",
    letter: "t",
    icon: SwapOutlined,
    component: lazy(() => import("../features/transfers/TransfersScreen")),
  },
  {
    name: "slow",
    path: "/slow",
    letter: "w",
    icon: ClockCircleOutlined,
    component: lazy(() => import("../features/slow/SlowScreen")),
  },
  {
    name: "channels",
    path: "/channels",
    letter: "c",
    icon: PercentageOutlined,
    component: lazy(() => import("../features/channels/ChannelsScreen")),
    money: true,
  },
  {
    name: "importing",
    path: "/import",
    letter: "i",
    icon: ImportOutlined,
    component: lazy(() => import("../features/importing/ImportScreen")),
  },
  {
    name: "journal",
    path: "/journal",
    letter: "j",
    icon: ReadOutlined,
    component: lazy(() => import("../features/journal/JournalScreen")),
  },
  { name: "sync", path: "/sync", letter: "y", icon: CloudSyncOutlined, component: settings },
  { name: "settings", path: "/settings", letter: "e", icon: SettingOutlined, component: settings },
];

/** The screens that a person is shown. */
export const screensFor = (seesMoney: boolean): readonly ScreenInfo[] =>
  screens.filter(({ money }) => seesMoney || money !== true);
