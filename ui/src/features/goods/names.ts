/** A product's name in the chosen language; the Chinese one stands in for a missing English one. */
import type { SkuFields } from "../../contract";

export const skuName = (fields: SkuFields, language: string): string =>
  language === "en" && fields.nameEn !== "" ? fields.nameEn : fields.nameZh;
