/** The window around the screens of an open workspace. */

import { Button } from "antd";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Route, Switch, useLocation } from "wouter";
import { JobBar } from "../kit/JobBar";
import { type KeyMap, useKeys } from "../kit/keys";
import { useOpenWorkspace } from "../kit/OpenWorkspace";
import { Empty, Loading } from "../kit/Screen";
import { useSession } from "../kit/session";
import { useGivenTable } from "../kit/tables";
import { KeysHelp } from "./KeysHelp";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import { ScreenGuard } from "./ScreenGuard";
import { screens, screensFor } from "./screens";
import { TopBar } from "./TopBar";

/** Screens that show the stock of the chosen day. */
const DATED = ["/stock"];

const AsOfBanner = (): ReactNode => {
  const { t } = useTranslation("kit");
  const { asOf, setAsOf } = useSession();
  const [location] = useLocation();
  if (asOf === null || !DATED.some((path) => location.startsWith(path))) return null;
  return (
    <div className="as-of-banner" role="status">
      {t("asOfBanner", { day: asOf })}
      <button type="button" className="link" onClick={() => setAsOf(null)}>
        {t("asOfLeave")}
      </button>
    </div>
  );
};

const ReadOnlyBanner = (): ReactNode => {
  const { t } = useTranslation("kit");
  const { workspace } = useSession();
  const open = useOpenWorkspace();
  if (!workspace.readOnly) return null;
  return (
    <div className="as-of-banner" role="status">
      {t("readOnlyBanner")}
      <button
        type="button"
        className="link"
        disabled={open.busy}
        onClick={() => void open.run(workspace.path)}
      >
        {t("openToWrite")}
      </button>
      {open.dialog}
    </div>
  );
};

const focusFilter = (): void =>
  document.querySelector<HTMLElement>("[data-filter] input, input[data-filter]")?.focus();

export const Shell = (): ReactNode => {
  const { t } = useTranslation("app");
  const [location, go] = useLocation();
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const { seesMoney } = useSession();
  const table = useGivenTable();
  useEffect(() => {
    if (table !== null) go("/import");
  }, [table, go]);
  const toScreens: KeyMap = Object.fromEntries(
    screensFor(seesMoney).map((screen) => [`g ${screen.letter}`, () => go(screen.path)]),
  );
  useKeys({
    ...toScreens,
    "Mod+k": () => setOpen("palette"),
    "/": focusFilter,
    "?": () => setOpen("keys"),
  });
  const close = (): void => setOpen(null);
  return (
    <div className="shell">
      <Rail />
      <div className="shell-main">
        <TopBar onSearch={() => setOpen("palette")} />
        <ReadOnlyBanner />
        <AsOfBanner />
        <div className="shell-screen">
          <ScreenGuard key={location.split("/")[1]}>
            <Suspense fallback={<Loading />}>
              <Switch>
                {screens.map(({ name, path, component }) => (
                  <Route
                    key={name}
                    path={path === "/" ? "/" : `${path}/*?`}
                    component={component}
                  />
                ))}
                <Route>
                  <Empty
                    title={t("notFound")}
                    acts={<Button onClick={() => go("/")}>{t("today")}</Button>}
                  />
                </Route>
              </Switch>
            </Suspense>
          </ScreenGuard>
        </div>
      </div>
      {open === "palette" && <Palette onClose={close} />}
      {open === "keys" && <KeysHelp onClose={close} />}
      <JobBar />
    </div>
  );
};
