//! Entries are kept for ever, so their bytes are pinned: a change of a released shape fails here.

use std::collections::BTreeSet;

use domain::{
    Body, Currency, DocKind, Fact, MoneyPart, Move, MoveKind, NewLot, PlaceKind, Refusal,
    SalePosting, SalesPosted, Status, UnknownEntry, ValueKind, ValueLine,
    company::Company,
    entry::{KINDS, LineProceeds, Serial, read_body, read_money},
    fact::{ArrivedLine, ReceivedLine, Resolution, SaleKind, SaleSource},
    order::{OrderContent, OrderLine},
    partner::{BankAccount, Partner, PartnerKind},
    place::{Builtin, Place, Route, suspense_of, transit_of},
    proceeds::Proceeds,
    reservation::Cut,
    shelf_life::{Dates, LifeRule, ShelfLife},
    shop::{Shop, ShopPlace},
    sku::{Alias, CartonPack, Lifecycle, Sku, SkuPrice},
    transfer::{Carton, CartonContent, TransferContent, TransferLine},
};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use crate::support::{day, id, lot, place_id, sku};

fn moved(kind: MoveKind, from: (domain::PlaceId, Status), to: (domain::PlaceId, Status)) -> Move {
    Move { kind, lot: lot(1), qty: 48, from, to, line: 2 }
}

fn new_lot() -> NewLot {
    NewLot {
        id: lot(1),
        sku: sku(1),
        lot_no: "L2503A".into(),
        dates: Dates { mfg_on: Some(day("2025-03-10")), expires_on: Some(day("2028-03-09")) },
        first_received_on: day("2026-10-01"),
        order: Some(id(7)),
    }
}

fn master_data() -> Vec<Body> {
    let company = Company {
        name_zh: "霁禾".into(),
        name_en: "JIHE".into(),
        tax_no: "91330100MA".into(),
        address: "杭州".into(),
        phone: "0571".into(),
        currency: Currency::CNY,
        gs1_prefix: Some("6901234".into()),
    };
    let goods = Sku {
        code: "SK001".into(),
        name_zh: "洁面".into(),
        name_en: "Cleanser".into(),
        brand: "JIHE".into(),
        category: "skincare".into(),
        spec: "120 g".into(),
        gtin: Some("6901234567892".into()),
        unit: "支".into(),
        carton: Some(CartonPack {
            units: 48,
            length_mm: Some(400),
            width_mm: Some(300),
            height_mm: Some(250),
            gross_g: Some(7_500),
        }),
        shelf_life: Some(ShelfLife::Months(36)),
        lifecycle: Lifecycle::Seasonal,
        aliases: vec![Alias { whose: "erp".into(), code: "A-1".into() }],
        ..Sku::default()
    };
    let place = Place {
        code: "P1".into(),
        name: "平台仓".into(),
        kind: PlaceKind::Platform,
        sells: true,
        live_from: Some(day("2026-10-01")),
        address: "嘉兴".into(),
        life_rule: LifeRule { min_share_ppm: Some(400_000), min_days: Some(90), pull_days: 30 },
        route: Route::default(),
        partner: Some(id(3)),
    };
    let partner = Partner {
        code: "F1".into(),
        name: "广州澜禾".into(),
        kind: PartnerKind::Factory,
        tax_no: "91440100".into(),
        address: "广州".into(),
        contact: "王".into(),
        phone: "020".into(),
        licences: Vec::new(),
    };
    let shop = Shop {
        code: "S1".into(),
        name: "店".into(),
        url: "http://127.0.0.1:1".into(),
        remote_shop: "shop-1".into(),
        places: vec![ShopPlace { warehouse: "WH1".into(), place: place_id(1) }],
    };
    [
        Fact::CompanySet { company },
        Fact::SkuSet { id: sku(1), sku: Box::new(goods) },
        Fact::SkuPriced { id: sku(1) },
        Fact::PlaceSet { id: place_id(1), place: Box::new(place) },
        Fact::PartnerSet { id: id(3), partner },
        Fact::PartnerBanked { id: id(3) },
        Fact::ShopSet { id: id(4), shop },
        Fact::ImportApplied {
            file_name: "期初.xlsx".into(),
            file_sha256: "00".repeat(32),
            kind: "opening".into(),
            rows: 3,
        },
    ]
    .map(Body::of)
    .into()
}

fn stock_and_sales() -> Vec<Body> {
    let good = |place| (place, Status::Good);
    let here = good(place_id(1));
    let customer = good(Builtin::Customer.id());
    let sales = SalesPosted {
        shop: id(4),
        source: SaleSource::Feed,
        lines: vec![SalePosting {
            place: place_id(1),
            sku: sku(1),
            listing: "X-1".into(),
            kind: SaleKind::Sale,
            units: 48,
            demand: 50,
        }],
    };
    let from_file = SalesPosted { source: SaleSource::File, ..sales.clone() };
    vec![
        Body {
            lots: vec![new_lot()],
            moves: vec![moved(MoveKind::Opening, good(Builtin::Opening.id()), here)],
            ..Body::of(Fact::StockOpened { place: place_id(1) })
        },
        Body {
            moves: vec![moved(MoveKind::Regrade, here, (place_id(1), Status::Defective))],
            ..Body::of(Fact::StockRegraded { place: place_id(1), reason: "漏液".into() })
        },
        Body {
            lots: vec![NewLot { dates: Dates::default(), order: None, ..new_lot() }],
            moves: vec![
                moved(MoveKind::Sale, here, customer),
                moved(MoveKind::SuspenseSale, good(suspense_of(place_id(1))), customer),
                moved(MoveKind::SaleReversal, customer, here),
            ],
            ..Body::of(Fact::SalesPosted(sales))
        },
        Body::of(Fact::SalesPosted(from_file)),
        Body {
            moves: vec![moved(MoveKind::SuspenseSettle, here, customer)],
            ..Body::of(Fact::SuspenseSettled { place: place_id(1) })
        },
        Body {
            moves: vec![moved(MoveKind::SuspenseSettle, here, customer)],
            cuts: vec![Cut { transfer: id(8), lot: lot(1), qty: 12 }],
            ..Body::of(Fact::SuspenseSettled { place: place_id(1) })
        },
        Body {
            moves: vec![moved(MoveKind::ReturnIn, customer, (place_id(1), Status::Quarantine))],
            ..Body::of(Fact::Reversed {})
        },
    ]
}

fn orders() -> Vec<Body> {
    let good = |place| (place, Status::Good);
    let order = OrderContent {
        wanted_on: Some(day("2026-11-30")),
        over_tolerance_ppm: 30_000,
        terms: "月结".into(),
        ..OrderContent::new(
            "PO-A-2026-0042",
            id(3),
            place_id(2),
            vec![OrderLine::of(sku(1), 5_000)],
        )
    };
    vec![
        Body {
            serials: vec![Serial { series: "PO-A-2026".into(), n: 42 }],
            ..Body::of(Fact::OrderIssued { id: id(7), order: Box::new(order) })
        },
        Body::of(Fact::OrderAccepted { id: id(7), promised_on: day("2026-11-20") }),
        Body {
            lots: vec![new_lot()],
            moves: vec![moved(
                MoveKind::Produce,
                good(Builtin::Production.id()),
                (place_id(2), Status::Quarantine),
            )],
            ..Body::of(Fact::OrderReceived {
                id: id(7),
                place: place_id(2),
                lines: vec![ReceivedLine {
                    line: 0,
                    lot: lot(1),
                    qty: 48,
                    status: Status::Quarantine,
                    replaces: None,
                }],
                reason: Some("多收".into()),
                spoilt: Vec::new(),
                unpaid_reason: None,
            })
        },
        Body::of(Fact::OrderClosed { id: id(7), reason: None, credited: Vec::new() }),
        Body::of(Fact::OrderCancelled { id: id(7), reason: "改期".into(), deposit: None }),
    ]
}

fn transfers() -> Vec<Body> {
    let good = |place| (place, Status::Good);
    let transit = good(transit_of(id(8)));
    let transfer = TransferContent {
        number: "TR-A-2026-0007".into(),
        from: place_id(2),
        to: place_id(1),
        lines: vec![TransferLine { sku: sku(1), lot: lot(1), qty: 48 }],
        note: "急".into(),
        override_reason: Some("客户同意".into()),
    };
    let carton = Carton {
        no: 1,
        code: "069012340000000017".into(),
        sscc: true,
        contents: vec![CartonContent { sku: sku(1), lot: lot(1), qty: 48 }],
    };
    let resolved = |resolution| Fact::TransferResolved {
        id: id(8),
        lot: lot(1),
        qty: 48,
        resolution,
        reason: "承运商".into(),
    };
    let adjustment = good(Builtin::Adjustment.id());
    vec![
        Body::of(Fact::TransferApproved { id: id(8), transfer: Box::new(transfer) }),
        Body {
            serials: vec![Serial { series: "sscc".into(), n: 1 }],
            ..Body::of(Fact::TransferPacked { id: id(8), cartons: vec![carton] })
        },
        Body {
            moves: vec![moved(MoveKind::Ship, good(place_id(2)), transit)],
            ..Body::of(Fact::TransferShipped {
                id: id(8),
                carrier: "顺丰".into(),
                tracking: "SF1".into(),
                expected_on: day("2026-10-08"),
            })
        },
        Body {
            moves: vec![moved(MoveKind::Arrive, transit, good(place_id(1)))],
            ..Body::of(Fact::TransferArrived {
                id: id(8),
                lines: vec![ArrivedLine { lot: lot(1), qty: 50, status: Status::Good, over: 2 }],
            })
        },
        Body {
            moves: vec![moved(MoveKind::TransitLoss, transit, adjustment)],
            ..Body::of(resolved(Resolution::Lost))
        },
        Body {
            moves: vec![moved(MoveKind::Found, adjustment, good(place_id(1)))],
            ..Body::of(resolved(Resolution::Found))
        },
        Body::of(Fact::TransferClosed { id: id(8) }),
        Body::of(Fact::TransferCancelled { id: id(8), reason: "取消".into() }),
    ]
}

fn samples() -> Vec<Body> {
    [master_data(), stock_and_sales(), orders(), transfers(), production::samples()].concat()
}

#[path = "production_entries.rs"]
mod production;

fn hex(byte: u8) -> String {
    format!("{byte:02x}")
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &hex(*byte))
}

/// Kind and SHA-256 of the bytes of its sample, as released.
const RELEASED: &str = include_str!("released_shapes.txt");

#[test]
fn the_bytes_of_every_kind_are_as_released() {
    let lines = samples().into_iter().map(|body| {
        let bytes = serde_json::to_vec(&body).expect("a body is JSON");
        format!("{} {}\n", body.fact.kind(), digest(&bytes))
    });
    let money = MoneyPart {
        values: vec![
            ValueLine { lot: lot(1), kind: ValueKind::Opening, minor: 7_536_283 },
            ValueLine { lot: lot(1), kind: ValueKind::Receipt, minor: -1 },
        ],
        unit_prices: vec!["15.072566".parse().expect("a decimal")],
        price: Some(SkuPrice {
            unit_cost: Some("15.07".parse().expect("a decimal")),
            list_price: Some("129.00".parse().expect("a decimal")),
            floor_price: None,
        }),
        ..MoneyPart::new(Currency::CNY)
    };
    let bytes = serde_json::to_vec(&money).expect("money is JSON");
    assert_eq!(read_money("sku_priced", &bytes), Ok(money));
    let account = MoneyPart { bank: Some(account()), ..MoneyPart::new(Currency::CNY) };
    let banked = serde_json::to_vec(&account).expect("money is JSON");
    assert_eq!(read_money("partner_banked", &banked), Ok(account));
    let change = Proceeds { units: -100, minor: -300_000 };
    let brought = MoneyPart {
        proceeds: vec![LineProceeds { line: 1, change }],
        ..MoneyPart::new(Currency::CNY)
    };
    let sold = serde_json::to_vec(&brought).expect("money is JSON");
    assert_eq!(sold, br#"{"currency":"CNY","proceeds":[[1,-100,-300000]]}"#);
    assert_eq!(read_money("sales_posted", &sold), Ok(brought));
    let parts = [("money", bytes), ("account", banked), ("proceeds", sold)];
    let parts = parts.map(|(name, bytes)| format!("{name} {}\n", digest(&bytes)));
    let now = lines.collect::<String>() + &parts.concat();
    assert_eq!(now, RELEASED, "a released shape changed: write a new version instead");
}

#[test]
fn every_kind_has_a_sample_and_reads_back() {
    let mut kinds = BTreeSet::new();
    for body in samples() {
        let kind = body.fact.kind();
        let bytes = serde_json::to_vec(&body).expect("a body is JSON");
        assert_eq!(read_body(kind, 1, &bytes), Ok(body));
        kinds.insert(kind);
    }
    assert_eq!(kinds, KINDS.into_iter().collect());
}

#[test]
fn later_and_broken_entries_are_told_apart() {
    let bytes = serde_json::to_vec(&master_data()[0]).expect("a body is JSON");
    let newer = |kind: &str, version| Err(UnknownEntry::Newer { kind: kind.to_owned(), version });
    assert_eq!(read_body("company_set", 2, &bytes), newer("company_set", 2));
    assert_eq!(read_body("payment_made", 1, &bytes), newer("payment_made", 1));
    let malformed = |bytes: &[u8], kind: &str| {
        matches!(read_body(kind, 1, bytes), Err(UnknownEntry::Malformed { .. }))
    };
    assert!(malformed(b"", "company_set"));
    assert!(malformed(&bytes[..bytes.len() - 1], "company_set"));
    assert!(malformed(&bytes, "sku_set"), "the body holds another kind than its row says");
    for moves in ["[1,0,5,0,9,0,1,0]", "[99,0,5,0,1,0,1,0]", "[1,3,5,0,1,0,1,0]"] {
        let text =
            format!(r#"{{"fact":{{"reversed":{{}}}},"ids":["{}"],"moves":[{moves}]}}"#, lot(1).0);
        assert!(malformed(text.as_bytes(), "reversed"), "{moves}");
    }
    assert!(read_money("sku_priced", b"{}").is_err());
}

#[test]
fn document_kinds_have_stable_codes() {
    for (code, kind) in (0..).zip(DocKind::ALL) {
        assert_eq!((kind.code(), DocKind::from_code(code)), (code, Some(kind)));
    }
    for (code, kind) in (0..).zip(PlaceKind::ALL) {
        assert_eq!((kind.code(), PlaceKind::from_code(code)), (code, Some(kind)));
    }
    assert_eq!((DocKind::from_code(22), PlaceKind::from_code(-1)), (None, None));
    let kind = SaleKind::Sale;
    assert_eq!(SaleKind::from_word(kind.word()), Some(kind));
    assert_eq!(serde_json::to_string(&kind).expect("a word"), format!("\"{}\"", kind.word()));
    for source in [SaleSource::Feed, SaleSource::File] {
        assert_eq!(SaleSource::from_word(source.word()), Some(source));
        let word = serde_json::to_string(&source).expect("a word");
        assert_eq!(word, format!("\"{}\"", source.word()));
    }
}

fn account() -> BankAccount {
    BankAccount {
        bank: "示例银行广州白云支行".into(),
        holder: "广州代工厂".into(),
        number: "3602-0123 0920 0456x".into(),
    }
}

#[test]
fn an_account_is_any_text_that_is_seen() {
    assert_eq!((account().check(), account().is_empty()), (Ok(()), false));
    assert_eq!(BankAccount::default().check(), Ok(()));
    assert!(BankAccount::default().is_empty());
    let refused = |what: &str| Err(Refusal::BankUnseenCharacter { what: what.into() });
    let unseen = || "36\n02".to_owned();
    assert_eq!(BankAccount { bank: unseen(), ..account() }.check(), refused("bank"));
    assert_eq!(BankAccount { holder: unseen(), ..account() }.check(), refused("holder"));
    assert_eq!(BankAccount { number: unseen(), ..account() }.check(), refused("account"));
}

proptest! {
    #[test]
    fn any_moves_read_back(
        rows in prop::collection::vec((1_i64..=30, 0_u128..6, 1_i64..9_000_000_000_000, 0_u128..4,
            0_i64..4, 0_u128..4, 0_i64..4, 0_u32..9), 0..40),
    ) {
        let moves = rows.into_iter().map(|(kind, of, qty, from, from_status, to, to_status, line)| {
            let status = |code| Status::from_code(code).expect("one of four");
            Move {
                kind: MoveKind::from_code(kind).expect("one of thirty"),
                lot: lot(of),
                qty,
                from: (place_id(from), status(from_status)),
                to: (place_id(to), status(to_status)),
                line,
            }
        }).collect();
        let body = Body { moves, ..Body::of(Fact::Reversed {}) };
        let bytes = serde_json::to_vec(&body).expect("a body is JSON");
        prop_assert_eq!(read_body("reversed", 1, &bytes), Ok(body));
    }
}
