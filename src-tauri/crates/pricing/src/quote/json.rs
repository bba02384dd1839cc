//! A quote as JSON.

use std::collections::BTreeSet;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::{Posting, Quote, QuotedLine};
use crate::rules::Funder;

impl Serialize for Quote {
    /// Everything but the way it was computed. Maps are sorted by key, so the same quote is the
    /// same bytes everywhere.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut json = to.serialize_struct("Quote", 11)?;
        json.serialize_field("ruleset", &(&*self.ruleset.id, self.ruleset.version))?;
        json.serialize_field("void", &self.void)?;
        json.serialize_field("lines", &Each(&self.lines, |line| LineJson(line, self.void)))?;
        json.serialize_field("freight", &self.freight)?;
        json.serialize_field("paid", &self.paid)?;
        if self.void {
            json.serialize_field("buyer_refund", &self.buyer_refund)?;
        } else {
            json.serialize_field("freight_vat", &self.freight_vat)?;
            json.serialize_field("vat_total", &self.vat_total)?;
            let postings = Each(&self.postings, |posting| PostingJson(posting, self));
            json.serialize_field("postings", &postings)?;
        }
        json.serialize_field("parties", &Accounts(&self.parties))?;
        json.serialize_field("brand_net", &self.brand_net)?;
        json.serialize_field("flags", &Codes(self))?;
        json.end()
    }
}

/// A list, each entry wrapped in what writes it.
struct Each<'a, T, F>(&'a [T], F);

impl<'a, T, W: Serialize, F: Fn(&'a T) -> W> Serialize for Each<'a, T, F> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(&self.1))
    }
}

/// A line; that of a void order has no discounts.
struct LineJson<'a>(&'a QuotedLine, bool);

impl Serialize for LineJson<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(line, void) = *self;
        let mut json = to.serialize_struct("Line", 6)?;
        json.serialize_field("id", &*line.id)?;
        json.serialize_field("unit", &line.unit)?;
        json.serialize_field("gross", &line.gross)?;
        if !void {
            json.serialize_field("disc", &Discounts(line))?;
        }
        json.serialize_field("pay", &line.pay)?;
        json.serialize_field("vat", &line.vat)?;
        json.end()
    }
}

struct Discounts<'a>(&'a QuotedLine);

impl Serialize for Discounts<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let borne = Funder::ALL.into_iter().zip(self.0.disc);
        to.collect_map(borne.filter_map(|(funder, amount)| Some((funder.name(), amount?))))
    }
}

struct PostingJson<'a>(&'a Posting, &'a Quote);

impl Serialize for PostingJson<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(posting, quote) = *self;
        let mut json = to.serialize_struct("Posting", 5)?;
        json.serialize_field("rule", &*posting.rule)?;
        json.serialize_field("account", &*posting.account)?;
        json.serialize_field("by", posting.by.name())?;
        json.serialize_field("line", &*quote.lines[posting.line as usize].id)?;
        json.serialize_field("amount", &posting.amount)?;
        json.end()
    }
}

/// Balances by account, in their order.
pub(crate) struct Accounts<'a>(pub(crate) &'a [(std::sync::Arc<str>, crate::Money)]);

impl Serialize for Accounts<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut json = to.serialize_map(Some(self.0.len()))?;
        for (account, amount) in self.0 {
            json.serialize_entry(&**account, amount)?;
        }
        json.end()
    }
}

/// Codes of the flags, each once.
struct Codes<'a>(&'a Quote);

impl Serialize for Codes<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut seen = BTreeSet::new();
        to.collect_seq(self.0.flags.iter().map(|flag| flag.code).filter(|code| seen.insert(*code)))
    }
}
