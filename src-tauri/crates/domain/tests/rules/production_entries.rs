//! One sample of every kind of entry about production.

use domain::{
    Body, DocKind, Fact, Status,
    attachment::{AttachedTo, Attachment},
    bom::{Bom, BomLine, Loss, SuppliedBy},
    channel::{BelowCost, Channel, ChannelPrice},
    claim::{ClaimEnd, ClaimLine},
    kept::{KeepKind, KeptLine},
    landed::{Basis, Bill},
    materials::{MaterialLine, MaterialSlip, SettledLoss, SlipKind},
    offer::{LossBase, Offer},
    order::{OrderContent, OrderKind, OrderLine, Reached},
    quality::{Decided, Decision, SettleBy},
    statement::{FactoryStatement, StatedLine, StatementLine, StatementState},
    tax::{Invoice, InvoiceKind},
    terms::{Milestone, Term, Trigger},
    valuation::{Passing, PassingKind},
    version::{OldStock, SkuVersion},
};

use super::{day, id, lot, place_id, sku};

fn schedule() -> Vec<Term> {
    vec![
        Term { trigger: Trigger::Accept { days: 3 }, share_ppm: 300_000 },
        Term {
            trigger: Trigger::Milestone { milestone: Milestone::Filling, days: 0 },
            share_ppm: 200_000,
        },
        Term { trigger: Trigger::BeforeShip, share_ppm: 300_000 },
        Term { trigger: Trigger::Receipt { days: 30 }, share_ppm: 200_000 },
    ]
}

fn bill_line() -> BomLine {
    let supplied_by = SuppliedBy::Brand;
    BomLine { material: sku(9), per_1000: 1_000, allowance_ppm: 30_000, supplied_by }
}

fn order() -> OrderContent {
    let line = OrderLine {
        version: Some(id(11)),
        materials: vec![bill_line()],
        ..OrderLine::of(sku(1), 9)
    };
    OrderContent {
        kind: OrderKind::Purchase,
        materials_at: Some(place_id(4)),
        over_is_free: true,
        tax_rate_ppm: 130_000,
        price_includes_tax: true,
        loss_base: LossBase::GoodAndRejected,
        schedule: schedule(),
        ..OrderContent::new("PO-A-2026-0042", id(3), place_id(2), vec![line])
    }
}

fn of_orders() -> Vec<Body> {
    let reason = || "改".to_owned();
    let reached = Reached {
        milestone: Milestone::Ready,
        planned_on: Some(day("2026-11-01")),
        reached_on: None,
    };
    let decided = Decided {
        line: 0,
        lot: lot(1),
        qty: 200,
        from: Status::Quarantine,
        decision: Decision::Return,
        settle_by: Some(SettleBy::Replace),
    };
    let loss = Loss { missing: 409, allowed: 188, claimed: 221 };
    let (order_id, place) = (id(7), place_id(2));
    vec![
        Body::of(Fact::OrderAmended {
            id: order_id,
            revision: 1,
            order: Box::new(order()),
            reason: reason(),
        }),
        Body::of(Fact::OrderMilestone { id: order_id, reached }),
        Body::of(Fact::OrderPaid { id: order_id, term: 0, overpaid: false, note: String::new() }),
        Body::of(Fact::DueWaived { id: order_id, term: 1, shipment: Some(0), reason: reason() }),
        Body::of(Fact::OrderRefunded { id: order_id, note: reason() }),
        Body::of(Fact::ClaimDecided {
            id: order_id,
            end: ClaimEnd::Deducted,
            lines: vec![ClaimLine { lot: lot(1), in_goods: false, units: 221 }],
            note: String::new(),
        }),
        Body {
            passings: vec![
                Passing { kind: PassingKind::Returned, from: lot(1), to: None, qty: 200 },
                Passing { kind: PassingKind::Replaced, from: lot(1), to: Some(lot(2)), qty: 200 },
            ],
            ..Body::of(Fact::QualityDecided {
                id: order_id,
                place,
                lines: vec![decided],
                reason: reason(),
            })
        },
        Body::of(Fact::LossSettled {
            id: order_id,
            place,
            lines: vec![SettledLoss { material: sku(9), loss }],
            reason: None,
        }),
    ]
}

fn of_partners() -> Vec<Body> {
    let offer = Offer {
        partner: id(3),
        sku: sku(1),
        tiers_from: vec![3_000, 10_000],
        tax_rate_ppm: 130_000,
        price_includes_tax: true,
        moq: 3_000,
        multiple: 100,
        lead_days_mean: 30,
        lead_days_p90: 41,
        terms: schedule(),
        loss_base: LossBase::Good,
        over_receipt_paid: true,
        from: day("2026-01-01"),
        to: None,
    };
    let version = SkuVersion {
        sku: sku(1),
        artwork_no: "A2".into(),
        registration_no: "粤G妆网备字2026".into(),
        from: day("2026-10-01"),
        to: None,
        old_stock: OldStock::Rework,
    };
    let bom = Bom {
        sku: sku(1),
        factory: id(3),
        version: Some(id(11)),
        from: day("2026-01-01"),
        to: None,
        lines: vec![bill_line()],
    };
    vec![
        Body::of(Fact::OfferSet { id: id(10), offer: Box::new(offer) }),
        Body::of(Fact::VersionSet { id: id(11), version }),
        Body::of(Fact::BomSet { id: id(12), bom: Box::new(bom) }),
    ]
}

fn of_materials() -> Vec<Body> {
    let place = place_id(4);
    let slip = MaterialSlip {
        number: "MI-A-2026-0001".into(),
        order: Some(id(7)),
        from: place_id(2),
        to: place,
        lines: vec![MaterialLine { material: sku(9), lot: lot(3), qty: 6_289 }],
        note: String::new(),
    };
    let line =
        StatementLine { opening: 9, sent: 6_289, consumed: 6_000, ..StatementLine::default() };
    let statement = FactoryStatement {
        place,
        month: day("2026-10-01"),
        state: StatementState::Disputed,
        lines: vec![StatedLine { material: sku(9), line, counted: Some(200) }],
        note: "少 98".into(),
    };
    vec![
        Body::of(Fact::MaterialMoved { kind: SlipKind::Issue, slip: Box::new(slip) }),
        Body::of(Fact::MaterialKept {
            id: id(7),
            place,
            kind: KeepKind::Keep,
            lines: vec![KeptLine { material: sku(9), qty: 109 }],
            note: "留给下一单".into(),
        }),
        Body::of(Fact::FactoryCounted { place, reason: "双方确认".into() }),
        Body::of(Fact::StatementSet { id: id(13), statement: Box::new(statement) }),
    ]
}

fn of_costs() -> Vec<Body> {
    let invoice = Invoice {
        number: "26442000".into(),
        partner: id(3),
        date: day("2026-11-05"),
        kind: InvoiceKind::Special,
        orders: vec![id(7)],
    };
    let bill = Bill {
        number: "YF-1".into(),
        partner: Some(id(4)),
        dated_on: day("2026-11-05"),
        basis: Basis::Weight,
        note: String::new(),
        lots: vec![(lot(1), 5_000)],
    };
    let file = Attachment {
        name: "合同.pdf".into(),
        sha256: "ab".into(),
        bytes: 12,
        removed: false,
        money: false,
    };
    let place = place_id(2);
    vec![
        Body::of(Fact::InvoiceSet { id: id(14), invoice: Box::new(invoice) }),
        Body::of(Fact::TaxSpread { id: id(14) }),
        Body::of(Fact::BillPosted { id: id(15), bill: Box::new(bill) }),
        Body::of(Fact::SetAssembled { place, lot: lot(5), qty: 3 }),
        Body::of(Fact::SetDisassembled { place, lot: lot(5), qty: 1 }),
        Body::of(Fact::Attached {
            to: AttachedTo { kind: DocKind::Order, id: id::<domain::OrderId>(7).0 },
            file,
        }),
    ]
}

fn of_channels() -> Vec<Body> {
    let rules = serde_json::json!({ "id": "s2b2c", "version": 1, "rounding": "half_up" });
    let channel = Channel {
        code: "MALL".into(),
        name_zh: "分销".into(),
        name_en: "Distribution".into(),
        shop: Some(id(4)),
        rules: vec![rules],
    };
    let price = ChannelPrice {
        channel: id(13),
        sku: sku(1),
        from: day("2026-11-01"),
        to: Some(day("2026-11-30")),
        source: "清货".into(),
        below_cost: Some(BelowCost::NearExpiry),
        weighed_by: Some("00".repeat(32)),
    };
    vec![
        Body::of(Fact::ChannelSet { id: id(13), channel: Box::new(channel) }),
        Body::of(Fact::ChannelCosted { id: id(13) }),
        Body::of(Fact::PriceSet { id: id(14), price: Box::new(price) }),
    ]
}

pub(super) fn samples() -> Vec<Body> {
    [of_orders(), of_partners(), of_materials(), of_costs(), of_channels()].concat()
}
