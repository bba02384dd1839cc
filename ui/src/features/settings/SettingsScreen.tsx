/** What is set once: company, places, partners, shops, backups, printers, this computer. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { Screen } from "../../kit/Screen";
import { CompanyPage } from "./CompanyPage";
import { PartnersPage } from "./PartnersPage";
import { PersonalPage } from "./PersonalPage";
import { PlacesPage } from "./PlacesPage";
import { PrintersPage } from "./PrintersPage";
import { SafetyPage } from "./SafetyPage";
import { ShopsPage } from "./ShopsPage";
import "./settings.css";

const pages = [
  { name: "company", path: "/settings", page: CompanyPage },
  { name: "places", path: "/settings/places", page: PlacesPage },
  { name: "partners", path: "/settings/partners", page: PartnersPage },
  { name: "shops", path: "/sync", page: ShopsPage },
  { name: "safety", path: "/settings/safety", page: SafetyPage },
  { name: "printers", path: "/settings/printers", page: PrintersPage },
  { name: "personal", path: "/settings/personal", page: PersonalPage },
] as const;

const SettingsScreen = (): ReactNode => {
  const { t } = useTranslation("settings");
  const [location] = useLocation();
  const here = pages.find(({ path }) => path === location) ?? pages[0];
  const Page = here.page;
  return (
    <Screen title={t(here.name)} question={t(here.name === "shops" ? "syncQuestion" : "question")}>
      <div className="settings">
        <nav className="settings-nav" aria-label={t("title")}>
          {pages.map(({ name, path }) => (
            <Link
              key={name}
              href={path}
              className={name === here.name ? "here" : ""}
              aria-current={name === here.name ? "page" : undefined}
            >
              {t(name)}
            </Link>
          ))}
        </nav>
        <div className="settings-page">
          <Page />
        </div>
      </div>
    </Screen>
  );
};

export default SettingsScreen;
