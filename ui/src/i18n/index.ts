/**
 * Words in both languages. Keys are typed from the Chinese; the English mirrors them. Sentences
 * are whole texts with arguments: nothing is built by joining pieces.
 */
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en";
import { zh } from "./zh";

export type Language = "zh" | "en";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "kit";
    keySeparator: false;
    resources: typeof zh;
  }
}

const remembered = (): Language => {
  const kept = globalThis.localStorage?.getItem("language");
  if (kept === "zh" || kept === "en") return kept;
  return (globalThis.navigator?.language ?? "zh").startsWith("zh") ? "zh" : "en";
};

const follow = (language: string): void => {
  dayjs.locale(language === "zh" ? "zh-cn" : "en");
  if (globalThis.document) document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
};

i18next.on("languageChanged", follow);
void i18next.use(initReactI18next).init({
  lng: remembered(),
  fallbackLng: "zh",
  defaultNS: "kit",
  keySeparator: false,
  resources: { zh, en },
  interpolation: { escapeValue: false },
  // A value that the core does not know, such as the date of a lot without one.
  missingInterpolationHandler: () => "—",
  initAsync: false,
});

export const switchLanguage = (language: Language): void => {
  localStorage.setItem("language", language);
  void i18next.changeLanguage(language);
};

export { i18next };
