//! What lots are worth: the flows and passings that [`domain::valuation`] values them by.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::{
    LotId, PlaceKind, ValueKind,
    place::Builtin,
    valuation::{Flow, LotValue, Passing, PassingKind, value},
};
use rusqlite::params;

use crate::{Error, Reader};

/// What units at a place mean for the value of their lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Real,
    Suspense,
    Virtual(Builtin),
}

fn add(flow: &mut Flow, role: Role, qty: i64) {
    match role {
        Role::Real => flow.on_hand += qty,
        Role::Virtual(Builtin::Supplier | Builtin::Production | Builtin::Opening) => {
            flow.came -= qty;
        }
        Role::Virtual(Builtin::Adjustment) => flow.adjusted -= qty,
        Role::Virtual(Builtin::Customer) => flow.sold += qty,
        Role::Virtual(Builtin::Used) => flow.used += qty,
        Role::Virtual(Builtin::Scrap) => flow.scrapped += qty,
        // What a place reported beyond its book is not there.
        Role::Suspense => {}
    }
}

impl Reader<'_> {
    /// What every lot's moves and value entries add up to, by local key; until the end of a day
    /// when one is given. With [`passings`](Self::passings) that is all that valuing takes.
    pub fn flows(&self, until: Option<NaiveDate>) -> Result<BTreeMap<i64, Flow>, Error> {
        let mut flows: BTreeMap<i64, Flow> = BTreeMap::new();
        for (lot, own, let_go) in self.value_sums(until)? {
            let flow: &mut Flow = flows.entry(lot).or_default();
            flow.own_minor += own;
            flow.let_go += let_go;
        }
        let roles = self.roles()?;
        let levels = match until {
            Some(day) => self.stock_as_of(day)?,
            None => self.stock_now()?,
        };
        for row in levels {
            let role = roles.get(&row.place).copied().unwrap_or(Role::Real);
            add(flows.entry(row.lot).or_default(), role, row.qty);
        }
        Ok(flows)
    }

    /// The worth of some lots now. Reads them and the lots that they took over from, however long
    /// the ledger is; lots that it does not know are left out.
    pub fn values_of(&self, lots: &[LotId]) -> Result<BTreeMap<LotId, LotValue<i64>>, Error> {
        let mut keys = BTreeMap::new();
        for lot in lots {
            keys.extend(self.key(lot.0)?.map(|key| (key, *lot)));
        }
        let (mut flows, mut passings) = (BTreeMap::new(), Vec::new());
        let mut open: BTreeSet<i64> = keys.keys().copied().collect();
        let builtins = self.builtins()?;
        while let Some(lot) = open.pop_first() {
            flows.insert(lot, self.flow_of(lot, &builtins)?);
            passings.extend(self.passings_out_of(lot)?);
            open.extend(self.fed_by(lot)?.into_iter().filter(|from| !flows.contains_key(from)));
        }
        let mut values = value(&flows, &passings);
        Ok(keys.into_iter().filter_map(|(key, lot)| Some((lot, values.remove(&key)?))).collect())
    }

    fn builtins(&self) -> Result<HashMap<i64, Builtin>, Error> {
        let mut builtins = HashMap::new();
        for builtin in Builtin::ALL {
            builtins.extend(self.key(builtin.id().0)?.map(|key| (key, builtin)));
        }
        Ok(builtins)
    }

    fn roles(&self) -> Result<HashMap<i64, Role>, Error> {
        let mut roles = HashMap::new();
        for place in self.places()? {
            if place.kind == PlaceKind::Suspense {
                roles.insert(place.key, Role::Suspense);
            }
        }
        let builtins = self.builtins()?.into_iter();
        roles.extend(builtins.map(|(key, builtin)| (key, Role::Virtual(builtin))));
        Ok(roles)
    }

    fn flow_of(&self, lot: i64, builtins: &HashMap<i64, Builtin>) -> Result<Flow, Error> {
        let (own_minor, let_go) = self
            .conn
            .prepare_cached(
                "SELECT coalesce(sum(iif(kind = ?2, 0, minor)), 0),
                     coalesce(sum(iif(kind = ?2, minor, 0)), 0)
                 FROM value_entry WHERE lot = ?1",
            )?
            .query_row(params![lot, ValueKind::LetGo.word()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let mut flow = Flow { own_minor, let_go, ..Flow::default() };
        let mut rows = self.conn.prepare_cached(
            "SELECT b.place, b.qty, p.kind FROM balance b LEFT JOIN place p ON p.id = b.place
             WHERE b.lot = ?1",
        )?;
        let mut rows = rows.query([lot])?;
        while let Some(row) = rows.next()? {
            let (place, qty, kind): (i64, i64, Option<i64>) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let suspense = kind == Some(PlaceKind::Suspense.code());
            let role = match builtins.get(&place) {
                Some(builtin) => Role::Virtual(*builtin),
                None if suspense => Role::Suspense,
                None => Role::Real,
            };
            add(&mut flow, role, qty);
        }
        Ok(flow)
    }

    fn passings_out_of(&self, lot: i64) -> Result<Vec<Passing<i64>>, Error> {
        let mut rows = self.conn.prepare_cached(
            "SELECT kind, to_lot, sum(qty) AS units FROM passing WHERE from_lot = ?1
             GROUP BY kind, to_lot HAVING units <> 0",
        )?;
        let mut rows = rows.query([lot])?;
        let mut passings = Vec::new();
        while let Some(row) = rows.next()? {
            let code: i64 = row.get(0)?;
            let kind = PassingKind::from_code(code)
                .ok_or_else(|| Error::Damaged(format!("passing kind {code}")))?;
            passings.push(Passing { kind, from: lot, to: row.get(1)?, qty: row.get(2)? });
        }
        Ok(passings)
    }

    fn fed_by(&self, lot: i64) -> Result<Vec<i64>, Error> {
        let mut rows =
            self.conn.prepare_cached("SELECT DISTINCT from_lot FROM passing WHERE to_lot = ?1")?;
        let rows = rows.query_map([lot], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
