//! The provisions behind the flags: what each comes from, since when, and whether its text was read.

use super::Severity;

/// A provision a flag stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Law {
    /// The flag's code.
    pub code: &'static str,
    /// How bad a breach is.
    pub severity: Severity,
    /// Where it is written, by the English name of the text.
    pub source: &'static str,
    /// The day it came into force, `2005-11-01`.
    pub since: &'static str,
    /// Whether the text itself was read; else it is from memory and somebody should look it up.
    pub text_read: bool,
}

/// The provision a flag stands for; nothing for flags that are not law.
pub fn law(code: &str) -> Option<&'static Law> {
    LAWS.iter().find(|law| law.code == code)
}

pub(super) fn severity(code: &str) -> Severity {
    match law(code) {
        Some(law) => law.severity,
        None if matches!(code, "BRAND_NET_NEGATIVE" | "PARTY_NEGATIVE") => Severity::Warn,
        None => Severity::Info,
    }
}

const PYRAMID_1: &str = "Regulation on Prohibition of Pyramid Selling, art. 7(1)";
const PYRAMID_2: &str = "Regulation on Prohibition of Pyramid Selling, art. 7(2)";
const PYRAMID_3: &str = "Regulation on Prohibition of Pyramid Selling, art. 7(3)";
const PYRAMID_SINCE: &str = "2005-11-01";
const PROMOTION: &str = "Interim Provisions on Regulating Promotion";
const PROMOTION_SINCE: &str = "2020-12-01";
const PLATFORM_PRICES: &str = "Internet Platform Pricing Rules";
const PLATFORM_PRICES_SINCE: &str = "2026-04-10";
const WECHAT_LINKS: &str = "WeChat Rules on External Links, induced sharing";
const WECHAT_LINKS_SINCE: &str = "2019-10-28";
const PROMPTS: &str = "product limit on prompts to share; no legal number exists";
const PROMPTS_SINCE: &str = "2026-01-01";

const fn read(
    code: &'static str,
    severity: Severity,
    source: &'static str,
    since: &'static str,
) -> Law {
    Law { code, severity, source, since, text_read: true }
}

const fn from_memory(
    code: &'static str,
    severity: Severity,
    source: &'static str,
    since: &'static str,
) -> Law {
    Law { code, severity, source, since, text_read: false }
}

/// Every provision that is checked.
pub static LAWS: &[Law] = &[
    read("RECRUIT_PAY", Severity::Error, PYRAMID_1, PYRAMID_SINCE),
    read("TIER_BY_HEADCOUNT", Severity::Error, PYRAMID_1, PYRAMID_SINCE),
    read("ENTRY_FEE", Severity::Error, PYRAMID_2, PYRAMID_SINCE),
    read("DEPTH_EXCEEDED", Severity::Error, PYRAMID_3, PYRAMID_SINCE),
    read("DEPTH_2_TEAM_PAY_RISK", Severity::Warn, PYRAMID_3, PYRAMID_SINCE),
    read("MORE_THAN_2_UPLINE_PAYEES", Severity::Warn, PYRAMID_3, PYRAMID_SINCE),
    read("TIER_BY_DOWNLINE_SALES", Severity::Warn, PYRAMID_3, PYRAMID_SINCE),
    read("INDUCED_SHARING", Severity::Error, WECHAT_LINKS, WECHAT_LINKS_SINCE),
    from_memory("PROMPT_OVER_DAY_LIMIT", Severity::Error, PROMPTS, PROMPTS_SINCE),
    from_memory("PROMPT_CONTACT_TOO_SOON", Severity::Error, PROMPTS, PROMPTS_SINCE),
    from_memory("PROMPT_AFTER_OPT_OUT", Severity::Error, PROMPTS, PROMPTS_SINCE),
    read("REFERENCE_PRICE_ABOVE_7DAY_LOW", Severity::Error, PROMOTION, PROMOTION_SINCE),
    read("REFERENCE_PRICE_UNPROVEN", Severity::Error, PROMOTION, PROMOTION_SINCE),
    read("LOTTERY_PRIZE_OVER_50000", Severity::Error, PROMOTION, PROMOTION_SINCE),
    read("VIRTUAL_GROUP_MEMBERS", Severity::Error, PROMOTION, PROMOTION_SINCE),
    read("BRAND_SHARE_WITHOUT_CONSENT", Severity::Error, PLATFORM_PRICES, PLATFORM_PRICES_SINCE),
    read("PERSONALISED_PRICE", Severity::Error, PLATFORM_PRICES, PLATFORM_PRICES_SINCE),
    from_memory("BELOW_COST", Severity::Warn, "Price Law, art. 14(2)", "1998-05-01"),
    from_memory(
        "RULE_NOTICE_UNDER_7_DAYS",
        Severity::Error,
        "E-commerce Law, art. 34",
        "2019-01-01",
    ),
    from_memory(
        "RESALE_PRICE_FIXING_RISK",
        Severity::Warn,
        "Antimonopoly Law, art. 18",
        "2022-08-01",
    ),
    from_memory(
        "PERSONAL_DATA_AS_ID",
        Severity::Error,
        "Personal Information Protection Law, art. 6",
        "2021-11-01",
    ),
];
