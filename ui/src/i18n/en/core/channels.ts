import type { Mirror } from "../../mirror";
import type { channels as zh } from "../../zh/core/channels";

export const channels: Mirror<typeof zh> = {
  "pricing_role.publisher": "Publisher",
  "price_from.given": "tried here",
  "price_from.price_list": "from the price book",
  "price_from.goods": "the goods' list price",
  "law.Regulation on Prohibition of Pyramid Selling, art. 7(1)":
    "Regulation on Prohibition of Pyramid Selling, art. 7(1)",
  "law.Regulation on Prohibition of Pyramid Selling, art. 7(2)":
    "Regulation on Prohibition of Pyramid Selling, art. 7(2)",
  "law.Regulation on Prohibition of Pyramid Selling, art. 7(3)":
    "Regulation on Prohibition of Pyramid Selling, art. 7(3)",
  "law.Interim Provisions on Regulating Promotion": "Interim Provisions on Regulating Promotion",
  "law.Internet Platform Pricing Rules": "Internet Platform Pricing Rules",
  "law.WeChat Rules on External Links, induced sharing":
    "WeChat Rules on External Links, induced sharing",
  "law.product limit on prompts to share; no legal number exists":
    "product limit on prompts to share; no legal number exists",
  "law.Price Law, art. 14(2)": "Price Law, art. 14(2)",
  "law.E-commerce Law, art. 34": "E-commerce Law, art. 34",
  "law.Antimonopoly Law, art. 18": "Antimonopoly Law, art. 18",
  "law.Personal Information Protection Law, art. 6": "Personal Information Protection Law, art. 6",
};
