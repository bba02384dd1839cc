//! Undoing (D-9, D-33): every table is afterwards as if the entry had never been; the journal and
//! the moves stay (D-8).

use domain::{
    BatchId, Body, DocKind, DocRef, Entry, Fact, MoveKind, NewLot, Status,
    place::Builtin,
    reversal::{check, reverse},
    shelf_life::Dates,
    sku::SkuPrice,
};
use rusqlite::Connection;
use store::{Error, Workspace};

use crate::{
    story::{self, SKU, W0, on},
    support::{
        all_rows, assert_clean, connect, day, entry, good, id, lot, meaning, move_of, post, rows,
        workspace,
    },
};

fn undo(workspace: &Workspace, undone: &Entry, n: u128) {
    let mirror = reverse(undone, None, &mut || uuid::Uuid::from_u128(n));
    post(workspace, &mirror);
}

#[test]
fn undoing_any_entry_leaves_the_tables_as_they_were() {
    let (_folder, workspace) = workspace();
    for (n, first) in (0x1_0000_u128..).zip(story::entries(0x1000)) {
        let before = meaning(workspace.path());
        post(&workspace, &first);
        let changed = meaning(workspace.path()) != before;
        assert_eq!(
            changed,
            !matches!(
                first.body.fact,
                // The journal alone tells an order's money.
                Fact::ImportApplied { .. }
                    | Fact::OrderPaid { .. }
                    | Fact::OrderRefunded { .. }
                    | Fact::ClaimDecided { .. }
            ),
            "{:?}",
            first.body.fact.kind()
        );
        undo(&workspace, &first, n << 4);
        assert_eq!(meaning(workspace.path()), before, "{}", first.body.fact.kind());
        // A reversal is not undone; what it undid is done anew (D-9).
        let redone = Entry { id: id((n << 4) + 1), ..first };
        post(&workspace, &redone);
    }
    assert_clean(&workspace);
}

#[test]
fn a_second_reversal_has_no_effect() {
    let (_folder, workspace) = workspace();
    let story = story::entries(0x1000);
    for one in &story {
        post(&workspace, one);
    }
    let last = story.last().expect("a story has an end");
    undo(&workspace, last, 0x2000);
    let once = meaning(workspace.path());
    undo(&workspace, last, 0x2001);
    assert_eq!(meaning(workspace.path()), once);
    let row = workspace.read(|reader| reader.entry(last.id)).expect("read").expect("there");
    assert_eq!(row.reversed_by, Some(id(0x2000)));
    let by = workspace.read(|reader| reader.entry(id(0x2000))).expect("read").expect("there");
    assert!(check(&by.recorded.entry, String::new).is_err());
    assert_clean(&workspace);
}

#[test]
fn an_entry_is_undone_after_those_that_stand_on_it() {
    let (_folder, workspace) = workspace();
    let story = story::entries(0x1000);
    for one in &story {
        post(&workspace, one);
    }
    let later = |kind: &str| {
        let found = story.iter().find(|one| one.body.fact.kind() == kind).expect("in the story");
        let kinds = workspace.read(|reader| {
            let row = reader.entry(found.id)?.expect("posted");
            let later = reader.later_on_documents(&row)?;
            Ok::<Vec<_>, Error>(
                later.iter().map(|row| row.recorded.entry.body.fact.kind()).collect(),
            )
        });
        kinds.expect("read")
    };
    assert_eq!(
        later("transfer_shipped"),
        ["transfer_closed", "transfer_resolved", "transfer_arrived"]
    );
    assert_eq!(later("order_received"), ["order_closed"]);
    assert_eq!(later("sales_posted"), ["sales_posted"]);
    assert_eq!(later("stock_opened"), [""; 0], "levels speak for stock, not documents");
    let users = |kind: DocKind, of: u128| {
        let users = workspace.read(|reader| reader.users_of(DocRef { kind, id: id(of) }, 50));
        let users = users.expect("read").into_iter();
        users.map(|row| row.recorded.entry.body.fact.kind()).collect::<Vec<_>>()
    };
    assert!(users(DocKind::Sku, SKU).starts_with(&["stock_opened", "order_issued"]));
    assert_eq!(
        users(DocKind::Partner, 0x31),
        [
            "place_set",
            "place_set",
            "order_issued",
            "order_accepted",
            "order_received",
            "order_closed"
        ]
    );
    assert!(users(DocKind::Place, story::P1).starts_with(&["shop_set", "transfer_approved"]));
    assert_eq!(users(DocKind::Place, W0).first(), Some(&"stock_opened"));
    assert_eq!(users(DocKind::Shop, 0x41), ["sales_posted", "sales_posted"]);
    assert_eq!(users(DocKind::Lot, 0x11), [""; 0]);
}

#[test]
fn a_batch_taken_back_leaves_equal_balances() {
    let (_folder, workspace) = workspace();
    for one in story::entries(0x1000) {
        post(&workspace, &one);
    }
    let before = meaning(workspace.path());
    let batch: BatchId = id(0xb2);
    let imported = (0..3_u128).map(|n| {
        let to = (id(W0), Status::Good);
        let from = good(Builtin::Opening.id());
        let body = Body {
            lots: vec![lot(0x500 + n, SKU)],
            moves: vec![move_of(MoveKind::Opening, 0x500 + n, 10, from, to)],
            ..Body::of(Fact::StockOpened { place: id(W0) })
        };
        Entry { batch: Some(batch), ..entry(0x3000 + n, on(), body) }
    });
    for one in imported {
        post(&workspace, &one);
    }
    let ids = workspace.read(|reader| reader.batch_entries(batch)).expect("read");
    assert_eq!(ids, [id(0x3002), id(0x3001), id(0x3000)], "the last first");
    for (n, undone) in (0x4000..).zip(ids) {
        let row = workspace.read(|reader| reader.entry(undone)).expect("read").expect("there");
        let mut next = || uuid::Uuid::from_u128(n);
        post(&workspace, &reverse(&row.recorded.entry, Some(batch), &mut next));
    }
    assert_eq!(meaning(workspace.path()), before);
    assert_eq!(workspace.read(|reader| reader.batch_entries(batch)).expect("read"), []);
}

#[test]
fn a_lot_lives_while_any_entry_that_brought_it_stands() {
    let (_folder, workspace) = workspace();
    let brought = |n: u128, expires: &str| {
        let dates = Dates { mfg_on: None, expires_on: Some(day(expires)) };
        let lots = vec![NewLot { dates, ..lot(0x500, SKU) }];
        let (from, to) = (good(Builtin::Opening.id()), good(id(W0)));
        let moves = vec![move_of(MoveKind::Opening, 0x500, 10, from, to)];
        let fact = Fact::StockOpened { place: id(W0) };
        entry(n, on(), Body { lots, moves, ..Body::of(fact) })
    };
    let known = || {
        let lot = workspace.read(|reader| reader.lot(id(0x500))).expect("read").expect("a lot");
        (lot.live, lot.dates.expires_on)
    };
    let (first, second) = (brought(1, "2028-01-15"), brought(2, "2028-01-31"));
    post(&workspace, &first);
    post(&workspace, &second);
    assert_eq!(known(), (true, Some(day("2028-01-15"))), "as its first entry says it");
    undo(&workspace, &first, 3);
    assert_eq!(known(), (true, Some(day("2028-01-31"))), "as the one that is left says it");
    undo(&workspace, &second, 4);
    assert!(!known().0);
    assert!(workspace.read(|reader| reader.known_lots(&[id(SKU)])).expect("read").is_empty());
    post(&workspace, &brought(5, "2028-01-15"));
    assert!(known().0);
    assert_clean(&workspace);
}

#[test]
fn withheld_prices_leave_those_before_them() {
    let (_folder, workspace) = workspace();
    let story = story::entries(0x1000);
    for one in story.iter().take(4) {
        post(&workspace, one);
    }
    let prices = || workspace.read(|reader| reader.sku_prices()).expect("read");
    let cost = |prices: &[(_, _, SkuPrice)]| prices.first().and_then(|one| one.2.unit_cost);
    let first = cost(&prices());
    assert!(first.is_some());
    let withheld = entry(0x2000, on(), Body::of(Fact::SkuPriced { id: id(SKU) }));
    post(&workspace, &withheld);
    assert_eq!(cost(&prices()), first);
    // The only price that this desk knows is undone while a withheld one stands.
    undo(&workspace, &story[3], 0x2001);
    assert_eq!(prices(), []);
    assert_clean(&workspace);
}

#[test]
fn a_withheld_account_leaves_the_one_before_it_and_undoing_brings_back_the_last_known() {
    let (_folder, workspace) = workspace();
    for one in story::entries(0x1000).into_iter().take(2) {
        post(&workspace, &one);
    }
    let number = || {
        let account =
            workspace.read(|reader| reader.record::<()>(DocKind::PartnerBank, id(story::FACTORY)));
        let money = account.expect("read").and_then(|account| account.money);
        money.and_then(|money| money.bank).map(|bank| bank.number)
    };
    let banked = |n, money| {
        let fact = Fact::PartnerBanked { id: id(story::FACTORY) };
        Entry { money, ..entry(n, on(), Body::of(fact)) }
    };
    let first = banked(0x2000, Some(story::account("3602")));
    let second = banked(0x2001, Some(story::account("6217")));
    for (one, known) in [(&first, "3602"), (&banked(0x2002, None), "3602"), (&second, "6217")] {
        post(&workspace, one);
        assert_eq!(number().as_deref(), Some(known));
    }
    undo(&workspace, &second, 0x2003);
    assert_eq!(number().as_deref(), Some("3602"));
    undo(&workspace, &first, 0x2004);
    assert_eq!(number(), None, "the withheld one that stands tells this desk nothing");
    assert_clean(&workspace);
}

#[test]
fn two_sources_may_follow_each_other_once_the_first_is_taken_back() {
    use domain::{SalesPosted, fact::SaleSource};
    let (_folder, workspace) = workspace();
    let story = story::entries(0x1000);
    let sale = story.iter().find(|one| one.body.fact.kind() == "sales_posted").expect("sold");
    let Fact::SalesPosted(sales) = &sale.body.fact else { panic!("a sale") };
    let source = || workspace.read(|reader| reader.sales_source(sales.shop, on())).expect("read");
    post(&workspace, sale);
    assert_eq!(source(), Some(SaleSource::File));
    undo(&workspace, sale, 0x2000);
    assert_eq!(source(), None);
    let fed = Fact::SalesPosted(SalesPosted { source: SaleSource::Feed, ..sales.clone() });
    post(&workspace, &Entry { id: id(0x2001), body: Body::of(fed), ..sale.clone() });
    assert_eq!(source(), Some(SaleSource::Feed));
}

/// The lot of a receipt, and the day on which it was first there.
fn first_there(workspace: &Workspace, of: u128) -> chrono::NaiveDate {
    let found = workspace.read(|reader| reader.lot(id(of))).expect("read");
    found.expect("a lot").first_received_on
}

#[test]
fn a_receipt_of_an_earlier_day_makes_its_lot_older_and_its_reversal_younger() {
    let (_folder, workspace) = workspace();
    let bring = |n: u128, on: &str| {
        let lots = vec![NewLot { first_received_on: day(on), ..lot(0x11, SKU) }];
        let moves =
            vec![move_of(MoveKind::Opening, 0x11, 10, good(Builtin::Opening.id()), good(id(W0)))];
        let body = Body { lots, moves, ..Body::of(Fact::StockOpened { place: id(W0) }) };
        let brought = entry(n, day(on), body);
        post(&workspace, &brought);
        brought
    };
    let late = bring(0x2000, "2026-10-05");
    let early = bring(0x2001, "2026-10-02");
    bring(0x2002, "2026-10-09");
    assert_eq!(first_there(&workspace, 0x11), day("2026-10-02"), "D-20");
    undo(&workspace, &early, 0x3000);
    assert_eq!(first_there(&workspace, 0x11), day("2026-10-05"));
    undo(&workspace, &late, 0x3001);
    assert_eq!(first_there(&workspace, 0x11), day("2026-10-09"));
    assert_clean(&workspace);
}

#[test]
fn undoing_what_cut_a_reservation_restores_it_and_blocks_nothing() {
    use domain::{TransferId, reservation::Cut};
    let (_folder, workspace) = workspace();
    let story = story::entries(0x1000);
    let approval = story.iter().position(|one| one.body.fact.kind() == "transfer_approved");
    let (before, after) = story.split_at(approval.expect("approved") + 1);
    for one in before {
        post(&workspace, one);
    }
    let approved = before.last().expect("the approval");
    let Fact::TransferApproved { id: transfer, transfer: content } = &approved.body.fact else {
        panic!("an approval")
    };
    let line = content.lines[0];
    let untouched = meaning(workspace.path());
    let set_aside = || {
        let by = workspace.read(|reader| reader.reserved_by(line.lot, content.from));
        by.expect("read").iter().map(|one| (one.transfer, one.qty)).collect::<Vec<_>>()
    };
    let cut = Cut { transfer: *transfer, lot: line.lot, qty: 1 };
    let stranger = Cut { transfer: TransferId(id(0x7777)), ..cut };
    let fact = Fact::SuspenseSettled { place: content.from };
    let report = entry(0x2000, on(), Body { cuts: vec![cut, stranger], ..Body::of(fact) });
    post(&workspace, &report);
    assert_eq!(set_aside(), [(*transfer, line.qty - 1)]);
    let row = workspace.read(|reader| reader.entry(approved.id)).expect("read").expect("there");
    let later = workspace.read(|reader| reader.later_on_documents(&row)).expect("read");
    assert_eq!(later, [], "who approved it may take that back whatever was reported since");
    undo(&workspace, &report, 0x2001);
    assert_eq!(set_aside(), [(*transfer, line.qty)]);
    assert_eq!(meaning(workspace.path()), untouched);
    for one in after {
        post(&workspace, one);
    }
    assert_clean(&workspace);
}

fn refused(conn: &Connection, sql: &str) {
    let error = conn.execute(sql, []).expect_err("append-only").to_string();
    assert!(error.contains("append-only"), "{sql}: {error}");
}

#[test]
fn journal_and_moves_are_append_only_and_a_personal_part_may_be_erased() {
    let (_folder, workspace) = workspace();
    for one in story::entries(0x1000) {
        post(&workspace, &one);
    }
    let path = workspace.path().to_owned();
    let before = all_rows(&path);
    let conn = connect(&path);
    let columns = rows(&conn, "SELECT name FROM pragma_table_info('journal')");
    assert_eq!(columns.len(), 19);
    let mut names = conn.prepare("SELECT name FROM pragma_table_info('journal')").expect("columns");
    let names = names.query_map([], |row| row.get::<_, String>(0)).expect("names");
    for name in names.map(|name| name.expect("a name")) {
        let value = if name == "personal" { "x'01'" } else { name.as_str() };
        refused(&conn, &format!("UPDATE journal SET {name} = {value} WHERE position = 3"));
    }
    refused(&conn, "DELETE FROM journal WHERE position = 3");
    for name in ["day", "entry", "qty", "to_place"] {
        refused(&conn, &format!("UPDATE move SET {name} = {name} + 1"));
    }
    refused(&conn, "DELETE FROM move");
    let told = story::entries(0x1000).len();
    assert_eq!(conn.execute("UPDATE journal SET personal = NULL", []), Ok(told));
    assert_eq!(all_rows(&path), before);
}
