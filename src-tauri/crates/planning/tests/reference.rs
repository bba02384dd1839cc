//! Forecasts of other implementations, on public series, reproduced per series.
//!
//! The files lie beside the repository and are not part of it. Where they are missing the suite
//! says so and passes, except under CI, where it is required.

use planning::demand::smooth::{croston, sba, ses, ses_optimised, tsb};
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Data set and number of last periods that the reference did not see.
const DATA_SETS: [(&str, usize); 4] =
    [("carparts", 12), ("hospital", 12), ("m3_monthly", 18), ("pasta_weekly", 8)];

fn data() -> Option<PathBuf> {
    let shared = std::env::var_os("PINCANG_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"),
        PathBuf::from,
    );
    let data = shared.join("data/planning");
    if data.join("reference").is_dir() {
        return Some(data);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is required under CI", data.display());
    eprintln!("left out: no reference forecasts in {}", data.display());
    None
}

/// Series by id, the held-out periods taken off.
fn history(data: &Path, name: &str, held_out: usize) -> HashMap<String, Vec<f64>> {
    let mut reader = csv::Reader::from_path(data.join(format!("{name}.csv"))).expect("a data set");
    let mut all = HashMap::new();
    for record in reader.records().map(Result::unwrap) {
        let mut values: Vec<f64> =
            record.iter().skip(1).filter(|text| !text.is_empty()).map(number).collect();
        values.truncate(values.len() - held_out);
        all.insert(record[0].to_owned(), values);
    }
    all
}

/// First forecast by (series, method); these methods are flat, so the first is every one.
fn reference(data: &Path, name: &str) -> Vec<(String, String, f64)> {
    let path = data.join(format!("reference/statsforecast_{name}_forecasts.csv.gz"));
    let file = flate2::read::GzDecoder::new(File::open(path).expect("reference forecasts"));
    let mut reader = csv::Reader::from_reader(file);
    reader
        .records()
        .map(Result::unwrap)
        .map(|record| (record[0].to_owned(), record[1].to_owned(), number(&record[2])))
        .collect()
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

fn ours(method: &str, values: &[f64]) -> Option<f64> {
    match method {
        "SES_0.1" => Some(ses(values, 0.1)),
        "CrostonClassic" => Some(croston(values, 0.1)),
        "CrostonSBA" => Some(sba(values, 0.1)),
        "TSB_0.1_0.1" => Some(tsb(values, 0.1, 0.1)),
        "TSB_0.2_0.2" => Some(tsb(values, 0.2, 0.2)),
        _ => None,
    }
}

#[test]
fn fixed_methods_agree_to_the_sixth_digit_on_every_series() {
    let Some(data) = data() else { return };
    for (name, held_out) in DATA_SETS {
        let history = history(&data, name, held_out);
        let mut compared = 0;
        for (id, method, expected) in reference(&data, name) {
            let Some(forecast) = ours(&method, &history[&id]) else { continue };
            // The files carry six decimals: half of the last is the printing, the rest is 1e-6.
            let allowed = 0.500_001e-6 + 1e-6 * expected.abs();
            let gap = (forecast - expected).abs();
            assert!(gap <= allowed, "{name} {id} {method}: {forecast} not {expected}");
            compared += 1;
        }
        assert!(compared >= 5 * 55, "{name}: only {compared} forecasts compared");
    }
}

#[test]
fn croston_agrees_with_a_second_implementation() {
    let Some(data) = data() else { return };
    let history = history(&data, "carparts", 12);
    let path = data.join("reference/R_carparts_first150.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut compared = 0;
    for record in reader.records().map(Result::unwrap) {
        let values = &history[&record[0]];
        assert_eq!(values.len(), record[1].parse::<usize>().unwrap());
        if let Ok(expected) = record[2].parse::<f64>() {
            let forecast = croston(values, 0.1);
            let gap = (forecast - expected).abs();
            assert!(gap <= 1e-6 * expected, "{}: {forecast} not {expected}", &record[0]);
            compared += 1;
        }
    }
    assert!(compared > 100, "only {compared} series compared");
}

#[test]
fn optimised_ses_is_within_one_per_cent_on_nearly_all_series() {
    let Some(data) = data() else { return };
    for (name, held_out) in DATA_SETS {
        let history = history(&data, name, held_out);
        let (mut compared, mut near) = (0_u32, 0_u32);
        for (id, method, expected) in reference(&data, name) {
            if method == "SESOpt" {
                compared += 1;
                let forecast = ses_optimised(&history[&id]);
                near += u32::from((forecast - expected).abs() <= 0.01 * expected.abs() + 5e-7);
            }
        }
        assert!(compared >= 55);
        assert!(near * 100 >= compared * 95, "{name}: {near} of {compared} within 1 %");
    }
}
