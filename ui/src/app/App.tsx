/** Theme, language, data and routes around either the welcome page or the window's shell. */
import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { WelcomePage } from "../features/welcome/WelcomePage";
import { launchedFile, onGiven } from "../host";
import { useGo } from "../kit/links";
import { NoticesProvider } from "../kit/Notices";
import { useOpenWorkspace } from "../kit/OpenWorkspace";
import { queryClient, useCall } from "../kit/query";
import { Answer } from "../kit/Screen";
import { SessionProvider } from "../kit/session";
import { giveTable, isTable } from "../kit/tables";
import { Shell } from "./Shell";

/** The compact algorithm takes two steps off the font and four pixels off the controls: 13 and 28. */
const pincangTheme = {
  algorithm: theme.compactAlgorithm,
  token: {
    colorPrimary: "#2a6592",
    colorInfo: "#2a6592",
    colorSuccess: "#2f7a4d",
    colorWarning: "#c98a1b",
    colorError: "#b93a2b",
    colorText: "#1f2933",
    colorBorder: "#d5dbe0",
    colorBgMask: "rgba(31, 41, 51, 0.28)",
    borderRadius: 4,
    fontSize: 15,
    controlHeight: 32,
    fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
    motion: false,
  },
  // Notices lie under an open dialog, which has the word.
  components: { Notification: { zIndexPopup: 900 } },
};

/**
 * Takes the file that a start names, the first or a later one: a workspace to open or a table.
 * Answers whether the first is done with, for until then nobody knows what the window is to show,
 * and what is to be said about one that was not opened.
 */
const useGivenFiles = (): { begun: boolean; dialog: ReactNode } => {
  const { run, dialog } = useOpenWorkspace();
  const [begun, setBegun] = useState(false);
  const asked = useRef(false);
  useEffect(() => {
    const take = async (file: string): Promise<void> => {
      if (isTable(file)) giveTable(file);
      else await run(file);
    };
    // Strict mode runs effects twice; the file is to be opened once.
    if (!asked.current) {
      asked.current = true;
      void launchedFile()
        .then((file) => (file === null ? undefined : take(file)))
        .finally(() => setBegun(true));
    }
    return onGiven((file) => void take(file));
  }, [run]);
  return { begun, dialog };
};

/** An address of one workspace means nothing in another that takes its place. */
const useHomeOnChange = (path: string | undefined): void => {
  const go = useGo();
  const last = useRef(path);
  useEffect(() => {
    if (path === undefined) return;
    if (last.current !== undefined && last.current !== path) go("/");
    last.current = path;
  }, [path, go]);
};

const Window = (): ReactNode => {
  const given = useGivenFiles();
  const status = useCall("workspace.status", {}, { enabled: given.begun });
  useHomeOnChange(status.data?.workspace?.path);
  return (
    <>
      {given.dialog}
      <Answer query={status} rows={6}>
        {(data) =>
          data.workspace === null ? (
            <WelcomePage status={data} />
          ) : (
            <SessionProvider key={data.workspace.path} status={data} workspace={data.workspace}>
              <Shell />
            </SessionProvider>
          )
        }
      </Answer>
    </>
  );
};

export const App = (): ReactNode => {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider
      theme={pincangTheme}
      locale={i18n.language === "zh" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
    >
      <AntApp className="ant-root" notification={{ maxCount: 4 }}>
        <QueryClientProvider client={queryClient}>
          <NoticesProvider>
            <Router hook={useHashLocation}>
              <Window />
            </Router>
          </NoticesProvider>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
};
