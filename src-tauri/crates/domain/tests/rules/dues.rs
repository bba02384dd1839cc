//! Dues: they add up (D-14), are never overpaid unawares (D-15), and deposits clear pro rata (D-16).

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::{
    Currency, Refusal,
    dues::{
        Account, DepositFate, DueState, Ending, OrderMoney, PayableLine, Payment, Shipment, Waiver,
    },
    schedule::{cut, recut},
    tax::UnitPrice,
    terms::{Milestone, Term, Trigger, check_terms},
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::day;

const DEPOSIT: Trigger = Trigger::Accept { days: 3 };
const RECEIPT: Trigger = Trigger::Receipt { days: 30 };

/// An order that owns what a [`OrderMoney`] borrows.
#[derive(Debug, Clone)]
struct Book {
    lines: Vec<PayableLine>,
    terms: Vec<Term>,
    agreed: Vec<i64>,
    over_receipt_paid: bool,
    accepted_on: Option<NaiveDate>,
    milestones: BTreeMap<Milestone, NaiveDate>,
    shipments: Vec<Shipment>,
    payments: Vec<Payment>,
    waivers: Vec<Waiver>,
    refunded: i64,
    deducted: i64,
    ending: Ending,
}

impl Book {
    fn of(lines: &[(i64, &str)], terms: &[(Trigger, i64)]) -> Self {
        let line = |(qty, price): &(i64, &str)| PayableLine {
            qty: *qty,
            price: taxed(price.parse().expect("a decimal")),
        };
        let term = |(trigger, percent): &(Trigger, i64)| Term {
            trigger: *trigger,
            share_ppm: percent * 10_000,
        };
        Self::cut(lines.iter().map(line).collect(), terms.iter().map(term).collect())
    }

    fn cut(lines: Vec<PayableLine>, terms: Vec<Term>) -> Self {
        check_terms(&terms).expect("fair terms");
        let mut book = Self {
            lines,
            terms,
            agreed: Vec::new(),
            over_receipt_paid: false,
            accepted_on: Some(day("2026-03-01")),
            milestones: BTreeMap::new(),
            shipments: Vec::new(),
            payments: Vec::new(),
            waivers: Vec::new(),
            refunded: 0,
            deducted: 0,
            ending: Ending::Open,
        };
        book.agreed = cut(&book.terms, book.money().ordered().expect("small"));
        book
    }

    fn money(&self) -> OrderMoney<'_> {
        OrderMoney {
            currency: Currency::CNY,
            lines: &self.lines,
            terms: &self.terms,
            agreed: &self.agreed,
            over_receipt_paid: self.over_receipt_paid,
            accepted_on: self.accepted_on,
            milestones: &self.milestones,
            shipments: &self.shipments,
            payments: &self.payments,
            waivers: &self.waivers,
            refunded: self.refunded,
            deducted: self.deducted,
            ending: self.ending,
        }
    }

    fn account(&self) -> Account {
        self.money().account().expect("small")
    }

    fn ship(&mut self, on: &str, units: i64) {
        self.shipments.push(shipment(on, units));
    }

    fn pay(&mut self, term: usize, minor: i64) {
        let payment = Payment { term, minor, overpaid: false };
        self.money().check_payment(&payment).expect("not more than is open");
        self.payments.push(payment);
    }

    /// Amounts by (term, shipment).
    fn amounts(&self) -> Vec<(usize, Option<usize>, i64)> {
        self.account().dues.iter().map(|due| (due.term, due.shipment, due.amount)).collect()
    }

    fn opens(&self) -> Vec<i64> {
        self.account().dues.iter().map(domain::dues::Due::open).collect()
    }

    fn states(&self) -> Vec<DueState> {
        self.account().dues.iter().map(domain::dues::Due::state).collect()
    }
}

fn taxed(price: Decimal) -> UnitPrice {
    UnitPrice { price, tax_rate_ppm: 130_000, includes_tax: true }
}

fn shipment(on: &str, units: i64) -> Shipment {
    Shipment { on: day(on), units: vec![units], credited: Vec::new() }
}

#[test]
fn dues_before_shipment_are_split_by_shipment() {
    let mut book = Book::of(&[(9_000, "8.10")], &[(DEPOSIT, 50), (Trigger::BeforeShip, 50)]);
    assert_eq!(book.amounts(), [(0, None, 3_645_000), (1, None, 3_645_000)]);
    book.pay(0, 3_645_000);
    for (on, units) in [("2026-04-01", 2_000), ("2026-04-11", 3_500), ("2026-04-21", 3_500)] {
        book.ship(on, units);
    }
    let shipped = [810_000, 1_417_500, 1_417_500];
    let account = book.account();
    let split: Vec<i64> = account.dues[1..].iter().map(|due| due.amount).collect();
    assert_eq!(split, shipped);
    assert_eq!(account.deposit_cleared, shipped);
    assert_eq!(account.dues[2].due_on, Some(day("2026-04-11")));
    assert_eq!((account.payable, account.deposit_uncleared()), (7_290_000, 0));
}

#[test]
fn what_is_not_shipped_yet_is_one_planned_due() {
    let mut book = Book::of(&[(9_000, "8.10")], &[(DEPOSIT, 50), (Trigger::BeforeShip, 50)]);
    book.ship("2026-04-01", 2_000);
    assert_eq!(book.amounts(), [(0, None, 3_645_000), (1, Some(0), 810_000), (1, None, 2_835_000)]);
    assert_eq!(book.states(), [DueState::Due, DueState::Due, DueState::Planned]);
    assert_eq!(book.account().dues[0].due_on, Some(day("2026-03-04")));
    book.accepted_on = None;
    assert_eq!(book.states()[0], DueState::Planned);
}

#[test]
fn the_gate_opens_when_the_shipment_is_paid() {
    let mut book = Book::of(&[(9_000, "8.10")], &[(DEPOSIT, 50), (Trigger::BeforeShip, 50)]);
    let first = shipment("2026-04-01", 2_000);
    let open = |book: &Book, next: &Shipment| book.money().before_ship_open(next).expect("small");
    assert_eq!(open(&book, &first), 810_000);
    book.pay(1, 809_999);
    assert_eq!(
        book.money().check_before_ship("PO-1", &first, Some(" ")),
        Err(Refusal::BeforeShipOpen { number: "PO-1".into(), open: "0.01".into() })
    );
    assert_eq!(book.money().check_before_ship("PO-1", &first, Some("they are trusted")), Ok(()));
    book.pay(1, 1);
    assert_eq!(open(&book, &first), 0);
    // What was let through unpaid stands in the way of the next one.
    book.payments.clear();
    book.shipments.push(first);
    assert_eq!(open(&book, &shipment("2026-04-11", 3_500)), 810_000 + 1_417_500);
}

#[test]
fn a_payment_fills_the_shipments_of_its_term_in_order() {
    let mut book = Book::of(&[(9_000, "8.10")], &[(DEPOSIT, 50), (Trigger::BeforeShip, 50)]);
    book.ship("2026-04-01", 2_000);
    book.ship("2026-04-11", 3_500);
    book.pay(1, 1_000_000);
    assert_eq!(book.opens(), [3_645_000, 0, 1_227_500, 1_417_500]);
    let states = [DueState::Due, DueState::Paid, DueState::PartPaid, DueState::Planned];
    assert_eq!(book.states(), states);
}

#[test]
fn more_than_is_open_is_paid_only_when_accepted() {
    let mut book = Book::of(&[(100, "1.00")], &[(DEPOSIT, 30), (RECEIPT, 70)]);
    let payment = Payment { term: 0, minor: 3_001, overpaid: false };
    let check = |book: &Book, payment| book.money().check_payment(&payment);
    assert_eq!(
        check(&book, payment),
        Err(Refusal::MoreThanOpen { term: 1, amount: "30.01".into(), open: "30.00".into() })
    );
    let accepted = Payment { overpaid: true, ..payment };
    assert_eq!(check(&book, accepted), Ok(()));
    assert!(check(&book, Payment { minor: 0, ..accepted }).is_err());
    assert_eq!(
        check(&book, Payment { term: 2, ..payment }),
        Err(Refusal::DueTermUnknown { term: 3 })
    );
    book.payments.push(accepted);
    assert_eq!(book.opens(), [0, 6_999]);
    assert_eq!(book.account().dues[1].set_off, 1);
    book.payments.push(Payment { minor: 8_000, ..accepted });
    assert_eq!((book.account().open(), book.account().prepaid), (0, 1_001));
}

/// Advances were cleared by hand and selectively, not pro rata (frappe/erpnext#12059, tcb#61,
/// gooderp#157). Here each receipt clears its share, and together never more than was paid.
#[test]
fn a_deposit_clears_pro_rata_as_goods_come() {
    let mut book = Book::of(&[(3_000, "1.01")], &[(DEPOSIT, 30), (RECEIPT, 70)]);
    book.pay(0, 90_900);
    let mut cleared = Vec::new();
    for (units, on) in [(1_000, "2026-04-01"), (1, "2026-04-02"), (1_999, "2026-04-03")] {
        book.ship(on, units);
        cleared.clone_from(&book.account().deposit_cleared);
        assert!(cleared.iter().sum::<i64>() <= 90_900);
    }
    assert_eq!(cleared, [30_300, 30, 60_570]);
    book.payments[0].minor = 100;
    assert_eq!(book.account().deposit_cleared.iter().sum::<i64>(), 100);
}

#[test]
fn milestones_make_their_share_due() {
    let filling = Trigger::Milestone { milestone: Milestone::Filling, days: 5 };
    let terms = [(DEPOSIT, 30), (filling, 40), (Trigger::BeforeShip, 30)];
    let mut book = Book::of(&[(45_000, "6.00")], &terms);
    let due_on = |book: &Book| book.account().dues[1].due_on;
    assert_eq!(due_on(&book), None);
    book.milestones.insert(Milestone::Filling, day("2026-03-28"));
    assert_eq!(due_on(&book), Some(day("2026-04-02")));
}

#[test]
fn the_last_due_takes_the_cent() {
    let third = |trigger, ppm| Term { trigger, share_ppm: ppm };
    let terms =
        [third(DEPOSIT, 333_333), third(Trigger::BeforeShip, 333_333), third(RECEIPT, 333_334)];
    assert_eq!(cut(&terms, 100), [33, 33, 34]);
    assert_eq!(cut(&terms, 101), [34, 34, 33]);
    let quarters = [third(DEPOSIT, 250_000); 4];
    assert_eq!((cut(&quarters, 2), cut(&quarters, 1)), (vec![1, 1, 0, 0], vec![0, 0, 0, 1]));
    assert_eq!(cut(&quarters, 0), [0; 4]);
}

/// Two shares of 13.50 are rounded up, so 2 of 30 cents are left for the last; by itself its share
/// of the first 29 cents would be 3.
#[test]
fn a_shipment_never_takes_more_than_its_term_has() {
    let terms = [(DEPOSIT, 45), (Trigger::BeforeShip, 45), (RECEIPT, 10)];
    let mut book = Book::of(&[(100, "0.01")], &terms);
    book.ship("2026-04-01", 29);
    book.ship("2026-04-02", 1);
    book.ending = Ending::Closed;
    let dues = [(0, None, 14), (1, Some(0), 13), (1, Some(1), 1), (2, Some(0), 2)];
    assert_eq!(book.amounts(), dues);
}

#[test]
fn a_short_close_sets_the_deposit_against_the_last_due_and_asks_for_the_rest() {
    let mut book = Book::of(&[(5_000, "9.00")], &[(DEPOSIT, 30), (Trigger::BeforeShip, 70)]);
    book.pay(0, 1_350_000);
    book.pay(1, 2_000_000);
    book.ship("2026-04-01", 4_000);
    book.ending = Ending::Closed;
    // 36,000.00 are payable: 10,800.00 and 25,200.00; 2,700.00 of the deposit are not cleared.
    let account = book.account();
    assert_eq!((account.payable, account.deposit_uncleared()), (3_600_000, 270_000));
    assert_eq!(book.amounts(), [(0, None, 1_080_000), (1, Some(0), 2_520_000)]);
    assert_eq!((account.dues[1].set_off, account.open()), (270_000, 250_000));
    assert_eq!(
        book.money().check_closable("PO-1"),
        Err(Refusal::DuesOpen { number: "PO-1".into(), open: "2500.00".into() })
    );
    book.ending = Ending::Open;
    book.pay(1, 520_000);
    assert_eq!(book.money().check_closable("PO-1"), Ok(()));
    book.ending = Ending::Closed;
    assert_eq!((book.account().open(), book.account().refund_due), (0, 270_000));
    assert_eq!(book.money().check_refund(270_000), Ok(()));
    assert_eq!(
        book.money().check_refund(270_001),
        Err(Refusal::RefundTooLarge { amount: "2700.01".into(), owed: "2700.00".into() })
    );
    book.refunded = 270_000;
    assert_eq!(book.account().refund_due, 0);
}

#[test]
fn units_beyond_the_order_are_paid_with_the_last_due_or_not_at_all() {
    let mut book = Book::of(&[(5_000, "9.00")], &[(DEPOSIT, 30), (Trigger::BeforeShip, 70)]);
    book.ship("2026-04-01", 4_000);
    book.ship("2026-04-11", 1_100);
    let dues = |deposit, first, second| {
        vec![(0, None, deposit), (1, Some(0), first), (1, Some(1), second)]
    };
    for ending in [Ending::Open, Ending::Closed] {
        book.ending = ending;
        book.over_receipt_paid = false;
        assert_eq!(book.amounts(), dues(1_350_000, 2_520_000, 630_000));
        book.over_receipt_paid = true;
        assert_eq!(book.amounts(), dues(1_350_000, 2_520_000, 720_000));
        assert_eq!(book.account().payable, 4_590_000);
    }
}

/// A receipt that was accepted in part could not be entered (frappe/erpnext#47331, #21212). Here
/// rejected units are credited out of a shipment and only the others are paid for.
#[test]
fn credited_units_cut_the_dues() {
    let mut book = Book::of(&[(5_000, "9.00")], &[(DEPOSIT, 30), (Trigger::BeforeShip, 70)]);
    book.pay(0, 1_350_000);
    book.pay(1, 1_260_000);
    book.ship("2026-04-01", 2_000);
    assert_eq!(book.opens(), [0, 0, 1_890_000]);
    book.shipments[0].credited = vec![200];
    // 200 × 9.00 = 1,800.00 less are payable, and the next payment is as much smaller.
    let account = book.account();
    assert_eq!((account.payable, account.open()), (4_320_000, 1_710_000));
    book.ship("2026-04-11", 3_000);
    assert_eq!(book.account().payable, 4_320_000);
    assert_eq!(book.account().open(), 1_710_000);
    book.ending = Ending::Closed;
    assert_eq!(book.account().payable, 4_320_000);
    book.shipments[0].credited = vec![2_001];
    assert_eq!(book.money().account(), Err(Refusal::QuantityInvalid { qty: 2_001 }));
}

#[test]
fn a_cancelled_order_owes_the_deposit_back_or_loses_it() {
    let mut book = Book::of(&[(5_000, "9.00")], &[(DEPOSIT, 30), (Trigger::BeforeShip, 70)]);
    book.pay(0, 1_350_000);
    book.ending = Ending::Cancelled(DepositFate::RefundDue);
    let account = book.account();
    assert_eq!((account.payable, account.dues.len()), (0, 0));
    assert_eq!((account.refund_due, account.forfeited), (1_350_000, 0));
    book.refunded = 1_000_000;
    assert_eq!(book.account().refund_due, 350_000);
    book.ending = Ending::Cancelled(DepositFate::Forfeited);
    assert_eq!((book.account().refund_due, book.account().forfeited), (0, 350_000));
    assert!(book.money().check_refund(1).is_err());
}

#[test]
fn an_amendment_leaves_what_is_paid_and_cuts_the_rest_anew() {
    let filling = Trigger::Milestone { milestone: Milestone::Filling, days: 0 };
    let terms = [(DEPOSIT, 30), (filling, 20), (Trigger::BeforeShip, 50)];
    let mut book = Book::of(&[(5_000, "9.00")], &terms);
    book.pay(0, 1_350_000);
    let amended = |book: &Book, qty| {
        let lines = [PayableLine { qty, ..book.lines[0] }];
        book.money().amended(&lines).expect("small")
    };
    // 54,000.00 − 13,500.00 paid = 40,500.00, at 20 : 50.
    assert_eq!(amended(&book, 6_000), [1_350_000, 1_157_143, 2_892_857]);
    assert_eq!(amended(&book, 4_000), [1_350_000, 642_857, 1_607_143]);
    book.pay(1, 700_000);
    assert_eq!(amended(&book, 4_000), [1_350_000, 700_000, 1_550_000]);
    assert_eq!(amended(&book, 1_000), [900_000, 0, 0]);
    book.payments.clear();
    assert_eq!(amended(&book, 4_000), [1_080_000, 720_000, 1_800_000]);
}

#[test]
fn a_due_may_be_waived() {
    let mut book = Book::of(&[(9_000, "8.10")], &[(DEPOSIT, 50), (Trigger::BeforeShip, 50)]);
    book.ship("2026-04-01", 2_000);
    book.ship("2026-04-11", 3_500);
    let waiver = Waiver { term: 1, shipment: Some(0), minor: 810_000 };
    assert_eq!(book.money().check_waiver(&waiver), Ok(()));
    assert!(book.money().check_waiver(&Waiver { minor: 810_001, ..waiver }).is_err());
    assert!(book.money().check_waiver(&Waiver { term: 2, ..waiver }).is_err());
    book.waivers.push(waiver);
    book.pay(1, 1_417_500);
    let states = [DueState::Due, DueState::Waived, DueState::Paid, DueState::Planned];
    assert_eq!(book.states(), states);
    book.waivers.push(Waiver { shipment: None, minor: 1_000, ..waiver });
    assert_eq!(book.opens(), [3_645_000, 0, 0, 1_416_500]);
}

/// 2,000 of 9,000 never come. What was let go stays let go, though the rest of the order's dues was
/// paid while they were still expected: the factory owes back what was paid beyond 56,700.00 less
/// 8,100.00.
#[test]
fn what_was_paid_for_goods_that_never_come_takes_no_waivers_place() {
    for overpaid in [false, true] {
        let mut book = Book::of(&[(9_000, "8.10")], &[(RECEIPT, 100)]);
        book.ship("2026-04-01", 7_000);
        book.waivers.push(Waiver { term: 0, shipment: None, minor: 810_000 });
        assert_eq!(book.account().open(), 7_290_000 - 810_000);
        let payment = Payment { term: 0, minor: 6_480_000, overpaid };
        assert_eq!(book.money().check_payment(&payment), Ok(()));
        book.payments.push(payment);
        book.ending = Ending::Closed;
        let account = book.account();
        assert_eq!((account.payable, account.open()), (5_670_000, 0));
        assert_eq!(account.dues.iter().map(|due| due.waived).sum::<i64>(), 810_000);
        assert_eq!(account.refund_due, 6_480_000 - (5_670_000 - 810_000));
    }
}

/// 500.00 were let go of the second of two shipments of 5,000.00, which all went back for a credit.
/// The first was paid in full: nothing of it is let go, and nothing is owed back.
#[test]
fn what_was_let_go_of_a_shipment_that_went_back_frees_nothing_paid_for_another() {
    let mut book = Book::of(&[(1_000, "10.00")], &[(RECEIPT, 100)]);
    book.ship("2026-04-01", 500);
    book.ship("2026-04-11", 500);
    book.pay(0, 500_000);
    book.waivers.push(Waiver { term: 0, shipment: Some(1), minor: 50_000 });
    assert_eq!(book.opens(), [0, 450_000]);
    book.shipments[1].credited = vec![500];
    book.ending = Ending::Closed;
    let account = book.account();
    assert_eq!((account.payable, account.open(), account.refund_due), (500_000, 0, 0));
    assert_eq!(account.dues.iter().map(|due| due.waived).sum::<i64>(), 0);
}

fn any_terms() -> impl Strategy<Value = Vec<Term>> {
    let cuts = prop::collection::btree_set(1_i64..1_000_000, 0..4);
    (cuts, prop::collection::vec(0_u8..5, 5)).prop_map(|(cuts, mut kinds)| {
        let mut ends: Vec<i64> = cuts.into_iter().collect();
        ends.push(1_000_000);
        kinds.truncate(ends.len());
        kinds.sort_unstable();
        let trigger = |kind| match kind {
            0 => DEPOSIT,
            1 => Trigger::Milestone { milestone: Milestone::Filling, days: 2 },
            2 => Trigger::Milestone { milestone: Milestone::Ready, days: 0 },
            3 => Trigger::BeforeShip,
            _ => RECEIPT,
        };
        let starts = std::iter::once(0).chain(ends.clone());
        let shares = starts.zip(&ends).map(|(from, to)| to - from);
        let term = |(share_ppm, kind)| Term { trigger: trigger(kind), share_ppm };
        shares.zip(kinds).map(term).collect()
    })
}

/// One thing that happens to an order; numbers are taken as shares of what is possible.
#[derive(Debug, Clone)]
enum Step {
    Pay { term: usize, part: i64, overpaid: bool },
    Ship { units: Vec<i64> },
    Credit { shipment: usize, line: usize, part: i64 },
    Waive { term: usize, shipment: Option<usize>, part: i64 },
    Amend { line: usize, qty: i64 },
    Reach,
    Refund { part: i64 },
}

fn any_step() -> impl Strategy<Value = Step> {
    let part = 0_i64..=120;
    prop_oneof![
        4 => (0_usize..5, part.clone(), any::<bool>())
            .prop_map(|(term, part, overpaid)| Step::Pay { term, part, overpaid }),
        4 => prop::collection::vec(0_i64..60, 2).prop_map(|units| Step::Ship { units }),
        1 => (0_usize..6, 0_usize..2, part.clone())
            .prop_map(|(shipment, line, part)| Step::Credit { shipment, line, part }),
        1 => (0_usize..5, prop::option::of(0_usize..6), part.clone())
            .prop_map(|(term, shipment, part)| Step::Waive { term, shipment, part }),
        2 => (0_usize..2, 1_i64..200).prop_map(|(line, qty)| Step::Amend { line, qty }),
        1 => Just(Step::Reach),
        1 => part.prop_map(|part| Step::Refund { part }),
    ]
}

impl Book {
    /// Does the step as far as the rules let it.
    fn take(&mut self, step: &Step) {
        let account = self.account();
        match step {
            Step::Pay { term, part, overpaid } => {
                let minor = account.open_on(*term) * part / 100;
                let payment = Payment { term: *term, minor, overpaid: *overpaid };
                if self.money().check_payment(&payment).is_ok() {
                    self.payments.push(payment);
                }
            }
            Step::Ship { units } => {
                let on = day("2026-04-01") + Days::new(self.shipments.len() as u64);
                self.shipments.push(Shipment { on, units: units.clone(), credited: vec![0; 2] });
            }
            Step::Credit { shipment, line, part } => {
                if let Some(shipment) = self.shipments.get_mut(*shipment) {
                    shipment.credited[*line] = shipment.units[*line] * part.min(&100) / 100;
                }
            }
            Step::Waive { term, shipment, part } => {
                let minor = account.open_on(*term) * part / 100;
                let waiver = Waiver { term: *term, shipment: *shipment, minor };
                if self.money().check_waiver(&waiver).is_ok() {
                    self.waivers.push(waiver);
                }
            }
            Step::Amend { line, qty } => {
                let mut lines = self.lines.clone();
                lines[*line].qty = *qty;
                self.agreed = self.money().amended(&lines).expect("small");
                self.lines = lines;
            }
            Step::Reach => {
                self.milestones.insert(Milestone::Filling, day("2026-03-20"));
            }
            Step::Refund { part } => {
                let minor = (account.prepaid + account.refund_due) * part / 100;
                if self.money().check_refund(minor).is_ok() {
                    self.refunded += minor;
                }
            }
        }
    }

    /// What holds of every account.
    fn holds(&self) -> Result<(), TestCaseError> {
        let account = self.account();
        let dues = &account.dues;
        prop_assert_eq!(dues.iter().map(|due| due.amount).sum::<i64>(), account.payable);
        for due in dues {
            prop_assert!(due.amount > 0 && due.open() >= 0, "{:?}", due);
            prop_assert!(due.paid >= 0 && due.set_off >= 0 && due.waived >= 0, "{:?}", due);
        }
        let paid: i64 = self.payments.iter().map(|payment| payment.minor).sum();
        let met: i64 = dues.iter().map(|due| due.paid + due.set_off).sum();
        let kept = account.prepaid + account.refund_due + account.forfeited;
        prop_assert_eq!(paid, met + kept + self.refunded);
        prop_assert!(kept == 0 || account.open() == 0, "what is owed both ways is set off");
        let cleared: i64 = account.deposit_cleared.iter().sum();
        prop_assert!(account.deposit_cleared.iter().all(|part| *part >= 0));
        prop_assert!(cleared <= account.deposit_paid && account.deposit_paid <= paid);
        prop_assert_eq!(self.agreed.iter().sum::<i64>(), self.money().ordered().expect("small"));
        Ok(())
    }
}

fn any_book() -> impl Strategy<Value = Book> {
    // Goods for less than a cent a unit as well: that is where rounding bites.
    let price = prop_oneof![0_i64..300, 0_i64..5_000_000];
    let lines = prop::collection::vec((1_i64..200, price), 2);
    (any_terms(), lines, any::<bool>()).prop_map(|(terms, lines, over_receipt_paid)| {
        let line =
            |(qty, price): (i64, i64)| PayableLine { qty, price: taxed(Decimal::new(price, 4)) };
        let book = Book::cut(lines.into_iter().map(line).collect(), terms);
        Book { over_receipt_paid, ..book }
    })
}

proptest! {
    #[test]
    fn dues_add_up_whatever_happens(
        mut book in any_book(),
        steps in prop::collection::vec(any_step(), 0..16),
    ) {
        book.holds()?;
        for step in &steps {
            book.take(step);
            book.holds()?;
        }
        for ending in [
            Ending::Closed,
            Ending::Cancelled(DepositFate::RefundDue),
            Ending::Cancelled(DepositFate::Forfeited),
        ] {
            Book { ending, ..book.clone() }.holds()?;
        }
    }

    #[test]
    fn closed_dues_are_what_was_accepted_at_the_price_of_issue(
        mut book in any_book(),
        steps in prop::collection::vec(any_step(), 0..16),
    ) {
        for step in &steps {
            book.take(step);
        }
        book.ending = Ending::Closed;
        let accepted = |line: usize| -> i64 {
            let units = book.shipments.iter().map(|one| one.units[line] - one.credited[line]).sum();
            if book.over_receipt_paid { units } else { book.lines[line].qty.min(units) }
        };
        let price = |line: &PayableLine, units| {
            line.price.of_units(units, Currency::CNY).expect("small").gross()
        };
        let wanted: i64 =
            book.lines.iter().enumerate().map(|(at, line)| price(line, accepted(at))).sum();
        prop_assert_eq!(book.account().payable, wanted);
        let split = book.account().dues.iter().all(|due| {
            due.shipment.is_some() || book.terms[due.term].trigger.is_deposit()
        });
        prop_assert!(split, "nothing is planned any more");
    }

    #[test]
    fn the_order_of_payments_and_waivers_does_not_matter(
        mut book in any_book(),
        steps in prop::collection::vec(any_step(), 0..16),
    ) {
        for step in &steps {
            book.take(step);
        }
        let account = book.account();
        book.payments.reverse();
        book.waivers.reverse();
        prop_assert_eq!(book.account(), account);
    }

    #[test]
    fn paying_what_the_gate_asks_opens_it(
        mut book in any_book(),
        steps in prop::collection::vec(any_step(), 0..16),
        units in prop::collection::vec(0_i64..60, 2),
    ) {
        for step in &steps {
            book.take(step);
        }
        let next = Shipment { on: day("2026-06-01"), units, credited: Vec::new() };
        let mut unlimited = 0;
        while book.money().before_ship_open(&next).expect("small") > 0 {
            let arrived = [book.shipments.clone(), vec![next.clone()]].concat();
            let account = Book { shipments: arrived, ..book.clone() }.account();
            let gated = account.dues.iter().find(|due| {
                let trigger = book.terms[due.term].trigger;
                due.shipment.is_some() && trigger == Trigger::BeforeShip && due.open() > 0
            });
            let due = gated.expect("the gate asks for a due");
            book.payments.push(Payment { term: due.term, minor: due.open(), overpaid: true });
            unlimited += 1;
            prop_assert!(unlimited < 50);
        }
        prop_assert_eq!(book.money().check_before_ship("PO", &next, None), Ok(()));
    }

    #[test]
    fn a_new_cut_adds_up_and_keeps_what_is_settled(
        terms in any_terms(),
        total in 0_i64..1_000_000,
        parts in prop::collection::vec(0_i64..=100, 5),
        then in 0_i64..1_500_000,
    ) {
        let agreed = cut(&terms, total);
        prop_assert!(agreed.iter().all(|part| *part >= 0));
        let settled: Vec<i64> =
            agreed.iter().zip(&parts).map(|(amount, part)| amount * part / 100).collect();
        let anew = recut(&terms, &agreed, &settled, then);
        prop_assert_eq!(anew.iter().sum::<i64>(), then);
        prop_assert!(anew.iter().all(|part| *part >= 0));
        if settled.iter().sum::<i64>() <= then {
            prop_assert!(anew.iter().zip(&settled).all(|(part, settled)| part >= settled));
            for term in 0..terms.len().saturating_sub(1) {
                let full = settled[term] > 0 && settled[term] == agreed[term];
                prop_assert!(!full || anew[term] == agreed[term]);
            }
        }
        prop_assert_eq!(recut(&terms, &agreed, &vec![0; terms.len()], then), cut(&terms, then));
    }
}
