//! Sync: what platforms report becomes stock moves, each unit exactly once.
//!
//! A run reads each shop's feed to its end ([`pull`]) and then closes the days that have ended
//! ([`close`]): the current day stays open, because its orders are still coming. Sales are levels,
//! so a run that is killed anywhere, or that runs twice, posts nothing twice.
//!
//! **One source posts a place's day.** A file of sales (posted under the place's own till) and the
//! feed may tell of the same orders, and nothing in a daily total says which. So where a file has
//! said what a place sold on a day, the feed's report of that day and place is left out and named
//! in the run's problems; taking the file's import back lets the feed post it at the next run.
//!
//! Refuses to guess: listings and warehouses that are none of ours are counted, shown, and posted
//! once they are mapped.

mod close;
mod compare;
mod days;
mod differences;
mod mapping;
mod pull;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use chrono::NaiveDate;
use contract::ShopId as RemoteShop;
use domain::{ShopId, shop::Shop};
use marketplace::{Address, Client, Limits, OrderRow, Problem, ShopZone, Token};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

pub use differences::{DifferenceSum, DifferencesOf, PriceDifference, PriceDifferences};
pub(crate) use differences::{differences, held};
pub(crate) use mapping::Mapping;

use crate::{
    Error,
    commands::Call,
    shops::{keyring_error, token_name},
    wire::{Id, Message, Units},
};

/// Which shops to read.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunSync {
    /// One shop; all when there is none.
    pub shop: Option<Id>,
}

/// What a run brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncReport {
    /// Pages read.
    #[ts(type = "number")]
    pub pages: usize,
    /// Versions of orders that were new.
    #[ts(type = "number")]
    pub orders: usize,
    /// Units sold, net of what was taken back.
    pub posted_units: Units,
    /// Days on which anything was posted.
    #[ts(type = "number")]
    pub posted_days: usize,
    /// What waits for somebody, and which shops failed while others did not.
    pub problems: Vec<Message>,
}

/// What a run has done so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) pages: usize,
    pub(crate) orders: usize,
    units: i64,
    days: BTreeSet<NaiveDate>,
    /// Days left out because a file told of them, by place or shop.
    by_file: BTreeMap<Uuid, BTreeSet<NaiveDate>>,
    /// Units that left or were paid for on a day that nobody named.
    dayless: i64,
}

impl Tally {
    pub(crate) fn posted(&mut self, day: NaiveDate, units: i64) {
        self.units += units;
        self.days.insert(day);
    }

    pub(crate) fn by_file(&mut self, of: Uuid, day: NaiveDate) {
        self.by_file.entry(of).or_default().insert(day);
    }

    pub(crate) fn seen(&mut self, rows: &[OrderRow]) {
        self.orders += rows.len();
        let lines = rows.iter().flat_map(|row| &row.lines);
        let dayless = lines.filter(|line| line.ship_day_missing || line.pay_day_missing);
        self.dayless += dayless.map(|line| line.qty).sum::<i64>();
    }
}

pub(crate) fn run(call: &Call, input: RunSync) -> Result<SyncReport, Error> {
    let mut shops = call.read(|reader| Ok(reader.shops()?))?;
    if let Some(Id(wanted)) = input.shop {
        shops.retain(|(id, _)| id.0 == wanted);
        if shops.is_empty() {
            return Err(Error::missing("shop", wanted));
        }
    }
    let mut report = SyncReport {
        pages: 0,
        orders: 0,
        posted_units: Units(0),
        posted_days: 0,
        problems: Vec::new(),
    };
    let mut failures: Vec<Error> = Vec::new();
    for (id, shop) in &shops {
        let mut tally = Tally::default();
        let ended = run_shop(call, *id, shop, &mut tally);
        add(call, &mut report, (*id, shop), &tally)?;
        match ended {
            Err(error) if error.code == "cancelled" => return Err(error),
            Err(error) => {
                note(call, *id, Err(&error))?;
                failures.push(error);
            }
            Ok(()) => note(call, *id, Ok(()))?,
        }
    }
    call.app.mark("shop");
    call.app.mark("workspace");
    let said = failures.iter().map(message_of);
    if failures.len() < shops.len() || failures.is_empty() {
        report.problems.extend(said);
        return Ok(report);
    }
    let others = said.skip(1).collect();
    Err(failures.swap_remove(0).with(others))
}

fn message_of(error: &Error) -> Message {
    Message { code: error.code.clone(), args: error.args.clone() }
}

/// Keeps how a run ended, for the shop's page.
fn note(call: &Call, id: ShopId, ended: Result<(), &Error>) -> Result<(), Error> {
    let ended = match ended {
        Ok(()) => Ok(call.session.now.timestamp_millis()),
        Err(error) => Err(serde_json::to_string(&message_of(error)).unwrap_or_default()),
    };
    call.write(None, |writer| Ok(writer.note_run(id, ended).map(|()| Vec::new())?))?;
    Ok(())
}

fn run_shop(call: &Call, id: ShopId, shop: &Shop, tally: &mut Tally) -> Result<(), Error> {
    let error = |problem| problem_error(&shop.code, problem);
    let client = connect(call, id, shop)?;
    let remote = RemoteShop::new(&shop.remote_shop);
    let known = client.shops().map_err(error)?;
    let Some(described) = known.into_iter().find(|one| one.id == remote) else {
        let args = [("shop", shop.code.as_str().into()), ("remote", remote.as_str().into())];
        return Err(Error::refused("sync.shop_unknown", args));
    };
    let zone = ShopZone::parse(&described.zone)
        .map_err(|fault| error(Problem::Protocol { detail: fault.to_string() }))?;
    // Asked before the pages: what is read after it holds all that happened until then.
    let server_day = zone.day(client.time().map_err(error)?.now);
    pull::Pull { call, client: &client, id, shop, zone }.read(tally)?;
    close::close_days(call, (id, shop), server_day, tally)
}

fn connect(call: &Call, id: ShopId, shop: &Shop) -> Result<Client, Error> {
    let name = shop.code.as_str();
    let address = Address::parse(&shop.url).map_err(|fault| {
        let detail = fault.to_string().into();
        Error::refused("shop.url_invalid", [("url", shop.url.as_str().into()), ("detail", detail)])
    })?;
    let token = call.app.secrets.get(&token_name(id)).map_err(keyring_error)?;
    let token = token.ok_or_else(|| Error::refused("sync.no_token", [("shop", name.into())]))?;
    let token = Token::parse(&token).map_err(|_| Error::refused("shop.token_invalid", []))?;
    // A person waits, and may stop the run between two requests only.
    let limits = Limits {
        repeats_max: 3,
        repeat_budget: Duration::from_secs(15),
        jitter_seed: id.0.as_u64_pair().1,
        ..Limits::default()
    };
    Client::connect(address, token, limits).map_err(|problem| problem_error(name, problem))
}

/// What a marketplace's problem is for the user.
pub(crate) fn problem_error(shop: &str, problem: Problem) -> Error {
    let shop = || ("shop", shop.into());
    match problem {
        Problem::Unavailable { detail, .. } => {
            Error::unavailable("sync.unavailable", [shop(), ("detail", detail.into())])
        }
        Problem::Refused { code, detail } => {
            let args = [shop(), ("reason", code.into()), ("detail", detail.into())];
            Error::refused("sync.refused", args)
        }
        Problem::Protocol { detail } => {
            Error::failed("sync.protocol", [shop(), ("detail", detail.into())])
        }
        // Expired again right after a snapshot: it is tried again later.
        Problem::CursorExpired => Error::unavailable("sync.expired", [shop()]),
        Problem::Unauthorized => Error::refused("sync.unauthorized", [shop()]),
    }
}

/// Adds what a shop's part of the run brought, and what waits for somebody.
fn add(
    call: &Call,
    report: &mut SyncReport,
    (id, shop): (ShopId, &Shop),
    tally: &Tally,
) -> Result<(), Error> {
    report.pages += tally.pages;
    report.orders += tally.orders;
    report.posted_units.0 += tally.units;
    report.posted_days += tally.days.len();
    let name = || ("shop", shop.code.as_str().into());
    if tally.dayless > 0 {
        report
            .problems
            .push(Message::new("sync.day_missing", [name(), ("units", tally.dayless.into())]));
    }
    call.read(|reader| {
        let mapping = Mapping::load(&reader, id, shop)?;
        for (of, days) in &tally.by_file {
            let place = mapping.described((*of).into()).map_or(&shop.code, |place| &place.code);
            let (Some(first), Some(last)) = (days.first(), days.last()) else { continue };
            report.problems.push(Message::new(
                "sync.day_posted_by_file",
                [
                    name(),
                    ("place", place.as_str().into()),
                    ("days", i64::try_from(days.len()).unwrap_or(i64::MAX).into()),
                    ("first", first.to_string().into()),
                    ("last", last.to_string().into()),
                ],
            ));
        }
        report.problems.extend(unmapped(&mapping, &shop.code));
        Ok(())
    })
}

/// Names of the shop that are none of ours, with the units that wait for them.
fn unmapped(mapping: &Mapping, shop: &str) -> Vec<Message> {
    let mut listings: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut warehouses: BTreeMap<&str, i64> = BTreeMap::new();
    for goods in mapping.goods() {
        let seller_sku = goods.seller_sku.as_deref();
        if mapping.sku(&goods.listing, seller_sku).is_none() {
            let name = (goods.listing.as_str(), seller_sku.unwrap_or_default());
            *listings.entry(name).or_default() += goods.units;
        }
        if mapping.place(&goods.warehouse).is_none() {
            *warehouses.entry(&goods.warehouse).or_default() += goods.units;
        }
    }
    let listings = listings.into_iter().map(|((listing, seller_sku), units)| {
        Message::new(
            "sync.listing_unmapped",
            [
                ("shop", shop.into()),
                ("listing", listing.into()),
                ("seller_sku", seller_sku.into()),
                ("units", units.into()),
            ],
        )
    });
    let warehouses = warehouses.into_iter().map(|(warehouse, units)| {
        let code = match warehouse {
            "" => "sync.warehouse_missing",
            _ => "sync.warehouse_unmapped",
        };
        Message::new(
            code,
            [("shop", shop.into()), ("warehouse", warehouse.into()), ("units", units.into())],
        )
    });
    listings.chain(warehouses).collect()
}
