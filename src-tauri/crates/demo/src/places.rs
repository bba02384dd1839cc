//! Where the brand's goods are: its own warehouses, the platforms', and the partners behind them.

use domain::shelf_life::LifeRule;
use serde_json::{Value, json};

use crate::{
    Size,
    stage::{Place, Stage, on},
};

struct Partner(&'static str, &'static str, &'static str, &'static str, &'static str);

const PARTNERS: &[Partner] = &[
    Partner("F1", "广州澜禾化妆品有限公司", "factory", "广东省广州市白云区示例路 18 号", "陈工"),
    Partner("F2", "苏州予颜生物科技有限公司", "factory", "江苏省苏州市吴中区示例路 6 号", "周工"),
    Partner("F3", "江西澄康健康产业有限公司", "factory", "江西省南昌市示例大道 99 号", "刘工"),
    Partner("B1", "示例印务有限公司", "packaging_supplier", "广东省东莞市示例路 7 号", "何工"),
    Partner("B2", "示例塑业有限公司", "packaging_supplier", "浙江省宁波市示例路 3 号", "林工"),
    Partner("C1", "示例物流有限公司", "carrier", "浙江省杭州市萧山区示例路 1 号", "调度"),
];

/// Where a partner is paid: its code, the bank, the name if it is another's, and a number that no
/// bank has.
struct Account(&'static str, &'static str, &'static str, &'static str);

const ACCOUNTS: &[Account] = &[
    Account("F1", "示例银行广州白云支行", "", "0000 0000 0000 0000 018"),
    Account("F2", "示例银行苏州吴中支行", "", "0000 0000 0000 0000 006"),
    Account(
        "F3",
        "示例银行南昌高新支行",
        "江西澄康健康产业有限公司南昌分公司",
        "0000 0000 0000 0000 099",
    ),
    Account("B1", "示例银行东莞厚街支行", "", "0000 0000 0000 0000 007"),
    Account("B2", "示例银行宁波鄞州支行", "", "0000 0000 0000 0000 003"),
    Account("C1", "示例银行杭州萧山支行", "", "0000 0000 0000 0000 001"),
];

/// What factories are licensed to make, by category, and for how many days from today.
struct Licence(&'static str, &'static str, &'static str, &'static str, u64);

const LICENCES: &[Licence] = &[
    Licence("F1", "化妆品生产许可证", "护肤", "粤妆示例0018", 900),
    Licence("F1", "消毒产品生产企业卫生许可证", "女性健康", "粤卫消证字示例018号", 610),
    Licence("F2", "化妆品生产许可证", "面膜", "苏妆示例0006", 700),
    Licence("F3", "食品生产许可证", "女性健康", "SC-示例-0099", 40),
];

/// The platforms: code, name, share of sales in percent, least share of life in ppm, least days,
/// days before expiry at which it stops selling, days on the way.
struct Platform(&'static str, &'static str, i64, Option<i64>, Option<i64>, i64, i64);

const PLATFORMS: &[Platform] = &[
    Platform("P1", "社交分销平台仓", 30, Some(500_000), None, 60, 4),
    Platform("P2", "综合电商自营仓", 26, Some(666_667), None, 90, 5),
    Platform("P3", "直播云仓", 22, None, Some(180), 60, 3),
    Platform("P4", "拼团平台仓", 14, Some(400_000), None, 30, 4),
    Platform("P5", "特卖清仓仓", 8, None, Some(90), 15, 6),
];

/// Days until goods that arrived can be sold.
const RECEIVE_LAG: i64 = 2;

/// The platforms of a size.
pub(crate) fn platforms(size: Size) -> Vec<Place> {
    let count = if size == Size::Tiny { 2 } else { PLATFORMS.len() };
    let each = PLATFORMS.iter().take(count);
    each.map(|Platform(code, _, share, ppm, days, pull, transit)| Place {
        code,
        share_percent: *share,
        rule: LifeRule { min_share_ppm: *ppm, min_days: *days, pull_days: *pull },
        transit_days: *transit,
        lag_days: RECEIVE_LAG,
    })
    .collect()
}

/// Founds partners and places: production first, the rest on the day on which it goes live.
pub(crate) fn found(stage: &mut Stage) {
    for Partner(code, name, kind, address, contact) in PARTNERS {
        let fields = json!({
            "code": code, "name": name, "kind": kind, "taxNo": "", "address": address,
            "contact": contact, "phone": "000-0000-0000", "licences": licences(stage, code),
        });
        stage.call(stage.founded, "partner.save", json!({ "id": null, "fields": fields }));
    }
    for Account(code, bank, holder, number) in ACCOUNTS {
        let account = json!({
            "partner": format!("@partner/{code}"), "bank": bank, "holder": holder,
            "number": number,
        });
        stage.call(stage.founded, "partner.save_bank", account);
    }
    for factory in ["F1", "F2", "F3"] {
        let name = format!("{factory} 客供料");
        let route = (2, 1);
        let words = (factory, name.as_str(), "factory");
        let mut fields = place(stage, words, "", &LifeRule::default(), route);
        fields["partner"] = json!(format!("@partner/{factory}"));
        fields["liveFrom"] = json!(stage.founded);
        stage.call(stage.founded, "location.save", json!({ "id": null, "fields": fields }));
    }
    if stage.size == Size::Demo {
        // The first warehouse: it sells to distributors, and was in the book before the others.
        let words = ("W1", "华南分销仓", "own");
        let address = "广东省广州市花都区示例路 20 号";
        let mut fields = place(stage, words, address, &LifeRule::default(), (2, 1));
        fields["sells"] = json!(true);
        fields["liveFrom"] = json!(stage.founded);
        stage.call(stage.founded, "location.save", json!({ "id": null, "fields": fields }));
    }
    let day = stage.live_from;
    let own = [("W0", "杭州总仓", "浙江省杭州市余杭区示例路 88 号"), ("W9", "退货仓", "")];
    for (code, name, address) in own {
        let fields = place(stage, (code, name, "own"), address, &LifeRule::default(), (2, 1));
        stage.call(day, "location.save", json!({ "id": null, "fields": fields }));
    }
    for platform in platforms(stage.size) {
        let known = PLATFORMS.iter().find(|known| known.0 == platform.code);
        let name = known.map_or(platform.code, |known| known.1);
        let route = (platform.transit_days, platform.lag_days);
        let words = (platform.code, name, "platform");
        let fields = place(stage, words, "华东示例物流园", &platform.rule, route);
        stage.call(day, "location.save", json!({ "id": null, "fields": fields }));
    }
}

fn licences(stage: &Stage, partner: &str) -> Vec<Value> {
    let held = LICENCES.iter().filter(|licence| licence.0 == partner);
    held.map(|Licence(_, kind, category, number, days)| {
        json!({
            "kind": kind, "category": category, "number": number,
            "expiresOn": on(stage.today, *days),
        })
    })
    .collect()
}

fn place(
    stage: &Stage,
    (code, name, kind): (&str, &str, &str),
    address: &str,
    rule: &LifeRule,
    (transit, lag): (i64, i64),
) -> Value {
    json!({
        "code": code,
        "name": name,
        "kind": kind,
        "sells": kind == "platform",
        "liveFrom": stage.live_from,
        "address": address,
        "lifeRule": {
            "minSharePpm": rule.min_share_ppm,
            "minDays": rule.min_days,
            "pullDays": rule.pull_days,
        },
        "route": {
            "transitDaysP90": transit,
            "receiveLagDaysP90": lag,
            "reviewDays": 7,
            "targetCoverDays": 30,
        },
        "partner": null,
    })
}
