//! Identities. Each is a UUID that is made once, when the entry that bears it is decided.
//!
//! Knows one type per thing, so that a lot can never be passed for a place. Refuses to make ids by
//! itself: a [`NewId`] source is an argument.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where new ids come from: time-ordered and unique in the program, counted in tests.
pub type NewId<'a> = &'a mut dyn FnMut() -> Uuid;

macro_rules! ids {
    ($( $(#[$doc:meta])* $name:ident ),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )* };
}

ids! {
    /// A journal entry.
    EntryId,
    /// The entries of one import, which stand and fall together.
    BatchId,
    /// One of our goods.
    SkuId,
    /// A lot of one of our goods.
    LotId,
    /// A place that goods can be at, real or virtual.
    PlaceId,
    /// A factory, platform, carrier or supplier.
    PartnerId,
    /// A production order.
    OrderId,
    /// A transfer between places.
    TransferId,
    /// A shop on a platform: what sells, as opposed to where the goods lie.
    ShopId,
    /// What a supplier offers goods for.
    OfferId,
    /// A version of goods: artwork and registration.
    VersionId,
    /// A bill of materials.
    BomId,
    /// A tax invoice.
    InvoiceId,
    /// A bill for freight, customs and the like.
    BillId,
    /// A factory's statement of our materials for a month.
    StatementId,
    /// A channel through which goods are sold.
    ChannelId,
    /// A price of goods in a channel.
    PriceId,
}

/// The namespace of ids that are computed from other ids (built-in places, a place's suspense).
const NAMESPACE: Uuid = Uuid::from_u128(0x0e3d_5b6a_91c4_4f27_8a60_7069_6e63_616e);

/// An id that every desk computes alike from a name.
pub(crate) fn named(name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

/// An id that every desk computes alike from another id and a role.
pub(crate) fn derived(from: Uuid, role: &str) -> Uuid {
    Uuid::new_v5(&from, role.as_bytes())
}
