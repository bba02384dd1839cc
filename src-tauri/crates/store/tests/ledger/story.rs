//! One entry of every kind, in an order in which they could happen.

use chrono::NaiveDate;
use domain::{
    Body, Currency, Entry, Fact, MoneyPart, MoveKind, PlaceId, SalePosting, SalesPosted, Status,
    ValueKind, ValueLine,
    company::Company,
    entry::{ArrivedLine, ReceivedLine, Resolution, SaleKind, SaleSource, Serial},
    order::{OrderContent, OrderLine},
    partner::{Partner, PartnerKind},
    place::{Builtin, Place, Route, suspense_of, transit_of},
    shelf_life::LifeRule,
    shop::{Shop, ShopPlace},
    sku::{Alias, Sku, SkuPrice},
    transfer::{Carton, CartonContent, TransferContent, TransferLine},
};

use crate::support::{day, entry, good, id, lot, move_of};

pub(crate) const SKU: u128 = 0x51;
pub(crate) const W0: u128 = 0x90;
pub(crate) const P1: u128 = 0x91;
const FACTORY: u128 = 0x31;
const SHOP: u128 = 0x41;
const ORDER: u128 = 0x71;
const TRANSFER: u128 = 0x81;
const NEXT: u128 = 0x82;
const OPENED: u128 = 0x11;
const MADE: u128 = 0x12;
const PSEUDO: u128 = 0x13;

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
        (Body::of(Fact::OrderClosed { id: id(ORDER), reason: None }), None),
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
            None,
        ),
        (
            Body {
                moves: vec![move_of(MoveKind::SaleReversal, OPENED, 3, customer, good(p1))],
                ..Body::of(posted(-3))
            },
            None,
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

/// The whole story, with ids from `first` on.
pub(crate) fn entries(first: u128) -> Vec<Entry> {
    let parts = [master_data(), stock_and_order(), transfer(), sales()].concat();
    (first..)
        .zip(parts)
        .map(|(n, (body, money))| {
            let is_import = matches!(body.fact, Fact::ImportApplied { .. });
            Entry { money, batch: is_import.then(|| id(0xb1)), ..entry(n, on(), body) }
        })
        .collect()
}
