//! An order's money as its entries tell it: what was agreed, what came, what was paid.
//!
//! Knows which entries speak of money. Refuses to reckon dues: [`crate::dues`] does.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{OrderContent, OrderState, ProductionOrder};
use crate::{
    Currency, Entry, Fact, LotId, MoneyPart, Refusal, ValueKind, ValueLine,
    claim::ClaimEnd,
    dues::{DepositFate, Ending, OrderMoney, PayableLine, Payment, Shipment, Waiver},
    fact::ReceivedLine,
    money::share,
    quality::{Credited, Decision, SettleBy},
    schedule,
    tax::UnitPrice,
    terms::{Milestone, ON_RECEIPT, Term},
};

/// The money of one order, in the shape in which `dues` takes it.
#[derive(Debug, Clone)]
pub struct OrderAccount {
    currency: Currency,
    lines: Vec<PayableLine>,
    terms: Vec<Term>,
    agreed: Vec<i64>,
    over_receipt_paid: bool,
    accepted_on: Option<NaiveDate>,
    milestones: BTreeMap<Milestone, NaiveDate>,
    shipments: Vec<Shipment>,
    lots: Vec<Vec<(u32, LotId, i64)>>,
    credited: Vec<Credited>,
    fees: BTreeMap<LotId, i64>,
    payments: Vec<Payment>,
    waivers: Vec<Waiver>,
    refunded: i64,
    deducted: i64,
    ending: Ending,
}

/// An order without terms is paid when it comes.
fn terms_of(content: &OrderContent) -> Vec<Term> {
    if content.schedule.is_empty() {
        return ON_RECEIPT.to_vec();
    }
    content.schedule.clone()
}

fn priced(content: &OrderContent, prices: &[Decimal]) -> Vec<PayableLine> {
    let (tax_rate_ppm, includes_tax) = (content.tax_rate_ppm, content.price_includes_tax);
    let price = |at: usize| prices.get(at).copied().unwrap_or_default();
    let lines = content.lines.iter().enumerate();
    lines
        .map(|(at, line)| PayableLine {
            qty: line.qty,
            price: UnitPrice { price: price(at), tax_rate_ppm, includes_tax },
        })
        .collect()
}

impl OrderAccount {
    /// An order that is about to be issued at these prices.
    pub fn draft(content: &OrderContent, prices: &[Decimal], currency: Currency) -> Self {
        let mut account = Self {
            currency,
            lines: priced(content, prices),
            terms: terms_of(content),
            agreed: Vec::new(),
            over_receipt_paid: !content.over_is_free,
            accepted_on: None,
            milestones: BTreeMap::new(),
            shipments: Vec::new(),
            lots: Vec::new(),
            credited: Vec::new(),
            fees: BTreeMap::new(),
            payments: Vec::new(),
            waivers: Vec::new(),
            refunded: 0,
            deducted: 0,
            ending: Ending::Open,
        };
        account.agreed = account.fresh_cut();
        account
    }

    /// The order's live entries, in their order, told as money. `None` on a desk that does not
    /// hold the prices.
    pub fn of(order: &ProductionOrder, entries: &[Entry]) -> Option<Self> {
        let mut account: Option<Self> = None;
        for entry in entries {
            match (&entry.body.fact, &entry.money, &mut account) {
                (Fact::OrderIssued { order, .. }, Some(money), _) => {
                    account = Some(Self::draft(order, &money.unit_prices, money.currency));
                }
                (_, _, Some(account)) => account.take(entry),
                _ => {}
            }
        }
        let mut account = account?;
        account.accepted_on = order.accepted_on;
        account.milestones = order
            .milestones
            .iter()
            .filter_map(|one| Some((one.milestone, one.reached_on?)))
            .collect();
        if order.state == OrderState::Closed {
            account.ending = Ending::Closed;
        }
        Some(account)
    }

    fn fresh_cut(&self) -> Vec<i64> {
        let total = self.view(&[]).ordered().unwrap_or(0);
        schedule::cut(&self.terms, total)
    }

    fn amend(&mut self, content: &OrderContent, prices: &[Decimal], agreed: &[i64]) {
        self.lines = priced(content, prices);
        self.terms = terms_of(content);
        self.over_receipt_paid = !content.over_is_free;
        for shipment in &mut self.shipments {
            shipment.units.resize(self.lines.len(), 0);
            shipment.credited.resize(self.lines.len(), 0);
        }
        let kept = agreed.len() == self.terms.len();
        self.agreed = if kept { agreed.to_vec() } else { self.fresh_cut() };
    }

    fn take(&mut self, entry: &Entry) {
        let amount = entry.money.as_ref().and_then(|money| money.amounts.first()).copied();
        self.cost(entry);
        match &entry.body.fact {
            Fact::OrderAmended { order, .. } => {
                if let Some(money) = &entry.money {
                    self.amend(order, &money.unit_prices, &money.amounts);
                }
            }
            Fact::OrderReceived { lines, .. } => self.ship(entry.effective_on, lines),
            Fact::QualityDecided { lines, .. } => {
                let credit = (Decision::Return, Some(SettleBy::Credit));
                for one in lines.iter().filter(|one| (one.decision, one.settle_by) == credit) {
                    self.credit(Credited { line: one.line, lot: one.lot, qty: one.qty });
                }
            }
            Fact::OrderClosed { credited, .. } => {
                for one in credited {
                    self.credit(*one);
                }
            }
            Fact::OrderPaid { term, overpaid, .. } => {
                let (term, minor) = (*term as usize, amount.unwrap_or(0));
                self.payments.push(Payment { term, minor, overpaid: *overpaid });
            }
            Fact::DueWaived { term, shipment, .. } => {
                let shipment = shipment.map(|shipment| shipment as usize);
                let (term, minor) = (*term as usize, amount.unwrap_or(0));
                self.waivers.push(Waiver { term, shipment, minor });
            }
            Fact::OrderRefunded { .. } => self.refunded += amount.unwrap_or(0),
            Fact::ClaimDecided { end: ClaimEnd::Deducted, .. } => {
                self.deducted += amount.unwrap_or(0);
            }
            Fact::OrderCancelled { deposit, .. } => {
                self.ending = Ending::Cancelled(deposit.unwrap_or(DepositFate::RefundDue));
            }
            _ => {}
        }
    }

    fn ship(&mut self, on: NaiveDate, lines: &[ReceivedLine]) {
        let mut units = vec![0; self.lines.len()];
        let paid = lines.iter().filter(|line| line.replaces.is_none());
        for line in paid.clone() {
            if let Some(sum) = units.get_mut(line.line as usize) {
                *sum += line.qty;
            }
        }
        self.lots.push(paid.map(|line| (line.line, line.lot, line.qty)).collect());
        self.shipments.push(Shipment { on, credited: vec![0; units.len()], units });
    }

    /// Units that go back for a credit are taken off the last shipments that brought their lot.
    fn credit(&mut self, one: Credited) {
        self.credited.push(one);
        let brought = |lots: &[(u32, LotId, i64)]| {
            lots.iter().any(|(line, lot, _)| (*line, *lot) == (one.line, one.lot))
        };
        let (at, mut left) = (one.line as usize, one.qty);
        let shipments = self.shipments.iter_mut().zip(&self.lots).rev();
        for (shipment, _) in shipments.filter(|(_, lots)| brought(lots)) {
            let (Some(units), Some(credited)) =
                (shipment.units.get(at), shipment.credited.get_mut(at))
            else {
                continue;
            };
            let qty = left.min(units - *credited);
            *credited += qty;
            left -= qty;
        }
    }

    fn cost(&mut self, entry: &Entry) {
        let values = entry.money.iter().flat_map(|money| &money.values);
        for value in values.filter(|value| value.kind != ValueKind::LetGo) {
            *self.fees.entry(value.lot).or_insert(0) += value.minor;
        }
    }

    /// The account once these units are credited as well.
    pub(crate) fn crediting(&self, credited: &[Credited]) -> Self {
        let mut account = self.clone();
        for one in credited {
            account.credit(*one);
        }
        account
    }

    /// By how much the cost of each received lot, net, minor units, differs from what was posted for
    /// it: its fee at the order's prices, less its part of what
    /// the factory let go (IAS 2.11, CAS 1 article 6: rebates are no cost). That part is pro rata by
    /// price, so what is let go before all has come lowers what comes later too.
    ///
    /// # Errors
    /// [`crate::Refusal::AmountTooLarge`] beyond what 64 bits hold.
    pub(crate) fn differences(&self) -> Result<Vec<(LotId, i64)>, Refusal> {
        let mut costs: BTreeMap<LotId, i64> =
            self.fees.iter().map(|(lot, minor)| (*lot, -minor)).collect();
        let stands = self.money().account()?;
        let waived: i64 = stands.dues.iter().map(|due| due.waived).sum();
        let waived = self.net_of(waived)?;
        let mut units = vec![0; self.lines.len()];
        for (line, lot, qty) in self.lots.iter().flatten() {
            let at = *line as usize;
            let (Some(line), Some(sum)) = (self.lines.get(at), units.get_mut(at)) else {
                continue;
            };
            let paid = |units: i64| self.paid_for(line, units);
            let (before, after) = (paid(*sum), paid(*sum + qty));
            *sum += qty;
            let part = line.price.of_part(before, after - before, self.currency)?;
            *costs.entry(*lot).or_insert(0) += part.net;
        }
        let (mut came, mut rebated) = (0, 0);
        for (lot, gross) in self.price_of_lots()? {
            came += gross;
            let up_to = share(waived, came.min(stands.payable), stands.payable);
            *costs.entry(lot).or_insert(0) -= up_to - rebated;
            rebated = up_to;
        }
        Ok(costs.into_iter().filter(|(_, minor)| *minor != 0).collect())
    }

    /// What is to be paid for each lot, with tax, without the units of it that are credited.
    fn price_of_lots(&self) -> Result<Vec<(LotId, i64)>, Refusal> {
        let mut kept: Vec<(u32, LotId, i64)> = Vec::new();
        let mut add = |line: u32, lot: LotId, qty: i64| match kept
            .iter_mut()
            .find(|one| (one.0, one.1) == (line, lot))
        {
            Some(one) => one.2 += qty,
            None => kept.push((line, lot, qty)),
        };
        for (line, lot, qty) in self.lots.iter().flatten() {
            add(*line, *lot, *qty);
        }
        for one in &self.credited {
            add(one.line, one.lot, -one.qty);
        }
        let mut units = vec![0; self.lines.len()];
        let mut prices = Vec::new();
        for (at, lot, qty) in kept {
            let (Some(line), Some(sum)) = (self.lines.get(at as usize), units.get_mut(at as usize))
            else {
                continue;
            };
            let (before, after) = (self.paid_for(line, *sum), self.paid_for(line, *sum + qty));
            *sum += qty;
            let part = line.price.of_part(before, after - before, self.currency)?;
            prices.push((lot, part.gross()));
        }
        Ok(prices)
    }

    /// What an amount for the whole order falls on: its lots and, last, what is still to come; by
    /// their price.
    ///
    /// # Errors
    /// [`crate::Refusal::AmountTooLarge`] beyond what 64 bits hold.
    pub fn weights(&self) -> Result<(Vec<(LotId, i64)>, i64), Refusal> {
        let lots = self.price_of_lots()?;
        let came: i64 = lots.iter().map(|(_, gross)| gross).sum();
        let payable = self.money().account()?.payable;
        Ok((lots, (payable - came).max(0)))
    }

    /// What of an amount with tax the lots bear when the tax is deducted, by the order's net and
    /// gross price.
    ///
    /// # Errors
    /// [`crate::Refusal::AmountTooLarge`] beyond what 64 bits hold.
    pub fn net_of(&self, gross: i64) -> Result<i64, Refusal> {
        let (mut net, mut all) = (0_i64, 0_i64);
        for line in &self.lines {
            let split = line.price.of_units(line.qty, self.currency)?;
            net = net.saturating_add(split.net);
            all = all.saturating_add(split.gross());
        }
        Ok(share(gross, net, all))
    }

    /// The cost that `entry` changes besides what it says itself: added to it as adjustments.
    ///
    /// # Errors
    /// [`crate::Refusal::AmountTooLarge`] beyond what 64 bits hold.
    pub(crate) fn true_up(&self, entry: &mut Entry) -> Result<(), Refusal> {
        let mut after = self.clone();
        after.take(entry);
        if let Fact::OrderClosed { .. } = entry.body.fact {
            after.ending = Ending::Closed;
        }
        let kind = ValueKind::Adjust;
        let values = after.differences()?.into_iter();
        let values = values.map(|(lot, minor)| ValueLine { lot, kind, minor });
        let money = entry.money.get_or_insert_with(|| MoneyPart::new(self.currency));
        money.values.extend(values);
        Ok(())
    }

    fn paid_for(&self, line: &PayableLine, units: i64) -> i64 {
        if self.over_receipt_paid { units } else { units.min(line.qty) }
    }

    fn view<'a>(&'a self, agreed: &'a [i64]) -> OrderMoney<'a> {
        OrderMoney {
            currency: self.currency,
            lines: &self.lines,
            terms: &self.terms,
            agreed,
            over_receipt_paid: self.over_receipt_paid,
            accepted_on: self.accepted_on,
            milestones: &self.milestones,
            shipments: &self.shipments,
            payments: &self.payments,
            waivers: &self.waivers,
            refunded: self.refunded,
            deducted: self.deducted,
            ending: self.ending,
        }
    }

    /// The order's money, to ask about dues.
    pub fn money(&self) -> OrderMoney<'_> {
        self.view(&self.agreed)
    }

    /// Its terms; an order without any has one: all on receipt.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Its lines with their prices.
    pub fn lines(&self) -> &[PayableLine] {
        &self.lines
    }

    /// What invoices are expected for, gross, minor units: what came so far, less its share by price
    /// of what was let go, which its partner does not bill.
    ///
    /// # Errors
    /// [`crate::Refusal::AmountTooLarge`] beyond what 64 bits hold.
    pub fn billed_gross(&self) -> Result<i64, Refusal> {
        let came = self.received_gross()?;
        let account = self.money().account()?;
        let waived: i64 = account.dues.iter().map(|due| due.waived).sum();
        let whole = account.payable.max(came);
        Ok(if whole > 0 { came - share(waived, came, whole) } else { came })
    }

    /// What came so far, gross, minor units.
    ///
    /// # Errors
    /// [`crate::Refusal::AmountTooLarge`] beyond what 64 bits hold.
    fn received_gross(&self) -> Result<i64, Refusal> {
        let mut sum = 0;
        for (at, line) in self.lines.iter().enumerate() {
            let units: i64 = self
                .shipments
                .iter()
                .map(|shipment| shipment.units[at] - shipment.credited[at])
                .sum();
            sum += line.price.of_units(self.paid_for(line, units), self.currency)?.gross();
        }
        Ok(sum)
    }
}
