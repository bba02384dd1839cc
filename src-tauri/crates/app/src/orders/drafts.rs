//! Drafts of orders, and the step that binds: issue, and later amendment.
//!
//! Drafts change freely and are not in the journal; issuing puts the whole order into one entry,
//! with the versions and bills of materials that hold on that day.

use chrono::Datelike;
use domain::{
    DocKind, Entry, Fact, OrderId, Reason, Refusal, SkuId,
    bom::{Bom, BomLine, bill_of},
    ids::VersionId,
    licence,
    order::{self, Issued, OrderContent, OrderKind, OrderLine, Step},
    version::{self, SkuVersion},
};
use rust_decimal::Decimal;
use store::{Reader, Writer};
use uuid::Uuid;

use super::{
    AmendOrder, IssueOrder, OrderLineFields, SaveOrder, issued, next_number, reason_of,
    steps::step_with,
};
use crate::{
    Error,
    commands::Call,
    drafts::{self, Draft},
    goods::{book_currency, decimal},
    known::Names,
    posting::post,
    production::{account_of, current_offer, factory_place},
    wire::{ById, Day, DocLink, Id, Nothing, Posted, UnitPrice, Units},
};

impl Draft for SaveOrder {
    const KIND: &'static str = "order";

    fn id(&mut self) -> &mut Option<Id> {
        &mut self.id
    }

    fn check(&self) -> Result<(), Error> {
        self.unit_prices.iter().try_for_each(|price| decimal(price).map(drop))?;
        let mut units = self.lines.iter().map(|line| line.qty.0);
        Ok(units.try_for_each(|qty| domain::stock::positive(qty).map(drop))?)
    }

    fn binds(reader: &Reader, id: Uuid) -> Result<bool, Error> {
        Ok(reader.order(OrderId(id))?.is_some())
    }
}

pub(crate) fn draft(reader: &Reader, id: Id) -> Result<Option<SaveOrder>, Error> {
    drafts::one(reader, id)
}

pub(crate) fn save(call: &Call, input: SaveOrder) -> Result<ById, Error> {
    drafts::save(call, input)
}

pub(crate) fn discard(call: &Call, input: ById) -> Result<Nothing, Error> {
    drafts::discard::<SaveOrder>(call, input)
}

/// An order whose issue was undone is a draft again, so that nothing typed is lost.
pub(crate) fn revive(writer: &mut Writer, undone: &Entry, call: &Call) -> Result<(), Error> {
    let Fact::OrderIssued { id, order } = &undone.body.fact else { return Ok(()) };
    let prices =
        undone.money.as_ref().map(|money| money.unit_prices.as_slice()).unwrap_or_default();
    let lines = order.lines.iter().map(|line| OrderLineFields {
        sku: Id(line.sku.0),
        qty: Units(line.qty),
        version: line.version.map(|id| Id(id.0)),
    });
    let draft = SaveOrder {
        id: None,
        kind: order.kind.into(),
        factory: Id(order.factory.0),
        deliver_to: Id(order.deliver_to.0),
        promised_on: order.wanted_on.map(Day),
        over_tolerance_ppm: order.over_tolerance_ppm,
        lines: lines.collect(),
        unit_prices: prices.iter().map(|price| UnitPrice(price.to_string())).collect(),
        tax_rate_ppm: order.tax_rate_ppm,
        price_includes_tax: order.price_includes_tax,
        over_is_free: order.over_is_free,
        loss_base: order.loss_base.into(),
        schedule: order.schedule.iter().map(|term| (*term).into()).collect(),
        for_order: order.for_order.map(|id| Id(id.0)),
        terms: order.terms.clone(),
    };
    drafts::keep(writer, Id(id.0), &draft, call)
}

/// What a draft says as an order, with its prices. Versions and bills of materials are left to
/// [`bound`].
pub(crate) fn content_of(
    reader: &Reader,
    draft: &SaveOrder,
    number: String,
) -> Result<(OrderContent, Vec<Decimal>), Error> {
    let names = Names::load(reader)?;
    let factory = draft.factory.0.into();
    let lines = draft.lines.iter().map(|line| OrderLine {
        version: line.version.map(|id| id.0.into()),
        ..OrderLine::of(line.sku.0.into(), line.qty.0)
    });
    let kind = OrderKind::from(draft.kind);
    let made = kind == OrderKind::Production;
    let content = OrderContent {
        kind,
        for_order: draft.for_order.map(|id| id.0.into()).filter(|_| !made),
        materials_at: if made { factory_place(&names, factory) } else { None },
        wanted_on: draft.promised_on.map(|day| day.0),
        over_tolerance_ppm: draft.over_tolerance_ppm,
        over_is_free: draft.over_is_free,
        tax_rate_ppm: draft.tax_rate_ppm,
        price_includes_tax: draft.price_includes_tax,
        loss_base: draft.loss_base.into(),
        schedule: draft.schedule.iter().map(|term| (*term).into()).collect(),
        terms: draft.terms.clone(),
        ..OrderContent::new(number, factory, draft.deliver_to.0.into(), lines.collect())
    };
    let prices = draft.unit_prices.iter().map(decimal).collect::<Result<Vec<_>, _>>()?;
    Ok((content, prices))
}

/// What a draft would be if it were issued on `day`, with its prices.
pub(crate) fn as_ordered(
    reader: &Reader,
    draft: &SaveOrder,
    number: String,
    day: chrono::NaiveDate,
) -> Result<(OrderContent, Vec<Decimal>), Error> {
    let (content, prices) = content_of(reader, draft, number)?;
    Ok((bound(reader, content, day)?, prices))
}

/// Fixes the versions and bills of materials that hold on `day`.
fn bound(
    reader: &Reader,
    mut content: OrderContent,
    day: chrono::NaiveDate,
) -> Result<OrderContent, Error> {
    let made = content.kind == OrderKind::Production;
    for line in &mut content.lines {
        line.version = version_of(reader, line, day)?;
        if made {
            line.materials = materials(reader, (line, content.factory), day)?;
        }
    }
    let supplied = content.lines.iter().any(|line| line.supplied().next().is_some());
    if supplied && content.materials_at.is_none() {
        return Err(Refusal::FactoryPlaceMissing {}.into());
    }
    Ok(content)
}

fn materials(
    reader: &Reader,
    (line, factory): (&OrderLine, domain::PartnerId),
    day: chrono::NaiveDate,
) -> Result<Vec<BomLine>, Error> {
    let bills = reader.records_of::<Bom>(DocKind::Bom, line.sku.0)?;
    let bills = bills.iter().map(|one| &one.content);
    let bill = bill_of(bills, (line.sku, factory, line.version), day);
    Ok(bill.map(|bill| bill.lines.clone()).unwrap_or_default())
}

/// The version that is ordered: the one that is named, which must hold, or the current one.
fn version_of(
    reader: &Reader,
    line: &OrderLine,
    day: chrono::NaiveDate,
) -> Result<Option<VersionId>, Error> {
    let versions = reader.records_of::<SkuVersion>(DocKind::Version, line.sku.0)?;
    let Some(named) = line.version else {
        let all = versions.iter().map(|one| (VersionId(one.id), &one.content));
        return Ok(version::current(all, line.sku, day).map(|(id, _)| id));
    };
    let known = versions.iter().find(|one| one.id == named.0);
    let known = known.ok_or_else(|| Error::missing("version", named.0))?;
    if known.content.holds_on(day) {
        return Ok(Some(named));
    }
    let artwork = known.content.artwork_no.clone();
    Err(Error::refused("order.version_not_current", [("artwork", artwork.into())]))
}

pub(crate) fn issue(call: &Call, input: IssueOrder) -> Result<Posted, Error> {
    let number = std::cell::RefCell::new(String::new());
    let mut posted = call.write(None, |writer| {
        let draft = draft(writer, input.id)?.ok_or_else(|| Error::missing("order", input.id.0))?;
        check(writer, &draft)?;
        let today = call.session.today;
        let prefix = match OrderKind::from(draft.kind) {
            OrderKind::Production => "PO",
            OrderKind::Purchase => "PU",
        };
        let (next, serial) = next_number(writer, prefix, today.year())?;
        number.replace(next.clone());
        let (content, unit_prices) = as_ordered(writer, &draft, next, today)?;
        let reason = reason_of(input.reason, input.reason_for.as_deref());
        check_terms(writer, (&content, &unit_prices), (today, &reason))?;
        check_versions(writer, &content, (today, &reason))?;
        let issued = Issued { content, unit_prices, currency: book_currency(writer)? };
        let mut ids = call.session.new_ids();
        let step = Step { id: OrderId(input.id.0), day: today, new_id: &mut ids };
        let entry = order::issue(step, issued, serial)?;
        let entry = post(writer, entry)?;
        drafts::bound::<SaveOrder>(writer, input.id)?;
        Ok(vec![entry])
    })?;
    posted.document = Some(DocLink::new("order", input.id.0, number.into_inner()));
    Ok(posted)
}

pub(crate) fn amend(call: &Call, input: AmendOrder) -> Result<Posted, Error> {
    let id = input.order.id.ok_or_else(|| Error::refused("document.not_a_draft", []))?;
    let today = call.session.today;
    step_with(call, id, today, |reader, step, order| {
        check(reader, &input.order)?;
        let number = order.content.number.clone();
        let (mut content, unit_prices) = content_of(reader, &input.order, number)?;
        content.factory = order.content.factory;
        let content = bound(reader, content, order.issued_on)?;
        let account = account_of(reader, OrderId(id.0), order)?;
        let issued = Issued { content, unit_prices, currency: book_currency(reader)? };
        Ok(order::amend(step, order, issued, account.as_ref(), input.reason)?)
    })
}

/// What a draft names must be there when it is issued.
fn check(reader: &Reader, draft: &SaveOrder) -> Result<(), Error> {
    let names = Names::load(reader)?;
    if !names.partners.contains_key(&draft.factory.0.into()) {
        return Err(Error::missing("partner", draft.factory.0));
    }
    let deliver_to = names.places.get(&draft.deliver_to.0.into());
    if deliver_to.is_none_or(|place| place.place.is_none()) {
        return Err(Error::missing("location", draft.deliver_to.0));
    }
    if let Some(order) = draft.for_order {
        issued(reader, order)?;
    }
    match draft.lines.iter().find(|line| !names.skus.contains_key(&line.sku.0.into())) {
        Some(line) => Err(Error::missing("sku", line.sku.0)),
        None => Ok(()),
    }
}

/// The factory's licences, and quantity and price against the offer that holds.
fn check_terms(
    reader: &Reader,
    (content, prices): (&OrderContent, &[Decimal]),
    (today, reason): (chrono::NaiveDate, &Reason),
) -> Result<(), Error> {
    let names = Names::load(reader)?;
    if content.kind == OrderKind::Production {
        let partners = reader.partners()?;
        let factory = partners.iter().find(|(id, _)| *id == content.factory);
        let (name, licences) = factory
            .map(|(_, one)| (one.name.as_str(), one.licences.as_slice()))
            .unwrap_or_default();
        let category = |sku: &SkuId| names.skus.get(sku).map(|one| one.sku.category.as_str());
        let categories: Vec<&str> =
            content.lines.iter().filter_map(|line| category(&line.sku)).collect();
        licence::missing(name, licences, &categories, today)?;
    }
    for (line, price) in content.lines.iter().zip(prices) {
        let at = (content.factory, line.sku);
        let Some((offer, tiers)) = current_offer(reader, at, today)? else { continue };
        let code = names.sku_code(line.sku);
        offer.check_qty(&code, line.qty, reason)?;
        offer.check_price(&code, &tiers, (line.qty, *price), reason)?;
    }
    Ok(())
}

/// Goods that have versions are made in one that holds, unless it is said why not.
fn check_versions(
    reader: &Reader,
    content: &OrderContent,
    (today, reason): (chrono::NaiveDate, &Reason),
) -> Result<(), Error> {
    if content.kind != OrderKind::Production {
        return Ok(());
    }
    for line in content.lines.iter().filter(|line| line.version.is_none()) {
        let versions = reader.records_of::<SkuVersion>(DocKind::Version, line.sku.0)?;
        let Some(nearest) = version::nearest(versions.iter().map(|one| &one.content), today) else {
            continue;
        };
        let sku = reader.sku(line.sku)?.map(|one| one.sku.code).unwrap_or_default();
        let (nearest, period) = (nearest.artwork_no.clone(), nearest.period());
        reason.overcomes(Refusal::NoVersionHolds { sku, day: today, nearest, period })?;
    }
    Ok(())
}
