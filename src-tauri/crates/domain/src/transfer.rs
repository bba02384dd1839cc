//! Transfers (调拨单): goods on their way from place to place, until nothing is on the way.
//!
//! Knows the states draft → allocated → packed → shipped → arrived → closed, that transit is a
//! place, and that a transfer leaves once. Refuses to close while anything is in transit, and to
//! send a selling place what it would refuse at arrival.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::{
    Body, DocKind, DocRef, Entry, EntryId, Fact, LotId, Move, MoveKind, NewId, PlaceId, Refusal,
    SkuId, Status, TransferId,
    entry::Serial,
    fact::{ArrivedLine, Resolution},
    place::{Builtin, Place, transit_of},
    reservation::refuse_difference,
    shelf_life::Dates,
    stock::positive,
};

pub use crate::{
    cartons::{Carton, CartonContent, fill_cartons},
    fate::Fate,
};

/// Goods, lot and quantity of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferLine {
    /// Which goods.
    pub sku: SkuId,
    /// Which lot.
    pub lot: LotId,
    /// How many units.
    pub qty: i64,
}

/// What a transfer says when it is approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferContent {
    /// What people call it, e.g. `TR-A-2026-0007`.
    pub number: String,
    /// From where.
    pub from: PlaceId,
    /// To where.
    pub to: PlaceId,
    /// What is set aside, all of it good.
    pub lines: Vec<TransferLine>,
    /// In words.
    #[serde(default)]
    pub note: String,
    /// Why lots go that the destination's rule would refuse.
    #[serde(default)]
    pub override_reason: Option<String>,
}

/// Where a transfer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the states' names")]
pub enum TransferState {
    Allocated,
    Packed,
    Shipped,
    Arrived,
    Closed,
    Cancelled,
}

impl TransferState {
    /// The state's stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allocated => "allocated",
            Self::Packed => "packed",
            Self::Shipped => "shipped",
            Self::Arrived => "arrived",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A transfer as its entries made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// As approved.
    pub content: TransferContent,
    /// Approved on.
    pub approved_on: NaiveDate,
    /// Where it stands.
    pub state: TransferState,
    /// Its cartons, once packed.
    pub cartons: Vec<Carton>,
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number.
    pub tracking: String,
    /// When it left.
    pub shipped_on: Option<NaiveDate>,
    /// When nine of ten would be there.
    pub expected_on: Option<NaiveDate>,
    /// First arrival.
    pub arrived_on: Option<NaiveDate>,
    /// What became of each lot.
    pub fates: BTreeMap<LotId, Fate>,
    /// Units by lot that reports took of what it had set aside: as approved, or since it was packed.
    pub cut: BTreeMap<LotId, i64>,
}

impl Transfer {
    /// Transfer `id` after one more of the entries that are about it: its own, and the reports that
    /// take of what it has set aside.
    pub fn fold(transfer: Option<Self>, id: TransferId, entry: &Entry) -> Option<Self> {
        let is_own = entry.body.fact.document(entry.effective_on)
            == Some(DocRef { kind: DocKind::Transfer, id: id.0 });
        if let (Fact::TransferApproved { transfer: content, .. }, true) = (&entry.body.fact, is_own)
        {
            return Some(Self {
                content: content.as_ref().clone(),
                approved_on: entry.effective_on,
                state: TransferState::Allocated,
                cartons: Vec::new(),
                carrier: String::new(),
                tracking: String::new(),
                shipped_on: None,
                expected_on: None,
                arrived_on: None,
                fates: BTreeMap::new(),
                cut: BTreeMap::new(),
            });
        }
        let mut transfer = transfer?;
        if is_own {
            transfer.step(&entry.body, entry.effective_on);
        }
        transfer.cut_by(id, &entry.body.cuts);
        Some(transfer)
    }

    fn step(&mut self, body: &Body, day: NaiveDate) {
        match &body.fact {
            Fact::TransferPacked { cartons, .. } => {
                self.state = TransferState::Packed;
                self.cartons.clone_from(cartons);
                // It goes without what was taken before: from here on its cartons say what it holds.
                self.cut.clear();
            }
            Fact::TransferShipped { carrier, tracking, expected_on, .. } => {
                self.state = TransferState::Shipped;
                self.carrier.clone_from(carrier);
                self.tracking.clone_from(tracking);
                self.shipped_on = Some(day);
                self.expected_on = Some(*expected_on);
                for one in body.moves.iter().filter(|one| one.kind == MoveKind::Ship) {
                    self.fates.entry(one.lot).or_default().shipped += one.qty;
                }
            }
            Fact::TransferArrived { lines, .. } => {
                self.state = TransferState::Arrived;
                self.arrived_on.get_or_insert(day);
                for line in lines {
                    let fate = self.fates.entry(line.lot).or_default();
                    fate.arrived += line.qty - line.over;
                    fate.over += line.over;
                }
            }
            Fact::TransferResolved { lot, qty, resolution, .. } => {
                let fate = self.fates.entry(*lot).or_default();
                match resolution {
                    Resolution::Lost => fate.lost += qty,
                    Resolution::Found => {
                        fate.lost -= qty;
                        fate.arrived += qty;
                    }
                }
            }
            Fact::TransferClosed { .. } => self.state = TransferState::Closed,
            Fact::TransferCancelled { .. } => self.state = TransferState::Cancelled,
            _ => {}
        }
    }

    /// Whether its lines are set aside at the source, not yet gone.
    pub fn reserves(&self) -> bool {
        matches!(self.state, TransferState::Allocated | TransferState::Packed)
    }

    fn expect(&self, states: &[TransferState], wanted: &str) -> Result<(), Refusal> {
        if states.contains(&self.state) {
            return Ok(());
        }
        let (number, state) = (self.content.number.clone(), self.state.word().to_owned());
        Err(Refusal::WrongState { number, state, wanted: wanted.into() })
    }
}

/// What a use case of transfers needs besides the transfer: its id, the day, new ids.
pub struct Step<'a> {
    /// The transfer.
    pub id: TransferId,
    /// The business day.
    pub day: NaiveDate,
    /// Where ids come from.
    pub new_id: NewId<'a>,
}

impl Step<'_> {
    fn entry(&mut self, body: Body) -> Entry {
        let id = EntryId((self.new_id)());
        Entry { id, effective_on: self.day, reverses: None, batch: None, body, money: None }
    }
}

/// A lot at the source, as far as approving needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLot {
    /// The lot's number.
    pub lot_no: String,
    /// Its goods' code.
    pub sku_code: String,
    /// Its dates.
    pub dates: Dates,
    /// Good units that nothing else has set aside.
    pub free: i64,
}

/// What approving needs to know.
#[derive(Debug, Clone)]
pub struct ApproveKnown<'a> {
    /// The source.
    pub from: &'a Place,
    /// The destination.
    pub to: &'a Place,
    /// The source's lots.
    pub lots: &'a BTreeMap<LotId, SourceLot>,
}

/// The day on which goods that leave on `day` can be sold at `to`: nine times of ten.
pub fn arrives_on(to: &Place, day: NaiveDate) -> NaiveDate {
    day + TimeDelta::days(to.route.transit_days_p90 + to.route.receive_lag_days_p90)
}

/// Sets goods aside. Each lot must be free at the source and, when the destination sells, be
/// accepted there on arrival; an override needs a reason.
pub fn approve(
    mut step: Step,
    known: &ApproveKnown,
    content: TransferContent,
    serial: Serial,
) -> Result<Entry, Refusal> {
    if content.from == content.to {
        return Err(Refusal::SamePlace { code: known.from.code.clone() });
    }
    if content.lines.is_empty() {
        return Err(Refusal::DocumentEmpty { what: "transfer".into() });
    }
    let mut wanted: BTreeMap<LotId, i64> = BTreeMap::new();
    for line in &content.lines {
        *wanted.entry(line.lot).or_default() += positive(line.qty)?;
    }
    let arrival = arrives_on(known.to, step.day);
    let overridden = content.override_reason.as_deref().is_some_and(|why| !why.trim().is_empty());
    for (lot, qty) in wanted {
        let source = known.lots.get(&lot);
        let free = source.map_or(0, |source| source.free);
        if qty > free {
            let lot_no = source.map(|source| source.lot_no.clone()).unwrap_or_default();
            let sku = source.map(|source| source.sku_code.clone()).unwrap_or_default();
            return Err(Refusal::Shortage {
                place: known.from.code.clone(),
                sku,
                lot: lot_no,
                status: Status::Good,
                wanted: qty,
                available: free,
            });
        }
        if let (Some(source), true, false) = (source, known.to.sells, overridden) {
            check_life(known.to, (&source.lot_no, source.dates), arrival)?;
        }
    }
    let fact = Fact::TransferApproved { id: step.id, transfer: Box::new(content) };
    Ok(step.entry(Body { serials: vec![serial], ..Body::of(fact) }))
}

fn check_life(
    to: &Place,
    (lot_no, dates): (&str, Dates),
    arrives_on: NaiveDate,
) -> Result<(), Refusal> {
    let rule = &to.life_rule;
    dates.accepted(rule, arrives_on).map_err(|fault| Refusal::LifeRefused {
        lot: lot_no.to_owned(),
        place: to.code.clone(),
        fault,
        arrives_on,
        days_left: dates.days_left(arrives_on),
        share_ppm: dates.share_ppm(arrives_on),
        needs_share_ppm: rule.min_share_ppm,
        needs_days: rule.min_days,
    })
}

/// Puts the goods into `cartons`, which must hold exactly the lines. Their serial numbers are used
/// up for ever, whatever becomes of the transfer.
pub fn pack(
    mut step: Step,
    transfer: &Transfer,
    cartons: Vec<Carton>,
    serials: Vec<Serial>,
    lot_no: impl Fn(LotId) -> String,
) -> Result<Entry, Refusal> {
    transfer.expect(&[TransferState::Allocated, TransferState::Packed], "allocated")?;
    let left = transfer.lines();
    if left.is_empty() {
        return Err(Refusal::NothingLeft { number: transfer.content.number.clone() });
    }
    for content in cartons.iter().flat_map(|carton| &carton.contents) {
        positive(content.qty)?;
    }
    refuse_difference(&left, &cartons, lot_no)?;
    let fact = Fact::TransferPacked { id: step.id, cartons };
    Ok(step.entry(Body { serials, ..Body::of(fact) }))
}

/// The goods leave: place → transit. Once, and all that was set aside.
///
/// A transfer may wait for its truck until its lots are too old: the life that is left at arrival
/// is looked at again, from the day on which it really leaves.
pub fn ship(
    mut step: Step,
    transfer: &Transfer,
    to: &Place,
    lot: impl Fn(LotId) -> (String, Dates),
    (carrier, tracking): (String, String),
) -> Result<Entry, Refusal> {
    transfer.expect(&[TransferState::Packed], "packed")?;
    if step.day < transfer.approved_on {
        let (number, since) = (transfer.content.number.clone(), transfer.approved_on);
        return Err(Refusal::BeforeDocument { number, day: step.day, since });
    }
    transfer.refuse_stale_cartons(|of| lot(of).0)?;
    let lines = transfer.lines();
    if to.sells && transfer.content.override_reason.is_none() {
        let arrival = arrives_on(to, step.day);
        for line in &lines {
            let (lot_no, dates) = lot(line.lot);
            check_life(to, (&lot_no, dates), arrival)?;
        }
    }
    let transit = transit_of(step.id);
    let good = Status::Good;
    let from = transfer.content.from;
    let moves = lines.iter().zip(0..).map(|(line, number)| Move {
        kind: MoveKind::Ship,
        lot: line.lot,
        qty: line.qty,
        from: (from, good),
        to: (transit, good),
        line: number,
    });
    let expected_on = arrives_on(to, step.day);
    let moves = moves.collect();
    let fact = Fact::TransferShipped { id: step.id, carrier, tracking, expected_on };
    Ok(step.entry(Body { moves, ..Body::of(fact) }))
}

/// One line of a receiving report, as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// Which lot.
    pub lot: LotId,
    /// How many units.
    pub qty: i64,
    /// In which status they were put down.
    pub status: Status,
}

/// Goods arrive: transit → place. A report is never refused for its quantity: what was not sent is
/// found (adjustment → place) and stands as a discrepancy.
pub fn arrive(
    mut step: Step,
    transfer: &Transfer,
    arrivals: &[Arrival],
    lot_no: impl Fn(LotId) -> String,
) -> Result<Entry, Refusal> {
    transfer.expect(&[TransferState::Shipped, TransferState::Arrived], "shipped")?;
    if arrivals.is_empty() {
        return Err(Refusal::DocumentEmpty { what: "arrival".into() });
    }
    let (transit, place) = (transit_of(step.id), transfer.content.to);
    let mut open: BTreeMap<LotId, i64> =
        transfer.content.lines.iter().map(|line| (line.lot, 0)).collect();
    open.extend(transfer.fates.iter().map(|(lot, fate)| (*lot, fate.open().max(0))));
    let (mut lines, mut moves) = (Vec::new(), Vec::new());
    for (one, line) in arrivals.iter().zip(0..) {
        let Arrival { lot, status, .. } = *one;
        let qty = positive(one.qty)?;
        let Some(left) = open.get_mut(&lot) else {
            let number = transfer.content.number.clone();
            return Err(Refusal::TransferLotUnknown { number, lot: lot_no(lot) });
        };
        let sent = qty.min(*left);
        let over = qty - sent;
        *left -= sent;
        let to = (place, status);
        if sent > 0 {
            let from = (transit, Status::Good);
            moves.push(Move { kind: MoveKind::Arrive, lot, qty: sent, from, to, line });
        }
        if over > 0 {
            let from = (Builtin::Adjustment.id(), Status::Good);
            moves.push(Move { kind: MoveKind::Found, lot, qty: over, from, to, line });
        }
        lines.push(ArrivedLine { lot, qty, status, over });
    }
    let fact = Fact::TransferArrived { id: step.id, lines };
    Ok(step.entry(Body { moves, ..Body::of(fact) }))
}

/// Says what became of units that did not arrive: lost on the way, or found later at the place.
pub fn resolve(
    mut step: Step,
    transfer: &Transfer,
    (lot, qty): (LotId, i64),
    resolution: Resolution,
    (reason, lot_no): (String, &str),
) -> Result<Entry, Refusal> {
    transfer.expect(&[TransferState::Shipped, TransferState::Arrived], "shipped")?;
    positive(qty)?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "transfer.resolve".into() });
    }
    let fate = transfer.fates.get(&lot).copied().unwrap_or_default();
    let good = Status::Good;
    let adjustment = (Builtin::Adjustment.id(), good);
    let (open, kind, from, to) = match resolution {
        Resolution::Lost => {
            (fate.open(), MoveKind::TransitLoss, (transit_of(step.id), good), adjustment)
        }
        Resolution::Found => (fate.lost, MoveKind::Found, adjustment, (transfer.content.to, good)),
    };
    if qty > open {
        let number = transfer.content.number.clone();
        return Err(Refusal::ResolvesTooMuch { number, lot: lot_no.to_owned(), qty, open });
    }
    let fact = Fact::TransferResolved { id: step.id, lot, qty, resolution, reason };
    let moves = vec![Move { kind, lot, qty, from, to, line: 0 }];
    Ok(step.entry(Body { moves, ..Body::of(fact) }))
}

/// Nothing more is on its way.
pub fn close(
    mut step: Step,
    transfer: &Transfer,
    lot_no: impl Fn(LotId) -> String,
) -> Result<Entry, Refusal> {
    transfer.expect(&[TransferState::Arrived, TransferState::Shipped], "arrived")?;
    let open = transfer.fates.iter().filter(|(_, fate)| fate.open() > 0);
    let lots: Vec<String> =
        open.map(|(lot, fate)| format!("{} × {}", lot_no(*lot), fate.open())).collect();
    if !lots.is_empty() {
        let number = transfer.content.number.clone();
        let units = transfer.in_transit();
        return Err(Refusal::StillInTransit { number, units, lots: lots.join(", ") });
    }
    Ok(step.entry(Body::of(Fact::TransferClosed { id: step.id })))
}

/// It does not take place: only before it leaves.
pub fn cancel(mut step: Step, transfer: &Transfer, reason: String) -> Result<Entry, Refusal> {
    transfer.expect(&[TransferState::Allocated, TransferState::Packed], "allocated")?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing { what: "transfer.cancel".into() });
    }
    Ok(step.entry(Body::of(Fact::TransferCancelled { id: step.id, reason })))
}
