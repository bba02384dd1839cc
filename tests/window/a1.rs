//! One good from its spreadsheets to its sales, in the window, number by number.
//!
//! Knows what a brand manager does and what must then stand on the screen. Refuses to ask the core
//! for a number that the window shows.

use std::path::{Path, PathBuf};

use journeys::a1;
use serde_json::{Value, json};

use crate::driver::Window;
use crate::hand::Row;

/// Where pictures are taken in both languages: the size that the window opens with.
const USUAL: (u32, u32) = (1280, 800);
const LARGE: (u32, u32) = (1920, 1080);

/// The column of the plan that says which lots go, with what share of life they arrive.
const LOTS: &str = "批次 · 到货效期";

/// Whether a page of a paper has something on it.
const INKED: &str = "
    const inked = (canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4) if (data[at] < 128 && data[at + 3] > 0) return true;
      return false;
    };
    return [...document.querySelectorAll('.paper-body canvas')].slice(0, 1).some(inked);";

#[tokio::test]
async fn one_good_goes_from_import_to_the_refused_undo() {
    let window = Window::open(&["--today", "2026-10-01"]).await;
    window.resize(USUAL.0, USUAL.1).await;
    window.speak("zh").await;
    let book = window.home.path().join("a1.pincang");
    found(&window, &book).await;
    bring_in(&window).await;
    ask_for_half_a_life(&window).await;
    let number = plan_and_ship(&window).await;

    let arguments = [book.to_str().expect("a plain path"), "--today", "2026-10-05"];
    let window = window.restart(&arguments).await;
    window.resize(USUAL.0, USUAL.1).await;
    arrive(&window, &number).await;
    sell(&window).await;
    refuse_to_undo(&window, &number).await;
    prove(&window, &book).await;

    let log = window.log();
    assert!(!log.contains(" page-") && !log.contains(" failed "), "the page reported:\n{log}");
    window.close().await;
}

/// A picture in Chinese and one in English.
async fn pictures(window: &Window, name: &str) {
    window.picture(&format!("{name}-zh")).await;
    window.speak("en").await;
    window.picture(&format!("{name}-en")).await;
    window.speak("zh").await;
}

/// The first screen: a new workspace at a typed path.
async fn found(window: &Window, book: &Path) {
    window.fill("#companyName", "霁禾（杭州）品牌管理有限公司").await;
    window.fill("#path", book.to_str().expect("a plain path")).await;
    window.press("新建").await;
    window.until_shown(".screen-title", &["今日"]).await;
    window.until_shown(".today-start, .empty, .screen-body", &["先把货品和库存放进来"]).await;
    pictures(window, "today-empty").await;
}

/// Goods, places, opening stock and 28 days of sales, each by the import's own suggestion.
async fn bring_in(window: &Window) {
    let folder = window.home.path();
    let files: [(PathBuf, &str, &str); 4] = [
        (a1::goods(folder), "1", "货品"),
        (a1::places(folder), "2", "库位"),
        (a1::opening(folder), "3", "期初库存"),
        (a1::sales(folder), "28", "销售"),
    ];
    window.go("importing").await;
    pictures(window, "import-start").await;
    for (file, rows, kind) in files {
        window.fill(".drop-path input", file.to_str().expect("a plain path")).await;
        window.press("读取").await;
        window.until_shown(".effects", &[&format!("可以导入，共 {rows} 行")]).await;
        if kind == "期初库存" {
            window.until_shown(".effects", &["3,120"]).await;
            pictures(window, "import-trial").await;
        }
        if kind == "销售" {
            window.until_shown(".effects", &["560"]).await;
        }
        window.press(&format!("导入 {rows} 行")).await;
        window.until_shown(".import-done", &[kind, &format!("{rows} 行")]).await;
        window.press("再导入一个").await;
    }
    let stock = stock(window, "3,120").await;
    assert_eq!(at(&stock, "L2503A", "中心仓"), "1,000", "{stock:#?}");
    assert_eq!(at(&stock, "L2509B", "中心仓"), "2,000", "{stock:#?}");
    assert_eq!(at(&stock, "?2028-01", "平台一号仓"), "120", "{stock:#?}");
    pictures(window, "stock").await;
    window.go("goods").await;
    window.open_row(&["SK001"]).await;
    window.until_shown(".detail", &["烟酰胺精华", "L2503A"]).await;
    pictures(window, "goods").await;
}

/// Asked for half of a life, the plan sends the younger lot alone and says why not the older one.
async fn ask_for_half_a_life(window: &Window) {
    ask_for(window, "50").await;
    let line = planned(window, "L2509B").await;
    assert_eq!((line["箱数"].as_str(), line["件数"].as_str()), ("16", "768"), "{line:#?}");
    assert!(!line[LOTS].contains("L2503A"), "{line:#?}");
    window.open_row(&["SK001"]).await;
    window.until_shown(".detail .refused", &["L2503A", "47.3%", "50%"]).await;
    window.until_shown(".detail .plain-table", &["L2509B", "768"]).await;
    pictures(window, "plan-half-a-life").await;
    ask_for(window, "40").await;
}

/// Changes what share of its life goods must have left when they arrive at P1.
async fn ask_for(window: &Window, percent: &str) {
    window.go("settings").await;
    window.press("库位").await;
    window.press("平台一号仓").await;
    window.fill("#lifeRule_minSharePercent", percent).await;
    window.press_in("ant-modal", "保存").await;
    window.until_gone(".ant-modal-body").await;
}

/// The one line of the plan, once it takes what it sends from `lot` first.
async fn planned(window: &Window, lot: &str) -> Row {
    window.go("plan").await;
    let takes = |row: &Row| row.get(LOTS).is_some_and(|lots| lots.starts_with(lot));
    let what = format!("a plan to send {lot}");
    let plan = window.until_grid(&what, |rows, _| rows.len() == 1 && takes(&rows[0])).await;
    plan.into_iter().next().expect("the grid was read with one row")
}

/// Suggested, approved, packed, printed and shipped on the first day.
async fn plan_and_ship(window: &Window) -> String {
    let line = planned(window, "L2503A").await;
    for (head, value) in [
        ("编码", "SK001"),
        ("日销预测", "20"),
        ("需要", "760"),
        ("箱数", "16"),
        ("件数", "768"),
        (LOTS, "L2503A 47.3%"),
    ] {
        assert_eq!(line[head], value, "{head}: {line:#?}");
    }
    window.open_row(&["SK001"]).await;
    window.until_shown(".detail", &["880", "760", "768", "L2503A"]).await;
    pictures(window, "plan").await;
    window.press("生成调拨").await;
    window.press("生成并批准 1 张").await;
    let outcome = window.until_shown(".made-outcome", &["已批准"]).await;
    let number = outcome.replace("已批准", "").trim().to_owned();
    window.press(&number).await;
    window.press_in("detail", "装箱").await;
    window.until_shown(".detail", &["箱（16）", "箱码是内部编号，不是 SSCC"]).await;
    pictures(window, "transfer-packed").await;
    print(window, "装箱清单", "packing-list").await;
    print(window, "箱唛（16 张）", "carton-labels").await;
    window.press_in("detail", "发货").await;
    window.fill("#carrier", "顺丰").await;
    window.press_in("ant-modal", "发货").await;
    window.until_shown(".detail", &["在途", "768"]).await;
    let stock = stock(window, "3,120").await;
    assert_eq!(sum(&stock, "中心仓"), 2_232, "{stock:#?}");
    assert_eq!(sum(&stock, &number), 768, "{stock:#?}");
    assert_eq!(sum(&stock, "平台一号仓"), 120, "{stock:#?}");
    number
}

/// Opens a paper; it is on the disk as a PDF of this run.
async fn print(window: &Window, words: &str, name: &str) {
    window.press_in("detail", "打印").await;
    window.press(words).await;
    window.find(".paper-body canvas[data-drawn]").await;
    window.until_true(INKED, "the paper is white").await;
    window.until_shown(".paper-facts", &["页"]).await;
    window.picture(&format!("{name}-zh")).await;
    let papers = pdfs(&window.home.path().join("data"));
    let begins = |file: &PathBuf| std::fs::read(file).is_ok_and(|all| all.starts_with(b"%PDF-"));
    assert!(!papers.is_empty() && papers.iter().all(begins), "{papers:?}");
    window.find(".paper-preview .ant-modal-close").await.click().await.expect("can be closed");
    window.until_gone(".paper-body").await;
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| {
            let path = entry.path();
            if path.is_dir() { pdfs(&path) } else { vec![path] }
        })
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .collect()
}

/// Four days later 15 of 16 cartons come; the transfer ends only when the last one is accounted for.
async fn arrive(window: &Window, number: &str) {
    window.until_shown(".screen-title", &["今日"]).await;
    window.go("transfers").await;
    window.open_row(&[number]).await;
    window.press_in("detail", "登记到货").await;
    window.fill("[aria-label='L2503A 到货件数']", "720").await;
    window.until_shown(".arrive-table", &["还差 48"]).await;
    window.picture("transfer-arrive-zh").await;
    window.press_in("ant-modal", "登记 720 件到货").await;
    window.until_shown(".detail", &["未到的货", "48"]).await;
    window.press_in("detail", "完结").await;
    let refused = window.until_shown(".error-refused", &["不能这样做"]).await;
    assert!(refused.contains(number) && refused.contains("48") && refused.contains("L2503A"));
    pictures(window, "transfer-close-refused").await;
    window.press_in("detail", "处理差异").await;
    window.fill("#reason", "承运商确认丢失一箱").await;
    window.press_in("ant-modal", "确认").await;
    window.until_gone(".ant-modal-body").await;
    window.press_in("detail", "完结").await;
    window.until_shown(".notice", &[&format!("{number} 已完结")]).await;
    pictures(window, "transfer-closed").await;
}

/// A shop is connected; its three days of sales reduce the stock, once.
async fn sell(window: &Window) {
    let market = a1::market(window.home.path());
    market.advance("2026-10-03".parse().expect("a day")).expect("three days pass");
    window.go("sync").await;
    window.press("连接店铺").await;
    for (field, text) in [
        ("#code", "MALL"),
        ("#name", "参考商城"),
        ("#url", market.base_url()),
        ("#remoteShop", "S1"),
        ("#token", a1::TOKEN),
    ] {
        window.fill(field, text).await;
    }
    window.press("添加对应").await;
    window.fill("#places_0_warehouse", "P1").await;
    window.find(".ant-modal .ant-select").await.click().await.expect("the list opens");
    window.choose("平台一号仓").await;
    window.picture("shop-form-zh").await;
    window.press_in("ant-modal", "保存").await;
    window.until_gone(".ant-modal-body").await;
    window.press_in("shop", "同步").await;
    window.until_shown(".notice, .ant-message", &["3 天", "60 件"]).await;
    window.until_shown(".shop", &["2026-10-03"]).await;
    pictures(window, "sync").await;
    window.press_in("shop", "同步").await;
    window.until_shown(".notice, .ant-message", &["0 天", "0 件"]).await;
    let stock = stock(window, "3,012").await;
    assert_eq!(at(&stock, "?2028-01", "平台一号仓"), "60", "{stock:#?}");
    assert_eq!(at(&stock, "L2503A", "平台一号仓"), "720", "{stock:#?}");
    assert_eq!((sum(&stock, "中心仓"), sum(&stock, "平台一号仓")), (2_232, 780), "{stock:#?}");
    assert_eq!(stock.len(), 4, "nothing is anywhere else: {stock:#?}");
    pictures(window, "stock-after").await;
}

/// The shipment cannot go before what came after it; the window names the arrival.
async fn refuse_to_undo(window: &Window, number: &str) {
    window.go("journal").await;
    window
        .until_grid("the journal", |rows, _| rows.iter().any(|row| row["事项"] == "调拨发货"))
        .await;
    window.open_row(&["调拨发货"]).await;
    window.until_shown(".detail .reversal", &["有后来的单据依赖这一笔", "到货"]).await;
    pictures(window, "journal").await;
    window.press_in("detail", "冲销…").await;
    window.until_shown(".ant-modal .reversal", &["有后来的单据依赖这一笔", "到货"]).await;
    window.picture("undo-refused-zh").await;
    let entry = window.run("return location.hash.split('/').at(-1)").await;
    let refused =
        window.call("journal.reverse", &json!({ "entry": entry, "withBlocking": false })).await;
    assert_eq!(refused["error"]["kind"], "refused", "{refused}");
    assert_eq!(refused["error"]["code"], "reversal.blocked", "{refused}");
    let in_the_way = refused["error"]["details"].as_array().cloned().unwrap_or_default();
    let arrival =
        |one: &Value| one["code"] == "entry.transfer_arrived" && one["args"]["label"] == number;
    assert!(in_the_way.iter().any(arrival), "it names the arrival of {number}: {refused}");
    window.press_in("ant-modal", "取消").await;
    window.until_gone(".ant-modal-body").await;
    stock(window, "3,012").await;
}

/// The ledger replays to what the tables say, and the token is in no file of the program.
async fn prove(window: &Window, book: &Path) {
    window.go("settings").await;
    window.press("备份与校验").await;
    window.press("立即校验").await;
    window.until_shown(".verify-ok", &["校验通过"]).await;
    pictures(window, "verify").await;
    for screen in ["today", "production", "slow"] {
        window.go(screen).await;
        window.until_gone(".loading").await;
        pictures(window, screen).await;
    }
    window.resize(LARGE.0, LARGE.1).await;
    window.go("stock").await;
    window.press("货品 × 库位").await;
    window.until_gone(".loading").await;
    pictures(window, "stock-matrix-large").await;
    for file in [book.to_owned(), window.home.path().join("data/logs/pincang.log")] {
        let bytes = std::fs::read(&file).expect("the file is there");
        let token = a1::TOKEN.as_bytes();
        let holds = bytes.windows(token.len()).any(|part| part == token);
        assert!(!holds, "{} holds the token", file.display());
    }
}

/// The stock list, once its total is `total`.
async fn stock(window: &Window, total: &str) -> Vec<Row> {
    window.go("stock").await;
    let has = |_: &[Row], all: &Row| all.get("数量").is_some_and(|units| units == total);
    window.until_grid(&format!("stock of {total}"), has).await
}

/// What lies of a lot at a place, as it is written.
fn at<'a>(stock: &'a [Row], lot: &str, place: &str) -> &'a str {
    let fits = |row: &&Row| row["批次"] == lot && row["库位"] == place;
    stock.iter().find(fits).map_or("nothing", |row| &row["数量"])
}

/// Units at places whose name holds `place`.
fn sum(stock: &[Row], place: &str) -> i64 {
    let there = stock.iter().filter(|row| row["库位"].contains(place));
    there.map(|row| row["数量"].replace(',', "").parse::<i64>().expect("units")).sum()
}
