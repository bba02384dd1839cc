//! Papers, by the names that people have for what they are of.

use serde_json::{Value, json};

use crate::{
    Answer,
    args::{PaperKind, Print},
    desk::{Desk, absolute},
    failure::Failure,
    find,
};

pub(super) fn print(desk: &Desk, asked: &Print) -> Result<Answer, Failure> {
    let due = asked.term.map(
        |term| json!({ "term": term - 1, "shipment": asked.shipment.map(|shipment| shipment - 1) }),
    );
    let input = json!({
        "kind": asked.kind.word(),
        "id": named(desk, asked.kind, &asked.id)?,
        "due": due,
        "note": asked.reason,
        "lang": desk.language().word(),
        "out": absolute(&asked.out)?,
        "dpi": asked.dpi,
    });
    let answer = desk.call("paper.print", input)?;
    let made = ["path", "pages", "bytes", "sha256"].map(|name| (name, &answer[name]));
    let shown = desk.words.told("printed", &made);
    Ok(Answer::new(answer, shown))
}

/// The id of what a paper is of.
fn named(desk: &Desk, kind: PaperKind, named: &str) -> Result<Value, Failure> {
    match kind {
        PaperKind::Order | PaperKind::PaymentRequest => Ok(find::order(desk, named)?["id"].clone()),
        PaperKind::PackingList | PaperKind::CartonLabel => {
            Ok(find::transfer(desk, named)?["id"].clone())
        }
        PaperKind::MaterialSlip => find::slip(desk, named),
        PaperKind::ReturnNote => find::return_note(desk, named),
        PaperKind::FactoryStatement => find::statement(desk, named),
        PaperKind::LotLabel if named.contains('/') => find::lot_named(desk, named),
        PaperKind::GoodsReceipt | PaperKind::LotLabel => find::receipt(desk, named),
    }
}
