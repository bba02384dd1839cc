//! Papers of orders that bear money: the contract with a partner and the request to pay it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use documents::{
    Contract, ContractKind, ContractLine, Instalment, PaymentRequest, SuppliedMaterial,
    SuppliedMaterials,
};
use domain::{
    Currency, DocKind, Money, OrderId, SkuId,
    order::{OrderAccount, OrderContent, OrderKind, OrderLine, OrderState, ProductionOrder},
    tax::UnitPrice,
    terms::Trigger,
    version::SkuVersion,
};
use rust_decimal::Decimal;
use store::Reader;

use super::{cancelled, company, delivery, filled, name, partner_party, spec_and_unit};
use crate::{
    Error,
    commands::Call,
    goods::{bank_of, book_currency},
    known::Names,
    orders,
    papers::{DueOf, PrintPaper, draft_number},
    production::{account_of, invoiced, live_entries, paid_by},
    wire::{Id, Lang},
};

/// What was agreed on an order, draft or issued.
struct Agreed {
    number: String,
    revision: Option<u32>,
    on: NaiveDate,
    deliver_on: Option<NaiveDate>,
    content: OrderContent,
    account: OrderAccount,
    /// The order as its entries made it; none for a draft.
    order: Option<ProductionOrder>,
}

fn agreed(reader: &Reader, call: &Call, id: Id) -> Result<Agreed, Error> {
    let today = call.session.today;
    if let Some(draft) = orders::draft(reader, id)? {
        let number = draft_number(id.0);
        let (content, prices) = orders::as_ordered(reader, &draft, number.clone(), today)?;
        return Ok(Agreed {
            number,
            revision: None,
            on: today,
            deliver_on: content.wanted_on,
            account: OrderAccount::draft(&content, &prices, book_currency(reader)?),
            content,
            order: None,
        });
    }
    let (order_id, order) = orders::issued(reader, id)?;
    let number = order.content.number.clone();
    if order.state == OrderState::Cancelled {
        return Err(cancelled(&number));
    }
    let account = account_of(reader, order_id, &order)?.ok_or_else(|| no_prices(&number))?;
    Ok(Agreed {
        number,
        revision: Some(order.revision).filter(|revision| *revision > 0),
        on: order.issued_on,
        deliver_on: order.promised_on.or(order.content.wanted_on),
        content: order.content.clone(),
        account,
        order: Some(order),
    })
}

/// A desk may hold an order whose prices were withheld from it.
fn no_prices(number: &str) -> Error {
    Error::refused("paper.no_prices", [("number", number.into())])
}

pub(in crate::papers) fn contract(
    reader: &Reader,
    call: &Call,
    input: &PrintPaper,
) -> Result<Contract, Error> {
    let names = Names::load(reader)?;
    let currency = book_currency(reader)?;
    let agreed = agreed(reader, call, input.id)?;
    let content = &agreed.content;
    let lines = content.lines.iter().zip(agreed.account.lines());
    let lines = lines.map(|(line, paid)| {
        contract_line(reader, &names, input.lang, (line, paid.price, currency))
    });
    let over = Some(content.over_tolerance_ppm).filter(|ppm| *ppm > 0);
    let clauses = content.terms.lines().filter_map(filled);
    Ok(Contract {
        kind: match content.kind {
            OrderKind::Production => ContractKind::Processing,
            OrderKind::Purchase => ContractKind::Purchase,
        },
        number: agreed.number.clone(),
        revision: agreed.revision,
        ordered_on: agreed.on,
        sign_place: None,
        currency: currency.to_string(),
        price_includes_tax: content.price_includes_tax,
        buyer: company(reader, input.lang)?,
        factory: partner_party(reader, content.factory)?,
        lines: lines.collect::<Result<_, _>>()?,
        deliver_on: agreed.deliver_on,
        deliver_to: Some(delivery(&names, content.deliver_to)),
        over_percent: over.map(percent),
        short_percent: None,
        over_is_free: content.over_is_free,
        materials: supplied(&names, input.lang, content),
        schedule: schedule(&agreed, currency)?,
        quality: Vec::new(),
        terms: clauses.collect(),
    })
}

fn percent(ppm: i64) -> Decimal {
    Decimal::new(ppm, 4).normalize()
}

fn contract_line(
    reader: &Reader,
    names: &Names,
    lang: Lang,
    (line, price, currency): (&OrderLine, UnitPrice, Currency),
) -> Result<ContractLine, Error> {
    let sku = line.sku;
    if !names.skus.contains_key(&sku) {
        return Err(Error::missing("sku", sku.0));
    }
    let version = line.version.map(|id| reader.record::<SkuVersion>(DocKind::Version, id.0));
    let version = version.transpose()?.flatten().map(|one| one.content);
    let (spec, unit) = spec_and_unit(names, sku);
    let split = price.of_units(line.qty, currency)?;
    let amount = |minor| Money { minor, currency }.to_decimal();
    Ok(ContractLine {
        sku: names.sku_code(sku),
        name: name(names, lang, sku),
        spec,
        version: None,
        artwork: version.as_ref().and_then(|one| filled(&one.artwork_no)),
        registration: version.and_then(|one| filled(&one.registration_no)),
        quantity: line.qty,
        unit,
        unit_price: price.price,
        tax_percent: Some(price.tax_rate_ppm).filter(|ppm| *ppm != 0).map(percent),
        amount: amount(split.gross()),
        tax: amount(split.tax),
    })
}

/// What we send for the whole order, the same material under the same allowance together.
fn supplied(names: &Names, lang: Lang, content: &OrderContent) -> Option<SuppliedMaterials> {
    let mut units: BTreeMap<(SkuId, i64), i64> = BTreeMap::new();
    for line in &content.lines {
        for bill in line.supplied() {
            *units.entry((bill.material, bill.allowance_ppm)).or_default() +=
                bill.to_issue(line.qty);
        }
    }
    let mut lines: Vec<SuppliedMaterial> = units
        .into_iter()
        .map(|((material, allowance_ppm), quantity)| SuppliedMaterial {
            sku: names.sku_code(material),
            name: name(names, lang, material),
            quantity,
            unit: spec_and_unit(names, material).1,
            allowance_percent: percent(allowance_ppm),
        })
        .collect();
    lines.sort_by(|a, b| a.sku.cmp(&b.sku));
    (!lines.is_empty()).then_some(SuppliedMaterials { loss_base: content.loss_base, lines })
}

/// The price by its terms as it was agreed, whatever came and was paid since.
fn schedule(agreed: &Agreed, currency: Currency) -> Result<Vec<Instalment>, Error> {
    let account = &agreed.account;
    let shares = account.terms().iter().zip(account.money().agreed);
    let instalment = |(term, minor): (&domain::terms::Term, &i64)| {
        Ok(Instalment {
            trigger: term.trigger,
            percent: percent(term.share_ppm),
            amount: Money { minor: *minor, currency }.to_decimal(),
            due_on: agreed.order.as_ref().and_then(|order| expected_on(order, term.trigger)),
        })
    };
    shares.map(instalment).collect()
}

/// The day on which a term falls due by what is known or planned of the order. What goods bring
/// with them has no day before they come.
fn expected_on(order: &ProductionOrder, trigger: Trigger) -> Option<NaiveDate> {
    let on = match trigger {
        Trigger::Accept { .. } => order.accepted_on,
        Trigger::Milestone { milestone, .. } => {
            let known = order.milestones.iter().find(|one| one.milestone == milestone)?;
            known.reached_on.or(known.planned_on)
        }
        Trigger::BeforeShip | Trigger::Receipt { .. } => None,
    };
    trigger.due_on(on?)
}

/// The number of a request: the order's, the term's, and the shipment's where it has its own due.
fn request_number(order: &str, due: DueOf) -> String {
    let shipment = due.shipment.map(|n| format!("-{}", n.saturating_add(1))).unwrap_or_default();
    format!("{order}-PR{}{shipment}", due.term.saturating_add(1))
}

pub(in crate::papers) fn payment_request(
    reader: &Reader,
    call: &Call,
    input: &PrintPaper,
) -> Result<PaymentRequest, Error> {
    let number = draft_number(input.id.0);
    if orders::draft(reader, input.id)?.is_some() {
        return Err(Error::refused("paper.not_issued", [("number", number.into())]));
    }
    let (id, order) = orders::issued(reader, input.id)?;
    let number = order.content.number.as_str();
    if order.state == OrderState::Cancelled {
        return Err(cancelled(number));
    }
    order.expect(&[OrderState::Accepted, OrderState::Closed], "accepted")?;
    let account = account_of(reader, id, &order)?.ok_or_else(|| no_prices(number))?;
    let asked =
        input.due.ok_or_else(|| Error::refused("paper.which_due", [("number", number.into())]))?;
    request(reader, call, (input, asked), (id, &order, &account))
}

fn request(
    reader: &Reader,
    call: &Call,
    (input, asked): (&PrintPaper, DueOf),
    (id, order, account): (OrderId, &ProductionOrder, &OrderAccount),
) -> Result<PaymentRequest, Error> {
    let currency = book_currency(reader)?;
    let amount = |minor| Money { minor, currency }.to_decimal();
    let number = request_number(&order.content.number, asked);
    let stands = account.money().account()?;
    let at = |n: Option<u32>| n.map(|n| n as usize);
    let of_term = || stands.dues.iter().filter(|due| due.term == asked.term as usize);
    let alone = || of_term().next().filter(|_| asked.shipment.is_none() && of_term().count() == 1);
    let due = of_term().find(|due| due.shipment == at(asked.shipment)).or_else(alone);
    let due = due.ok_or_else(|| {
        let shipments = of_term().filter_map(|due| due.shipment).map(|at| (at + 1).to_string());
        match shipments.collect::<Vec<_>>().join(" ") {
            none if none.is_empty() => Error::missing("due", &number),
            shipments => {
                let term = i64::from(asked.term) + 1;
                let args = [("term", term.into()), ("shipments", shipments.into())];
                Error::refused("paper.which_shipment", args)
            }
        }
    })?;
    if due.open() <= 0 {
        return Err(Error::refused("paper.due_settled", [("number", number.into())]));
    }
    let term = account.terms()[due.term];
    let waived: i64 = stands.dues.iter().map(|due| due.waived).sum();
    let paid: i64 = live_entries(reader, id)?.iter().map(paid_by).sum();
    let known = |text: String| Some(text).filter(|text| !text.is_empty());
    let bank = bank_of(reader, order.content.factory)?.unwrap_or_default();
    Ok(PaymentRequest {
        number,
        requested_on: call.session.today,
        payee: partner_party(reader, order.content.factory)?,
        bank: known(bank.bank),
        holder: known(bank.holder),
        account: known(bank.number),
        order: order.content.number.clone(),
        trigger: term.trigger,
        percent: Some(percent(term.share_ppm)),
        shipment: asked.shipment.map(|n| n.saturating_add(1)),
        due_on: due.due_on,
        currency: currency.to_string(),
        payable: amount(stands.payable - waived),
        paid: amount(paid),
        deducted: amount((stands.payable - waived - paid - stands.open()).max(0)),
        amount: amount(due.open()),
        invoiced: Some(amount(invoiced(reader, id)?)),
        reason: input.note.as_deref().map(str::trim).unwrap_or_default().to_owned(),
    })
}
