//! Papers of making goods at a factory, of the same invented brand, in both languages.

use documents::{
    Contract, ContractKind, ContractLine, Dpi, FactoryStatementForm, GoodsReceipt,
    GoodsReceiptLine, Instalment, Lang, LossSettlement, LotLabel, MaterialSlip, MaterialSlipLine,
    Party, PaymentRequest, ReceivedLot, ReturnLine, ReturnNote, StatedMaterial, SuppliedMaterial,
    SuppliedMaterials, contract, factory_statement, goods_receipt, lot_labels, material_slip,
    payment_request, return_note,
};
use domain::{
    Status,
    materials::SlipKind,
    offer::LossBase,
    quality::SettleBy,
    terms::{Milestone, Trigger},
};
use rust_decimal::Decimal;

use crate::samples::{brand, brand_en, day, decimal, factory, factory_en, gtin, order, print};

/// The Chinese or the English of a text.
pub(crate) fn either(lang: Lang, zh: &str, en: &str) -> String {
    if lang == Lang::Zh { zh.into() } else { en.into() }
}

pub(crate) fn parties(lang: Lang) -> (Party, Party) {
    match lang {
        Lang::Zh => (brand(), factory()),
        Lang::En => (brand_en(), factory_en()),
    }
}

/// Every paper of production, so that all their words are printed at least once.
pub(crate) fn production_papers(lang: Lang) -> Vec<(&'static str, Vec<u8>)> {
    let print = print(lang, Dpi::D203);
    let reworked = Contract { lines: untaxed(lang), ..every_term(lang) };
    let back = MaterialSlip { kind: SlipKind::Return, ..slip(lang) };
    vec![
        ("processing", contract(&processing(lang), &print).unwrap()),
        ("purchase", contract(&purchase(lang), &print).unwrap()),
        ("every-term", contract(&reworked, &print).unwrap()),
        ("payment", payment_request(&payment(lang), &print).unwrap()),
        ("issue", material_slip(&slip(lang), &print).unwrap()),
        ("return-slip", material_slip(&back, &print).unwrap()),
        ("receipt", goods_receipt(&receipt(lang), &print).unwrap()),
        ("lots", lot_labels(&lots(lang), &print).unwrap()),
        ("statement", factory_statement(&statement(lang), &print).unwrap()),
        ("return-note", return_note(&returned(lang), &print).unwrap()),
    ]
}

/// 5,000 units at 9.80 with 13 % within, a third good without a version.
pub(crate) fn processing(lang: Lang) -> Contract {
    let (buyer, factory) = parties(lang);
    let mut lines = vec![
        taxed("SK009", &either(lang, "烟酰胺透亮精华液", "Niacinamide serum"), 5_000, "9.80"),
        taxed("SK010", &either(lang, "神经酰胺舒缓面霜", "Ceramide cream"), 2_000, "11.95"),
    ];
    for line in &mut lines {
        line.unit = either(lang, "瓶", "pc");
        line.version = Some("V2".into());
        line.artwork = Some("JH-A-023-02".into());
        line.registration = Some(either(lang, "粤G妆网备字2026012345", "G-2026012345"));
    }
    Contract {
        kind: ContractKind::Processing,
        number: "PO-20261003-011".into(),
        revision: Some(2),
        buyer,
        factory,
        sign_place: Some(either(lang, "杭州市西湖区", "Hangzhou")),
        deliver_on: Some(day("2026-11-12")),
        deliver_to: Some(either(
            lang,
            "杭州总仓 浙江省杭州市余杭区仓前街道绿汀路 1 号 A2 库 3 号门",
            "Main store, gate 3, 1 Lyuting Rd, Hangzhou",
        )),
        over_percent: Some(decimal("5")),
        short_percent: Some(decimal("2")),
        over_is_free: false,
        materials: Some(materials(lang)),
        schedule: instalments(
            &lines,
            &[
                (Trigger::Accept { days: 3 }, "50", Some("2026-10-08")),
                (Trigger::BeforeShip, "50", None),
            ],
        ),
        lines,
        quality: vec![
            either(
                lang,
                "按甲方确认的封样及配方生产；未经甲方书面同意不得更改配方、包材及工艺。",
                "Made as the sealed sample; no change without written consent.",
            ),
            either(
                lang,
                "验收按 GB/T 2828.1-2012 一般检验水平 II，AQL：致命 0，严重 2.5，轻微 4.0；每批留样 12 瓶，保存至到期后 6 个月。",
                "GB/T 2828.1-2012, level II: critical 0, major 2.5, minor 4.0.",
            ),
        ],
        terms: vec![
            either(
                lang,
                "乙方不得以任何方式销售、仿制带有甲方商标的产品，违者按合同金额的 200% 支付违约金。",
                "Party B sells none of the goods to others.",
            ),
            either(
                lang,
                "超出允许损耗的物料由乙方按成本赔偿，从尾款中扣除。",
                "What is lost beyond the allowance is claimed at cost.",
            ),
        ],
        ..order()
    }
}

/// A line with 13 % within its price.
pub(crate) fn taxed(sku: &str, name: &str, quantity: i64, price: &str) -> ContractLine {
    crate::samples::line(sku, name, "30 ml × 96", quantity, price)
}

fn materials(lang: Lang) -> SuppliedMaterials {
    let one = |sku: &str, zh: &str, en: &str, quantity, allowance: &str| SuppliedMaterial {
        sku: sku.into(),
        name: either(lang, zh, en),
        quantity,
        unit: either(lang, "个", "pc"),
        allowance_percent: decimal(allowance),
    };
    SuppliedMaterials {
        loss_base: LossBase::Good,
        lines: vec![
            one("PK-BT-009", "30 ml 磨砂玻璃瓶", "Glass bottle 30 ml", 5_150, "3"),
            one("PK-PM-009", "真空泵头（白）", "Pump, white", 5_150, "3"),
            one("PK-BX-009", "彩盒 V2", "Box V2", 5_100, "1.5"),
        ],
    }
}

/// Instalments of what `lines` cost; the last takes the cent.
pub(crate) fn instalments(
    lines: &[ContractLine],
    terms: &[(Trigger, &str, Option<&str>)],
) -> Vec<Instalment> {
    let total: Decimal = lines.iter().map(|l| l.amount).sum();
    let mut left = total;
    let last = terms.len() - 1;
    terms
        .iter()
        .enumerate()
        .map(|(at, (trigger, percent, due_on))| {
            let percent = decimal(percent);
            let part = (total * percent / Decimal::ONE_HUNDRED).round_dp(2);
            let amount = if at == last { left } else { part };
            left -= amount;
            Instalment { trigger: *trigger, percent, amount, due_on: due_on.map(day) }
        })
        .collect()
}

/// Packaging, priced before tax.
pub(crate) fn purchase(lang: Lang) -> Contract {
    let mut order = processing(lang);
    order.kind = ContractKind::Purchase;
    order.number = "PU-20261003-002".into();
    order.revision = None;
    order.price_includes_tax = false;
    order.materials = None;
    order.over_is_free = true;
    order.lines = vec![
        net("PK-BT-009", &either(lang, "30 ml 磨砂玻璃瓶", "Glass bottle"), 10_000, "2.10"),
        net("PK-BX-009", &either(lang, "彩盒 V2", "Box V2"), 10_000, "0.86"),
    ];
    for line in &mut order.lines {
        line.unit = either(lang, "个", "pc");
    }
    let terms =
        [(Trigger::Accept { days: 0 }, "30", None), (Trigger::Receipt { days: 30 }, "70", None)];
    order.schedule = instalments(&order.lines, &terms);
    order
}

/// A line with 13 % on top of its price.
pub(crate) fn net(sku: &str, name: &str, quantity: i64, price: &str) -> ContractLine {
    let before = decimal(price) * Decimal::from(quantity);
    let tax = (before * decimal("0.13")).round_dp(2);
    ContractLine {
        unit_price: decimal(price),
        amount: before + tax,
        tax,
        ..taxed(sku, name, quantity, price)
    }
}

pub(crate) fn untaxed(lang: Lang) -> Vec<ContractLine> {
    let mut lines = processing(lang).lines;
    for line in &mut lines {
        line.tax_percent = None;
        line.tax = Decimal::ZERO;
    }
    lines
}

/// A contract with every way of falling due.
fn every_term(lang: Lang) -> Contract {
    let milestone = |milestone, days| Trigger::Milestone { milestone, days };
    let mut order = processing(lang);
    order.schedule = instalments(
        &order.lines,
        &[
            (Trigger::Accept { days: 0 }, "10", Some("2026-10-03")),
            (milestone(Milestone::Sample, 0), "10", None),
            (milestone(Milestone::MaterialReady, 2), "10", None),
            (milestone(Milestone::Filling, 2), "10", None),
            (milestone(Milestone::Packing, 2), "10", None),
            (milestone(Milestone::Qc, 2), "10", None),
            (milestone(Milestone::Ready, 5), "10", None),
            (Trigger::BeforeShip, "20", None),
            (Trigger::Receipt { days: 30 }, "10", None),
        ],
    );
    if let Some(materials) = &mut order.materials {
        materials.loss_base = LossBase::GoodAndRejected;
    }
    order
}

pub(crate) fn payment(lang: Lang) -> PaymentRequest {
    PaymentRequest {
        number: "PR-20261005-004".into(),
        requested_on: day("2026-10-05"),
        payee: parties(lang).1,
        bank: Some(either(lang, "中国工商银行广州白云支行", "ICBC Guangzhou Baiyun")),
        holder: Some(either(lang, "广州代工厂财务部", "Guangzhou OEM finance")),
        account: Some("3602 0123 0920 0456 789".into()),
        order: "PO-20261003-011".into(),
        trigger: Trigger::BeforeShip,
        percent: Some(decimal("50")),
        shipment: Some(1),
        due_on: Some(day("2026-11-08")),
        currency: "CNY".into(),
        payable: decimal("72900"),
        paid: decimal("36450"),
        deducted: decimal("350"),
        amount: decimal("8100"),
        invoiced: Some(decimal("36450")),
        reason: either(
            lang,
            "首批 2,000 瓶已备妥，合同约定款到发货，请于发货前支付。",
            "The first 2,000 are ready and leave when they are paid for.",
        ),
    }
}

pub(crate) fn place(lang: Lang, zh: &str, en: &str) -> Party {
    Party {
        name: either(lang, zh, en),
        address: Some(either(
            lang,
            "浙江省杭州市余杭区绿汀路 1 号 A2 库",
            "1 Lyuting Rd, Hangzhou",
        )),
        contact: Some(either(lang, "李师傅", "Mr Li")),
        phone: Some("0571-8888 1234".into()),
        ..Party::default()
    }
}

pub(crate) fn slip(lang: Lang) -> MaterialSlip {
    let one = |sku: &str, zh: &str, en: &str, lot: &str, quantity| MaterialSlipLine {
        sku: sku.into(),
        name: either(lang, zh, en),
        spec: "30 ml".into(),
        lot: lot.into(),
        quantity,
        unit: either(lang, "个", "pc"),
    };
    MaterialSlip {
        kind: SlipKind::Issue,
        number: "MI-20261009-001".into(),
        on: day("2026-10-09"),
        order: Some("PO-20261003-011".into()),
        from: place(lang, "杭州总仓", "Main store"),
        to: parties(lang).1,
        lines: vec![
            one("PK-BT-009", "磨砂玻璃瓶", "Glass bottle", "B2609-01", 3_000),
            one("PK-BT-009", "磨砂玻璃瓶", "Glass bottle", "B2609-02", 2_150),
            one("PK-PM-009", "真空泵头（白）", "Pump, white", "P2608-07", 5_150),
        ],
        note: Some(either(lang, "玻璃易碎，勿叠放超过 4 层。", "Glass: no more than four layers.")),
    }
}

pub(crate) fn receipt(lang: Lang) -> GoodsReceipt {
    let lot = |lot: &str, quantity, status| ReceivedLot {
        lot: lot.into(),
        manufactured: Some(day("2026-10-20")),
        expires: Some(day("2029-10-19")),
        quantity,
        status,
    };
    let line = |sku: &str, zh: &str, en: &str, ordered, received_before, lots| GoodsReceiptLine {
        sku: sku.into(),
        name: either(lang, zh, en),
        unit: either(lang, "瓶", "pc"),
        ordered,
        received_before,
        lots,
    };
    GoodsReceipt {
        number: "GR-20261112-003".into(),
        received_on: day("2026-11-12"),
        order: "PO-20261003-011".into(),
        delivery_note: Some("BR-77120".into()),
        supplier: parties(lang).1,
        place: place(lang, "杭州总仓", "Main store"),
        lines: vec![
            line(
                "SK009",
                "烟酰胺透亮精华液",
                "Niacinamide serum",
                5_000,
                2_000,
                vec![
                    lot("L261020A", 1_800, Status::Quarantine),
                    lot("L261020B", 1_260, Status::Quarantine),
                ],
            ),
            line(
                "SK010",
                "神经酰胺舒缓面霜",
                "Ceramide cream",
                2_000,
                0,
                vec![lot("C261018", 1_500, Status::Good), lot("C261019", 24, Status::Defective)],
            ),
            line(
                "SK011",
                "氨基酸温和洁面乳",
                "Face wash",
                48,
                0,
                vec![ReceivedLot {
                    manufactured: None,
                    expires: None,
                    ..lot("F2610", 48, Status::Blocked)
                }],
            ),
        ],
        note: Some(either(
            lang,
            "3 箱外箱受潮，内装完好，已拍照。",
            "Three cartons damp, goods sound.",
        )),
    }
}

pub(crate) fn lots(lang: Lang) -> Vec<LotLabel> {
    let first = LotLabel {
        sku: "SK009".into(),
        name: either(lang, "烟酰胺透亮精华液", "Niacinamide serum"),
        spec: "30 ml × 96".into(),
        gtin: Some(gtin()),
        lot: "L261020A".into(),
        coded: None,
        manufactured: Some(day("2026-10-20")),
        expires: Some(day("2029-10-19")),
        quantity: 1_800,
        unit: either(lang, "瓶", "pc"),
        status: Status::Quarantine,
        source: Some("GR-20261112-003".into()),
    };
    vec![
        first.clone(),
        LotLabel { gtin: None, lot: "B2609 #1".into(), status: Status::Good, ..first.clone() },
        LotLabel {
            lot: either(lang, "广州二批", "Batch two"),
            coded: Some("GZ2".into()),
            expires: None,
            manufactured: None,
            source: None,
            status: Status::Blocked,
            ..first
        },
    ]
}

/// One material with a count that differs by −320, one that was not counted; the loss of the
/// boxes on good units only.
pub(crate) fn statement(lang: Lang) -> FactoryStatementForm {
    let (owner, factory) = parties(lang);
    let one = |sku: &str, zh: &str, en: &str, counted| StatedMaterial {
        sku: sku.into(),
        name: either(lang, zh, en),
        unit: either(lang, "个", "pc"),
        opening: 1_200,
        sent: 5_150,
        direct_in: 10_000,
        consumed: 6_000,
        returned: 150,
        loss: 120,
        counted_off: -30,
        counted,
    };
    FactoryStatementForm {
        number: "FS-202610-F1".into(),
        month: day("2026-10-31"),
        owner,
        factory,
        lines: vec![
            one("PK-PM-009", "真空泵头（白）", "Pump, white", Some(9_730)),
            one("PK-BX-009", "彩盒 V2", "Box V2", None),
        ],
        losses: vec![LossSettlement {
            order: "PO-20261003-011".into(),
            sku: "PK-BX-009".into(),
            name: either(lang, "彩盒 V2", "Box V2"),
            issued: 6_289,
            returned: 0,
            used: 5_880,
            allowed: 188,
            claimed: 221,
        }],
        note: Some(either(lang, "泵头差异待工厂复盘。", "The pumps are to be counted again.")),
    }
}

pub(crate) fn returned(lang: Lang) -> ReturnNote {
    let one = |sku: &str, zh: &str, en: &str, lot: &str, quantity, why: (&str, &str), settle_by| {
        ReturnLine {
            sku: sku.into(),
            name: either(lang, zh, en),
            lot: lot.into(),
            quantity,
            unit: either(lang, "瓶", "pc"),
            reason: either(lang, why.0, why.1),
            settle_by,
        }
    };
    ReturnNote {
        number: "RF-20261118-001".into(),
        on: day("2026-11-18"),
        order: Some("PO-20261003-011".into()),
        from: place(lang, "杭州总仓", "Main store"),
        to: parties(lang).1,
        lines: vec![
            one(
                "SK009",
                "烟酰胺透亮精华液",
                "Niacinamide serum",
                "L261020A",
                200,
                ("泵头漏液", "Pumps leak"),
                SettleBy::Replace,
            ),
            one(
                "SK010",
                "神经酰胺舒缓面霜",
                "Ceramide cream",
                "C261019",
                24,
                ("膏体分层，黏度低于标准下限", "Cream parts"),
                SettleBy::Credit,
            ),
            one(
                "SK009",
                "烟酰胺透亮精华液",
                "Niacinamide serum",
                "L261020B",
                60,
                ("彩盒贴错批号", "Wrong batch on the box"),
                SettleBy::Rework,
            ),
        ],
        note: Some(either(lang, "请于 2026-11-25 前书面答复。", "Please answer by 2026-11-25.")),
    }
}
