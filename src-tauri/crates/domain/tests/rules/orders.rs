//! Production orders: receipts, tolerance (D-11) and values that add up (D-17).

use std::collections::BTreeMap;

use domain::{
    Currency, Entry, OrderId, Reason, Refusal, SkuId, Status,
    entry::Serial,
    materials::FactoryStock,
    opening::LotBook,
    order::{
        Closing, Delivered, Issued, OrderContent, OrderLine, OrderState, ProductionOrder,
        ReceiptAt, ReceiptKnown, Step, Tracks, accept, cancel, close, issue, receive,
    },
    shelf_life::{Dates, ShelfLife},
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{counter, day, id, place_id, sku};

struct Led {
    order: Option<ProductionOrder>,
    prices: Vec<Decimal>,
    goods: BTreeMap<SkuId, (String, Option<ShelfLife>)>,
    book: LotBook,
    today: chrono::NaiveDate,
    new_id: Box<dyn FnMut() -> uuid::Uuid>,
}

impl Led {
    fn issued(qty: &[i64], tolerance_ppm: i64, price: &str) -> Result<Self, Refusal> {
        let lines = qty.iter().zip(1..).map(|(qty, n)| OrderLine::of(sku(n), *qty));
        let lines: Vec<_> = lines.collect();
        let goods = lines
            .iter()
            .map(|line| (line.sku, ("SK".to_owned(), Some(ShelfLife::Months(36)))))
            .collect();
        let content = OrderContent {
            over_tolerance_ppm: tolerance_ppm,
            ..OrderContent::new("PO-A-2026-0042", id(3), place_id(0), lines)
        };
        let prices = vec![price.parse().expect("a decimal"); qty.len()];
        let mut led = Self {
            order: None,
            prices: prices.clone(),
            goods,
            book: LotBook::default(),
            today: day("2026-10-01"),
            new_id: Box::new(counter()),
        };
        let serial = Serial { series: "PO-A-2026".into(), n: 42 };
        let entry = issue(
            led.step(),
            Issued { content, unit_prices: prices, currency: Currency::CNY },
            serial,
        )?;
        led.take(&entry);
        Ok(led)
    }

    fn accepted(qty: &[i64], tolerance_ppm: i64, price: &str) -> Self {
        let mut led = Self::issued(qty, tolerance_ppm, price).expect("a fair order");
        led.accept();
        led
    }

    fn step(&mut self) -> Step<'_> {
        let id = OrderId(uuid::Uuid::from_u128(7));
        Step { id, day: day("2026-10-01"), new_id: &mut self.new_id }
    }

    fn take(&mut self, entry: &Entry) {
        let before = self.order.take();
        self.order = ProductionOrder::fold(before, &entry.body.fact, entry.effective_on);
    }

    fn accept(&mut self) {
        let order = led_order(self);
        let entry = accept(self.step(), &order, day("2026-10-31")).expect("issued");
        self.take(&entry);
    }

    fn receive(&mut self, line: usize, qty: i64, reason: Option<&str>) -> Result<Entry, Refusal> {
        self.deliver(&delivered(line, qty), reason)
    }

    fn deliver(&mut self, one: &Delivered, reason: Option<&str>) -> Result<Entry, Refusal> {
        let order = led_order(self);
        let at = ReceiptAt {
            place: place_id(0),
            status: Status::Quarantine,
            reason: Reason::new(reason.map(Into::into)),
            unpaid_reason: Reason::default(),
        };
        let known = ReceiptKnown {
            order: &order,
            prices: Some((&self.prices, Currency::CNY)),
            goods: &self.goods,
            waiting: &BTreeMap::new(),
            balance_open: false,
            account: None,
        };
        let id = OrderId(uuid::Uuid::from_u128(7));
        let step = Step { id, day: self.today, new_id: &mut self.new_id };
        let entry = receive(
            step,
            &known,
            &at,
            std::slice::from_ref(one),
            &mut self.book,
            &mut FactoryStock::default(),
        )?;
        self.take(&entry);
        Ok(entry)
    }
}

fn led_order(led: &Led) -> ProductionOrder {
    led.order.clone().expect("issued")
}

fn delivered(line: usize, qty: i64) -> Delivered {
    let dates = Dates { mfg_on: Some(day("2026-09-20")), expires_on: None };
    Delivered::of(line, "L2609A", dates, qty)
}

#[test]
fn nothing_is_received_before_the_order_was_issued() {
    let mut led = Led::accepted(&[5_000], 0, "15");
    led.today = day("2026-09-30");
    let early = led.receive(0, 100, None);
    let number = "PO-A-2026-0042".to_owned();
    let (asked, since) = (day("2026-09-30"), day("2026-10-01"));
    assert_eq!(early, Err(Refusal::BeforeDocument { number, day: asked, since }));
    led.today = since;
    led.receive(0, 100, None).expect("the day itself");
}

#[test]
fn more_than_the_tolerance_needs_a_reason_to_the_unit() {
    let mut led = Led::accepted(&[5_000], 30_000, "15.072566");
    led.receive(0, 5_000, None).expect("as ordered");
    led.receive(0, 150, None).expect("3 % over is tolerated");
    let refused = led.receive(0, 1, None);
    assert!(
        matches!(
            refused,
            Err(Refusal::OverReceipt { limit: 5_150, received: 5_151, ordered: 5_000, .. })
        ),
        "{refused:?}"
    );
    assert!(matches!(led.receive(0, 1, Some(" ")), Err(Refusal::OverReceipt { .. })));
    led.receive(0, 1, Some("agreed by telephone")).expect("a reason is given");
    assert_eq!(led_order(&led).received(), [5_151]);
}

#[test]
fn a_tolerance_never_rounds_up() {
    let mut led = Led::accepted(&[33], 30_000, "1");
    // 33 × 1.03 = 33.99.
    assert!(matches!(led.receive(0, 34, None), Err(Refusal::OverReceipt { limit: 33, .. })));
    led.receive(0, 33, None).expect("as ordered");
}

#[test]
fn a_known_lot_is_only_contradicted_by_what_was_given() {
    let mut led = Led::accepted(&[100], 0, "1");
    let exact = Delivered {
        dates: Dates { mfg_on: Some(day("2026-09-20")), expires_on: Some(day("2029-09-25")) },
        ..delivered(0, 10)
    };
    led.deliver(&exact, None).expect("six days longer than computed");
    // The computed expiry would be 2029-09-19, which nobody said.
    let second = led.deliver(&delivered(0, 10), None).expect("the same manufacture date");
    assert_eq!(second.body.lots[0].dates, exact.dates);
    let other = Dates { mfg_on: Some(day("2026-09-21")), expires_on: None };
    let refused = led.deliver(&Delivered { dates: other, ..delivered(0, 10) }, None);
    assert!(matches!(refused, Err(Refusal::LotDatesConflict { .. })), "{refused:?}");
}

#[test]
fn absurd_prices_and_lines_are_refused_in_words() {
    let mut led = Led::accepted(&[9_000_000_000_000], 0, "79228162514264337593543");
    let refused = led.receive(0, 9_000_000_000_000, None);
    assert!(matches!(refused, Err(Refusal::AmountTooLarge { .. })), "{refused:?}");
    assert!(matches!(led.receive(1, 1, None), Err(Refusal::OrderLineUnknown { line: 2, .. })));
    for price in ["-0.01", "1.0000001"] {
        let refused = Led::issued(&[1], 0, price).err();
        assert!(matches!(refused, Some(Refusal::OrderPriceInvalid { line: 1 })), "{refused:?}");
    }
    assert!(Led::issued(&[], 0, "1").is_err() && Led::issued(&[0], 0, "1").is_err());
    assert!(Led::issued(&[1], 1_000_001, "1").is_err());
}

#[test]
fn states_follow_each_other() {
    let mut led = Led::issued(&[10], 0, "1").expect("a fair order");
    assert!(matches!(led.receive(0, 1, None), Err(Refusal::WrongState { .. })));
    assert_eq!(led_order(&led).phase(Tracks::default()), "awaiting_acceptance");
    led.accept();
    assert_eq!(
        (led_order(&led).phase(Tracks::default()), led_order(&led).late_days(day("2026-11-03"))),
        ("making", 3)
    );
    led.receive(0, 4, None).expect("accepted");
    assert_eq!(led_order(&led).phase(Tracks::default()), "receiving");
    let order = led_order(&led);
    let refused = cancel(led.step(), &order, (None, None), "no".into());
    assert!(matches!(refused, Err(Refusal::OrderHasReceipts { received: 4, .. })));
    let refused = close(led.step(), &order, Closing::default());
    assert!(matches!(refused, Err(Refusal::OrderNotReceived { ordered: 10, received: 4, .. })));
    let reason = Some("factory closed".into());
    let closing = Closing { reason, ..Closing::default() };
    let entry = close(led.step(), &order, closing).expect("a reason");
    led.take(&entry);
    let order = led_order(&led);
    assert_eq!((order.state, order.phase(Tracks::default())), (OrderState::Closed, "closed"));
    assert_eq!(order.late_days(day("2027-01-01")), 0);
}

proptest! {
    #[test]
    fn partial_receipts_are_worth_what_one_receipt_of_their_sum_is(
        parts in prop::collection::vec(1_i64..5_000, 1..12), price in 0_i64..100_000_000,
    ) {
        let price = Decimal::new(price, 6);
        let sum: i64 = parts.iter().sum();
        let mut led = Led::accepted(&[sum], 0, &price.to_string());
        let mut worth = 0;
        for qty in parts {
            let entry = led.receive(0, qty, None).expect("within the order");
            let money = entry.money.expect("prices are known");
            prop_assert_eq!(entry.body.moves.iter().map(|one| one.qty).sum::<i64>(), qty);
            worth += money.values.iter().map(|value| value.minor).sum::<i64>();
        }
        let whole = domain::Money::of_units(price, sum, Currency::CNY).expect("small").minor;
        prop_assert_eq!(worth, whole);
        prop_assert_eq!(led_order(&led).phase(Tracks::default()), "complete");
    }

    #[test]
    fn nothing_beyond_the_tolerance_comes_in_without_a_reason(
        ordered in 1_i64..100_000, ppm in 0_i64..=1_000_000,
        parts in prop::collection::vec(1_i64..60_000, 1..8),
    ) {
        let mut led = Led::accepted(&[ordered], ppm, "1");
        let mut received = 0;
        for qty in parts {
            let fits = (received + qty) * 1_000_000 <= ordered * (1_000_000 + ppm);
            prop_assert_eq!(led.receive(0, qty, None).is_ok(), fits);
            received += if fits { qty } else { 0 };
        }
        prop_assert_eq!(led_order(&led).units_received(), received);
    }
}
