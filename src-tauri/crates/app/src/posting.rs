//! Posting: the last look at levels, then the entry, then the word to the screens.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    Entry, Fact, PlaceKind, Refusal, reversal,
    stock::{Changes, Shortage, net_changes, shortages},
};
use store::{Reader, Writer};
use uuid::Uuid;

use crate::{
    Error,
    commands::Call,
    known::Names,
    set_aside,
    wire::{DocLink, Id, Posted},
};

/// Posts `entry` unless some real place would go below zero at the end of some day, and answers what
/// was posted. What has happened takes goods that transfers have set aside too, and says whose; what
/// we decide is refused where it would take them.
pub(crate) fn post(writer: &mut Writer, mut entry: Entry) -> Result<Entry, Error> {
    let changes = net_changes(&entry.body.moves);
    if entry.body.fact.is_report() {
        entry.body.cuts = set_aside::cuts_of(writer, &entry.body.moves, &changes)?;
    } else {
        set_aside::refuse_taking(writer, &entry, &changes)?;
    }
    refuse_shortage(writer, &entry, &changes)?;
    writer.post(&entry)?;
    Ok(entry)
}

/// What `changes` would take below zero at the end of some day from `on` on, at places at which
/// goods really lie. The transit of a transfer that is about to leave is not known yet, and real.
pub(crate) fn short_of(
    reader: &Reader,
    changes: &Changes,
    on: NaiveDate,
) -> Result<Vec<Shortage>, Error> {
    let taken = changes.iter().filter(|(_, change)| **change < 0).map(|(slot, _)| *slot);
    let mut real = BTreeSet::new();
    for place in taken.clone().map(|slot| slot.place).collect::<BTreeSet<_>>() {
        if reader.place_kind(place)?.is_none_or(PlaceKind::is_real) {
            real.insert(place);
        }
    }
    let levels = reader.levels(taken.filter(|slot| real.contains(&slot.place)), on)?;
    Ok(shortages(changes, &levels, |place| real.contains(&place)))
}

fn refuse_shortage(writer: &Writer, entry: &Entry, changes: &Changes) -> Result<(), Error> {
    let short = short_of(writer, changes, entry.effective_on)?;
    let Some(first) = short.first() else { return Ok(()) };
    let names = Names::load(writer)?;
    let lot = writer.lot(first.slot.lot)?;
    let refusal = Refusal::Shortage {
        place: names.place(first.slot.place),
        sku: lot.as_ref().map(|lot| names.sku_code(lot.sku)).unwrap_or_default(),
        lot: lot.map(|lot| lot.lot_no).unwrap_or_default(),
        status: first.slot.status,
        wanted: first.wanted,
        available: first.available,
    };
    Err(refusal.into())
}

/// Whatever an entry that is undone may have changed.
const ANYTHING: &[&str] = &[
    "sku",
    "location",
    "partner",
    "shop",
    "order",
    "transfer",
    "sales",
    "import",
    "terms",
    "statement",
    "bill",
    "attachment",
    "channel",
    "price",
];

/// The screens that show what an entry changes.
pub(crate) fn tags(entry: &Entry) -> Vec<&'static str> {
    let mut tags = vec!["journal"];
    if !entry.body.moves.is_empty() || entry.reverses.is_some() {
        tags.push("stock");
    }
    if !entry.body.cuts.is_empty() {
        tags.push("transfer");
    }
    tags.extend_from_slice(match &entry.body.fact {
        Fact::SkuSet { .. } | Fact::SkuPriced { .. } => &["sku"],
        Fact::PlaceSet { .. } => &["location"],
        Fact::PartnerSet { .. } | Fact::PartnerBanked { .. } => &["partner"],
        Fact::ShopSet { .. } => &["shop"],
        Fact::CompanySet { .. } => &["workspace"],
        Fact::ImportApplied { .. } => &["import"],
        Fact::SalesPosted(_) => &["sales"],
        Fact::OrderIssued { .. }
        | Fact::OrderAccepted { .. }
        | Fact::OrderReceived { .. }
        | Fact::OrderAmended { .. }
        | Fact::OrderMilestone { .. }
        | Fact::OrderPaid { .. }
        | Fact::OrderRefunded { .. }
        | Fact::DueWaived { .. }
        | Fact::QualityDecided { .. }
        | Fact::LossSettled { .. }
        | Fact::ClaimDecided { .. }
        | Fact::MaterialMoved { .. }
        | Fact::MaterialKept { .. }
        | Fact::InvoiceSet { .. }
        | Fact::TaxSpread { .. }
        | Fact::OrderClosed { .. }
        | Fact::OrderCancelled { .. } => &["order"],
        Fact::OfferSet { .. } | Fact::VersionSet { .. } | Fact::BomSet { .. } => &["terms"],
        Fact::ChannelSet { .. } | Fact::ChannelCosted { .. } => &["channel"],
        Fact::PriceSet { .. } => &["channel", "price"],
        Fact::StatementSet { .. } | Fact::FactoryCounted { .. } => &["order", "statement"],
        Fact::BillPosted { .. } => &["bill", "stock"],
        Fact::Attached { .. } => &["attachment"],
        Fact::TransferApproved { .. }
        | Fact::TransferPacked { .. }
        | Fact::TransferShipped { .. }
        | Fact::TransferArrived { .. }
        | Fact::TransferResolved { .. }
        | Fact::TransferClosed { .. }
        | Fact::TransferCancelled { .. } => &["transfer"],
        Fact::Reversed {} => ANYTHING,
        Fact::StockOpened { .. }
        | Fact::StockRegraded { .. }
        | Fact::SuspenseSettled { .. }
        | Fact::SetAssembled { .. }
        | Fact::SetDisassembled { .. } => &[],
    });
    tags
}

impl Call<'_> {
    /// Decides and posts in one transaction. `decide` may post several entries by [`post`]; it
    /// returns them for the answer.
    pub(crate) fn write(
        &self,
        document: Option<(&str, Uuid, &str)>,
        decide: impl FnOnce(&mut Writer) -> Result<Vec<Entry>, Error>,
    ) -> Result<Posted, Error> {
        let workspace = self.app.workspace()?;
        let entries = workspace.write(self.session.stamp(), decide)?;
        for tag in entries.iter().flat_map(tags) {
            self.app.mark(tag);
        }
        let own = entries.iter().filter(|entry| !reversal::is_consequence(&entry.body.fact));
        Ok(Posted {
            entries: own.map(|entry| Id(entry.id.0)).collect(),
            document: document.map(|(kind, id, label)| DocLink::new(kind, id, label)),
        })
    }

    /// Reads, on a view of its own.
    pub(crate) fn read<T>(
        &self,
        look: impl FnOnce(store::Reader) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.app.workspace()?.read(look)
    }
}
