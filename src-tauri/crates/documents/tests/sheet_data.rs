//! Real daily sales of a grocer, from the shared data folder.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use documents::sheet::{Kind, Limits, MonthOrDate, Profile, Record, extract, read};
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::process::Command;

/// The folder of shared data beside the repository. Without it the test is left out, unless CI
/// asks for all of them.
fn shared() -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared"));
    let folder = std::env::var_os("PINCANG_SHARED").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is required in CI", folder.display());
    eprintln!("left out: {} is not there", folder.display());
    None
}

#[test]
fn the_grocers_file_gives_every_row() {
    let Some(folder) = shared() else { return };
    let file = folder.join("data/planning/pasta_daily.csv.gz");
    let unpacked = Command::new("gzip").arg("-dc").arg(&file).output().unwrap();
    assert!(unpacked.status.success(), "{}", file.display());
    let book = read("pasta_daily.csv", &unpacked.stdout, &Limits::default()).unwrap();
    let profile = Profile::new(Kind::Sales)
        .column("date", "week")
        .column("sku", "unique_id")
        .column("units", "value")
        .constant("place", "P1");
    let out = extract(&book, &profile).unwrap();
    assert_eq!((out.rows.len(), out.problem_count), (98_890, 0));
    let mut goods: HashMap<&str, i64> = HashMap::new();
    let mut days = BTreeSet::new();
    let (mut before, mut after) = ((0, 0), (0, 0));
    let live_from = "2018-10-01".parse().unwrap();
    for row in &out.rows {
        let Record::Sale(sale) = &row.record else { panic!("{row:?}") };
        let MonthOrDate::Date(date) = sale.on else { panic!("{row:?}") };
        assert_eq!(sale.place, "P1");
        *goods.entry(&sale.sku).or_default() += sale.units;
        days.insert(date);
        let part = if date < live_from { &mut before } else { &mut after };
        *part = (part.0 + 1, part.1 + sale.units);
    }
    assert_eq!(goods.len(), 55);
    assert_eq!(before, (94_050, 376_199));
    assert_eq!(after, (4_840, 17_809));
    assert_eq!((out.rows[0].at.row, out.rows[98_889].at.row), (2, 98_891));
    assert_eq!(days.last().unwrap().to_string(), "2018-12-31");
}
