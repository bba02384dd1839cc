//! What can be asked of the file. Each query is one function: its SQL, its parameters, its rows.

pub(crate) mod days;
pub(crate) mod drafts;
pub(crate) mod entries;
pub(crate) mod goods;
pub(crate) mod lots;
pub(crate) mod openings;
pub(crate) mod orders;
pub(crate) mod plans;
pub(crate) mod proceeds;
pub(crate) mod production;
pub(crate) mod remote;
pub(crate) mod sales;
pub(crate) mod stock;
pub(crate) mod suspense;
pub(crate) mod users;
pub(crate) mod values;
