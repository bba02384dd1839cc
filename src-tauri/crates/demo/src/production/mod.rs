//! Making the goods: what was agreed with factories and suppliers, and what happened to the orders.
//!
//! [`agree`] keeps packaging, offers, bills of materials and versions; [`months`] tells the months
//! before the shops went live, in which most of what can go wrong did. Amounts are reckoned here as
//! the contracts say, so that what is paid meets what is due to the cent.

mod masters;
mod months;
mod run;

pub(crate) use masters::{Material, agree, used};
pub(crate) use months::tell as months;
pub(crate) use run::{Run, cents, parsed, taxed_terms};
