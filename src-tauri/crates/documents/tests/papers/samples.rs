//! Papers of one invented brand, used by all proofs.

use chrono::{NaiveDate, NaiveDateTime};
use documents::{
    Carton, CartonContent, CartonIdentity, CartonLabels, CartonRun, Contract, ContractKind,
    ContractLine, Dpi, Lang, PackedLot, PackingList, Party, Print,
};
use rust_decimal::Decimal;
use standards::{CompanyPrefix, Gtin, Sscc};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn print(lang: Lang, dpi: Dpi) -> Print {
    let at = "2026-10-01T09:30:00".parse::<NaiveDateTime>().unwrap();
    let operator = if lang == Lang::Zh { "王晓梅" } else { "M. Wang" }.to_owned();
    Print { lang, printed_at: at, operator, copy: 1, dpi }
}

pub(crate) fn brand() -> Party {
    Party {
        name: "杭州品仓日化有限公司".into(),
        credit_code: Some("91330106MA2ABCDE1X".into()),
        address: Some("浙江省杭州市西湖区文三路 138 号东方通信大厦 12 层 1203 室".into()),
        contact: Some("王晓梅".into()),
        phone: Some("0571-8888 6666".into()),
    }
}

pub(crate) fn factory() -> Party {
    Party {
        name: "广州佰润精细化工科技股份有限公司".into(),
        credit_code: Some("91440101MA59FGHJ2K".into()),
        address: Some("广东省广州市白云区均禾街清湖村创业路 9 号 3 栋".into()),
        contact: Some("陈志强".into()),
        phone: Some("020-3666 1288".into()),
    }
}

pub(crate) fn line(sku: &str, name: &str, spec: &str, quantity: i64, price: &str) -> ContractLine {
    let amount = (decimal(price) * Decimal::from(quantity)).round_dp(2);
    let tax = (amount * Decimal::from(13) / Decimal::from(113)).round_dp(2);
    ContractLine {
        sku: sku.into(),
        name: name.into(),
        spec: spec.into(),
        version: None,
        artwork: None,
        registration: None,
        quantity,
        unit: "瓶".into(),
        unit_price: decimal(price),
        tax_percent: Some(decimal("13")),
        amount,
        tax,
    }
}

pub(crate) fn order() -> Contract {
    Contract {
        kind: ContractKind::Processing,
        number: "PO-20261001-003".into(),
        revision: None,
        ordered_on: day("2026-10-01"),
        sign_place: Some("杭州市西湖区".into()),
        currency: "CNY".into(),
        price_includes_tax: true,
        buyer: brand(),
        factory: factory(),
        lines: vec![
            line("SK001", "氨基酸温和洁面乳", "120 ml × 48", 4_800, "6.85"),
            line("SK002", "生姜控油去屑洗发水（清爽型）", "500 ml × 24", 2_400, "9.4"),
            line("SK003", "Amino 玻尿酸保湿面膜 5 片装", "25 ml × 5", 12_000, "3.275"),
        ],
        deliver_on: Some(day("2026-10-28")),
        deliver_to: None,
        over_percent: None,
        short_percent: None,
        over_is_free: false,
        materials: None,
        schedule: Vec::new(),
        quality: Vec::new(),
        terms: vec![
            "乙方按甲方确认的封样及配方生产，未经甲方书面同意不得更改配方、包材及工艺；甲方提供的包材损耗率不得超过 1.5%，超出部分由乙方按成本赔偿。".into(),
            "甲方于本订单签订后 3 个工作日内支付 30% 定金，余款于出货前付清。".into(),
            "验收按 GB/T 2828.1-2012 一般检验水平 II，AQL：致命 0，严重 2.5，轻微 4.0；每批留样 12 瓶，保存至到期后 6 个月。".into(),
            "乙方不得以任何方式销售、仿制带有甲方商标的产品，违者按订单金额的 200% 支付违约金。".into(),
        ],
    }
}

fn english_party(name: &str, address: &str) -> Party {
    Party {
        name: name.into(),
        credit_code: Some("91330106MA2ABCDE1X".into()),
        address: Some(address.into()),
        contact: Some("M. Wang".into()),
        phone: Some("+86 571 8888 6666".into()),
    }
}

pub(crate) fn brand_en() -> Party {
    let address = "Suite 1203, 138 Wensan Rd, Hangzhou 310012, China";
    english_party("Hangzhou Pincang Care Ltd.", address)
}

pub(crate) fn factory_en() -> Party {
    let address = "Bldg 3, 9 Chuangye Rd, Guangzhou, China";
    english_party("Guangzhou Bairun Fine Chemicals", address)
}

pub(crate) fn order_en() -> Contract {
    Contract {
        buyer: brand_en(),
        factory: factory_en(),
        sign_place: Some("Hangzhou".into()),
        lines: order()
            .lines
            .into_iter()
            .zip(["Amino face wash", "Ginger shampoo", "Hyaluron mask"])
            .map(|(l, name)| ContractLine { name: name.into(), unit: "pc".into(), ..l })
            .collect(),
        terms: vec!["Made as the sealed sample.".into(), "30 % in advance.".into()],
        ..order()
    }
}

pub(crate) fn gtin() -> Gtin {
    Gtin::parse("6901234567892").unwrap()
}

pub(crate) fn packed(sku: &str, name: &str, lot: &str, pieces: i64) -> PackedLot {
    PackedLot {
        sku: sku.into(),
        name: name.into(),
        gtin: Some(gtin()),
        lot: lot.into(),
        manufactured: Some(day("2025-03-10")),
        expires: Some(day("2028-03-09")),
        pieces_per_carton: pieces,
    }
}

pub(crate) fn packing() -> PackingList {
    let run = |first, last, contents| CartonRun {
        first,
        last,
        contents,
        net_grams: Some(9_600),
        gross_grams: Some(10_450),
        size_mm: Some([400, 300, 255]),
    };
    PackingList {
        transfer_number: "TR-20261002-001".into(),
        ship_date: day("2026-10-02"),
        order_reference: Some("ASN88120044".into()),
        from: brand(),
        to: Party {
            name: "平台华东一号仓".into(),
            address: Some("江苏省苏州市昆山市花桥镇绿地大道 231 号 B3 库 5 号月台".into()),
            contact: Some("收货组".into()),
            phone: Some("0512-5577 0000".into()),
            ..Party::default()
        },
        cartons: vec![
            run(1, 16, vec![packed("SK001", "氨基酸温和洁面乳 120 ml", "L2503A", 48)]),
            run(17, 20, vec![packed("SK002", "生姜控油去屑洗发水（清爽型）500 ml", "L2506C", 24)]),
            run(
                21,
                21,
                vec![
                    packed("SK003", "玻尿酸保湿面膜 5 片装", "M2507", 30),
                    packed("SK001", "氨基酸温和洁面乳 120 ml", "L2503A", 12),
                ],
            ),
        ],
    }
}

pub(crate) fn packing_en() -> PackingList {
    let place = |name: &str| Party {
        name: name.into(),
        address: Some("231 Green Avenue, Kunshan, China".into()),
        ..Party::default()
    };
    let mut list = packing();
    list.from = place("Hangzhou store");
    list.to = place("Mall East 1");
    for run in &mut list.cartons {
        for lot in &mut run.contents {
            lot.name = "Face wash".into();
        }
    }
    list
}

pub(crate) fn sscc(serial: u64) -> Sscc {
    Sscc::build(3, &CompanyPrefix::parse("69012345").unwrap(), serial).unwrap()
}

pub(crate) fn content(sku: &str, name: &str, lot: &str, quantity: i64) -> CartonContent {
    CartonContent {
        sku: sku.into(),
        name: name.into(),
        gtin: Some(gtin()),
        lot: lot.into(),
        manufactured: Some(day("2025-03-10")),
        expires: Some(day("2028-03-09")),
        quantity,
    }
}

pub(crate) fn carton(number: i64) -> Carton {
    Carton {
        number,
        identity: CartonIdentity::Sscc(sscc(u64::try_from(number).unwrap())),
        contents: vec![content("SK001", "氨基酸温和洁面乳 120 ml", "L2503A", 48)],
        gross_grams: Some(10_450),
        size_mm: Some([400, 300, 255]),
    }
}

pub(crate) fn labels(cartons: Vec<Carton>) -> CartonLabels {
    CartonLabels {
        brand: "品仓 PINCANG".into(),
        consignee: "平台华东一号仓".into(),
        destination: "江苏省苏州市昆山市花桥镇绿地大道 231 号 B3 库 5 号月台 收货组 0512-5577 0000"
            .into(),
        transfer_number: "TR-20261002-001".into(),
        order_reference: Some("ASN88120044".into()),
        cartons_total: 16,
        cartons,
    }
}

pub(crate) fn internal(number: i64) -> Carton {
    Carton {
        identity: CartonIdentity::Internal(format!("TR-20261002-001-{number:03}")),
        ..carton(number)
    }
}

pub(crate) fn mixed(number: i64) -> Carton {
    Carton {
        contents: vec![
            content("SK003", "玻尿酸保湿面膜 5 片装", "M2507", 30),
            content("SK001", "氨基酸温和洁面乳 120 ml", "L2503A", 12),
        ],
        ..carton(number)
    }
}

/// About three hundred characters of a name that also mixes scripts.
pub(crate) fn long_name() -> String {
    "天然植萃氨基酸表活温和洁面乳（敏感肌适用）Amino Acid Cleanser 旅行装，含神经酰胺与泛醇。"
        .repeat(6)
}
