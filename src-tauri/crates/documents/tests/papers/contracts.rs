//! Contracts, purchase orders and payment requests: what they say, and that they add up.

use documents::{
    Contract, ContractLine, Dpi, Lang, PaperError, PaymentRequest, contract, payment_request,
};
use domain::terms::Trigger;

use crate::{
    BOTH,
    factory_samples::{instalments, payment, processing, purchase, untaxed},
    samples::{decimal, order, print},
    tools::{Read, decoded, letters, letters_of, rendered, saved, text_of},
};

fn text_of_contract(name: &str, paper: &Contract, lang: Lang) -> String {
    let bytes = contract(paper, &print(lang, Dpi::D300)).unwrap();
    letters_of(&saved(&format!("contract-{name}-{lang:?}.pdf"), &bytes))
}

#[test]
fn a_processing_contract_says_everything_in_both_languages() {
    for lang in BOTH {
        let paper = processing(lang);
        let text = text_of_contract("full", &paper, lang);
        for party in [&paper.buyer, &paper.factory] {
            assert!(text.matches(&letters(&party.name)).count() >= 2, "also in its seal box");
            assert!(text.contains(party.credit_code.as_ref().unwrap()));
        }
        for line in &paper.lines {
            for value in [&line.version, &line.artwork, &line.registration] {
                assert!(text.contains(&letters(value.as_ref().unwrap())), "{value:?}");
            }
        }
        for material in &paper.materials.as_ref().unwrap().lines {
            assert!(text.contains(&material.sku) && text.contains(&letters(&material.name)));
        }
        for clause in paper.quality.iter().chain(&paper.terms) {
            assert!(text.contains(&letters(clause)), "{clause}");
        }
        for word in ["2026-11-12", "5%", "2%", "5,150", "1.5%", "2026-10-08"] {
            assert!(text.contains(word), "{word}");
        }
        assert!(text.contains(&letters(paper.deliver_to.as_ref().unwrap())));
    }
}

/// 5,000 × 9.80 + 2,000 × 11.95 = 72,900.00; the tax within is 5,637.17 + 2,749.56.
#[test]
fn totals_with_tax_within_the_price() {
    for lang in BOTH {
        let text = text_of_contract("included", &processing(lang), lang);
        for sum in ["49,000.00", "23,900.00", "72,900.00", "8,386.73", "64,513.27", "36,450.00"] {
            assert!(text.contains(sum), "{sum}");
        }
    }
    let zh = text_of_contract("included", &processing(Lang::Zh), Lang::Zh);
    assert!(zh.contains("人民币柒万贰仟玖佰元整"));
    assert!(zh.contains("含税单价") && zh.contains("税额13%8,386.73"), "{zh}");
    assert!(text_of_contract("included", &processing(Lang::En), Lang::En).contains("CNY72,900.00"));
}

/// 10,000 × 2.10 + 10,000 × 0.86 = 29,600.00 before 3,848.00 of tax.
#[test]
fn totals_with_tax_on_top_of_the_price() {
    let text = text_of_contract("excluded", &purchase(Lang::Zh), Lang::Zh);
    for sum in ["21,000.00", "8,600.00", "29,600.00", "3,848.00", "33,448.00"] {
        assert!(text.contains(sum), "{sum}");
    }
    assert!(text.contains("采购单") && !text.contains("客供料"));
    assert!(text.contains("不含税单价") && text.contains("人民币叁万叁仟肆佰肆拾捌元整"));
}

#[test]
fn each_rate_has_its_own_sum_and_a_line_without_one_a_dash() {
    let mut paper = order();
    paper.lines[1].tax_percent = Some(decimal("6"));
    paper.lines[2].tax_percent = None;
    paper.lines[2].tax = decimal("0");
    let text = text_of_contract("rates", &paper, Lang::Zh);
    let tax = |n: usize| format!("{:.2}", paper.lines[n].tax);
    assert!(text.contains("税额6%2,595.40") && tax(1) == "2595.40", "{text}");
    assert!(text.contains("税额13%3,782.65") && tax(0) == "3782.65");
    assert!(text.contains("––"));
}

#[test]
fn without_a_rate_no_word_of_tax_is_printed() {
    for lang in BOTH {
        let paper = Contract { lines: untaxed(lang), ..processing(lang) };
        let text = text_of_contract("untaxed", &paper, lang);
        assert!(!text.contains('税') && !text.to_lowercase().contains("tax"), "{text}");
        assert!(text.contains("72,900.00"));
    }
}

#[test]
fn payments_that_are_not_the_price_are_refused() {
    let print = print(Lang::Zh, Dpi::D203);
    let refused = |change: fn(&mut Contract)| {
        let mut paper = processing(Lang::Zh);
        change(&mut paper);
        match contract(&paper, &print) {
            Err(PaperError::Value { field, .. }) => field,
            other => panic!("{:?}", other.map(|b| b.len())),
        }
    };
    assert_eq!(refused(|p| p.schedule[0].amount += decimal("0.01")), "schedule.amount");
    assert_eq!(refused(|p| p.schedule[0].percent = decimal("40")), "schedule.percent");
    assert_eq!(refused(|p| p.lines[0].tax_percent = None), "lines[1].tax");
    assert_eq!(
        refused(|p| p.materials.as_mut().unwrap().lines[1].quantity = 0),
        "materials[2].quantity"
    );
    let mut empty = processing(Lang::Zh);
    empty.materials.as_mut().unwrap().lines.clear();
    assert_eq!(contract(&empty, &print), Err(PaperError::Empty("materials.lines")));
}

#[test]
fn a_contract_runs_over_pages_and_totals_stand_once() {
    for lang in BOTH {
        let mut paper = processing(lang);
        let one = paper.lines[0].clone();
        paper.lines =
            (1..=120).map(|n| ContractLine { sku: format!("SK{n:03}"), ..one.clone() }).collect();
        paper.schedule = instalments(&paper.lines, &[(Trigger::Accept { days: 0 }, "100", None)]);
        let bytes = contract(&paper, &print(lang, Dpi::D300)).unwrap();
        let pages = crate::production::checked_pages("contract-long", lang, &bytes, "SK", 120);
        // 120 × 49,000.00.
        let with_total = pages.iter().filter(|p| p.contains("5,880,000.00")).count();
        assert_eq!(with_total, 1, "{lang:?}");
    }
}

/// A page with nothing but seals on it would be signed without saying what for.
#[test]
fn what_is_sealed_stands_on_the_page_of_the_seals() {
    for (lang, clauses) in BOTH.into_iter().flat_map(|lang| [1, 2, 9].map(|n| (lang, n))) {
        for rows in 1..=24 {
            let mut paper = processing(lang);
            let one = paper.lines[0].clone();
            paper.lines = vec![one; rows];
            paper.schedule =
                instalments(&paper.lines, &[(Trigger::Accept { days: 0 }, "100", None)]);
            paper.terms = (1..=clauses).map(|n| format!("CLAUSE{n}")).collect();
            let name = format!("contract-seals-{lang:?}.pdf");
            let path = saved(&name, &contract(&paper, &print(lang, Dpi::D300)).unwrap());
            let text = text_of(&path);
            let seals = if lang == Lang::Zh { "（盖章）" } else { "(seal)" };
            let sealed: Vec<&str> = text.split('\u{C}').filter(|p| p.contains(seals)).collect();
            let last = format!("CLAUSE{clauses}");
            assert_eq!(sealed.len(), 1, "{rows} rows");
            assert!(sealed[0].contains(&last), "{lang:?}: {rows} rows, {clauses} clauses");
        }
    }
}

/// 72,900.00 payable, 36,450.00 paid, 350.00 deducted, 8,100.00 asked for: 28,000.00 stay open.
#[test]
fn a_payment_request_says_what_stays_open() {
    for lang in BOTH {
        let request = payment(lang);
        let bytes = payment_request(&request, &print(lang, Dpi::D300)).unwrap();
        let path = saved(&format!("payment-{lang:?}.pdf"), &bytes);
        let text = letters_of(&path);
        let given = [&request.payee.name, &request.order, &request.reason];
        let optional = [&request.bank, &request.account].map(|v| v.as_ref().unwrap());
        for value in given.into_iter().chain(optional) {
            assert!(text.contains(&letters(value)), "{value}");
        }
        for sum in
            ["72,900.00", "36,450.00", "350.00", "8,100.00", "28,000.00", "50%", "2026-11-08"]
        {
            assert!(text.contains(sum), "{sum}");
        }
        let words = if lang == Lang::Zh { "人民币捌仟壹佰元整" } else { "CNY8,100.00" };
        assert!(text.contains(words), "{text}");
        let number = Read { aim: "]C0".into(), data: request.number.clone() };
        assert_eq!(decoded(&rendered(&path, 300)[0]), [number]);
    }
}

#[test]
fn a_payment_request_is_refused_where_it_says_nothing() {
    let print = print(Lang::Zh, Dpi::D203);
    let refused = |change: fn(&mut PaymentRequest)| {
        let mut request = payment(Lang::Zh);
        change(&mut request);
        payment_request(&request, &print).unwrap_err()
    };
    assert!(matches!(
        refused(|r| r.amount = decimal("0")),
        PaperError::Value { field, .. } if field == "amount"
    ));
    assert!(matches!(
        refused(|r| r.paid = decimal("1.005")),
        PaperError::Value { field, .. } if field == "paid"
    ));
    assert!(matches!(
        refused(|r| r.reason = "急😀".into()),
        PaperError::MissingGlyph { field, .. } if field == "reason"
    ));
    assert!(matches!(
        refused(|r| r.reason = "长".repeat(5000)),
        PaperError::DoesNotFit { field, characters: 5000 } if field == "reason"
    ));
}
