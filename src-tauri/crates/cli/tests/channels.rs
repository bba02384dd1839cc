//! Channels and their prices from the command line.

mod support;

use support::Desk;

const TODAY: &str = "2026-06-01";

/// A workspace with a channel and goods.
fn desk() -> Desk {
    let desk = Desk::new();
    let made = desk.says(TODAY, &["new", "a.pincang", "--company", "Pasta"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let goods = desk.bytes("goods.csv", "货号,中文名称\nSK001,面膜\n".as_bytes());
    desk.json(TODAY, &["import", &goods, "--kind", "goods"]);
    desk.json(TODAY, &["channel", "save", "C1", "--template", "group"]);
    desk
}

#[test]
fn an_assumption_that_is_not_given_stays() {
    let desk = desk();
    let assumed = |words: &[&str]| {
        let words = [&["channel", "assume", "C1"], words].concat();
        desk.json(TODAY, &words);
        let trial = ["bench", "--cost", "42", "--price", "129"];
        let row = desk.json(TODAY, &trial)["rows"][0]["result"].clone();
        ["margin", "expected", "vatCredit", "floorDestruction"].map(|it| row[it].clone())
    };
    let all = ["--packing", "6.50", "--fee-vat", "6", "--returned", "8", "--return-loss", "12"];
    let first = assumed(&[&all[..], &["--destruction", "3"]].concat());
    // The figures of the decision table of the margin bench.
    assert_eq!((&first[1], &first[3]), (&"58.78".into(), &"4.87".into()));
    for given in all.chunks(2) {
        assert_eq!(assumed(given), first, "{given:?}");
    }
    assert_eq!(assumed(&[]), first);
    let dearer = assumed(&["--packing", "7.50"]);
    assert_ne!(dearer, first);
    assert_eq!(dearer[2], first[2]);
}

#[test]
fn a_price_is_changed_and_ended() {
    let desk = desk();
    let save = |price: &str| {
        let words = ["price", "save", "C1", "SK001", price, "--from", TODAY, "--source", "list"];
        desk.json(TODAY, &words);
    };
    let prices = || desk.json(TODAY, &["price", "list"]);
    save("129");
    save("119");
    assert_eq!((prices()[0]["price"].clone(), prices()[1].clone()), ("119".into(), ().into()));
    let end = ["price", "end", "C1", "SK001", "--on", "2026-06-30"];
    desk.json(TODAY, &end);
    let row = prices()[0].clone();
    assert_eq!((&row["to"], &row["price"]), (&"2026-06-30".into(), &"119".into()));
    assert_eq!(row["source"], "list");
    let words = ["price", "end", "C1", "SK001", "--on", "2026-07-01"];
    assert_eq!(desk.refused(TODAY, &words, 1)["code"], "missing");
    let fine = ["price", "save", "C1", "SK001", "800.126", "--from", "2026-07-01"];
    assert_eq!(desk.refused(TODAY, &fine, 1)["code"], "price.too_fine");
}
