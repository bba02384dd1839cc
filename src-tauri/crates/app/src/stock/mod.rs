//! Stock: grids over any grouping of goods, lots, places and statuses, now or on a past day.
//!
//! Knows that a grid is a view held here: its rows in order, given out by pages. Refuses to send a
//! hundred thousand rows at once, and to show money beside them; the window joins values by lot.

mod dates;
mod lots;
mod matrix;
pub(crate) mod summary;
mod views;

pub(crate) use dates::dates;
pub use dates::{LotDates, LotTyped, TypedDates};
pub use lots::{LotCard, LotEvent, LotPlace, LotRow, LotValue, StockValue};
pub(crate) use lots::{lot, lot_rows, lot_value, valuation_of, value, value_by_lot};
pub(crate) use matrix::matrix;
pub use matrix::{MatrixCell, MatrixRow, StockMatrix};
pub use views::{
    ByView, CopyView, OpenStock, PageOf, SortColumn, StockColumn, StockLine, StockSort, StockView,
    Tsv,
};
pub(crate) use views::{Views, copy, open, page, release, stock_lines};

use domain::{LotId, PlaceId, Status, regrade::Regrade};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    posting,
    wire::{Day, Id, Posted, Units},
};

/// What state goods are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(rename = "Status")]
#[serde(rename_all = "snake_case")]
pub enum StatusWord {
    /// 待检.
    Quarantine,
    /// 良品.
    Good,
    /// 冻结.
    Blocked,
    /// 不良.
    Defective,
}

impl From<Status> for StatusWord {
    fn from(status: Status) -> Self {
        match status {
            Status::Quarantine => Self::Quarantine,
            Status::Good => Self::Good,
            Status::Blocked => Self::Blocked,
            Status::Defective => Self::Defective,
        }
    }
}

impl From<StatusWord> for Status {
    fn from(word: StatusWord) -> Self {
        match word {
            StatusWord::Quarantine => Self::Quarantine,
            StatusWord::Good => Self::Good,
            StatusWord::Blocked => Self::Blocked,
            StatusWord::Defective => Self::Defective,
        }
    }
}

/// A day to look at; today when none is given.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AsOf {
    /// The day.
    pub as_of: Option<Day>,
}

/// Goods to change the status of.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(rename = "Regrade")]
#[serde(rename_all = "camelCase")]
pub struct RegradeStock {
    /// Where.
    pub place: Id,
    /// Which lot.
    pub lot: Id,
    /// Out of which status.
    pub from: StatusWord,
    /// Into which.
    pub to: StatusWord,
    /// How many units.
    pub qty: Units,
    /// Why.
    pub reason: String,
}

pub(crate) fn regrade(call: &Call, input: RegradeStock) -> Result<Posted, Error> {
    let lot = LotId(input.lot.0);
    let wanted = Regrade {
        place: PlaceId(input.place.0),
        lot,
        qty: input.qty.0,
        from: input.from.into(),
        to: input.to.into(),
        reason: input.reason,
    };
    let label = call.read(|reader| Ok(reader.lot(lot)?.map(|lot| lot.lot_no)))?;
    let label = label.ok_or_else(|| Error::missing("lot", lot.0))?;
    call.write(Some(("lot", lot.0, &label)), |writer| {
        let entry =
            domain::regrade::regrade(&wanted, call.session.today, &mut call.session.new_ids())?;
        let entry = posting::post(writer, entry)?;
        Ok(vec![entry])
    })
}
