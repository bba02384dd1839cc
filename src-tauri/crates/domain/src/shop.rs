//! Shops (店铺): what sells on a platform, reached through its marketplace API.
//!
//! Knows which warehouse of the platform is which place of ours. Refuses to know secrets: the
//! token lives in the system's keyring.

use serde::{Deserialize, Serialize};

use crate::{PlaceId, Refusal, ShopId, ids::derived};

/// A platform's warehouse and the place that it is for us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopPlace {
    /// The platform's id of the warehouse.
    pub warehouse: String,
    /// Ours.
    pub place: PlaceId,
}

/// A shop as its users describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Unique short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where the marketplace answers.
    pub url: String,
    /// The marketplace's id of the shop.
    pub remote_shop: String,
    /// Its warehouses.
    pub places: Vec<ShopPlace>,
}

impl Shop {
    /// Refuses what cannot be synced.
    pub fn check(&self) -> Result<(), Refusal> {
        for (what, value) in [("shop", &self.code), ("remote_shop", &self.remote_shop)] {
            if value.trim().is_empty() {
                return Err(Refusal::CodeMissing { what: what.into() });
            }
        }
        Ok(())
    }
}

/// The shop that sales without a shop belong to: a place's own till, for files.
pub fn till_of(place: PlaceId) -> ShopId {
    ShopId(derived(place.0, "till"))
}
