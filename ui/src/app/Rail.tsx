/** The way between screens, in the order of the goods' life. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { type ScreenInfo, screens } from "./screens";

const isHere = (screen: ScreenInfo, location: string): boolean =>
  screen.path === "/"
    ? location === "/"
    : location === screen.path || location.startsWith(`${screen.path}/`);

export const Rail = (): ReactNode => {
  const { t } = useTranslation("app");
  const [location] = useLocation();
  return (
    <nav className="rail" aria-label={t("name")}>
      <div className="brand">{t("name")}</div>
      {screens.map((screen) => {
        const Icon = screen.icon;
        const here = isHere(screen, location);
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
          </Link>
        );
      })}
    </nav>
  );
};
