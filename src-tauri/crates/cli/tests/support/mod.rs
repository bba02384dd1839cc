//! What the journeys share: a folder of its own for each, the program, tables as Excel saves them,
//! and the marketplace.

#![allow(dead_code, reason = "each journey uses its part")]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use documents::sheet::{Show, Table, Value as Cell, write_xlsx};
use mall::{Config, Mall, Running, Scenario};
use serde_json::Value;
use tempfile::TempDir;

/// The token of the marketplace in these tests.
pub(crate) const TOKEN: &str = "token-of-the-journeys";

/// A folder with a workspace, and the program that works on it.
pub(crate) struct Desk {
    folder: TempDir,
}

/// What the program said.
pub(crate) struct Said {
    /// Its exit code; none when it was killed.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The answer as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// The error as JSON.
    pub(crate) fn error(&self) -> Value {
        serde_json::from_str(&self.err).unwrap_or_else(|error| panic!("{error}: {}", self.err))
    }
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with these words, on that day, on the workspace `a.pincang`.
    pub(crate) fn command(&self, today: &str, words: &[&str]) -> Command {
        self.command_in("en", today, words)
    }

    /// What it says in Chinese.
    pub(crate) fn in_chinese(&self, today: &str, words: &[&str]) -> Said {
        Said::of(self.command_in("zh", today, words).output().expect("it runs"))
    }

    fn command_in(&self, lang: &str, today: &str, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pincang"));
        command
            .args(words)
            .args(["--today", today, "--actor", "test", "--lang", lang])
            .current_dir(self.folder.path())
            .env("PINCANG_WORKSPACE", self.path("a.pincang"))
            .env("PINCANG_DATA_DIR", self.path("home"))
            .env("PINCANG_TOKEN", TOKEN);
        command
    }

    /// Runs it as people do.
    pub(crate) fn says(&self, today: &str, words: &[&str]) -> Said {
        Said::of(self.command(today, words).output().expect("it runs"))
    }

    /// Runs it for its JSON, which has to come.
    pub(crate) fn json(&self, today: &str, words: &[&str]) -> Value {
        let said = Said::of(self.command(today, words).arg("--json").output().expect("it runs"));
        assert_eq!(said.code, Some(0), "{words:?}: {}", said.err);
        said.json()
    }

    /// Runs it for the JSON of its error.
    pub(crate) fn refused(&self, today: &str, words: &[&str], code: i32) -> Value {
        let said = Said::of(self.command(today, words).arg("--json").output().expect("it runs"));
        assert_eq!(said.code, Some(code), "{words:?}: {} {}", said.out, said.err);
        said.error()
    }

    /// Writes a workbook and gives its path as a word of the command line.
    pub(crate) fn xlsx(&self, name: &str, heads: &[&str], rows: &[&[&str]]) -> String {
        let columns: Vec<(&str, Show)> = heads.iter().map(|head| (*head, Show::Text)).collect();
        let mut table = Table::new("Sheet1", &columns);
        for row in rows {
            table.rows.push(row.iter().map(|cell| Cell::Text((*cell).to_owned())).collect());
        }
        self.bytes(name, &write_xlsx(&table).expect("a workbook"))
    }

    /// Writes a file and gives its path as a word of the command line.
    pub(crate) fn bytes(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("a file");
        path.to_string_lossy().into_owned()
    }

    /// Good units of a lot at a place.
    pub(crate) fn units(&self, today: &str, place: &str, lot: &str) -> i64 {
        let stock = self.json(today, &["stock", "--by", "sku,lot,location,status"]);
        let rows = stock["rows"].as_array().expect("rows");
        let of = rows.iter().filter(|row| row["placeCode"] == place && row["lotNo"] == lot);
        of.map(|row| row["qty"].as_i64().expect("units")).sum()
    }

    /// All units at a place.
    pub(crate) fn at(&self, today: &str, place: &str) -> i64 {
        let stock = self.json(today, &["stock", "--by", "location"]);
        let rows = stock["rows"].as_array().expect("rows");
        let of = rows.iter().filter(|row| row["placeCode"] == place);
        of.map(|row| row["qty"].as_i64().expect("units")).sum()
    }

    /// The ledger proves itself.
    pub(crate) fn verify(&self, today: &str) {
        let report = self.json(today, &["verify"]);
        assert_eq!(report["ok"], true, "{report}");
    }

    /// The reference marketplace of example A1, all its days passed.
    pub(crate) fn mall(&self) -> Running {
        let mall = mall(&self.path("mall"), Scenario::a1());
        mall.advance("2026-10-04".parse().expect("a day")).expect("days pass");
        mall
    }
}

/// A marketplace on this machine.
pub(crate) fn mall(dir: &Path, scenario: Scenario) -> Running {
    let config = Config {
        dir: dir.to_owned(),
        scenario,
        seed: 1,
        port: 0,
        token: Some(TOKEN.to_owned()),
        faults: Vec::new(),
    };
    Mall::start(config).expect("the marketplace starts")
}

/// Example A1's tables. `share` is the least share of life that P1 asks for.
pub(crate) struct Tables {
    pub(crate) goods: String,
    pub(crate) places: String,
    pub(crate) opening: String,
    pub(crate) sales: String,
}

impl Tables {
    pub(crate) fn write(desk: &Desk, share: &str) -> Self {
        let goods = desk.xlsx(
            "goods.xlsx",
            &["货号", "中文名称", "箱规", "保质期(月)", "单位成本"],
            &[&["SK001", "烟酰胺亮肤精华 30ml", "48", "36", "16.20"]],
        );
        let places = desk.xlsx(
            "places.xlsx",
            &[
                "库位编码",
                "库位名称",
                "库位类型",
                "启用日期",
                "允收期(%)",
                "在途天数P90",
                "入库滞后天数P90",
                "补货周期(天)",
                "目标可售天数",
            ],
            &[
                &["W0", "杭州总仓", "自营仓", "2026-10-01", "", "", "", "", ""],
                &["P1", "平台一号仓", "平台仓", "2026-10-01", share, "4", "3", "7", "30"],
            ],
        );
        let opening = desk.xlsx(
            "opening.xlsx",
            &["仓库", "货号", "批号", "生产日期", "有效期至", "数量", "单位成本"],
            &[
                &["W0", "SK001", "L2503A", "2025-03-10", "2028-03-09", "1000", "16.20"],
                &["W0", "SK001", "L2509B", "", "2028-09-04", "2000", "16.20"],
                &["P1", "SK001", "", "", "2028-01", "120", "16.20"],
            ],
        );
        let days: Vec<String> = (3..=30).map(|day| format!("2026-09-{day:02}")).collect();
        let rows: Vec<[&str; 4]> = days.iter().map(|day| [day, "P1", "SK001", "20"]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
        let sales = desk.xlsx("sales.xlsx", &["日期", "仓库", "货号", "销量"], &rows);
        Self { goods, places, opening, sales }
    }

    /// Imports all four, in the order in which a workspace is filled.
    pub(crate) fn import(&self, desk: &Desk, today: &str) {
        for (file, kind) in [
            (&self.goods, "goods"),
            (&self.places, "locations"),
            (&self.opening, "opening"),
            (&self.sales, "sales"),
        ] {
            desk.json(today, &["import", file, "--kind", kind]);
        }
    }
}
