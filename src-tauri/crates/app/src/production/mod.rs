//! OEM production: terms, materials at factories, money, quality, cost, sets and where lots came
//! from. One file per track; orders themselves are in `orders`.

mod account;
mod attachments;
mod claims;
mod costs;
mod genealogy;
mod kept;
mod masters;
mod owed;
mod proceeds;
mod quality;
mod scorecard;
mod sets;
mod slips;
mod statements;
mod tracks;
mod uses;
mod words;

use domain::{PartnerId, PlaceId, PlaceKind};

pub use account::*;
pub use attachments::*;
pub use claims::*;
pub use costs::*;
pub use genealogy::*;
pub use kept::*;
pub use masters::*;
pub use owed::*;
pub use proceeds::ProfitSoFar;
pub use quality::*;
pub use scorecard::*;
pub use sets::*;
pub use slips::*;
pub use statements::*;
pub use tracks::*;
pub(crate) use uses::{delivered_direct, direct_deliveries};
pub use words::*;

use crate::known::Names;

/// The place at which a factory keeps our materials: the first of its own.
pub(crate) fn factory_place(names: &Names, factory: PartnerId) -> Option<PlaceId> {
    let mut places: Vec<_> = names
        .places
        .values()
        .filter(|one| one.kind == PlaceKind::Factory)
        .filter(|one| one.place.as_ref().is_some_and(|place| place.partner == Some(factory)))
        .collect();
    places.sort_by_key(|one| one.key);
    places.first().map(|one| one.id)
}
