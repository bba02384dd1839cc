//! The official GS1 vectors, read from the folder of shared test data beside the repository
//! (or where `PINCANG_SHARED` points). Each test names what it leaves out and how many cases it
//! ran, so that a filter can never quietly become everything.

use std::path::PathBuf;

use serde_json::Value;

use crate::{
    Carrier, Element, ElementString, FNC1, PairError, Scan, ai::identifier, charset,
    content::Check, is_cset39, is_cset82, read_scan, rules,
};

/// One file's text; `None` where the folder is absent and nobody demands it.
fn shared(file: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared");
    let root = std::env::var("PINCANG_SHARED").unwrap_or_else(|_| beside.to_owned());
    let folder = PathBuf::from(root).join("vectors/standards");
    if !folder.is_dir() && std::env::var_os("CI").is_none() {
        eprintln!("left out: {file} (no shared test data at {})", folder.display());
        return None;
    }
    Some(std::fs::read_to_string(folder.join(file)).unwrap())
}

fn cases(file: &str) -> Option<Vec<Value>> {
    let whole: Value = serde_json::from_str(&shared(file)?).unwrap();
    Some(whole["vectors"].as_array().unwrap().clone())
}

/// The table is a transcription: each row of the dictionary is compared with it.
#[test]
fn the_table_says_what_the_dictionary_says() {
    let Some(dictionary) = shared("gs1-syntax-dictionary.txt") else { return };
    let mut run = 0;
    for row in dictionary.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (body, title) = row.split_once('#').unwrap_or((row, ""));
        let words: Vec<&str> = body.split_whitespace().collect();
        let (first, last) = words[0].split_once('-').unwrap_or((words[0], words[0]));
        let flags = if words[1].chars().all(|c| "*?".contains(c)) { words[1] } else { "" };
        let longest: usize = words[1..]
            .iter()
            .filter(|w| !w.contains('=') && !w.trim_matches(['*', '?']).is_empty())
            .filter_map(|w| w.split(',').next())
            .filter_map(|w| w.trim_matches(|c: char| !c.is_ascii_digit()).parse::<usize>().ok())
            .sum();
        let needs = words.iter().filter(|w| w.starts_with("req=")).count();
        let forbids: usize = words
            .iter()
            .filter_map(|w| w.strip_prefix("ex="))
            .map(|list| list.split(',').count())
            .sum();
        for code in [first, last] {
            let ours = identifier(code).unwrap_or_else(|| panic!("{code} is missing"));
            assert_eq!(ours.predefined_length(), flags.contains('*'), "{code}");
            assert_eq!(ours.title(), title.trim(), "{code}");
            assert_eq!(ours.longest(), longest, "{code}");
            assert_eq!((ours.needs.len(), ours.forbids.len()), (needs, forbids), "{code}");
            run += 1;
        }
    }
    assert_eq!(run, 448);
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_default()
}

/// The vectors write FNC1 as `^`.
fn with_fnc1(text: &str) -> String {
    text.replace('^', &FNC1.to_string())
}

#[test]
fn bracketed_text_is_parsed() {
    let Some(cases) = cases("gs1_ai_bracketed_parse.json") else { return };
    let mut run = 0;
    // "inbuf" stands for a buffer that exists only in the source the cases come from.
    for case in cases.iter().filter(|c| text(c, "bracketed") != "inbuf") {
        let given = text(case, "bracketed");
        // A literal ^ has no other meaning here than being outside set 82, which refuses it too.
        let got = ElementString::from_bracketed(given);
        assert_eq!(got.is_ok(), case["ok"] == true, "{given}: {got:?}");
        if let Ok(parsed) = got {
            assert_eq!(parsed.symbol_data(), with_fnc1(text(case, "ai_data")), "{given}");
            assert_eq!(parsed.to_string(), given);
        }
        run += 1;
    }
    assert_eq!(run, 15);
}

#[test]
fn symbol_data_is_processed() {
    let Some(cases) = cases("gs1_ai_process.json") else { return };
    let mut run = 0;
    // "buf" stands for a buffer that exists only in the source the cases come from.
    for case in cases.iter().filter(|c| text(c, "ai_data") != "buf") {
        let given = text(case, "ai_data");
        let got = ElementString::from_symbol_data(&with_fnc1(given));
        assert_eq!(got.is_ok(), case["ok"] == true, "{given}: {got:?}");
        run += 1;
    }
    assert_eq!(run, 36);
}

#[test]
fn readable_lines() {
    let Some(cases) = cases("gs1_hri.json") else { return };
    let mut run = 0;
    // Digital Link addresses are not read here.
    for case in cases.iter().filter(|c| text(c, "data").starts_with('^')) {
        let parsed = ElementString::from_symbol_data(&with_fnc1(text(case, "data")));
        let Ok(parsed) = parsed else { panic!("{case}: {parsed:?}") };
        let wanted: Vec<&str> =
            case["hri"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
        assert_eq!(parsed.hri(), wanted);
        run += 1;
    }
    assert_eq!(run, 2);
}

#[test]
fn scans_are_read() {
    let Some(cases) = cases("gs1_scandata_process.json") else { return };
    let mut run = 0;
    // Composite symbols (a | in the message) are not read here.
    for case in cases.iter().filter(|c| !text(c, "scan").contains('|')) {
        let given = text(case, "scan");
        let got = read_scan(given);
        assert_eq!(got.is_ok(), case["ok"] == true, "{given}: {got:?}");
        let data = text(case, "data");
        match got {
            Ok(Scan::Elements(_, e)) => assert_eq!(e.symbol_data(), with_fnc1(data)),
            Ok(Scan::Number(_, number)) => assert_eq!(number, data),
            // The vectors escape a ^ at the head of plain data, which is no FNC1, with \.
            Ok(Scan::Text(_, plain)) => {
                assert!(plain == data || format!("\\{plain}") == data, "{plain} {data}");
            }
            Err(_) => {}
        }
        run += 1;
    }
    assert_eq!(run, 32);
}

#[test]
fn what_a_scanner_will_send_is_read_back() {
    let Some(cases) = cases("gs1_scandata_generate.json") else { return };
    let carriers = [("GS1_128_CCA", Carrier::Gs1128), ("DM", Carrier::Gs1DataMatrix)];
    let mut run = 0;
    for case in &cases {
        let (data, scan) = (text(case, "data"), text(case, "scan"));
        // Only GS1 data in the two carriers that are printed here, no composites.
        let Some((_, carrier)) = carriers.iter().find(|(n, _)| *n == text(case, "symbology"))
        else {
            continue;
        };
        if !data.starts_with('^') || data.contains('|') {
            continue;
        }
        let elements = ElementString::from_symbol_data(&with_fnc1(data)).unwrap();
        assert_eq!(read_scan(scan), Ok(Scan::Elements(*carrier, elements.clone())));
        assert_eq!(elements.symbol_data()[1..], scan[3..]);
        run += 1;
    }
    assert_eq!(run, 2);
}

type Rule = fn(&[&Element]) -> Result<(), PairError>;

#[test]
fn association_rules() {
    let Some(cases) = cases("gs1_ai_validate_pairs.json") else { return };
    let rules: [(&str, Rule); 4] = [
        ("validateAIrepeats", rules::check_repeats),
        ("validateAImutex", rules::check_exclusions),
        ("validateAIrequisites", rules::check_requisites),
        ("validateDigSigRequiresSerialisedKey", rules::check_signature_serial),
    ];
    let mut run = 0;
    // These exist only where unknown identifiers are permitted, which is never so here.
    let unknown = |c: &Value| ["(89)", "(3338)"].iter().any(|u| text(c, "bracketed").contains(u));
    for case in cases.iter().filter(|c| !unknown(c)) {
        let (_, rule) = rules.iter().find(|(n, _)| *n == text(case, "rule")).unwrap();
        let given = text(case, "bracketed");
        let parsed = ElementString::from_bracketed(given).unwrap();
        let all: Vec<&Element> = parsed.elements().iter().collect();
        assert_eq!(rule(&all).is_ok(), case["ok"] == true, "{given}");
        run += 1;
    }
    assert_eq!(run, 41);
}

/// Linters of the vectors that need code lists or other knowledge which is left out on purpose.
const NOT_CHECKED: [&str; 14] = [
    "csumalpha",
    "gcppos1",
    "gcppos2",
    "iban",
    "importeridx",
    "iso3166",
    "iso3166999",
    "iso3166alpha2",
    "iso4217",
    "iso5218",
    "mediatype",
    "packagetype",
    "pcenc",
    "posinseqslash",
];

#[test]
fn linters() {
    let Some(cases) = cases("gs1_linters.json") else { return };
    let out = [NOT_CHECKED.as_slice(), &["latitude", "longitude", "yyyymmd0"]].concat();
    let mut run = 0;
    for case in cases.iter().filter(|c| !out.contains(&text(c, "linter"))) {
        let (name, value) = (text(case, "linter"), text(case, "value"));
        let holds = match name {
            "cset82" => value.chars().all(is_cset82),
            "cset39" => value.chars().all(is_cset39),
            "cset64" => charset::first_outside_cset64(value).is_none(),
            "csetnumeric" => value.bytes().all(|b| b.is_ascii_digit()),
            other => Check::named(other).unwrap_or_else(|| panic!("{other}")).holds(value),
        };
        assert_eq!(holds, case["ok"] == true, "{name} {value:?}");
        run += 1;
    }
    assert_eq!(run, 857);
}

#[test]
fn a_cartons_two_symbols_lean_on_each_other() {
    let parse = |s: &str| ElementString::from_bracketed(s).unwrap();
    let (content, sscc) = (parse("(02)06901234567892(37)48"), parse("(00)123456789012345675"));
    assert_eq!(crate::check_pairs(&[&content, &sscc]), Ok(()));
    assert!(
        matches!(crate::check_pairs(&[&content]), Err(PairError::Missing { code, .. }) if code == "37")
    );
    assert!(identifier("37").is_some());
}

mod laws {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            lot in "[A-Z0-9!%&'()*+,./:;<=>?_-]{1,20}",
            count in 1_u32..99_999_999,
            order in "[A-Za-z0-9(/]{1,30}",
        ) {
            let built = ElementString::new(&[
                ("00", "123456789012345675"), ("02", "06901234567892"), ("17", "280300"),
                ("37", &count.to_string()), ("10", &lot), ("400", &order),
            ]).unwrap();
            prop_assert_eq!(&ElementString::from_bracketed(&built.to_string()).unwrap(), &built);
            prop_assert_eq!(&ElementString::from_symbol_data(&built.symbol_data()).unwrap(), &built);
            prop_assert_eq!(built.get("10"), Some(lot.as_str()));
        }

        #[test]
        fn no_input_makes_a_reader_panic(any in "\\PC{0,40}", mixed in "[(0-9)\u{1D}A中]{0,30}") {
            for text in [&any, &mixed] {
                let _ = ElementString::from_bracketed(text);
                let _ = ElementString::from_symbol_data(&format!("{FNC1}{text}"));
                let _ = read_scan(&format!("]C1{text}"));
                let _ = crate::check_lot_code(text);
                let _ = crate::Gtin::parse(text);
            }
        }
    }
}
