//! Today: what needs somebody now, and four weeks of the figures that say how the goods stand.
//!
//! Knows what counts as late, waiting or in danger; each task is a code with its numbers and the
//! one place where it is taken care of. Refuses to tell money: its values are a command of their
//! own.

mod documents;
mod factories;
mod goods;
mod house;
mod versions;

use chrono::{NaiveDate, TimeDelta};
use domain::{
    Money, OrderId,
    order::{OrderState, ProductionOrder},
};
use serde::Serialize;
use store::{DayChange, Reader};
use ts_rs::TS;

use crate::{
    Error,
    commands::Call,
    goods::book_currency,
    known::{Catalogue, Names},
    plan::{self, PlanLine, RunPlan},
    slow::{self, SlowRow},
    stock::value_by_lot,
    wire::{Amount, Arg, Args, Day, DocLink, Message, Nothing},
};

/// Days of a figure's line.
const LINE_DAYS: i64 = 30;
/// Days that "sold lately" means.
const SOLD_DAYS: usize = 28;
/// Days that "this week" means.
const WEEK: i64 = 7;
/// How many tasks of one kind are listed; the rest is one task that counts them.
const LISTED: usize = 8;

/// A figure with its line.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TodayFigure {
    /// `stock_units`, `in_transit`, `sold_yesterday`, `sold_28_days`, `at_risk_units`,
    /// `open_orders`, `due_this_week`.
    pub code: String,
    /// As text.
    pub value: String,
    /// `units` or `count`.
    pub unit: String,
    /// Its last 30 days, the last one last; empty when there is no line.
    #[ts(type = "number[]")]
    pub series: Vec<i64>,
}

/// How soon a task needs somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Loses money or breaks a rule now.
    Red,
    /// Will, unless somebody acts by a day.
    Amber,
    /// Waits for somebody.
    Blue,
}

/// Something that needs somebody.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// `task.…`.
    pub code: String,
    /// Values for the sentence.
    pub args: Args,
    /// How soon.
    pub severity: Severity,
    /// By when, or since when.
    pub due: Option<Day>,
    /// Where it is taken care of.
    pub screen: String,
    /// On which document.
    pub document: Option<DocLink>,
    /// What it weighs among its like, in units.
    #[serde(skip)]
    #[ts(skip)]
    units: i64,
}

/// What needs somebody today.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Today {
    /// In the order in which they are shown.
    pub figures: Vec<TodayFigure>,
    /// The most pressing first.
    pub tasks: Vec<Task>,
}

/// What stock is worth at cost.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TodayMoney {
    /// The book's currency.
    pub currency: String,
    /// All of it, in transit included.
    pub stock_value: Amount,
    /// What of it will expire unsold.
    pub at_risk_value: Amount,
}

/// What tasks are made from, loaded once.
struct Facts<'a> {
    call: &'a Call<'a>,
    today: NaiveDate,
    names: Names,
    catalogue: Catalogue,
    stock: Vec<store::StockRow>,
    /// All of them, the youngest first.
    orders: Vec<(OrderId, ProductionOrder)>,
    plan: Vec<PlanLine>,
    slow: Vec<SlowRow>,
}

impl Facts<'_> {
    /// A lot's number.
    fn lot_no(&self, id: domain::LotId) -> String {
        let lot = self.catalogue.lots.values().find(|lot| lot.id == id);
        lot.map(|lot| lot.lot_no.clone()).unwrap_or_default()
    }

    /// The name of the factory that a place belongs to.
    fn factory(&self, place: domain::PlaceId) -> String {
        let described = self.names.places.get(&place).and_then(|one| one.place.as_ref());
        let partner = described.and_then(|one| one.partner);
        partner.map(|id| self.names.partner(id)).unwrap_or_default()
    }
}

impl Task {
    fn new<const N: usize>(
        code: &str,
        severity: Severity,
        screen: &str,
        args: [(&str, Arg); N],
    ) -> Self {
        let Message { code, args } = Message::new(&format!("task.{code}"), args);
        let screen = screen.to_owned();
        Self { code, args, severity, due: None, screen, document: None, units: 0 }
    }

    fn due(self, day: impl Into<Option<NaiveDate>>) -> Self {
        Self { due: day.into().map(Day), ..self }
    }

    fn on(self, document: DocLink) -> Self {
        Self { document: Some(document), ..self }
    }

    /// Says how many units it is about.
    fn of(mut self, units: i64) -> Self {
        self.args.insert("units".into(), units.into());
        Self { units, ..self }
    }
}

/// The most pressing first: by severity, day and units.
fn rank(tasks: &mut [Task]) {
    tasks.sort_by_key(|task| {
        (task.severity, task.due.map_or(NaiveDate::MAX, |day| day.0), -task.units)
    });
}

/// The first of many tasks of one kind, and one that stands for the rest.
fn listed(mut tasks: Vec<Task>) -> Vec<Task> {
    rank(&mut tasks);
    let rest = tasks.split_off(tasks.len().min(LISTED));
    if let Some(first) = rest.first() {
        let count = i64::try_from(rest.len()).unwrap_or(i64::MAX);
        let code = format!("{}.more", first.code.trim_start_matches("task."));
        let units = rest.iter().map(|task| task.units).sum();
        let more = Task::new(&code, first.severity, &first.screen, [("count", count.into())]);
        let more = more.due(first.due.map(|day| day.0)).of(units);
        // It weighs nothing, so that it stands behind those it goes on from.
        tasks.push(Task { units: 0, ..more });
    }
    tasks
}

pub(crate) fn tasks(call: &Call, _: Nothing) -> Result<Today, Error> {
    // A window that stays open overnight asks this first in the morning.
    crate::workspace::back_up_daily(call)?;
    // The plan and the list of slow-moving goods know what runs out and what expires.
    let plan = plan::run(call, RunPlan { source: None })?.lines;
    let slow = slow::list(call, Nothing {})?.rows;
    call.read(|reader| {
        let facts = Facts {
            call,
            today: call.session.today,
            names: Names::load(&reader)?,
            catalogue: Catalogue::load(&reader)?,
            stock: reader.stock_now()?,
            orders: reader.orders()?,
            plan,
            slow,
        };
        let mut tasks = house::first_steps(&facts, &reader)?;
        let (orders, judged) = documents::orders(&facts, &reader)?;
        tasks.extend(orders);
        tasks.extend(documents::owed_back(&facts, &reader)?);
        tasks.extend(documents::transfers(&facts, &reader)?);
        tasks.extend(documents::licences(&facts, &reader)?);
        tasks.extend(documents::drafts(&facts, &reader)?);
        tasks.extend(goods::waiting(&facts, &judged));
        tasks.extend(goods::expiring(&facts));
        tasks.extend(goods::suspense(&facts, &reader)?);
        tasks.extend(goods::running_out(&facts));
        tasks.extend(versions::old_stock(&facts, &reader)?);
        tasks.extend(factories::statements(&facts, &reader)?);
        tasks.extend(factories::left_behind(&facts, &reader)?);
        tasks.extend(house::backups(&facts)?);
        tasks.extend(house::shops(&facts, &reader)?);
        tasks.extend(house::unmapped(&reader)?);
        rank(&mut tasks);
        Ok(Today { figures: figures(&facts, &reader)?, tasks })
    })
}

fn figures(facts: &Facts, reader: &Reader) -> Result<Vec<TodayFigure>, Error> {
    let today = facts.today;
    let (mut on_hand, mut in_transit) = (0, 0);
    for row in &facts.stock {
        match facts.catalogue.places.get(&row.place).map(|place| place.kind) {
            Some(domain::PlaceKind::Transit) => in_transit += row.qty,
            Some(kind) if kind.is_real() => on_hand += row.qty,
            _ => {}
        }
    }
    let changes = reader.changes_since(today - TimeDelta::days(LINE_DAYS - 1))?;
    let sold = sold(reader, today)?;
    let open = facts
        .orders
        .iter()
        .filter(|(_, order)| matches!(order.state, OrderState::Issued | OrderState::Accepted));
    let at_risk: i64 = facts.slow.iter().map(|row| row.at_risk.0).sum();
    let yesterday = sold.last().copied().unwrap_or(0);
    let lately: i64 = sold.iter().rev().take(SOLD_DAYS).sum();
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let due = documents::due_until(facts, reader, today + TimeDelta::days(WEEK))?;
    Ok(vec![
        figure("stock_units", on_hand, "units", line(today, on_hand, &changes, |one| one.on_hand)),
        figure(
            "in_transit",
            in_transit,
            "units",
            line(today, in_transit, &changes, |one| one.in_transit),
        ),
        figure("sold_yesterday", yesterday, "units", sold.clone()),
        figure("sold_28_days", lately, "units", sold),
        figure("at_risk_units", at_risk, "units", Vec::new()),
        figure("open_orders", count(open.count()), "count", Vec::new()),
        figure("due_this_week", count(due), "count", Vec::new()),
    ])
}

fn figure(code: &str, value: i64, unit: &str, series: Vec<i64>) -> TodayFigure {
    TodayFigure { code: code.into(), value: value.to_string(), unit: unit.into(), series }
}

/// Levels at the end of each of the last days: what is there now, less what changed since.
fn line(today: NaiveDate, now: i64, changes: &[DayChange], of: fn(&DayChange) -> i64) -> Vec<i64> {
    let days = (0..LINE_DAYS).rev().map(|ago| today - TimeDelta::days(ago));
    days.map(|day| now - changes.iter().filter(|one| one.day > day).map(of).sum::<i64>()).collect()
}

/// Units paid for on each of the last days up to yesterday; a day without a report counts none.
fn sold(reader: &Reader, today: NaiveDate) -> Result<Vec<i64>, Error> {
    let since = today - TimeDelta::days(LINE_DAYS);
    let by_day: std::collections::HashMap<NaiveDate, i64> =
        reader.demand_by_day(since, today)?.into_iter().collect();
    let days = (0..LINE_DAYS).map(|number| since + TimeDelta::days(number));
    Ok(days.map(|day| by_day.get(&day).copied().unwrap_or(0)).collect())
}

pub(crate) fn money(call: &Call, _: Nothing) -> Result<TodayMoney, Error> {
    let at_risk_value = slow::money(call, Nothing {})?.at_risk_total;
    call.read(|reader| {
        let catalogue = Catalogue::load(&reader)?;
        let currency = book_currency(&reader)?;
        let values = value_by_lot(&reader, &catalogue, None)?;
        let minor = values.iter().map(|(_, cost, units)| cost.on_hand(*units)).sum();
        Ok(TodayMoney {
            currency: currency.to_string(),
            stock_value: Money { minor, currency }.into(),
            at_risk_value,
        })
    })
}
