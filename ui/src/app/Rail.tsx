/** The way between screens, in the order of the goods' life, with what waits at each. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { Task } from "../contract";
import { screenAddress } from "../kit/links";
import { useCall } from "../kit/query";
import { useSession } from "../kit/session";
import { type ScreenInfo, screensFor } from "./screens";

const isHere = (screen: ScreenInfo, location: string): boolean =>
  screen.path === "/"
    ? location === "/"
    : location === screen.path || location.startsWith(`${screen.path}/`);

/** A page of a screen counts at the screen. */
const screenOf = (address: string): string => `/${address.split("/")[1] ?? ""}`;

/** Tasks by the address of their screen; Today counts all of them. */
export const waiting = (tasks: Task[]): Map<string, { count: number; urgent: boolean }> => {
  const at = new Map<string, { count: number; urgent: boolean }>();
  for (const task of tasks) {
    for (const path of new Set(["/", screenOf(screenAddress(task.screen))])) {
      const before = at.get(path) ?? { count: 0, urgent: false };
      at.set(path, {
        count: before.count + 1,
        urgent: before.urgent || task.severity === "red",
      });
    }
  }
  return at;
};

export const Rail = (): ReactNode => {
  const { t } = useTranslation("app");
  const { seesMoney } = useSession();
  const [location] = useLocation();
  const counts = waiting(useCall("today.tasks", {}).data?.tasks ?? []);
  return (
    <nav className="rail" aria-label={t("name")}>
      <div className="brand">{t("name")}</div>
      {screensFor(seesMoney).map((screen) => {
        const Icon = screen.icon;
        const here = isHere(screen, location);
        const count = counts.get(screen.path);
        return (
          <Link
            key={screen.name}
            href={screen.path}
            className={`rail-link rail-${screen.name}${here ? " here" : ""}`}
            aria-current={here ? "page" : undefined}
            title={`${t(screen.name)}  (g ${screen.letter})`}
          >
            <Icon />
            <span>{t(screen.name)}</span>
            {count && (
              <span className={`rail-count figure${count.urgent ? " urgent" : ""}`}>
                {count.count}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
};
