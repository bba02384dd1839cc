//! Labels of lots: what they say, and what a scanner reads from them.

use documents::{Dpi, Lang, LotLabel, PaperError, lot_labels, symbol::SymbolError};

use crate::{
    BOTH,
    factory_samples::lots,
    gs1,
    samples::print,
    tools::{Read, decoded, letters, letters_of, rendered, saved, text_of},
};

fn plain(aim: &str, data: &str) -> Read {
    Read { aim: aim.into(), data: data.into() }
}

#[test]
fn every_symbol_of_a_lot_label_is_read_at_the_printers_resolution() {
    let wanted = [
        vec![plain("]C0", "L261020A"), gs1("]d2", "(01)06901234567892(17)291019(10)L261020A")],
        // No GTIN, and a space and a hash that GS1 has no place for.
        vec![plain("]C0", "B2609 #1"), plain("]d1", "B2609 #1")],
        vec![plain("]C0", "GZ2"), gs1("]d2", "(01)06901234567892(10)GZ2")],
    ];
    for dpi in [Dpi::D203, Dpi::D300, Dpi::D600] {
        let bytes = lot_labels(&lots(Lang::Zh), &print(Lang::Zh, dpi)).unwrap();
        let path = saved(&format!("lots-{}.pdf", dpi.per_inch()), &bytes);
        let pages = rendered(&path, dpi.per_inch());
        assert_eq!(pages.len(), 3);
        for (page, wanted) in pages.iter().zip(&wanted) {
            assert_eq!(&decoded(page), wanted, "{dpi:?} {}", page.display());
        }
    }
}

#[test]
fn a_lot_label_says_in_words_what_it_is() {
    for lang in BOTH {
        let labels = lots(lang);
        let bytes = lot_labels(&labels, &print(lang, Dpi::D203)).unwrap();
        let text = text_of(&saved(&format!("lots-text-{lang:?}.pdf"), &bytes));
        let pages: Vec<String> = text.split('\u{C}').map(letters).collect();
        let words = match lang {
            Lang::Zh => ["待检", "良品", "冻结"],
            Lang::En => ["Quarantine", "Good", "Blocked"],
        };
        for ((page, label), word) in pages.iter().zip(&labels).zip(words) {
            for value in [&label.sku, &label.name, &label.lot, &label.spec] {
                assert!(page.contains(&letters(value)), "{value}: {page}");
            }
            assert!(page.contains(word) && page.contains("1,800"), "{page}");
        }
        assert!(pages[0].contains("2026-10-20") && pages[0].contains("2029-10-19"));
        assert!(pages[2].contains("GZ2"));
    }
}

#[test]
fn long_names_on_a_lot_label_are_set_smaller_but_never_cut() {
    let mut labels = lots(Lang::Zh);
    labels.truncate(1);
    labels[0].name = "烟酰胺透亮精华液（敏感肌适用）旅行装含神经酰胺与泛醇".repeat(3);
    labels[0].lot = "2026-10-20-GZ-F1-A03".into();
    for dpi in [Dpi::D203, Dpi::D300] {
        let bytes = lot_labels(&labels, &print(Lang::Zh, dpi)).unwrap();
        let path = saved("lot-stress.pdf", &bytes);
        assert!(letters_of(&path).contains(&labels[0].name));
        assert_eq!(decoded(&rendered(&path, dpi.per_inch())[0]).len(), 2);
    }
}

#[test]
fn a_lot_that_no_barcode_holds_needs_an_alias() {
    let print = print(Lang::Zh, Dpi::D203);
    let refused = |change: fn(&mut LotLabel)| {
        let mut labels = lots(Lang::Zh);
        change(&mut labels[2]);
        lot_labels(&labels, &print).unwrap_err()
    };
    assert_eq!(
        refused(|l| l.coded = None),
        PaperError::Symbol {
            field: "labels[3].lot".into(),
            source: SymbolError::Character { character: '广', position: 1 }
        }
    );
    assert!(matches!(
        refused(|l| l.coded = Some("a-lot-number-far-too-long-for-a-label".into())),
        PaperError::Symbol { source: SymbolError::TooWide { .. }, .. }
    ));
    assert!(matches!(
        refused(|l| l.quantity = 0),
        PaperError::Value { field, .. } if field == "labels[3].quantity"
    ));
    assert!(matches!(
        refused(|l| l.name = "面霜😀".into()),
        PaperError::MissingGlyph { field, .. } if field == "labels[3].name"
    ));
    assert_eq!(lot_labels(&[], &print), Err(PaperError::Empty("labels")));
}

#[test]
fn a_shop_code_is_no_gtin_on_a_lot_label() {
    let mut labels = lots(Lang::Zh);
    labels.truncate(1);
    labels[0].gtin = Some(standards::Gtin::parse("2112345678900").unwrap());
    let bytes = lot_labels(&labels, &print(Lang::Zh, Dpi::D300)).unwrap();
    let page = rendered(&saved("lot-shop.pdf", &bytes), 300).remove(0);
    assert_eq!(decoded(&page), [plain("]C0", "L261020A"), plain("]d1", "L261020A")]);
}
