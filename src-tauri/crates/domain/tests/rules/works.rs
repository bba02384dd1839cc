//! A factory that makes goods of our materials, and what its entries add up to.

use std::collections::BTreeMap;

use domain::{
    Currency, Entry, LotId, MoveKind, OrderId, PlaceId, Reason, Refusal, SkuId, Status, ValueKind,
    bom::{BomLine, Made, SuppliedBy, Usage},
    materials::FactoryStock,
    opening::LotBook,
    order::{
        Delivered, OrderContent, OrderLine, OrderState, ProductionOrder, ReceiptAt, ReceiptKnown,
        Step, receive,
    },
    place::{Builtin, suspense_of},
    shelf_life::{Dates, ShelfLife},
    stock::Available,
    valuation::{Flow, LotValue, Passing, PassingKind, value},
};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::support::{Levels, counter, day, id, place_id, sku};

pub(crate) const ORDER: u128 = 7;

pub(crate) fn warehouse() -> PlaceId {
    place_id(0)
}

pub(crate) fn factory() -> PlaceId {
    place_id(4)
}

pub(crate) fn goods() -> SkuId {
    sku(1)
}

pub(crate) fn material(n: u128) -> SkuId {
    sku(100 + n)
}

pub(crate) fn bill(n: u128, per_1000: i64, allowance_ppm: i64) -> BomLine {
    BomLine { material: material(n), per_1000, allowance_ppm, supplied_by: SuppliedBy::Brand }
}

/// Issued for 6,000 bottles of one box each, 3 % allowed; so many are good and spoilt.
pub(crate) fn boxes_used(issued: i64, good: i64, spoilt: i64) -> Usage {
    let made = Made { bill: bill(1, 1_000, 30_000), ordered: 6_000, good, spoilt };
    Usage { issued, returned: 0, made: vec![made] }
}

pub(crate) fn came(lot_no: &str, qty: i64) -> Delivered {
    Delivered::of(0, lot_no, Dates { mfg_on: Some(day("2026-09-01")), expires_on: None }, qty)
}

/// An order at its factory, with everything that was posted added up.
pub(crate) struct Works {
    pub(crate) order: ProductionOrder,
    pub(crate) price: Decimal,
    pub(crate) stock: FactoryStock,
    pub(crate) levels: Levels,
    pub(crate) own: BTreeMap<LotId, i64>,
    pub(crate) passings: Vec<Passing>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) new_id: Box<dyn FnMut() -> Uuid>,
    book: LotBook,
}

impl Works {
    /// An accepted order of one line at `price` with 13 % tax in it.
    pub(crate) fn new(qty: i64, price: &str, materials: Vec<BomLine>) -> Self {
        let line = OrderLine { materials, ..OrderLine::of(goods(), qty) };
        let content = OrderContent {
            materials_at: Some(factory()),
            tax_rate_ppm: 130_000,
            price_includes_tax: true,
            ..OrderContent::new("PO-A-2026-0042", id(3), warehouse(), vec![line])
        };
        let fact = domain::Fact::OrderIssued { id: id(ORDER), order: Box::new(content) };
        let issued = ProductionOrder::fold(None, &fact, day("2026-09-01")).expect("issued");
        Self {
            order: ProductionOrder { state: OrderState::Accepted, ..issued },
            price: price.parse().expect("a decimal"),
            stock: FactoryStock::default(),
            levels: Levels::default(),
            own: BTreeMap::new(),
            passings: Vec::new(),
            entries: Vec::new(),
            new_id: Box::new(counter()),
            book: LotBook::default(),
        }
    }

    /// A lot of material that is at the factory before anything is made of it.
    pub(crate) fn supply(&mut self, n: u128, qty: i64, minor: i64) -> LotId {
        let lot = LotId((self.new_id)());
        self.bring(n, lot, qty, minor);
        let free = Available { lot, dates: Dates::default(), qty };
        self.stock.lots.entry(material(n)).or_default().push(free);
        lot
    }

    /// The same without telling the factory's stock yet.
    pub(crate) fn bring(&mut self, _: u128, lot: LotId, qty: i64, minor: i64) {
        let (from, to) = ((Builtin::Supplier.id(), Status::Good), (factory(), Status::Good));
        let kind = MoveKind::BuyReceipt;
        self.levels.add(&[domain::Move { kind, lot, qty, from, to, line: 0 }]);
        *self.own.entry(lot).or_insert(0) += minor;
    }

    pub(crate) fn receive(&mut self, delivered: &[Delivered]) -> Result<Entry, Refusal> {
        let at = ReceiptAt {
            place: warehouse(),
            status: Status::Quarantine,
            reason: Reason::new(Some("all the same".into())),
            unpaid_reason: Reason::default(),
        };
        let names = BTreeMap::from([(goods(), ("SK".to_owned(), Some(ShelfLife::Months(36))))]);
        let waiting = self.waiting();
        let prices = [self.price];
        let known = ReceiptKnown {
            order: &self.order,
            prices: Some((&prices, Currency::CNY)),
            goods: &names,
            waiting: &waiting,
            balance_open: false,
            account: None,
        };
        let id = OrderId(Uuid::from_u128(ORDER));
        let step = Step { id, day: day("2026-10-01"), new_id: &mut self.new_id };
        let entry = receive(step, &known, &at, delivered, &mut self.book, &mut self.stock)?;
        self.post(&entry);
        Ok(entry)
    }

    /// The receipt's only lot.
    pub(crate) fn receive_lot(&mut self, one: &Delivered) -> LotId {
        let entry = self.receive(std::slice::from_ref(one)).expect("received");
        let domain::Fact::OrderReceived { lines, .. } = &entry.body.fact else {
            panic!("a receipt")
        };
        lines[0].lot
    }

    pub(crate) fn post(&mut self, entry: &Entry) {
        self.levels.add(&entry.body.moves);
        for value in entry.money.iter().flat_map(|money| &money.values) {
            *self.own.entry(value.lot).or_insert(0) += value.minor;
        }
        self.passings.extend(&entry.body.passings);
        let order = self.order.clone();
        let folded = ProductionOrder::fold(Some(order), &entry.body.fact, entry.effective_on);
        self.order = folded.expect("an order stays");
        self.entries.push(entry.clone());
    }

    fn waiting(&self) -> BTreeMap<LotId, i64> {
        let mut waiting = BTreeMap::new();
        for one in &self.passings {
            match one.kind {
                PassingKind::Returned => *waiting.entry(one.from).or_insert(0) += one.qty,
                PassingKind::Replaced => *waiting.entry(one.from).or_insert(0) -= one.qty,
                _ => {}
            }
        }
        waiting
    }

    /// Every lot's worth. D-17 is looked at on the way.
    pub(crate) fn values(&self) -> BTreeMap<LotId, LotValue> {
        let mut flows: BTreeMap<LotId, Flow> = BTreeMap::new();
        for (lot, minor) in &self.own {
            flows.entry(*lot).or_default().own_minor += minor;
        }
        for (slot, qty) in &self.levels.0 {
            let flow = flows.entry(slot.lot).or_default();
            match Builtin::ALL.into_iter().find(|builtin| builtin.id() == slot.place) {
                Some(Builtin::Supplier | Builtin::Production | Builtin::Opening) => {
                    flow.came -= qty;
                }
                Some(Builtin::Adjustment) => flow.adjusted -= qty,
                Some(Builtin::Customer) => flow.sold += qty,
                Some(Builtin::Used) => flow.used += qty,
                Some(Builtin::Scrap) => flow.scrapped += qty,
                None if slot.place == suspense_of(factory()) => {}
                None => flow.on_hand += qty,
            }
        }
        let values = value(&flows, &self.passings);
        for (lot, one) in &values {
            assert_eq!(one.parts(), one.whole, "{lot:?}");
        }
        let own: i64 = self.own.values().sum();
        let whole: i64 = values.values().map(|one| one.whole - one.taken_over).sum();
        assert_eq!(own, whole, "nothing but value entries makes value");
        values
    }

    /// Units that moved, by kind and lot.
    pub(crate) fn moved(&self, kind: MoveKind) -> BTreeMap<LotId, i64> {
        let mut moved = BTreeMap::new();
        let moves = self.entries.iter().flat_map(|entry| &entry.body.moves);
        for one in moves.filter(|one| one.kind == kind) {
            *moved.entry(one.lot).or_insert(0) += one.qty;
        }
        moved
    }

    /// Units of a kind that left `place`, less those that came back, by lot.
    pub(crate) fn moved_net(&self, kind: MoveKind, place: PlaceId) -> BTreeMap<LotId, i64> {
        let mut moved = BTreeMap::new();
        let moves = self.entries.iter().flat_map(|entry| &entry.body.moves);
        for one in moves.filter(|one| one.kind == kind) {
            let sign = if one.from.0 == place { 1 } else { -1 };
            *moved.entry(one.lot).or_insert(0) += sign * one.qty;
        }
        moved
    }

    /// The fee of everything received.
    pub(crate) fn fees(&self) -> i64 {
        let values = self.entries.iter().filter_map(|entry| entry.money.as_ref());
        let values = values.flat_map(|money| &money.values);
        values.filter(|value| value.kind == ValueKind::Receipt).map(|value| value.minor).sum()
    }

    /// Units passed on, by kind and lot that they come out of.
    pub(crate) fn passed(&self, kind: PassingKind) -> BTreeMap<LotId, i64> {
        let mut passed = BTreeMap::new();
        for one in self.passings.iter().filter(|one| one.kind == kind) {
            *passed.entry(one.from).or_insert(0) += one.qty;
        }
        passed.retain(|_, qty| *qty != 0);
        passed
    }
}
