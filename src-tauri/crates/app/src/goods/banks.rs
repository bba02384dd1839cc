//! Where partners are paid: bank, name and number of their accounts.
//!
//! Knows that only those who see money are told, which is why this is no part of a partner's own
//! fields. Refuses to know what is owed to them.

use domain::{DocKind, Fact, MoneyPart, PartnerId, partner::BankAccount};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

use super::{book_currency, described};
use crate::{
    Error,
    commands::Call,
    posting,
    wire::{Id, Nothing, Posted},
};

/// Where a partner is paid. Empty texts are not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartnerBank {
    /// The partner.
    pub partner: Id,
    /// The bank and its branch.
    #[serde(default)]
    pub bank: String,
    /// In whose name, where that is not the partner's.
    #[serde(default)]
    pub holder: String,
    /// The account's number.
    #[serde(default)]
    pub number: String,
}

/// The account of a partner, if one is known.
pub(crate) fn bank_of(reader: &Reader, partner: PartnerId) -> Result<Option<BankAccount>, Error> {
    let record = reader.record::<()>(DocKind::PartnerBank, partner.0)?;
    let bank = record.and_then(|one| one.money).and_then(|money| money.bank);
    Ok(bank.filter(|bank| !bank.is_empty()))
}

pub(crate) fn banks(call: &Call, _: Nothing) -> Result<Vec<PartnerBank>, Error> {
    call.read(|reader| {
        let mut known = Vec::new();
        for (id, _) in reader.partners()? {
            if let Some(BankAccount { bank, holder, number }) = bank_of(&reader, id)? {
                known.push(PartnerBank { partner: Id(id.0), bank, holder, number });
            }
        }
        Ok(known)
    })
}

pub(crate) fn save_bank(call: &Call, input: PartnerBank) -> Result<Posted, Error> {
    let id = PartnerId(input.partner.0);
    let trimmed = |text: &str| text.trim().to_owned();
    let bank = BankAccount {
        bank: trimmed(&input.bank),
        holder: trimmed(&input.holder),
        number: trimmed(&input.number),
    };
    bank.check()?;
    call.write(None, |writer| {
        let known = writer.partners()?.iter().any(|(other, _)| *other == id);
        known.then_some(()).ok_or_else(|| Error::missing("partner", id.0))?;
        let money = MoneyPart { bank: Some(bank), ..MoneyPart::new(book_currency(writer)?) };
        let entry = described(call, Fact::PartnerBanked { id }, Some(money));
        let entry = posting::post(writer, entry)?;
        Ok(vec![entry])
    })
}
