//! The steps of an order, and the amounts that its terms ask for.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::stage::{Stage, back, on};

/// Value added tax on goods, ppm.
pub(super) const TAX_PPM: i64 = 130_000;

/// Cents as decimal text.
pub(crate) fn cents(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// Decimal text of at most two places as cents.
pub(crate) fn parsed(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.parse::<i64>().unwrap_or(0);
    digits(whole) * 100 + digits(&format!("{part:0<2}"))
}

/// What a partner is paid and when: F1 50/50 before shipment, F2 30/70 a month after receipt, F3
/// 30/40/30 with the middle share when the goods are ready, suppliers of packaging 30/70.
pub(super) fn terms(partner: &str) -> Value {
    let accept = |ppm: i64| json!({ "trigger": "accept", "sharePpm": ppm });
    let month = |ppm: i64| json!({ "trigger": "receipt", "days": 30, "sharePpm": ppm });
    match partner {
        "F1" => json!([accept(500_000), { "trigger": "before_ship", "sharePpm": 500_000 }]),
        "F3" => {
            let ready =
                json!({ "trigger": "milestone", "milestone": "ready", "sharePpm": 400_000 });
            json!([accept(300_000), ready, month(300_000)])
        }
        _ => json!([accept(300_000), month(700_000)]),
    }
}

/// The terms of an order to a factory, with tax in its prices.
pub(crate) fn taxed_terms(order: &mut Value, factory: &str) {
    order["schedule"] = terms(factory);
    order["taxRatePpm"] = json!(TAX_PPM);
    order["priceIncludesTax"] = json!(true);
}

/// A share of an amount in cents; shares of the story's orders come out even.
fn share(amount: i64, percent: i64) -> i64 {
    amount * percent / 100
}

/// An order to a factory for one product.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<'a> {
    /// What later steps call it.
    pub(crate) name: &'a str,
    pub(crate) sku: &'a str,
    pub(crate) factory: &'a str,
    pub(crate) qty: i64,
    /// Our warehouse: packaging leaves it, goods come to it.
    pub(crate) at: &'a str,
}

/// Goods of a run that come on one day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) day: NaiveDate,
    pub(super) letter: &'a str,
    pub(super) qty: i64,
    /// Units that the factory spoilt beside them.
    pub(super) spoilt: i64,
    /// Why they were taken before they were paid.
    pub(super) unpaid: Option<&'a str>,
}

impl<'a> Part<'a> {
    pub(super) fn of(day: NaiveDate, letter: &'a str, qty: i64) -> Self {
        Self { day, letter, qty, spoilt: 0, unpaid: None }
    }

    /// The number on its lot; it was made twelve days before it came.
    fn lot_no(&self) -> String {
        format!("L{}{}", back(self.day, 12).format("%y%m%d"), self.letter)
    }
}

impl Run<'_> {
    fn id(&self) -> String {
        format!("@order/{}", self.name)
    }

    fn gross(&self, stage: &Stage) -> i64 {
        let fee = stage.find(self.sku).map(|good| parsed(good.fee(self.qty)));
        fee.unwrap_or(0) * self.qty
    }

    /// Drafted and issued on one day, accepted two days later.
    pub(super) fn order(&self, stage: &mut Stage, issued: NaiveDate, promised: NaiveDate) {
        let Some(good) = stage.find(self.sku) else { return };
        let mut input = json!({
            "id": null, "factory": format!("@partner/{}", self.factory),
            "deliverTo": format!("@place/{}", self.at), "promisedOn": promised,
            "overTolerancePpm": 30_000,
            "lines": [{ "sku": format!("@sku/{}", self.sku), "qty": self.qty }],
            "unitPrices": [good.fee(self.qty)], "terms": "按封样验收；包材按客供料对账单核销",
        });
        taxed_terms(&mut input, self.factory);
        stage.draft(issued, "order.save", input, &format!("order/{}", self.name));
        let id = self.id();
        stage.call(issued, "order.issue", json!({ "id": id }));
        let accept = json!({ "id": id, "promisedOn": promised });
        stage.call(on(issued, 2), "order.accept", accept);
    }

    /// Pays a share of the whole order.
    pub(crate) fn pay(&self, stage: &mut Stage, day: NaiveDate, term: u32, percent: i64) {
        let amount = share(self.gross(stage), percent);
        self.pay_cents(stage, day, term, amount);
    }

    /// Pays what falls due before `units` leave F1: half of their price.
    pub(crate) fn pay_shipment(&self, stage: &mut Stage, day: NaiveDate, units: i64) {
        let amount = share(self.gross(stage) / self.qty * units, 50);
        self.pay_cents(stage, day, 1, amount);
    }

    fn pay_cents(&self, stage: &mut Stage, day: NaiveDate, term: u32, amount: i64) {
        let input = json!({ "id": self.id(), "term": term, "amount": cents(amount), "note": "" });
        stage.call(day, "order.pay", input);
    }

    /// Sends packaging to the factory, or takes it back.
    pub(crate) fn slip(
        &self,
        stage: &mut Stage,
        day: NaiveDate,
        command: &'static str,
        lines: &[(&str, i64)],
    ) {
        slip(stage, day, command, (Some(&self.id()), self.at, self.factory), lines);
    }

    /// Takes packaging that lies at the factory for no order.
    pub(super) fn draw(&self, stage: &mut Stage, day: NaiveDate, lines: &[(&str, i64)]) {
        let line =
            |(code, qty): &(&str, i64)| json!({ "material": format!("@sku/{code}"), "qty": qty });
        let lines: Vec<_> = lines.iter().map(line).collect();
        let input = json!({ "id": self.id(), "day": day, "lines": lines, "note": "" });
        stage.call(day, "material.draw", input);
    }

    pub(super) fn milestone(&self, stage: &mut Stage, milestone: &str, day: NaiveDate) {
        let reached = json!({ "milestone": milestone, "plannedOn": null, "reachedOn": day });
        stage.call(day, "order.milestone", json!({ "id": self.id(), "milestone": reached }));
    }

    /// Goods come into quarantine; later steps call the receipt by the part's letter.
    pub(super) fn receive(&self, stage: &mut Stage, part: &Part) {
        let made = back(part.day, 12);
        let expires = stage.find(self.sku).map(|good| good.expires_on(made));
        let line = json!({
            "line": 0, "lotNo": part.lot_no(), "mfgOn": made, "expiresOn": expires,
            "qty": part.qty, "spoilt": part.spoilt,
        });
        let input = json!({
            "id": self.id(), "place": format!("@place/{}", self.at), "receivedOn": part.day,
            "status": "quarantine", "lines": [line], "reason": null, "unpaidReason": part.unpaid,
        });
        let called = format!("receipt/{}/{}", self.name, part.letter);
        stage.draft(part.day, "order.receive", input, &called);
    }

    /// Units of a part are accepted on the day after; the others by concession.
    pub(super) fn accept(&self, stage: &mut Stage, part: &Part, conceded: i64) {
        let line = |qty: i64, decision: &str| {
            json!({
                "line": 0, "lot": format!("@lot/{}/{}", self.sku, part.lot_no()), "qty": qty,
                "from": "quarantine", "decision": decision,
            })
        };
        let mut lines = vec![line(part.qty - conceded, "accept")];
        if conceded > 0 {
            lines.push(line(conceded, "concession"));
        }
        let reason =
            if conceded > 0 { "盒角轻微压痕，让步接收" } else { "抽检合格" };
        let place = format!("@place/{}", self.at);
        let input = json!({ "id": self.id(), "place": place, "lines": lines, "reason": reason });
        stage.call(on(part.day, 1), "order.decide", input);
    }

    /// Materials are settled, the invoice comes and the order is closed.
    pub(super) fn finish(&self, stage: &mut Stage, day: NaiveDate) {
        self.settle(stage, day);
        self.close(stage, day);
    }

    /// The factory pays what is claimed of it.
    pub(super) fn claim(&self, stage: &mut Stage, day: NaiveDate, amount: &str, note: &str) {
        let input = json!({ "id": self.id(), "end": "paid", "amount": amount, "note": note });
        stage.call(day, "order.claim", input);
    }

    pub(super) fn close(&self, stage: &mut Stage, day: NaiveDate) {
        let gross = self.gross(stage);
        // Half up, as the tax office reckons a price that holds its tax.
        let net = (gross * 200 + 113) / 226;
        let id = self.id();
        let input = json!({
            "number": format!("2531{}{}", day.format("%y%m%d"), self.sku.trim_start_matches("SK")),
            "partner": format!("@partner/{}", self.factory), "date": day, "kind": "special",
            "net": cents(net), "tax": cents(gross - net), "orders": [id],
        });
        stage.call(day, "invoice.save", input);
        stage.call(day, "order.close", json!({ "id": id, "reason": null }));
    }

    pub(crate) fn settle(&self, stage: &mut Stage, day: NaiveDate) {
        stage.call(day, "order.settle_losses", json!({ "id": self.id() }));
    }
}

/// Packaging leaves a warehouse for a factory, or comes back.
pub(super) fn slip(
    stage: &mut Stage,
    day: NaiveDate,
    command: &'static str,
    (order, warehouse, factory): (Option<&str>, &str, &str),
    lines: &[(&str, i64)],
) {
    let line =
        |(code, qty): &(&str, i64)| json!({ "material": format!("@sku/{code}"), "qty": qty });
    let input = json!({
        "order": order, "warehouse": format!("@place/{warehouse}"),
        "factory": format!("@place/{factory}"),
        "lines": lines.iter().map(line).collect::<Vec<_>>(), "note": "",
    });
    stage.call(day, command, input);
}
