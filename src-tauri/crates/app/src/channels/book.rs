//! Channels as they are kept: their list, their rules, what is added to them, their files.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use chrono::NaiveDate;
use domain::{
    DocKind, Fact, MoneyPart, Refusal, ShopId,
    channel::{Channel, SaleCost},
    ids::ChannelId,
};
use pricing::{Flag, RuleBook, RuleSet, Severity, check, rules::TEMPLATES, time::Moment};
use serde_json::Value;
use store::{Reader, Writer};
use uuid::Uuid;

use super::{
    ChannelAssumptions, ChannelRow, ChannelRules, ChannelTemplate, ExportChannel, ImportChannel,
    RuleSetCard, RuleSpan, RuleVersion, SaveChannel, Sold, begin_of, book_of, channels, money_of,
    noon, price_text, refused, rules::card, sale_cost, same_currency, set, venue, words,
};
use crate::{
    Error,
    commands::Call,
    files,
    goods::{book_currency, decimal},
    importing::Exported,
    posting::post,
    wire::{Bilingual, ById, Id, Message, Nothing, Posted},
};

pub(crate) fn list(call: &Call, _: Nothing) -> Result<Vec<ChannelRow>, Error> {
    call.read(|reader| {
        let shops: BTreeMap<ShopId, String> =
            reader.shops()?.into_iter().map(|(id, shop)| (id, shop.code)).collect();
        let now = noon(call.session.today);
        Ok(channels(&reader)?.iter().map(|sold| row(sold, &shops, now)).collect())
    })
}

fn row(sold: &Sold, shops: &BTreeMap<ShopId, String>, now: Moment) -> ChannelRow {
    let set = sold.book.in_force(now).ok();
    let flags = set.map(|set| flags_of(set, &sold.channel)).unwrap_or_default();
    let gravest = flags.iter().map(|flag| flag.severity).max();
    let channel = &sold.channel;
    ChannelRow {
        id: Id(sold.id),
        code: channel.code.clone(),
        name: Bilingual { zh: channel.name_zh.clone(), en: channel.name_en.clone() },
        shop: channel.shop.map(|shop| Id(shop.0)),
        shop_code: channel.shop.and_then(|shop| shops.get(&shop).cloned()),
        rule_set: rule_set(&sold.book),
        version: set.map(|set| set.version),
        versions: versions(&sold.book, now),
        flags: u32::try_from(flags.len()).unwrap_or(u32::MAX),
        gravest: gravest.map(|it| words::severity(it).to_owned()),
    }
}

fn rule_set(book: &RuleBook) -> String {
    book.versions().first().map(|set| set.id.to_string()).unwrap_or_default()
}

/// What the law says of a version in a channel.
fn flags_of(set: &RuleSet, channel: &Channel) -> Vec<Flag> {
    let channel = Some(venue(channel));
    let context = pricing::Context { channel, ..pricing::Context::default() };
    check(set, &context)
}

/// The versions, each with when it holds. Of those that cover an instant the engine takes the one
/// that begins last, so a version can hold again after a later one has ended.
fn versions(book: &RuleBook, now: Moment) -> Vec<RuleVersion> {
    let in_force = book.in_force(now).ok();
    let line = time_line(book);
    let version = |set: &Arc<RuleSet>| {
        let own = line.iter().filter(|(hash, ..)| *hash == set.hash);
        let spans: Vec<RuleSpan> = own
            .map(|(_, from, to)| RuleSpan {
                from: from.to_string(),
                to: to.map(|at| at.to_string()),
            })
            .collect();
        RuleVersion {
            version: set.version,
            from: set.effective_from.to_string(),
            to: spans
                .last()
                .map_or_else(|| Some(set.effective_from.to_string()), |it| it.to.clone()),
            spans,
            published_at: set.published_at.map(|at| at.to_string()),
            sha256: set.hash.to_string(),
            in_force: in_force.is_some_and(|held| held.hash == set.hash),
        }
    };
    book.versions().iter().map(version).collect()
}

/// Instants at which another version may begin to hold.
fn bounds(book: &RuleBook) -> BTreeSet<Moment> {
    let versions = book.versions().iter();
    versions.flat_map(|set| [Some(set.effective_from), set.effective_to]).flatten().collect()
}

/// Which version the engine takes from when to when, by its hash.
fn time_line(book: &RuleBook) -> Vec<(Arc<str>, Moment, Option<Moment>)> {
    let mut line: Vec<(Arc<str>, Moment, Option<Moment>)> = Vec::new();
    for at in bounds(book) {
        let held = book.in_force(at).ok().map(|set| set.hash.clone());
        let last = line.last_mut().filter(|(.., to)| to.is_none());
        match (last, held) {
            (Some((hash, ..)), Some(held)) if *hash == held => {}
            (last, held) => {
                if let Some((.., to)) = last {
                    *to = Some(at);
                }
                line.extend(held.map(|hash| (hash, at, None)));
            }
        }
    }
    line
}

/// A channel by its id.
pub(super) fn channel(reader: &Reader, id: Uuid) -> Result<Sold, Error> {
    let record = reader.record::<Channel>(DocKind::Channel, id)?;
    Sold::of(id, record.ok_or_else(|| Error::missing("channel", id))?.content)
}

pub(crate) fn rules(call: &Call, input: ById) -> Result<ChannelRules, Error> {
    call.read(|reader| {
        let sold = channel(&reader, input.id.0)?;
        let line = versions(&sold.book, noon(call.session.today));
        let cards = sold.book.versions().iter().zip(line).map(|(set, version)| {
            let flags = flags_of(set, &sold.channel);
            card(set, version, flags.iter().map(words::flag).collect())
        });
        let mut versions: Vec<RuleSetCard> = cards.collect();
        versions.reverse();
        Ok(ChannelRules {
            id: input.id,
            code: sold.channel.code.clone(),
            rule_set: rule_set(&sold.book),
            versions,
        })
    })
}

pub(crate) fn templates(_: &Call, _: Nothing) -> Result<Vec<ChannelTemplate>, Error> {
    let template = |it: &pricing::rules::Template| {
        let book = RuleBook::load(it.json).map_err(|error| refused(&error))?;
        Ok(ChannelTemplate {
            code: it.code.to_owned(),
            rule_set: rule_set(&book),
            flags: book.flags().iter().map(words::flag).collect(),
        })
    };
    TEMPLATES.iter().map(template).collect()
}

/// Versions to add, out of a text.
fn versions_in(text: &str) -> Result<Vec<Value>, Error> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        refused(&pricing::Error::NotJson { line: error.line(), column: error.column() })
    })?;
    Ok(match value {
        Value::Array(versions) => versions,
        one => vec![one],
    })
}

/// The rules of a channel with `added` versions. One that is known already is not added again; a
/// number that is known with other rules is refused, for rules that orders were priced by stay what
/// they were.
fn with(known: &[Value], added: Vec<Value>) -> Result<Vec<Value>, Error> {
    let mut rules = known.to_vec();
    for one in added {
        let read = RuleSet::from_json(&one).map_err(|error| refused(&error))?;
        let mut twin = None;
        for other in &rules {
            let other = RuleSet::from_json(other).map_err(|error| refused(&error))?;
            if other.version == read.version && other.id == read.id {
                twin = Some(other.hash.clone());
            }
        }
        match twin {
            Some(hash) if hash == read.hash => {}
            Some(_) => {
                let version = i64::from(read.version).into();
                let id = read.id.to_string().into();
                let args = [("version", version), ("id", id)];
                return Err(Error::refused("channel.version_fixed", args));
            }
            None => rules.push(one),
        }
    }
    Ok(rules)
}

/// Refuses a version that would take the place of another in the past: what was paid under a version
/// stays priced by it. A time at which no version held may be filled.
fn refuse_backdated(known: &[Value], next: &RuleBook, today: NaiveDate) -> Result<(), Error> {
    if known.is_empty() {
        return Ok(());
    }
    let text = Value::Array(known.to_vec()).to_string();
    let before = RuleBook::load_as_it_was(&text).map_err(|error| refused(&error))?;
    let past = bounds(next).into_iter().filter(|at| *at < begin_of(today));
    for at in past {
        let (Ok(held), Ok(holds)) = (before.in_force(at), next.in_force(at)) else { continue };
        if held.hash != holds.hash {
            return Err(Error::refused(
                "channel.version_backdated",
                [
                    ("version", i64::from(holds.version).into()),
                    ("from", holds.effective_from.to_string().into()),
                    ("held", i64::from(held.version).into()),
                    ("today", today.to_string().into()),
                ],
            ));
        }
    }
    Ok(())
}

/// Refuses rules that break the law, with each flag named.
fn refuse_unlawful(book: &RuleBook, channel: &Channel, known: &[Value]) -> Result<(), Error> {
    let known: Vec<_> = known
        .iter()
        .filter_map(|one| RuleSet::from_json(one).ok())
        .map(|set| set.hash.clone())
        .collect();
    let new = book.versions().iter().filter(|set| !known.contains(&set.hash));
    let flags = new.flat_map(|set| flags_of(set, channel));
    let errors: Vec<Flag> = flags.filter(|flag| flag.severity == Severity::Error).collect();
    let Some(first) = errors.first() else { return Ok(()) };
    let flags = errors.iter().map(|flag| format!("{} ({})", flag.code, flag.at));
    let refusal = Error::refused(
        "channel.unlawful",
        [
            ("flag", first.code.into()),
            ("at", first.at.clone().into()),
            ("flags", flags.collect::<Vec<_>>().join(", ").into()),
        ],
    );
    let detail = |flag: &Flag| {
        Message::new(&format!("pricing.flag.{}", flag.code), [("at", flag.at.clone().into())])
    };
    Err(refusal.with(errors.iter().map(detail).collect()))
}

pub(crate) fn save(call: &Call, input: SaveChannel) -> Result<Posted, Error> {
    let mut added = input.rules.as_deref().map(versions_in).transpose()?.unwrap_or_default();
    if let Some(code) = &input.template {
        let template = TEMPLATES.iter().find(|it| it.code == code);
        let template = template.ok_or_else(|| Error::missing("template", code))?;
        added.extend(versions_in(template.json)?);
    }
    keep(call, &input, added)
}

fn keep(call: &Call, input: &SaveChannel, added: Vec<Value>) -> Result<Posted, Error> {
    let id = input.id.map_or_else(Uuid::now_v7, |id| id.0);
    call.write(Some(("channel", id, input.code.trim())), |writer| {
        let known = match input.id {
            Some(_) => channel(writer, id)?.channel.rules,
            None => Vec::new(),
        };
        let next = Channel {
            code: input.code.trim().to_owned(),
            name_zh: input.name.zh.trim().to_owned(),
            name_en: input.name.en.trim().to_owned(),
            shop: input.shop.map(|shop| ShopId(shop.0)),
            rules: with(&known, added)?,
        };
        next.check()?;
        refuse_taken(writer, id, &next)?;
        let book = book_of(&next)?;
        let currency = book_currency(writer)?;
        book.versions().iter().try_for_each(|set| same_currency(set, currency))?;
        refuse_backdated(&known, &book, call.session.today)?;
        refuse_unlawful(&book, &next, &known)?;
        let fact = Fact::ChannelSet { id: ChannelId(id), channel: Box::new(next) };
        let entry = set(call, fact, None);
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}

/// Refuses a code that another channel has, and a shop that another channel prices.
fn refuse_taken(writer: &Writer, id: Uuid, next: &Channel) -> Result<(), Error> {
    let shops = writer.shops()?;
    if let Some(shop) = next.shop.filter(|shop| !shops.iter().any(|(known, _)| known == shop)) {
        return Err(Error::missing("shop", shop.0));
    }
    for other in writer.records::<Channel>(DocKind::Channel)? {
        if other.id == id {
            continue;
        }
        if other.content.code == next.code {
            let code = next.code.clone();
            return Err(Refusal::CodeTaken { what: "channel".into(), code }.into());
        }
        if next.shop.is_some() && other.content.shop == next.shop {
            return Err(Error::refused(
                "channel.shop_taken",
                [("channel", other.content.code.into())],
            ));
        }
    }
    Ok(())
}

pub(crate) fn import(call: &Call, input: ImportChannel) -> Result<Posted, Error> {
    let path = Path::new(&input.path);
    let text = std::fs::read_to_string(path).map_err(|error| files::unreachable(path, error))?;
    let added = versions_in(&text)?;
    let known = match input.id {
        Some(id) => Some(call.read(|reader| channel(&reader, id.0))?.channel),
        None => None,
    };
    let named = added.first().and_then(|one| one.get("id")).and_then(Value::as_str);
    let named = named.unwrap_or_default().to_owned();
    let next = match known {
        Some(channel) => SaveChannel {
            id: input.id,
            code: channel.code,
            name: Bilingual { zh: channel.name_zh, en: channel.name_en },
            shop: channel.shop.map(|shop| Id(shop.0)),
            rules: None,
            template: None,
        },
        None => SaveChannel {
            id: None,
            code: named.clone(),
            name: Bilingual { zh: named.clone(), en: named },
            shop: None,
            rules: None,
            template: None,
        },
    };
    keep(call, &next, added)
}

pub(crate) fn export(call: &Call, input: ExportChannel) -> Result<Exported, Error> {
    let path = files::target(&input.path, &["json"])?;
    let channel = call.read(|reader| channel(&reader, input.id.0))?.channel;
    let text = serde_json::to_string_pretty(&channel.rules).expect("JSON is JSON") + "\n";
    files::write_whole(&path, text.as_bytes())?;
    call.app.wrote(path.clone(), None);
    let rows = u32::try_from(channel.rules.len()).unwrap_or(u32::MAX);
    Ok(Exported { path: path.display().to_string(), rows })
}

pub(crate) fn assumptions(call: &Call, _: Nothing) -> Result<Vec<ChannelAssumptions>, Error> {
    call.read(|reader| {
        let currency = book_currency(&reader)?;
        let text = |minor| price_text(pricing::Money::from_minor(minor), currency);
        let mut all = Vec::new();
        for sold in channels(&reader)? {
            let cost = sale_cost(&reader, sold.id)?;
            all.push(ChannelAssumptions {
                id: Id(sold.id),
                packing: text(cost.packing),
                fee_vat_ppm: cost.fee_vat_ppm,
                return_ppm: cost.return_ppm,
                return_loss: text(cost.return_loss),
                destruction: text(cost.destruction),
                mark_up: Some(text(cost.mark_up)),
            });
        }
        Ok(all)
    })
}

pub(crate) fn save_assumptions(call: &Call, input: ChannelAssumptions) -> Result<Posted, Error> {
    call.write(None, |writer| {
        channel(writer, input.id.0)?;
        let currency = book_currency(writer)?;
        let minor = |price| Ok::<_, Error>(money_of(decimal(price)?, currency)?.minor());
        let cost = SaleCost {
            packing: minor(&input.packing)?,
            fee_vat_ppm: input.fee_vat_ppm,
            return_ppm: input.return_ppm,
            return_loss: minor(&input.return_loss)?,
            destruction: minor(&input.destruction)?,
            mark_up: input.mark_up.as_ref().map_or(Ok(0), minor)?,
        };
        cost.check()?;
        let money = MoneyPart { sale_cost: Some(cost), ..MoneyPart::new(currency) };
        let fact = Fact::ChannelCosted { id: ChannelId(input.id.0) };
        let entry = set(call, fact, Some(money));
        let entry = post(writer, entry)?;
        Ok(vec![entry])
    })
}
