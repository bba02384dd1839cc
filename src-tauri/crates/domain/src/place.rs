//! Places (库位): where goods can be. Real ones hold stock, virtual ones balance the books.
//!
//! Knows the built-in virtual places, each real place's suspense, and each transfer's transit.
//! Refuses to hold stock itself.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    PartnerId, PlaceId, Refusal, TransferId,
    ids::{derived, named},
    shelf_life::LifeRule,
};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// 自营仓: a warehouse of ours.
    Own,
    /// 平台仓: a platform's warehouse.
    Platform,
    /// 代工厂: our goods at a factory.
    Factory,
    /// 寄售点: our goods at somebody who sells them for us.
    Consignee,
    /// 在途: one transfer on its way.
    Transit,
    /// One of [`Builtin`].
    Virtual,
    /// 待核对: what a real place reported beyond its book.
    Suspense,
}

impl PlaceKind {
    /// All, in the order of their codes.
    pub const ALL: [Self; 7] = [
        Self::Own,
        Self::Platform,
        Self::Factory,
        Self::Consignee,
        Self::Transit,
        Self::Virtual,
        Self::Suspense,
    ];

    /// The stable number under which the store keeps it.
    pub fn code(self) -> i64 {
        self as i64
    }

    /// The kind kept under `code`.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }

    /// Whether goods really lie there, so that a level below zero is impossible.
    pub fn is_real(self) -> bool {
        !matches!(self, Self::Virtual | Self::Suspense)
    }

    /// Whether a user may found such a place.
    pub fn is_founded(self) -> bool {
        matches!(self, Self::Own | Self::Platform | Self::Factory | Self::Consignee)
    }
}

/// The virtual places of every workspace; their ids are the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Builtin {
    /// Where bought goods come from.
    Supplier,
    /// Where sold goods go.
    Customer,
    /// Where made goods come from.
    Production,
    /// Where goods go that are used up.
    Used,
    /// What counts and lost cartons are balanced by.
    Adjustment,
    /// Where destroyed goods go.
    Scrap,
    /// What the opening stock came from.
    Opening,
}

impl Builtin {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Supplier,
        Self::Customer,
        Self::Production,
        Self::Used,
        Self::Adjustment,
        Self::Scrap,
        Self::Opening,
    ];

    /// The code that people see; the UI has words for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Customer => "customer",
            Self::Production => "production",
            Self::Used => "used",
            Self::Adjustment => "adjustment",
            Self::Scrap => "scrap",
            Self::Opening => "opening",
        }
    }

    /// Its id on every desk.
    pub fn id(self) -> PlaceId {
        // Each is a digest of its name, and every move asks for one.
        static IDS: LazyLock<[PlaceId; Builtin::ALL.len()]> =
            LazyLock::new(|| Builtin::ALL.map(|one| PlaceId(named(one.code()))));
        IDS[self as usize]
    }
}

/// The suspense of a real place.
pub fn suspense_of(place: PlaceId) -> PlaceId {
    PlaceId(derived(place.0, "suspense"))
}

/// The transit of a transfer.
pub fn transit_of(transfer: TransferId) -> PlaceId {
    PlaceId(derived(transfer.0, "transit"))
}

/// How goods get to a place and how it is filled up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Days on the way that nine of ten transfers need at most.
    pub transit_days_p90: i64,
    /// Days from the gate to being sellable that nine of ten transfers need at most.
    pub receive_lag_days_p90: i64,
    /// Days between two looks at what to send.
    pub review_days: i64,
    /// Days of sales that a transfer should last beyond the next one's arrival.
    pub target_cover_days: i64,
}

impl Default for Route {
    fn default() -> Self {
        Self { transit_days_p90: 4, receive_lag_days_p90: 3, review_days: 7, target_cover_days: 30 }
    }
}

/// A place as its users describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Unique short code, e.g. `W0`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is; fixed once goods have moved.
    pub kind: PlaceKind,
    /// Whether goods are sold out of it.
    pub sells: bool,
    /// From this day on its sales move stock; sales before are demand only.
    pub live_from: Option<NaiveDate>,
    /// For papers.
    #[serde(default)]
    pub address: String,
    /// What it asks of the life of goods.
    #[serde(default)]
    pub life_rule: LifeRule,
    /// How it is reached and filled.
    #[serde(default)]
    pub route: Route,
    /// Whose place it is, when not ours.
    #[serde(default)]
    pub partner: Option<PartnerId>,
}

impl Place {
    /// Refuses what cannot be a place.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.code.trim().is_empty() {
            return Err(Refusal::CodeMissing { what: "location".into() });
        }
        if !self.kind.is_founded() {
            return Err(Refusal::PlaceKindReserved { code: self.code.clone() });
        }
        let rule = &self.life_rule;
        let share_ok = rule.min_share_ppm.is_none_or(|ppm| (0..=1_000_000).contains(&ppm));
        let route = &self.route;
        let days = [
            rule.min_days.unwrap_or(0),
            rule.pull_days,
            route.transit_days_p90,
            route.receive_lag_days_p90,
            route.review_days,
            route.target_cover_days,
        ];
        if share_ok && days.iter().all(|days| (0..=3650).contains(days)) {
            Ok(())
        } else {
            Err(Refusal::PlaceRuleInvalid { code: self.code.clone() })
        }
    }

    /// Whether sales on `day` move its stock.
    pub fn is_live(&self, day: NaiveDate) -> bool {
        self.live_from.is_some_and(|from| day >= from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_built_in_place_is_that_of_its_code() {
        for one in Builtin::ALL {
            assert_eq!(one.id(), PlaceId(named(one.code())), "{one:?}");
        }
    }
}
