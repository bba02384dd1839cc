//! One entry of every kind, in an order in which they could happen.

use chrono::NaiveDate;
use domain::{
    Body, Currency, Entry, Fact, MoneyPart, MoveKind, PlaceId, SalePosting, SalesPosted, Status,
    ValueKind, ValueLine,
    attachment::{AttachedTo, Attachment},
    bom::{Bom, BomLine, Loss, SuppliedBy},
    channel::{Channel, ChannelPrice, SaleCost},
    claim::ClaimEnd,
    company::Company,
    entry::{LineProceeds, Serial},
    fact::{ArrivedLine, ReceivedLine, Resolution, SaleKind, SaleSource},
    kept::{KeepKind, KeptLine},
    landed::{Basis, Bill},
    materials::{MaterialLine, MaterialSlip, SettledLoss, SlipKind},
    offer::{LossBase, Offer},
    order::{OrderContent, OrderLine, Reached},
    partner::{BankAccount, Partner, PartnerKind},
    place::{Builtin, Place, Route, suspense_of, transit_of},
    proceeds::Proceeds,
    quality::{Decided, Decision, SettleBy},
    shelf_life::LifeRule,
    shop::{Shop, ShopPlace},
    sku::{Alias, Sku, SkuPrice},
    statement::{FactoryStatement, StatedLine, StatementLine, StatementState},
    tax::{Invoice, InvoiceKind},
    terms::Milestone,
    transfer::{Carton, CartonContent, TransferContent, TransferLine},
    valuation::{Passing, PassingKind},
    version::{OldStock, SkuVersion},
};

use sha2::{Digest, Sha256};

use crate::support::{day, entry, good, id, lot, move_of};

pub(crate) const SKU: u128 = 0x51;
pub(crate) const W0: u128 = 0x90;
pub(crate) const P1: u128 = 0x91;
pub(crate) const FACTORY: u128 = 0x31;
const SHOP: u128 = 0x41;
const ORDER: u128 = 0x71;
const TRANSFER: u128 = 0x81;
const NEXT: u128 = 0x82;
const OPENED: u128 = 0x11;
const MADE: u128 = 0x12;
const PSEUDO: u128 = 0x13;
const BOX: u128 = 0x52;
const F1: u128 = 0x92;
const MAKER: u128 = 0x32;
const MADE_ORDER: u128 = 0x72;
const BOXES: u128 = 0x14;
const BOXED: u128 = 0x15;
const UNKNOWN: u128 = 0x16;
/// What is in the file that is attached.
pub(crate) const FILE: &[u8] = b"%PDF-1.7 abc";
const SET: u128 = 0x17;

pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

pub(crate) fn on() -> NaiveDate {
    day("2026-10-01")
}

fn place(code: &str, kind: domain::PlaceKind) -> Box<Place> {
    Box::new(Place {
        code: code.into(),
        name: code.into(),
        kind,
        sells: kind == domain::PlaceKind::Platform,
        live_from: Some(on()),
        address: String::new(),
        life_rule: LifeRule::default(),
        route: Route::default(),
        partner: Some(id(FACTORY)),
    })
}

fn money(values: &[(u128, ValueKind, i64)]) -> MoneyPart {
    let values = values.iter().map(|(lot, kind, minor)| ValueLine {
        lot: id(*lot),
        kind: *kind,
        minor: *minor,
    });
    MoneyPart { values: values.collect(), ..MoneyPart::new(Currency::CNY) }
}

fn master_data() -> Vec<(Body, Option<MoneyPart>)> {
    let company = Company {
        name_zh: "霁禾".into(),
        name_en: String::new(),
        tax_no: String::new(),
        address: String::new(),
        phone: String::new(),
        currency: Currency::CNY,
        gs1_prefix: None,
    };
    let sku = Sku {
        code: "SK001".into(),
        name_zh: "洁面".into(),
        aliases: vec![Alias { whose: "erp".into(), code: "A-1".into() }],
        ..Sku::default()
    };
    let partner = Partner {
        code: "F1".into(),
        name: "广州澜禾".into(),
        kind: PartnerKind::Factory,
        tax_no: String::new(),
        address: String::new(),
        contact: String::new(),
        phone: String::new(),
        licences: Vec::new(),
    };
    let shop = Shop {
        code: "S1".into(),
        name: "店".into(),
        url: String::new(),
        remote_shop: "1".into(),
        places: vec![ShopPlace { warehouse: "WH1".into(), place: id(P1) }],
    };
    let price =
        SkuPrice { unit_cost: Some("15.07".parse().expect("a decimal")), ..SkuPrice::default() };
    let prices = MoneyPart { price: Some(price), ..MoneyPart::new(Currency::CNY) };
    let platform = domain::PlaceKind::Platform;
    let imported = Fact::ImportApplied {
        file_name: "期初.xlsx".into(),
        file_sha256: "00".repeat(32),
        kind: "opening".into(),
        rows: 1,
    };
    vec![
        (Body::of(Fact::CompanySet { company }), None),
        (Body::of(Fact::PartnerSet { id: id(FACTORY), partner }), None),
        (Body::of(Fact::SkuSet { id: id(SKU), sku: Box::new(sku) }), None),
        (Body::of(Fact::SkuPriced { id: id(SKU) }), Some(prices)),
        (Body::of(Fact::PlaceSet { id: id(W0), place: place("W0", domain::PlaceKind::Own) }), None),
        (Body::of(Fact::PlaceSet { id: id(P1), place: place("P1", platform) }), None),
        (Body::of(Fact::ShopSet { id: id(SHOP), shop }), None),
        (Body::of(imported), None),
    ]
}

/// The account of that number.
pub(crate) fn account(number: &str) -> MoneyPart {
    let bank = BankAccount { number: number.into(), ..BankAccount::default() };
    MoneyPart { bank: Some(bank), ..MoneyPart::new(Currency::CNY) }
}

fn stock_and_order() -> Vec<(Body, Option<MoneyPart>)> {
    let (w0, quarantine): (PlaceId, _) = (id(W0), Status::Quarantine);
    let lines = vec![OrderLine::of(id(SKU), 500)];
    let order = OrderContent::new("PO-A-2026-0001", id(FACTORY), w0, lines);
    let prices = MoneyPart {
        unit_prices: vec!["15.072566".parse().expect("a decimal")],
        ..MoneyPart::new(Currency::CNY)
    };
    let opened = good(Builtin::Opening.id());
    let made = good(Builtin::Production.id());
    let received =
        ReceivedLine { line: 0, lot: id(MADE), qty: 500, status: quarantine, replaces: None };
    vec![
        (
            Body {
                lots: vec![lot(OPENED, SKU)],
                moves: vec![move_of(MoveKind::Opening, OPENED, 1_000, opened, good(w0))],
                ..Body::of(Fact::StockOpened { place: w0 })
            },
            Some(money(&[(OPENED, ValueKind::Opening, 1_000_000)])),
        ),
        (
            Body {
                serials: vec![Serial { series: "PO-A-2026".into(), n: 1 }],
                ..Body::of(Fact::OrderIssued { id: id(ORDER), order: Box::new(order) })
            },
            Some(prices),
        ),
        (Body::of(Fact::OrderAccepted { id: id(ORDER), promised_on: day("2026-11-01") }), None),
        (
            Body {
                lots: vec![lot(MADE, SKU)],
                moves: vec![move_of(MoveKind::Produce, MADE, 500, made, (w0, quarantine))],
                ..Body::of(Fact::OrderReceived {
                    id: id(ORDER),
                    place: w0,
                    lines: vec![received],
                    reason: None,
                    spoilt: Vec::new(),
                    unpaid_reason: None,
                })
            },
            Some(money(&[(MADE, ValueKind::Receipt, 753_628)])),
        ),
        (Body::of(Fact::OrderClosed { id: id(ORDER), reason: None, credited: Vec::new() }), None),
        (
            Body {
                moves: vec![move_of(MoveKind::Regrade, MADE, 500, (w0, quarantine), good(w0))],
                ..Body::of(Fact::StockRegraded { place: w0, reason: "passed".into() })
            },
            None,
        ),
    ]
}

fn transfer() -> Vec<(Body, Option<MoneyPart>)> {
    let (w0, p1): (PlaceId, PlaceId) = (id(W0), id(P1));
    let transit = good(transit_of(id(TRANSFER)));
    let content = TransferContent {
        number: "TR-A-2026-0001".into(),
        from: w0,
        to: p1,
        lines: vec![TransferLine { sku: id(SKU), lot: id(OPENED), qty: 96 }],
        note: String::new(),
        override_reason: None,
    };
    let next = TransferContent {
        number: "TR-A-2026-0002".into(),
        lines: vec![TransferLine { sku: id(SKU), lot: id(MADE), qty: 48 }],
        ..content.clone()
    };
    let contents = vec![CartonContent { sku: id(SKU), lot: id(OPENED), qty: 96 }];
    let carton = Carton { no: 1, code: "1".into(), sscc: false, contents };
    let arrived = ArrivedLine { lot: id(OPENED), qty: 50, status: Status::Good, over: 2 };
    let adjustment = good(Builtin::Adjustment.id());
    vec![
        (
            Body {
                serials: vec![Serial { series: "TR-A-2026".into(), n: 1 }],
                ..Body::of(Fact::TransferApproved { id: id(TRANSFER), transfer: Box::new(content) })
            },
            None,
        ),
        (Body::of(Fact::TransferPacked { id: id(TRANSFER), cartons: vec![carton] }), None),
        (
            Body {
                moves: vec![move_of(MoveKind::Ship, OPENED, 96, good(w0), transit)],
                ..Body::of(Fact::TransferShipped {
                    id: id(TRANSFER),
                    carrier: "顺丰".into(),
                    tracking: "SF1".into(),
                    expected_on: day("2026-10-08"),
                })
            },
            None,
        ),
        (
            Body {
                moves: vec![
                    move_of(MoveKind::Arrive, OPENED, 48, transit, good(p1)),
                    move_of(MoveKind::Found, OPENED, 2, adjustment, good(p1)),
                ],
                ..Body::of(Fact::TransferArrived { id: id(TRANSFER), lines: vec![arrived] })
            },
            None,
        ),
        (
            Body {
                moves: vec![move_of(MoveKind::TransitLoss, OPENED, 48, transit, adjustment)],
                ..Body::of(Fact::TransferResolved {
                    id: id(TRANSFER),
                    lot: id(OPENED),
                    qty: 48,
                    resolution: Resolution::Lost,
                    reason: "carrier".into(),
                })
            },
            None,
        ),
        (Body::of(Fact::TransferClosed { id: id(TRANSFER) }), None),
        (Body::of(Fact::TransferApproved { id: id(NEXT), transfer: Box::new(next) }), None),
    ]
}

fn sales() -> Vec<(Body, Option<MoneyPart>)> {
    let p1: PlaceId = id(P1);
    let (customer, suspense) = (good(Builtin::Customer.id()), good(suspense_of(p1)));
    let posted = |units| {
        Fact::SalesPosted(SalesPosted {
            shop: id(SHOP),
            source: SaleSource::File,
            lines: vec![SalePosting {
                place: p1,
                sku: id(SKU),
                listing: "X".into(),
                kind: SaleKind::Sale,
                units,
                demand: units,
            }],
        })
    };
    let brought = |units, minor| {
        let proceeds = vec![LineProceeds { line: 0, change: Proceeds { units, minor } }];
        Some(MoneyPart { proceeds, ..MoneyPart::new(Currency::CNY) })
    };
    vec![
        (
            Body {
                lots: vec![lot(PSEUDO, SKU)],
                moves: vec![
                    move_of(MoveKind::Sale, OPENED, 40, good(p1), customer),
                    move_of(MoveKind::SuspenseSale, PSEUDO, 5, suspense, customer),
                ],
                ..Body::of(posted(45))
            },
            brought(45, 135_000),
        ),
        (
            Body {
                moves: vec![move_of(MoveKind::SaleReversal, OPENED, 3, customer, good(p1))],
                ..Body::of(posted(-3))
            },
            brought(-3, -9_000),
        ),
        (
            Body {
                moves: vec![
                    move_of(MoveKind::SuspenseSettle, PSEUDO, 5, customer, suspense),
                    move_of(MoveKind::SuspenseSettle, OPENED, 5, good(p1), customer),
                ],
                ..Body::of(Fact::SuspenseSettled { place: p1 })
            },
            None,
        ),
    ]
}

fn made_of() -> OrderContent {
    let supplied_by = SuppliedBy::Brand;
    let bill = BomLine { material: id(BOX), per_1000: 1_000, allowance_ppm: 30_000, supplied_by };
    let line = OrderLine { materials: vec![bill], ..OrderLine::of(id(SKU), 100) };
    let materials_at = Some(id(F1));
    let content = OrderContent::new("PO-A-2026-0002", id(MAKER), id(W0), vec![line]);
    OrderContent { materials_at, ..content }
}

fn channel() -> Channel {
    Channel {
        code: "MALL".into(),
        name_zh: "分销".into(),
        name_en: String::new(),
        shop: None,
        rules: vec![serde_json::json!({ "id": "s2b2c", "version": 1 })],
    }
}

fn agreements() -> Vec<(Body, Option<MoneyPart>)> {
    let (factory, sku) = (id(MAKER), id(SKU));
    let price = || MoneyPart {
        unit_prices: vec!["9.80".parse().expect("a decimal")],
        ..MoneyPart::new(Currency::CNY)
    };
    let offer = Offer {
        partner: factory,
        sku,
        tiers_from: vec![100],
        tax_rate_ppm: 130_000,
        price_includes_tax: true,
        moq: 100,
        multiple: 10,
        lead_days_mean: 30,
        lead_days_p90: 41,
        terms: Vec::new(),
        loss_base: LossBase::Good,
        over_receipt_paid: true,
        from: on(),
        to: None,
    };
    let version = SkuVersion {
        sku,
        artwork_no: "A2".into(),
        registration_no: String::new(),
        from: on(),
        to: None,
        old_stock: OldStock::UseUp,
    };
    let lines = made_of().lines[0].materials.clone();
    let bom = Bom { sku, factory, version: None, from: on(), to: None, lines };
    let listed = ChannelPrice {
        channel: id(0xb1),
        sku,
        from: on(),
        to: None,
        source: String::new(),
        below_cost: None,
        weighed_by: None,
    };
    let cost = SaleCost { packing: 650, return_ppm: 80_000, ..SaleCost::default() };
    let assumed = MoneyPart { sale_cost: Some(cost), ..MoneyPart::new(Currency::CNY) };
    let kind = domain::PlaceKind::Factory;
    let maker = Place { partner: Some(factory), ..*place("F1", kind) };
    let amended = OrderContent { over_tolerance_ppm: 50_000, ..made_of() };
    let reached =
        Reached { milestone: Milestone::Filling, planned_on: Some(on()), reached_on: None };
    let paid = || MoneyPart { amounts: vec![98_000], ..MoneyPart::new(Currency::CNY) };
    let id_of = id::<domain::OrderId>(MADE_ORDER);
    let note = String::new;
    vec![
        (Body::of(Fact::PlaceSet { id: id(F1), place: Box::new(maker) }), None),
        (Body::of(Fact::OfferSet { id: id(0xa1), offer: Box::new(offer) }), Some(price())),
        (Body::of(Fact::VersionSet { id: id(0xa2), version }), None),
        (Body::of(Fact::BomSet { id: id(0xa3), bom: Box::new(bom) }), None),
        (Body::of(Fact::ChannelSet { id: id(0xb1), channel: Box::new(channel()) }), None),
        (Body::of(Fact::ChannelCosted { id: id(0xb1) }), Some(assumed)),
        (Body::of(Fact::PartnerBanked { id: id(FACTORY) }), Some(account("3602"))),
        (Body::of(Fact::PriceSet { id: id(0xb2), price: Box::new(listed) }), Some(price())),
        (Body::of(Fact::OrderIssued { id: id_of, order: Box::new(made_of()) }), Some(price())),
        (Body::of(Fact::OrderAccepted { id: id_of, promised_on: on() }), None),
        (
            Body::of(Fact::OrderAmended {
                id: id_of,
                revision: 1,
                order: Box::new(amended),
                reason: "more".into(),
            }),
            Some(price()),
        ),
        (Body::of(Fact::OrderMilestone { id: id_of, reached }), None),
        (
            Body::of(Fact::OrderPaid { id: id_of, term: 0, overpaid: false, note: note() }),
            Some(paid()),
        ),
    ]
}

fn making() -> Vec<(Body, Option<MoneyPart>)> {
    let (w0, f1): (PlaceId, PlaceId) = (id(W0), id(F1));
    let order = id::<domain::OrderId>(MADE_ORDER);
    let passed =
        |kind, from, to: Option<u128>, qty| Passing { kind, from: id(from), to: to.map(id), qty };
    let slip = MaterialSlip {
        number: "MI-A-2026-0001".into(),
        order: Some(order),
        from: w0,
        to: f1,
        lines: vec![MaterialLine { material: id(BOX), lot: id(BOXES), qty: 90 }],
        note: String::new(),
    };
    let status = Status::Quarantine;
    let received = ReceivedLine { line: 0, lot: id(BOXED), qty: 100, status, replaces: None };
    let sent_back = Decided {
        line: 0,
        lot: id(BOXED),
        qty: 10,
        from: status,
        decision: Decision::Return,
        settle_by: Some(SettleBy::Replace),
    };
    let lost = Loss { missing: 3, allowed: 2, claimed: 1 };
    let (made, scrap) = (good(Builtin::Production.id()), good(Builtin::Scrap.id()));
    let (supplier, open) = (good(Builtin::Supplier.id()), good(suspense_of(f1)));
    let unknown = domain::NewLot { lot_no: "?".into(), ..lot(UNKNOWN, BOX) };
    vec![
        (
            Body {
                lots: vec![lot(BOXES, BOX)],
                moves: vec![move_of(
                    MoveKind::Opening,
                    BOXES,
                    300,
                    good(Builtin::Opening.id()),
                    good(w0),
                )],
                ..Body::of(Fact::StockOpened { place: w0 })
            },
            Some(money(&[(BOXES, ValueKind::Opening, 30_000)])),
        ),
        (
            Body {
                moves: vec![move_of(MoveKind::MaterialIssue, BOXES, 90, good(w0), good(f1))],
                ..Body::of(Fact::MaterialMoved { kind: SlipKind::Issue, slip: Box::new(slip) })
            },
            None,
        ),
        (
            Body::of(Fact::MaterialKept {
                id: order,
                place: f1,
                kind: KeepKind::Keep,
                lines: vec![KeptLine { material: id(BOX), qty: 5 }],
                note: String::new(),
            }),
            None,
        ),
        (
            Body {
                lots: vec![lot(BOXED, SKU), unknown],
                moves: vec![
                    move_of(MoveKind::Produce, BOXED, 100, made, (w0, status)),
                    move_of(MoveKind::Consume, BOXES, 90, good(f1), made),
                    move_of(MoveKind::SuspenseConsume, UNKNOWN, 10, open, made),
                    move_of(MoveKind::SuspenseConsume, UNKNOWN, 2, open, scrap),
                ],
                passings: vec![
                    passed(PassingKind::Consumed, BOXES, Some(BOXED), 90),
                    passed(PassingKind::Consumed, UNKNOWN, Some(BOXED), 10),
                    passed(PassingKind::Spoilt, UNKNOWN, Some(BOXED), 2),
                ],
                ..Body::of(Fact::OrderReceived {
                    id: order,
                    place: w0,
                    lines: vec![received],
                    reason: None,
                    spoilt: vec![2],
                    unpaid_reason: None,
                })
            },
            Some(money(&[(BOXED, ValueKind::Receipt, 86_726)])),
        ),
        (
            Body {
                moves: vec![move_of(MoveKind::ReturnToFactory, BOXED, 10, (w0, status), supplier)],
                passings: vec![passed(PassingKind::Returned, BOXED, None, 10)],
                ..Body::of(Fact::QualityDecided {
                    id: order,
                    place: w0,
                    lines: vec![sent_back],
                    reason: "bent".into(),
                })
            },
            None,
        ),
        (
            Body {
                moves: vec![move_of(
                    MoveKind::CountGain,
                    BOXES,
                    15,
                    good(Builtin::Adjustment.id()),
                    good(f1),
                )],
                ..Body::of(Fact::FactoryCounted { place: f1, reason: "both agree".into() })
            },
            None,
        ),
        (
            Body {
                moves: vec![
                    move_of(MoveKind::SuspenseConsume, UNKNOWN, 2, scrap, open),
                    move_of(MoveKind::Spoil, BOXES, 2, good(f1), scrap),
                ],
                passings: vec![
                    passed(PassingKind::Spoilt, UNKNOWN, Some(BOXED), -2),
                    passed(PassingKind::Spoilt, BOXES, Some(BOXED), 2),
                ],
                ..Body::of(Fact::SuspenseSettled { place: f1 })
            },
            None,
        ),
        (
            Body {
                moves: vec![move_of(MoveKind::LossClaimed, BOXES, 1, good(f1), scrap)],
                passings: vec![passed(PassingKind::LossAllowed, BOXES, Some(BOXED), 2)],
                ..Body::of(Fact::LossSettled {
                    id: order,
                    place: f1,
                    lines: vec![SettledLoss { material: id(BOX), loss: lost }],
                    reason: None,
                })
            },
            None,
        ),
    ]
}

fn costs_and_sets() -> Vec<(Body, Option<MoneyPart>)> {
    let (w0, made): (PlaceId, _) = (id(W0), good(Builtin::Production.id()));
    let order = id::<domain::OrderId>(MADE_ORDER);
    let amounts = |all: Vec<i64>| MoneyPart { amounts: all, ..MoneyPart::new(Currency::CNY) };
    let invoice = Invoice {
        number: "26442000".into(),
        partner: id(MAKER),
        date: on(),
        kind: InvoiceKind::Special,
        orders: vec![order],
    };
    let bill = Bill {
        number: "YF-1".into(),
        partner: None,
        dated_on: on(),
        basis: Basis::Quantity,
        note: String::new(),
        lots: vec![(id(BOXED), 100)],
    };
    let line = StatementLine { sent: 90, consumed: 90, ..StatementLine::default() };
    let statement = FactoryStatement {
        place: id(F1),
        month: on(),
        state: StatementState::Sent,
        lines: vec![StatedLine { material: id(BOX), line, counted: None }],
        note: String::new(),
    };
    let part =
        |qty| Passing { kind: PassingKind::Assembled, from: id(OPENED), to: Some(id(SET)), qty };
    let file = Attachment {
        name: "合同.pdf".into(),
        sha256: digest(FILE),
        bytes: 12,
        removed: false,
        money: false,
    };
    let to = AttachedTo { kind: domain::DocKind::Order, id: order.0 };
    let reason = || "agreed".to_owned();
    let landed = MoneyPart { amounts: vec![1_500], ..money(&[(BOXED, ValueKind::Landed, 1_500)]) };
    vec![
        (
            Body::of(Fact::InvoiceSet { id: id(0xa4), invoice: Box::new(invoice) }),
            Some(amounts(vec![86_726, 11_274])),
        ),
        (
            Body::of(Fact::TaxSpread { id: id(0xa4) }),
            Some(money(&[(BOXED, ValueKind::Adjust, 20), (MADE, ValueKind::Adjust, -20)])),
        ),
        (Body::of(Fact::BillPosted { id: id(0xa5), bill: Box::new(bill) }), Some(landed)),
        (Body::of(Fact::StatementSet { id: id(0xa6), statement: Box::new(statement) }), None),
        (
            Body {
                lots: vec![lot(SET, SKU)],
                moves: vec![
                    move_of(MoveKind::Assemble, OPENED, 20, good(w0), made),
                    move_of(MoveKind::Assemble, SET, 10, made, good(w0)),
                ],
                passings: vec![part(20)],
                ..Body::of(Fact::SetAssembled { place: w0, lot: id(SET), qty: 10 })
            },
            None,
        ),
        (
            Body {
                moves: vec![
                    move_of(MoveKind::Disassemble, SET, 4, good(w0), made),
                    move_of(MoveKind::Disassemble, OPENED, 8, made, good(w0)),
                ],
                passings: vec![part(-8)],
                ..Body::of(Fact::SetDisassembled { place: w0, lot: id(SET), qty: 4 })
            },
            None,
        ),
        (Body::of(Fact::Attached { to, file }), None),
        (
            Body::of(Fact::DueWaived { id: order, term: 0, shipment: None, reason: reason() }),
            Some(amounts(vec![100])),
        ),
        (Body::of(Fact::OrderRefunded { id: order, note: reason() }), Some(amounts(vec![50]))),
        (
            Body::of(Fact::ClaimDecided {
                id: order,
                end: ClaimEnd::Paid,
                lines: Vec::new(),
                note: reason(),
            }),
            Some(amounts(vec![70])),
        ),
    ]
}

/// The whole story, with ids from `first` on.
pub(crate) fn entries(first: u128) -> Vec<Entry> {
    let sold = [master_data(), stock_and_order(), transfer(), sales()].concat();
    let parts = [sold, agreements(), making(), costs_and_sets()].concat();
    (first..)
        .zip(parts)
        .map(|(n, (body, money))| {
            let is_import = matches!(body.fact, Fact::ImportApplied { .. });
            Entry { money, batch: is_import.then(|| id(0xb1)), ..entry(n, on(), body) }
        })
        .collect()
}
