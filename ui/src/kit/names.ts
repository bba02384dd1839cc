/** What goods are called: a name in each language, of which one may be missing. */
import type { Bilingual, SkuFields } from "../contract";

/** The name in a language, else in the other. */
export const nameIn = (name: Bilingual, language: string): string => {
  const [first, second] = language === "en" ? [name.en, name.zh] : [name.zh, name.en];
  return first.trim() === "" ? second : first;
};

/** Both names, for what is typed to be found in. */
export const bothNames = ({ zh, en }: Bilingual): string => `${zh} ${en}`;

/** The names of goods as they are edited. */
export const namesOf = (fields: SkuFields): Bilingual => ({
  zh: fields.nameZh,
  en: fields.nameEn,
});
