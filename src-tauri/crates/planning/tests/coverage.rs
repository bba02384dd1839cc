//! The range of a forecast on real daily sales: how often what came lay within it.
//!
//! The file lies beside the repository and is not part of it. Where it is missing the suite says so
//! and passes, except under CI, where it is required.

use chrono::NaiveDate;
use planning::demand::{Series, forecast};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Days of history before the first forecast, and between forecasts.
const WARM_UP: usize = 365;
const STEP: usize = 28;

type Days = (NaiveDate, Vec<i64>, Vec<bool>);

/// Daily sales by good, with the days that the file lacks marked as not observed.
fn pasta() -> Option<BTreeMap<String, Days>> {
    let shared = std::env::var_os("PINCANG_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"),
        PathBuf::from,
    );
    let path = shared.join("data/planning/pasta_daily.csv.gz");
    if !path.is_file() {
        assert!(std::env::var_os("CI").is_none(), "{} is required under CI", path.display());
        eprintln!("left out: no daily sales at {}", path.display());
        return None;
    }
    let file = flate2::read::GzDecoder::new(File::open(path).expect("daily sales"));
    let mut goods: BTreeMap<String, Days> = BTreeMap::new();
    for record in csv::Reader::from_reader(file).records() {
        let record = record.expect("a row");
        let on: NaiveDate = record[0].parse().expect("a date");
        let good = goods.entry(record[1].to_owned()).or_insert((on, Vec::new(), Vec::new()));
        let offset = usize::try_from((on - good.0).num_days()).expect("rows in order of days");
        good.1.resize(offset, 0);
        good.2.resize(offset, false);
        good.1.push(record[2].parse().expect("a number of units"));
        good.2.push(true);
    }
    Some(goods)
}

#[derive(Debug, Default)]
struct Tally {
    forecasts: u32,
    within: u32,
    at_most_p50: u32,
    at_most_p90: u32,
    expected: i64,
    sold: i64,
}

impl Tally {
    fn per_cent(&self, count: u32) -> u32 {
        count * 100 / self.forecasts
    }
}

fn tally(goods: &BTreeMap<String, Days>, horizon: usize) -> Tally {
    let mut tally = Tally::default();
    for (first, units, observed) in goods.values() {
        let mut origin = WARM_UP;
        while origin + horizon <= units.len() {
            let history = Series::new(*first, &units[..origin], &observed[..origin]);
            let ahead = origin..origin + horizon;
            let open = observed[ahead.clone()].iter().filter(|day| **day).count();
            let sold: i64 = units[ahead].iter().sum();
            let open = u32::try_from(open).expect("few days");
            let range = forecast(history.expect("clean history")).range(open);
            tally.forecasts += 1;
            tally.within += u32::from((range.p10..=range.p90).contains(&sold));
            tally.at_most_p50 += u32::from(sold <= range.p50);
            tally.at_most_p90 += u32::from(sold <= range.p90);
            tally.expected += range.mean_micro / 1_000_000;
            tally.sold += sold;
            origin += STEP;
        }
    }
    tally
}

#[test]
fn eight_of_ten_outcomes_lie_within_the_range() {
    let Some(goods) = pasta() else { return };
    assert_eq!(goods.len(), 55);
    for horizon in [7, 28, 44] {
        let tally = tally(&goods, horizon);
        let said = format!("{horizon} days: {tally:?}");
        assert!(tally.forecasts > 2_000, "{said}");
        assert!((72..=88).contains(&tally.per_cent(tally.within)), "{said}");
        assert!((45..=58).contains(&tally.per_cent(tally.at_most_p50)), "{said}");
        assert!((84..=94).contains(&tally.per_cent(tally.at_most_p90)), "{said}");
        assert!((tally.expected - tally.sold).abs() * 20 < tally.sold, "{said}");
    }
}
