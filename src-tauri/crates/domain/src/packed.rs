//! The exact shape in which entries with many lines are kept.
//!
//! Knows that ids shared by lines stand once. Refuses to know what the lines mean. Bytes once
//! written are read for ever: a released shape never changes, a new one is a new version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Body, Fact, LotId, Move, MoveKind, NewLot, PlaceId, SalePosting, SalesPosted, ShopId, SkuId,
    Status,
    entry::Serial,
    fact::{SaleKind, SaleSource},
    reservation::Cut,
    valuation::{Passing, PassingKind},
};

/// Ids that many lines share stand once; lines name them by position. Measured on day buckets this
/// halves an entry.
#[derive(Default)]
struct Shared {
    ids: Vec<Uuid>,
    at: BTreeMap<Uuid, usize>,
}

impl Shared {
    fn position(&mut self, id: Uuid) -> usize {
        *self.at.entry(id).or_insert_with(|| {
            self.ids.push(id);
            self.ids.len() - 1
        })
    }
}

fn shared(ids: &[Uuid], at: usize) -> Result<Uuid, String> {
    ids.get(at).copied().ok_or_else(|| format!("no id at position {at}"))
}

/// `[kind, lot, qty, from, from status, to, to status, line]`, ids by position.
type PackedMove = (i64, usize, i64, usize, i64, usize, i64, u32);

/// `[kind, from, to, qty]`, lots by position.
type PackedPassing = (i64, usize, Option<usize>, i64);

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PackedBody {
    fact: Fact,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lots: Vec<NewLot>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ids: Vec<Uuid>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    moves: Vec<PackedMove>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    passings: Vec<PackedPassing>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    serials: Vec<Serial>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cuts: Vec<Cut>,
}

impl From<Body> for PackedBody {
    fn from(body: Body) -> Self {
        let mut table = Shared::default();
        let mut pack = |one: &Move| {
            let lot = table.position(one.lot.0);
            let from = table.position(one.from.0.0);
            let to = table.position(one.to.0.0);
            let (from_status, to_status) = (one.from.1.code(), one.to.1.code());
            (one.kind.code(), lot, one.qty, from, from_status, to, to_status, one.line)
        };
        let moves = body.moves.iter().map(&mut pack).collect();
        let mut pass = |one: &Passing| {
            let from = table.position(one.from.0);
            let to = one.to.map(|to| table.position(to.0));
            (one.kind.code(), from, to, one.qty)
        };
        let passings = body.passings.iter().map(&mut pass).collect();
        let Body { fact, lots, serials, cuts, .. } = body;
        Self { fact, lots, ids: table.ids, moves, passings, serials, cuts }
    }
}

impl TryFrom<PackedBody> for Body {
    type Error = String;

    fn try_from(packed: PackedBody) -> Result<Self, String> {
        let ids = &packed.ids;
        let status = |code| Status::from_code(code).ok_or(format!("no status {code}"));
        let unpack = |&(kind, lot, qty, from, from_status, to, to_status, line): &PackedMove| {
            Ok(Move {
                kind: MoveKind::from_code(kind).ok_or(format!("no move kind {kind}"))?,
                lot: LotId(shared(ids, lot)?),
                qty,
                from: (PlaceId(shared(ids, from)?), status(from_status)?),
                to: (PlaceId(shared(ids, to)?), status(to_status)?),
                line,
            })
        };
        let moves = packed.moves.iter().map(unpack).collect::<Result<_, String>>()?;
        let pass = |&(kind, from, to, qty): &PackedPassing| {
            let kind = PassingKind::from_code(kind).ok_or(format!("no passing {kind}"))?;
            let to = to.map(|to| shared(ids, to).map(LotId)).transpose()?;
            Ok(Passing { kind, from: LotId(shared(ids, from)?), to, qty })
        };
        let passings = packed.passings.iter().map(pass).collect::<Result<_, String>>()?;
        let PackedBody { fact, lots, serials, cuts, .. } = packed;
        Ok(Self { fact, lots, moves, passings, serials, cuts })
    }
}

/// `[place, sku, listing, kind, units, demand]`, ids by position.
type PackedSale = (usize, usize, String, SaleKind, i64, i64);

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PackedSales {
    shop: ShopId,
    source: SaleSource,
    ids: Vec<Uuid>,
    lines: Vec<PackedSale>,
}

impl From<SalesPosted> for PackedSales {
    fn from(sales: SalesPosted) -> Self {
        let mut table = Shared::default();
        let lines = sales
            .lines
            .into_iter()
            .map(|line| {
                let (place, sku) = (table.position(line.place.0), table.position(line.sku.0));
                (place, sku, line.listing, line.kind, line.units, line.demand)
            })
            .collect();
        Self { shop: sales.shop, source: sales.source, ids: table.ids, lines }
    }
}

impl TryFrom<PackedSales> for SalesPosted {
    type Error = String;

    fn try_from(packed: PackedSales) -> Result<Self, String> {
        let PackedSales { shop, source, ids, lines } = packed;
        let unpack = |(place, sku, listing, kind, units, demand): PackedSale| {
            let (place, sku) = (PlaceId(shared(&ids, place)?), SkuId(shared(&ids, sku)?));
            Ok(SalePosting { place, sku, listing, kind, units, demand })
        };
        let lines = lines.into_iter().map(unpack).collect::<Result<_, String>>()?;
        Ok(Self { shop, source, lines })
    }
}
