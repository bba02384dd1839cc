//! What a contract says beside the goods: delivery, supplied materials, payments.

use domain::{
    offer::LossBase,
    terms::{Milestone, Trigger},
};
use rust_decimal::Decimal;

use super::{Contract, goods::sum};
use crate::{
    canvas::Align,
    figures::{above_zero, decimal, grouped, money},
    form::{Fact, Form},
    paper::{Lang, PaperError, ValueRule},
    pdf_text::Words,
    table::{Column, Table},
};

/// When, where, and how far the quantity may differ.
pub(super) fn delivery(form: &mut Form<'_>, contract: &Contract) -> Result<(), PaperError> {
    let words = form.words;
    let mut facts = Vec::new();
    if let Some(day) = contract.deliver_on {
        facts.push(Fact::of(words.deliver_on, day.to_string(), "deliver_on"));
    }
    if let Some(percent) = contract.over_percent {
        let value = format!("{}%", decimal(percent, 0));
        facts.push(Fact::of(words.over_tolerance, value, "over_percent"));
    }
    if let Some(percent) = contract.short_percent {
        let value = format!("{}%", decimal(percent, 0));
        facts.push(Fact::of(words.short_tolerance, value, "short_percent"));
    }
    if contract.over_percent.is_some_and(|p| !p.is_zero()) {
        let value = if contract.over_is_free { words.over_free } else { words.over_paid };
        facts.push(Fact::of(words.over_units, value.to_owned(), "over_is_free"));
    }
    if facts.is_empty() && contract.deliver_to.is_none() {
        return Ok(());
    }
    form.section(words.delivery, 24.0)?;
    if !facts.is_empty() {
        form.facts(&facts)?;
    }
    if let Some(place) = &contract.deliver_to {
        form.facts(&[Fact::of(words.deliver_to, place.clone(), "deliver_to")])?;
    }
    Ok(())
}

/// What the buyer supplies, with the loss that is allowed.
pub(super) fn materials(form: &mut Form<'_>, contract: &Contract) -> Result<(), PaperError> {
    let Some(materials) = &contract.materials else { return Ok(()) };
    if materials.lines.is_empty() {
        return Err(PaperError::Empty("materials.lines"));
    }
    let words = form.words;
    form.section(words.supplied_materials, 20.0)?;
    let column = |head, width, align, key| Column { head, width, align, key };
    let columns = vec![
        column(words.row, 9.0, Align::Left, "row"),
        column(words.material_code, 34.0, Align::Left, "sku"),
        column(words.material_name, 75.0, Align::Left, "name"),
        column(words.quantity, 24.0, Align::Right, "quantity"),
        column(words.unit, 14.0, Align::Left, "unit"),
        column(words.allowance, 24.0, Align::Right, "allowance_percent"),
    ];
    let mut rows = Vec::new();
    for (number, line) in (1_usize..).zip(&materials.lines) {
        above_zero(line.quantity, || format!("materials[{number}].quantity"))?;
        rows.push(vec![
            number.to_string(),
            line.sku.clone(),
            line.name.clone(),
            grouped(line.quantity),
            line.unit.clone(),
            format!("{}%", decimal(line.allowance_percent, 0)),
        ]);
    }
    let table = Table { columns, field: "materials" };
    table.rows(form, &rows)?;
    Table::end(form);
    let base = match materials.loss_base {
        LossBase::Good => words.base_good,
        LossBase::GoodAndRejected => words.base_good_and_rejected,
    };
    form.need(14.0)?;
    form.facts(&[Fact::of(words.loss_base, base.to_owned(), "loss_base")])
}

/// When which share is paid. Shares that are not the price together are refused: a contract
/// must not contradict itself.
pub(super) fn schedule(
    form: &mut Form<'_>,
    contract: &Contract,
    total: Decimal,
) -> Result<(), PaperError> {
    let schedule = &contract.schedule;
    if schedule.is_empty() {
        return Ok(());
    }
    let refuse = |key: &str, value: Decimal, rule| PaperError::Value {
        field: format!("schedule.{key}"),
        value: value.to_string(),
        rule,
    };
    let amounts = sum(schedule.iter().map(|i| i.amount), "schedule.amount")?;
    if amounts != total {
        return Err(refuse("amount", amounts, ValueRule::AddsUp));
    }
    let percents = sum(schedule.iter().map(|i| i.percent), "schedule.percent")?;
    if percents != Decimal::ONE_HUNDRED {
        return Err(refuse("percent", percents, ValueRule::AddsUp));
    }
    let (words, lang) = (form.words, form.lang());
    form.section(words.schedule, 24.0)?;
    let column = |head, width, align, key| Column { head, width, align, key };
    let columns = vec![
        column(words.row, 9.0, Align::Left, "row"),
        column(words.instalment, 37.0, Align::Left, "trigger"),
        column(words.condition, 58.0, Align::Left, "trigger"),
        column(words.due_on, 26.0, Align::Left, "due_on"),
        column(words.share, 18.0, Align::Right, "percent"),
        column(words.sum, 32.0, Align::Right, "amount"),
    ];
    let mut rows = Vec::new();
    for (number, one) in (1_usize..).zip(schedule) {
        rows.push(vec![
            number.to_string(),
            kind(one.trigger, words).to_owned(),
            condition(one.trigger, words, lang),
            one.due_on.map_or_else(|| "–".to_owned(), |day| day.to_string()),
            format!("{}%", decimal(one.percent, 0)),
            money(one.amount, &format!("schedule[{number}].amount"))?,
        ]);
    }
    let table = Table { columns, field: "schedule" };
    table.rows(form, &rows)?;
    let total = money(total, "schedule.amount")?;
    let totals = ["", words.total, "", "", "100%", &total].map(str::to_owned);
    table.totals(form, &totals, 2.0)
}

/// What a due is called by what makes it fall due.
pub(crate) fn kind(trigger: Trigger, words: &Words) -> &'static str {
    match trigger {
        Trigger::Accept { .. } => words.due_deposit,
        Trigger::Milestone { .. } => words.due_milestone,
        Trigger::BeforeShip => words.due_before_ship,
        Trigger::Receipt { .. } => words.due_receipt,
    }
}

/// When a due is to be paid, in words.
pub(crate) fn condition(trigger: Trigger, words: &Words, lang: Lang) -> String {
    let (event, days) = match trigger {
        Trigger::Accept { days } => (words.on_acceptance, days),
        Trigger::Milestone { milestone, days } => (milestone_name(milestone, words), days),
        Trigger::BeforeShip => return words.pay_before_ship.to_owned(),
        Trigger::Receipt { days } => (words.on_receipt, days),
    };
    let after = words.after;
    match (lang, days) {
        (Lang::Zh, 0) => format!("{event}{after}{}", words.at_once),
        (Lang::Zh, _) => format!("{event}{after} {days} {}", words.days),
        (Lang::En, 0) => format!("{} {after} {event}", words.at_once),
        (Lang::En, _) => format!("{days} {} {after} {event}", words.days),
    }
}

fn milestone_name(milestone: Milestone, words: &Words) -> &'static str {
    match milestone {
        Milestone::Sample => words.milestone_sample,
        Milestone::MaterialReady => words.milestone_material,
        Milestone::Filling => words.milestone_filling,
        Milestone::Packing => words.milestone_packing,
        Milestone::Qc => words.milestone_qc,
        Milestone::Ready => words.milestone_ready,
    }
}
