/** Channels: what their rules say, where a price comes from, where the law stands. */
export const channels = {
  "pricing_role.publisher": "出版社",
  "price_from.given": "本次试算",
  "price_from.price_list": "取自价格表",
  "price_from.goods": "取自货品标价",
  "law.Regulation on Prohibition of Pyramid Selling, art. 7(1)": "《禁止传销条例》第七条第（一）项",
  "law.Regulation on Prohibition of Pyramid Selling, art. 7(2)": "《禁止传销条例》第七条第（二）项",
  "law.Regulation on Prohibition of Pyramid Selling, art. 7(3)": "《禁止传销条例》第七条第（三）项",
  "law.Interim Provisions on Regulating Promotion": "《规范促销行为暂行规定》",
  "law.Internet Platform Pricing Rules": "《互联网平台价格行为规则》",
  "law.WeChat Rules on External Links, induced sharing": "《微信外部链接内容管理规范》诱导分享",
  "law.product limit on prompts to share; no legal number exists":
    "产品自设的分享提示上限，法律没有具体次数",
  "law.Price Law, art. 14(2)": "《价格法》第十四条第（二）项",
  "law.E-commerce Law, art. 34": "《电子商务法》第三十四条",
  "law.Antimonopoly Law, art. 18": "《反垄断法》第十八条",
  "law.Personal Information Protection Law, art. 6": "《个人信息保护法》第六条",
};
