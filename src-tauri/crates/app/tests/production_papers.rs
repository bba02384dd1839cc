//! The papers of production through `dispatch`: real PDFs of one story, read back by poppler.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[allow(dead_code, reason = "the house is furnished for other tests too")]
#[path = "production/house.rs"]
mod house;
mod support;

use std::{
    fs,
    path::PathBuf,
    process::Command,
    sync::{Mutex, MutexGuard, PoisonError},
};

use app::Role;
use house::{House, came, with};
use serde_json::{Value, json};

/// One test at a time: a program that is being started holds this process's files, the lock of the
/// workspace too, for a moment.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The letters of a paper in drawing order, so that wrapped text is whole again.
fn letters(paper: &Value) -> String {
    let path = paper["path"].as_str().unwrap();
    let output = Command::new("pdftotext").args(["-raw", path, "-"]).output();
    let output = output.expect("install pdftotext with: apt-get install poppler-utils");
    assert!(output.status.success(), "{path} is a PDF");
    let text = String::from_utf8(output.stdout).unwrap();
    text.chars().filter(|one| !one.is_whitespace()).collect()
}

fn asked(kind: &str, id: &Value, lang: &str) -> Value {
    json!({ "kind": kind, "id": id, "lang": lang, "out": null, "dpi": 300 })
}

/// The paper, made twice: the same copy is the same bytes.
fn print(house: &House, asked: &Value) -> Value {
    let paper = house.desk.ok("paper.print", asked.clone());
    let again = house.desk.ok("paper.print", asked.clone());
    assert_eq!(paper["sha256"], again["sha256"], "{asked}");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("production-papers");
    fs::create_dir_all(&folder).unwrap();
    let name = |field: &str| asked[field].as_str().unwrap().to_owned();
    let copy = folder.join(format!("{}-{}.pdf", name("kind"), name("lang")));
    fs::copy(paper["path"].as_str().unwrap(), copy).unwrap();
    paper
}

/// What is printed in Chinese. In English the paper says the same under `english`.
fn text(house: &House, asked_zh: &Value, english: &str) -> String {
    let translated = letters(&print(house, &with(asked_zh.clone(), json!({ "lang": "en" }))));
    holds(&translated, &[english]);
    letters(&print(house, asked_zh))
}

fn holds(text: &str, expected: &[&str]) {
    for one in expected {
        assert!(text.contains(one), "{one} in {text}");
    }
}

/// What no paper says that goes to a warehouse: prices and amounts of the story, the currency.
fn shows_no_money(text: &str) {
    for money in ["9.80", "58,800", "17,640", "20,580", "CNY", "¥", "人民币", "元整"] {
        assert!(!text.contains(money), "{money} in {text}");
    }
}

struct Story {
    house: House,
    order: Value,
    number: String,
    slip: Value,
    purchase: Value,
}

fn describe(house: &House) {
    let company = json!({
        "nameZh": "杭州品仓生物科技有限公司", "nameEn": "Pincang Bio Co., Ltd.",
        "taxNo": "91330100MA2H0TEST1", "address": "杭州市滨江区江南大道100号", "phone": "0571-1",
        "currency": "CNY", "gs1Prefix": null,
    });
    house.desk.ok("company.save", company);
    let fields = json!({
        "code": "SER", "nameZh": "烟酰胺亮肤精华", "nameEn": "Niacinamide serum", "brand": "清木",
        "category": "skincare", "spec": "30 ml", "gtin": "6901234567892", "unit": "瓶",
        "carton": { "units": 48, "lengthMm": 400, "widthMm": 300, "heightMm": 250, "grossG": 9600 },
        "shelfLife": { "count": 36, "unit": "months" }, "lifecycle": "core", "aliases": [],
        "kind": "finished", "parts": [],
    });
    house.desk.ok("sku.save", json!({ "id": house.serum, "fields": fields }));
    let version = json!({ "sku": house.serum, "artworkNo": "AW-07", "registrationNo":
                          "粤G妆网备字2026000001", "from": house::FOUNDED, "oldStock": "use_up" });
    house.desk.ok("version.save", version);
    let partner = json!({
        "code": "F1", "name": "广州代工厂有限公司", "kind": "factory", "taxNo": "",
        "address": "广州市白云区", "contact": "陈工", "phone": "020-2", "licences": [],
    });
    house.desk.ok("partner.save", json!({ "id": house.factory, "fields": partner }));
}

/// 6,000 bottles ordered at 9.80 with 13 % in it, 30 % paid ahead; 6,289 boxes sent; 3,000 and
/// 2,880 bottles came and 120 were spoilt; the losses are settled.
fn story() -> Story {
    let house = House::new();
    describe(&house);
    let schedule = json!([{ "trigger": "accept", "days": 3, "sharePpm": 300_000 },
                          { "trigger": "receipt", "days": 30, "sharePpm": 700_000 }]);
    let draft = with(
        house.order_for(6_000, "9.80"),
        json!({ "schedule": schedule, "terms": "按封样验收。\n逾期每日千分之一。" }),
    );
    let order = house.accepted(draft);
    house.desk.ok("order.pay", json!({ "id": order, "term": 0, "amount": "17640.00" }));
    let purchase = house.buy_boxes("B1", 6_289, "1.00");
    let slip = house.send_boxes(&order, 6_289)["document"]["id"].clone();
    house.receive(&order, json!({ "lines": [came("L2606A", 3_000)] }));
    let second = with(came("L2606B", 2_880), json!({ "spoilt": 120 }));
    house.receive(&order, json!({ "lines": [second], "reason": "外箱受潮 2 箱" }));
    house.desk.ok("order.settle_losses", json!({ "id": order }));
    let card = house.desk.ok("order.get", json!({ "id": order }));
    let number = card["row"]["number"].as_str().unwrap().to_owned();
    Story { house, order, number, slip, purchase }
}

impl Story {
    fn receipts(&self) -> Vec<Value> {
        let card = self.house.desk.ok("order.get", json!({ "id": self.order }));
        card["receipts"].as_array().unwrap().clone()
    }

    /// The second receipt.
    fn receipt(&self) -> Value {
        self.receipts().into_iter().find(|one| one["lines"][0]["lotNo"] == "L2606B").unwrap()
    }

    /// Sends 200 bottles back; the decision's row.
    fn send_back(&self, settle_by: &str) -> Value {
        let lot = self.house.lot(&self.order, "L2606A");
        let back = json!({ "decision": "return", "settleBy": settle_by });
        self.house.decide(&self.order, &lot, 200, back);
        self.house.tracks(&self.order)["decisions"].as_array().unwrap().last().unwrap().clone()
    }

    fn statement(&self) -> Value {
        let stated = json!({ "place": self.house.bench, "month": "2026-06-01", "state": "sent",
                             "note": "六月末双方盘点",
                             "counted": [{ "material": self.house.boxes, "counted": 0 }] });
        self.house.desk.ok("statement.save", stated);
        self.house.desk.ok("statement.list", json!({}))[0]["id"].clone()
    }
}

#[test]
fn a_contract_says_what_was_agreed_on_price_materials_and_payment() {
    let _alone = alone();
    let story = story();
    let text = text(&story.house, &asked("order", &story.order, "zh"), "Processingcontract");
    let agreed = [
        "加工合同",
        &story.number,
        "杭州品仓生物科技有限公司",
        "广州代工厂有限公司",
        "陈工",
        "烟酰胺亮肤精华",
        "AW-07",
        "粤G妆网备字2026000001",
        "6,000",
        "9.80",
        "13%",
        "6,764.60",
        "52,035.40",
        "58,800.00",
        "人民币伍万捌仟捌佰元整",
        "2026-07-31",
        // ⌈6,000 ÷ 0.97⌉ boxes, 3 % of them allowed.
        "6,186",
        "3%",
        "30%",
        "17,640.00",
        "2026-06-04",
        "70%",
        "41,160.00",
        "2%",
        "按封样验收。",
        "逾期每日千分之一。",
    ];
    holds(&text, &agreed);
    let asked_by_its_name = print(&story.house, &asked("contract", &story.order, "zh"));
    assert_eq!(letters(&asked_by_its_name), text);

    let bought = letters(&print(&story.house, &asked("order", &story.purchase, "zh")));
    holds(&bought, &["采购单", "伙伴B1", "6,289.00"]);
    assert!(!bought.contains("加工合同") && !bought.contains("客供料"), "{bought}");
}

#[test]
fn a_draft_and_a_changed_order_are_told_apart_from_the_order() {
    let _alone = alone();
    let house = House::new();
    describe(&house);
    let draft = house.desk.ok("order.save", house.order_for(1_000, "9.80"))["id"].clone();
    let before = letters(&print(&house, &asked("order", &draft, "zh")));
    // What would be agreed on if it were issued: ⌈1,000 ÷ 0.97⌉ boxes.
    holds(&before, &["DRAFT-", "1,031", "AW-07", "9,800.00"]);
    house.desk.ok("order.issue", json!({ "id": draft }));
    let issued = letters(&print(&house, &asked("order", &draft, "zh")));
    assert!(!issued.contains("DRAFT") && !issued.contains("修订"), "{issued}");
    let changed = with(house.order_for(2_000, "9.80"), json!({ "id": draft }));
    house.desk.ok("order.amend", json!({ "order": changed, "reason": "加量" }));
    let again = letters(&print(&house, &asked("order", &draft, "zh")));
    holds(&again, &["修订", "2,062", "19,600.00"]);
    let request = with(asked("payment_request", &draft, "zh"), json!({ "due": { "term": 0 } }));
    let early = house.desk.refused("paper.print", request);
    assert_eq!(early.code, "document.state", "nobody pays before the factory accepts");
}

#[test]
fn a_payment_request_says_where_to_pay_as_it_was_typed() {
    let _alone = alone();
    let story = story();
    let desk = &story.house.desk;
    let due = json!({ "due": { "term": 1, "shipment": 1 } });
    let asked = with(asked("payment_request", &story.order, "zh"), due);
    let unknown = letters(&print(&story.house, &asked));
    assert!(!unknown.contains("户名"), "{unknown}");

    let account = json!({ "partner": story.house.factory, "bank": " 工商银行广州白云支行 ",
                          "holder": "广州代工厂财务部", "number": "3602 0123-0920 0456x " });
    desk.ok("partner.save_bank", account);
    let banked = text(&story.house, &asked, "Accountname");
    holds(&banked, &["工商银行广州白云支行", "户名", "广州代工厂财务部", "36020123-09200456x"]);
    let kept = json!([{ "partner": story.house.factory, "bank": "工商银行广州白云支行",
                        "holder": "广州代工厂财务部", "number": "3602 0123-0920 0456x" }]);
    assert_eq!(desk.ok("partner.banks", json!({})), kept);

    // Without a name of its own, the account is the payee's.
    let own = json!({ "partner": story.house.factory, "bank": "建行", "number": "6217" });
    let changed = desk.ok("partner.save_bank", own)["entries"][0].clone();
    let own = letters(&print(&story.house, &asked));
    assert!(own.contains("6217") && !own.contains("户名") && !own.contains("3602"), "{own}");

    let undo = |entry: &Value| json!({ "entry": entry, "withBlocking": false });
    desk.ok("journal.reverse", undo(&changed));
    assert_eq!(letters(&print(&story.house, &asked)), banked, "the account before it is back");
    let told = json!({ "partner": story.house.factory, "bank": "", "holder": " ", "number": "" });
    let told = desk.ok("partner.save_bank", told)["entries"][0].clone();
    assert_eq!(desk.ok("partner.banks", json!({})), json!([]));
    assert_eq!(letters(&print(&story.house, &asked)), unknown, "an account can be forgotten");
    desk.ok("journal.reverse", undo(&told));
    assert_eq!(desk.ok("partner.banks", json!({})), kept);
}

#[test]
fn an_account_with_what_nobody_sees_is_refused() {
    let house = House::new();
    for (field, what) in [("bank", "bank"), ("holder", "holder"), ("number", "account")] {
        for unseen in ["36\n02", "36\t02", "36\u{7f}02", "36\u{85}02"] {
            let account = with(json!({ "partner": house.factory }), json!({ field: unseen }));
            let refused = house.desk.refused("partner.save_bank", account);
            assert_eq!(refused.code, "bank.unseen_character", "{field}");
            assert_eq!(refused.args["what"], app::wire::Arg::from(what));
        }
    }
    let nobody = json!({ "partner": "0192f0aa-0000-7000-8000-000000000001", "number": "1" });
    assert_eq!(house.desk.refused("partner.save_bank", nobody).code, "missing");
    assert_eq!(house.desk.ok("partner.banks", json!({})), json!([]));
}

#[test]
fn a_payment_request_is_for_one_due_and_says_what_stays_open() {
    let _alone = alone();
    let story = story();
    let of = |term: u32, shipment: Value| {
        let due = json!({ "term": term, "shipment": shipment });
        with(asked("payment_request", &story.order, "zh"), json!({ "due": due, "note": "月结" }))
    };
    let text = text(&story.house, &of(1, json!(0)), "Paymentrequest");
    let number = format!("{}-PR2-1", story.number);
    // 3,000 × 9.80 × 70 %; 58,800 − 17,640 − 20,580 stay open.
    holds(&text, &["付款申请", &number, "广州代工厂有限公司", "70%", "2026-07-01", "17,640.00"]);
    holds(&text, &["人民币贰万零伍佰捌拾元整", "月结"]);
    assert_eq!(text.matches("20,580.00").count(), 2, "{text}");
    let second = letters(&print(&story.house, &of(1, json!(1))));
    holds(&second, &["19,756.80"]);

    let paid = story.house.desk.refused("paper.print", of(0, Value::Null));
    assert_eq!(paid.code, "paper.due_settled", "the deposit is paid");
    let none = story.house.desk.refused("paper.print", of(7, Value::Null));
    assert_eq!(none.code, "missing");
    let of_which = story.house.desk.refused("paper.print", of(1, json!(7)));
    assert_eq!(of_which.code, "paper.which_shipment");
    let told = json!({ "term": 2, "shipments": "1 2" });
    assert_eq!(serde_json::to_value(of_which.args).unwrap(), told);
    let which = asked("payment_request", &story.order, "zh");
    assert_eq!(story.house.desk.refused("paper.print", which).code, "paper.which_due");
    let draft = story.house.desk.ok("order.save", story.house.order_for(1, "1"))["id"].clone();
    let of_draft = with(of(0, Value::Null), json!({ "id": draft }));
    assert_eq!(story.house.desk.refused("paper.print", of_draft).code, "paper.not_issued");
}

#[test]
fn what_a_due_asks_for_and_what_stays_open_add_up_after_a_part_was_let_go() {
    let _alone = alone();
    let story = story();
    let waive = json!({ "id": story.order, "term": 1, "shipment": 0, "amount": "580.00",
                        "reason": "抹零" });
    story.house.desk.ok("order.waive", waive);
    let due = json!({ "term": 1, "shipment": 0 });
    let asked = with(asked("payment_request", &story.order, "zh"), json!({ "due": due }));
    let text = letters(&print(&story.house, &asked));
    // 58,800 − 580 are to be paid; 20,000 now, and 20,580 stay open.
    holds(&text, &["58,220.00", "20,000.00", "20,580.00"]);
    // What is deducted for lost boxes is no longer open, and the paper says so.
    let deduct = json!({ "id": story.order, "end": "deducted", "amount": "200.00",
                         "note": "抵尾款" });
    story.house.desk.ok("order.claim", deduct);
    let text = letters(&print(&story.house, &asked));
    holds(&text, &["58,220.00", "20,000.00", "已抵扣", "200.00", "20,380.00"]);
}

#[test]
fn slips_receipts_and_labels_bear_the_lots_and_no_money() {
    let _alone = alone();
    let mut story = story();
    story.house.desk.role = Role::Warehouse;
    let slip = text(&story.house, &asked("material_slip", &story.slip, "zh"), "Materialissueslip");
    holds(&slip, &["发料单", "MI-A-2026-0001", "BOX", "B1", "6,289", &story.number, "F1P仓"]);
    shows_no_money(&slip);

    let receipt = story.receipt();
    let number = format!("{}-GR2", story.number);
    assert_eq!(receipt["number"], number.as_str());
    let paper =
        text(&story.house, &asked("goods_receipt", &receipt["entry"], "zh"), "Goodsreceipt");
    // 3,000 had come, 2,880 come now, 120 are missing of 6,000.
    holds(&paper, &["收货单", &number, "L2606B", "2026-05-20", "2029-05-19", "待检"]);
    holds(&paper, &["6,000", "3,000", "2,880", "120", "W0仓", "外箱受潮2箱"]);
    assert!(!paper.contains("L2606A"), "{paper}");
    shows_no_money(&paper);

    let labels = text(&story.house, &asked("lot_label", &receipt["entry"], "zh"), "Quarantine");
    holds(&labels, &["L2606B", "烟酰胺亮肤精华", "6901234567892", "2,880", "待检", &number]);
    shows_no_money(&labels);
    let lot = story.house.lot(&story.order, "L2606A");
    let lying = print(&story.house, &asked("lot_label", &lot, "zh"));
    assert_eq!(lying["pages"], 1, "all of it lies in quarantine");
    holds(&letters(&lying), &["L2606A", "3,000", &story.number]);
}

#[test]
fn a_statement_says_the_month_and_what_was_settled_of_its_losses() {
    let _alone = alone();
    let story = story();
    let id = story.statement();
    let text =
        text(&story.house, &asked("factory_statement", &id, "zh"), "Statementofsuppliedmaterial");
    holds(&text, &["客供料对账单", "ST-F1P-2026-06", "2026-06", "广州代工厂有限公司"]);
    holds(&text, &["6,289", "5,880", "409", "188", "221", &story.number, "六月末双方盘点"]);
    shows_no_money(&text);
}

#[test]
fn a_return_note_says_what_goes_back_and_how_it_is_settled() {
    let _alone = alone();
    let mut story = story();
    let replaced = story.send_back("replace");
    let number = format!("{}-RN1", story.number);
    assert_eq!(replaced["returnNumber"], number.as_str());
    story.house.desk.role = Role::Warehouse;
    let text =
        text(&story.house, &asked("return_note", &replaced["entry"], "zh"), "Returntofactory");
    holds(&text, &["退厂单", &number, "L2606A", "200", "抽检", "换货", "广州代工厂有限公司"]);
    shows_no_money(&text);
    // What went back to be replaced is short again on the next receipt.
    let third = story.house.receive(&story.order, json!({ "lines": [came("L2606C", 100)] }));
    let paper = asked("goods_receipt", &third["entries"][0], "zh");
    holds(&letters(&print(&story.house, &paper)), &["5,680", "220", "-GR3"]);
}

#[test]
fn who_sees_no_money_gets_neither_contract_nor_payment_request() {
    let _alone = alone();
    let mut story = story();
    let request = with(
        asked("payment_request", &story.order, "zh"),
        json!({ "due": { "term": 1, "shipment": 0 } }),
    );
    let contract = asked("order", &story.order, "zh");
    for role in [Role::Warehouse, Role::Planner] {
        story.house.desk.role = role;
        for paper in [&request, &contract] {
            let refused = story.house.desk.refused("paper.print", paper.clone());
            assert_eq!(refused.code, "role.no_money");
        }
    }
}

#[test]
fn a_paper_of_nothing_is_refused_by_name_and_one_of_what_was_undone_by_number() {
    let _alone = alone();
    let story = story();
    let desk = &story.house.desk;
    let nobody = json!(uuid::Uuid::from_u128(7));
    let missing = |kind: &str, id: &Value, what: &str| {
        let refused = desk.refused("paper.print", asked(kind, id, "zh"));
        let args = serde_json::to_value(&refused.args).unwrap();
        assert_eq!((refused.code.as_str(), &args["what"]), ("missing", &json!(what)), "{kind}");
    };
    for (kind, what) in [
        ("order", "order"),
        ("payment_request", "order"),
        ("material_slip", "slip"),
        ("goods_receipt", "receipt"),
        ("lot_label", "receipt"),
        ("factory_statement", "statement"),
        ("return_note", "return"),
    ] {
        missing(kind, &nobody, what);
    }
    // An entry of another kind is none of these.
    missing("goods_receipt", &story.slip, "receipt");
    missing("material_slip", &story.receipt()["entry"], "slip");
    let lot = story.house.lot(&story.order, "L2606A");
    let accepted = story.house.decide(&story.order, &lot, 100, json!({}));
    missing("return_note", &accepted["entries"][0], "return");

    let back = story.send_back("credit");
    let undo = json!({ "entry": back["entry"], "withBlocking": false });
    desk.ok("journal.reverse", undo);
    let refused = desk.refused("paper.print", asked("return_note", &back["entry"], "zh"));
    assert_eq!(refused.code, "paper.cancelled");
    let args = serde_json::to_value(&refused.args).unwrap();
    assert_eq!(args["number"], format!("{}-RN1", story.number).as_str());
    // A number is used up for ever.
    assert_eq!(
        story.send_back("replace")["returnNumber"],
        format!("{}-RN2", story.number).as_str()
    );
}
