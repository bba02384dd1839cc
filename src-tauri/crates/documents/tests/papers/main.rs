//! Proof that papers are what they should be on paper: rendered, read back and decoded by tools
//! that know nothing of how they were made.

#![allow(clippy::unwrap_used, reason = "a proof that cannot go on has failed")]
#![allow(clippy::float_cmp, reason = "dots are whole numbers, exact as floats")]

mod contracts;
mod factory_samples;
mod labels;
mod production;
mod samples;
mod tools;

use documents::{
    CartonIdentity, Contract, ContractLine, Dpi, Lang, PackingList, PaperError, Print,
    carton_labels, contract, packing_list, pdf_text, symbol,
};
use factory_samples::production_papers;
use samples::{
    carton, decimal, internal, labels, long_name, mixed, order, order_en, packing, packing_en,
    print, sscc,
};
use tools::{
    Read, check_structure, decoded, drawn, fonts_of, letters, letters_of, rendered, saved, text_of,
};

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn every_paper(lang: Lang) -> Vec<(&'static str, Vec<u8>)> {
    let print = print(lang, Dpi::D203);
    let zh = lang == Lang::Zh;
    let order = if zh { order() } else { order_en() };
    let mut sheet = labels(vec![carton(3), internal(4), mixed(5)]);
    if !zh {
        sheet.brand = "PINCANG".into();
        sheet.consignee = "Mall East".into();
        sheet.destination = "231 Green Avenue, Kunshan".into();
        for content in sheet.cartons.iter_mut().flat_map(|c| &mut c.contents) {
            content.name = "Face wash".into();
        }
    }
    let mut papers = production_papers(lang);
    papers.extend([
        ("order", contract(&order, &print).unwrap()),
        ("packing", packing_list(&if zh { packing() } else { packing_en() }, &print).unwrap()),
        ("labels", carton_labels(&sheet, &print).unwrap()),
    ]);
    papers
}

#[test]
fn every_paper_is_sound_and_its_typeface_is_inside() {
    for lang in BOTH {
        for (name, bytes) in every_paper(lang) {
            let path = saved(&format!("sound-{name}-{lang:?}.pdf"), &bytes);
            check_structure(&path);
            let fonts = fonts_of(&path);
            assert_eq!(fonts.len(), 1, "{fonts:?}");
            let yes = || "yes".to_owned();
            assert_eq!(fonts[0], ("PNCANG+NotoSansSC-Regular".to_owned(), yes(), yes(), yes()));
            assert!(bytes.len() < 120_000, "{name} has {} bytes", bytes.len());
        }
    }
}

#[test]
fn the_same_print_gives_the_same_bytes() {
    for lang in BOTH {
        for ((name, first), (_, second)) in every_paper(lang).into_iter().zip(every_paper(lang)) {
            assert!(first == second, "{name} differs from itself");
        }
    }
    let later = Print { copy: 2, ..print(Lang::Zh, Dpi::D203) };
    let first = contract(&order(), &print(Lang::Zh, Dpi::D203)).unwrap();
    assert_ne!(contract(&order(), &later).unwrap(), first);
}

#[test]
fn no_paper_is_half_translated() {
    let pairs = pdf_text::pairs();
    let papers = |lang| {
        let texts = every_paper(lang).into_iter().map(|(name, bytes)| {
            letters_of(&saved(&format!("language-{name}-{lang:?}.pdf"), &bytes))
        });
        texts.collect::<Vec<String>>()
    };
    let (zh, en) = (papers(Lang::Zh), papers(Lang::En));
    for (zh_word, en_word) in pairs {
        let (zh_word, en_word) = (letters(zh_word), letters(en_word));
        assert!(en.iter().all(|t| !t.contains(&zh_word)), "{zh_word} on an English paper");
        // Short English words may also be part of somebody's own text, and are so nowhere here.
        assert!(zh.iter().all(|t| !t.contains(&en_word)), "{en_word} on a Chinese paper");
        // Only the head of a second page is missing from papers of one page.
        let needed = zh_word != letters("（续）");
        assert!(!needed || zh.iter().any(|t| t.contains(&zh_word)), "{zh_word} is never printed");
        assert!(!needed || en.iter().any(|t| t.contains(&en_word)), "{en_word} is never printed");
    }
    let han = |c: char| ('\u{3000}'..='\u{FFEF}').contains(&c);
    for text in &en {
        assert!(!text.contains(han), "{text}");
    }
}

#[test]
fn the_order_says_everything_it_was_given() {
    let order = order();
    let path = saved("order.pdf", &contract(&order, &print(Lang::Zh, Dpi::D600)).unwrap());
    let text = letters_of(&path);
    for party in [&order.buyer, &order.factory] {
        let rest = [&party.credit_code, &party.address, &party.contact, &party.phone];
        for value in [Some(&party.name)].into_iter().chain(rest.map(Option::as_ref)).flatten() {
            assert!(text.contains(&letters(value)), "{value}");
        }
    }
    for line in &order.lines {
        for value in [&line.sku, &line.name, &line.spec] {
            assert!(text.contains(&letters(value)), "{value}");
        }
    }
    for clause in &order.terms {
        assert!(text.contains(&letters(clause)), "{clause}");
    }
    // 4,800 × 6.85 + 2,400 × 9.40 + 12,000 × 3.275
    for sum in ["32,880.00", "22,560.00", "39,300.00", "94,740.00", "玖万肆仟柒佰肆拾元整"]
    {
        assert!(text.contains(sum), "{sum}");
    }
    for word in ["2026-10-28", "19,200", "10,899.29", "打印2026-10-0109:30操作人王晓梅份号1"]
    {
        assert!(text.contains(word), "{word}");
    }
    for (dpi, page) in [203, 300, 600].map(|d| (d, rendered(&path, d).remove(0))) {
        let wanted = Read { aim: "]C0".into(), data: order.number.clone() };
        assert_eq!(decoded(&page), [wanted], "{dpi}");
    }
}

#[test]
fn a_long_order_repeats_its_head_and_totals_stand_once_at_the_end() {
    let mut order = order();
    let one = order.lines[1].clone();
    order.lines =
        (1..=120).map(|n| ContractLine { sku: format!("SK{n:03}"), ..one.clone() }).collect();
    let bytes = contract(&order, &print(Lang::Zh, Dpi::D300)).unwrap();
    let text = text_of(&saved("order-long.pdf", &bytes));
    let pages: Vec<String> = text.split('\u{C}').filter(|p| !p.is_empty()).map(letters).collect();
    let count = pages.len();
    assert!((4..=8).contains(&count), "{count}");
    let with_lines = pages.iter().filter(|p| p.contains("SK")).count();
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("第{}页/共{count}页", at + 1)), "page {at}");
        assert!(page.contains("PO-20261001-003"));
        assert_eq!(page.contains("序号货品编码品名"), page.contains("SK"), "page {at}");
        assert_eq!(page.contains("合计"), at + 1 == with_lines, "page {at}");
        assert_eq!(page.contains("（续）"), at > 0);
    }
    let all = pages.concat();
    for n in 1..=120 {
        assert!(all.contains(&format!("{n}SK{n:03}")), "{n}");
    }
}

#[test]
fn totals_alone_on_a_page_stand_under_the_head_of_their_columns() {
    let mut alone = 0;
    for count in 15..50 {
        let mut order = order();
        order.terms.clear();
        order.lines = vec![order.lines[0].clone(); count];
        let bytes = contract(&order, &print(Lang::Zh, Dpi::D300)).unwrap();
        let text = text_of(&saved("order-totals.pdf", &bytes));
        let last = text.split('\u{C}').map(letters).find(|p| p.contains("合计")).unwrap();
        assert!(last.contains("序号货品编码品名"), "{count}");
        alone += usize::from(!last.contains("SK001"));
    }
    assert!(alone > 0, "no number of lines put the totals on a page of their own");
}

#[test]
fn the_packing_list_adds_up_and_shows_no_money() {
    let path =
        saved("packing.pdf", &packing_list(&packing(), &print(Lang::Zh, Dpi::D300)).unwrap());
    let text = text_of(&path);
    let total: Vec<&str> =
        text.lines().find(|l| l.contains("合计")).unwrap().split_whitespace().collect();
    // 21 cartons; 16×48 + 4×24 + 30 + 12 pieces; 21×9.6 and 21×10.45 kg;
    // 0.4×0.3×0.255 m³ a carton: 0.490 + 0.122 + 0.031.
    assert_eq!(total, ["合计", "21", "906", "201.60", "219.45", "0.643"]);
    let flat = letters(&text);
    for word in
        ["6901234567892", "L2503A", "2028-03-09", "1–16", "17–20", "40×30×25.5", "ASN88120044"]
    {
        assert!(flat.contains(word), "{word}");
    }
    for word in ["价", "额", "元", "¥", "￥", "CNY"] {
        assert!(!flat.contains(word), "{word}");
    }
    let page = rendered(&path, 300).remove(0);
    assert_eq!(decoded(&page), [Read { aim: "]C0".into(), data: "TR-20261002-001".into() }]);
}

#[test]
fn an_unknown_weight_has_no_total() {
    let mut list = packing();
    list.cartons[1].net_grams = None;
    let path = saved("packing-gap.pdf", &packing_list(&list, &print(Lang::Zh, Dpi::D300)).unwrap());
    let text = text_of(&path);
    let total: Vec<&str> =
        text.lines().find(|l| l.contains("合计")).unwrap().split_whitespace().collect();
    assert_eq!(total, ["合计", "21", "906", "–", "219.45", "0.643"]);
}

fn gs1(aim: &str, text: &str) -> Read {
    let data = standards::ElementString::from_bracketed(text).unwrap().symbol_data();
    Read { aim: aim.to_owned(), data: data[1..].to_owned() }
}

#[test]
fn every_symbol_of_a_label_is_read_at_the_printers_resolution() {
    let (first, third) = (sscc(1), sscc(3));
    let wanted = [
        vec![
            gs1("]C1", "(02)06901234567892(37)48"),
            gs1("]C1", &format!("(00){first}")),
            gs1(
                "]d2",
                &format!("(00){first}(02)06901234567892(17)280309(37)48(10)L2503A(400)ASN88120044"),
            ),
        ],
        vec![Read { aim: "]C0".into(), data: "TR-20261002-001-002".into() }],
        vec![
            gs1("]C1", &format!("(00){third}")),
            gs1("]d2", &format!("(00){third}(400)ASN88120044")),
        ],
    ];
    for dpi in [Dpi::D203, Dpi::D300, Dpi::D600] {
        let sheet = labels(vec![carton(1), internal(2), mixed(3)]);
        let bytes = carton_labels(&sheet, &print(Lang::Zh, dpi)).unwrap();
        let path = saved(&format!("labels-{}.pdf", dpi.per_inch()), &bytes);
        let pages = rendered(&path, dpi.per_inch());
        assert_eq!(pages.len(), 3);
        for (page, wanted) in pages.iter().zip(&wanted) {
            let mut wanted = wanted.clone();
            wanted.sort();
            assert_eq!(decoded(page), wanted, "{dpi:?} {}", page.display());
        }
    }
}

#[test]
fn a_label_says_in_words_what_its_symbols_say() {
    let sheet = labels(vec![carton(1), internal(2), mixed(3)]);
    let bytes = carton_labels(&sheet, &print(Lang::Zh, Dpi::D203)).unwrap();
    let text = text_of(&saved("labels-text.pdf", &bytes));
    let pages: Vec<String> = text.split('\u{C}').map(letters).collect();
    let [one, two, three] = [&pages[0], &pages[1], &pages[2]];
    for page in [one, two, three] {
        for word in ["品仓PINCANG", "平台华东一号仓", "TR-20261002-001", "ASN88120044", "10.45kg"]
        {
            assert!(page.contains(word), "{word}: {page}");
        }
    }
    assert!(one.contains("1/16") && one.contains("(02)06901234567892(37)48"));
    assert!(one.contains(&format!("(00){}", sscc(1))) && one.contains("2028-03-09"));
    assert!(two.contains("内部箱号，不是SSCC") && !two.contains("(00)") && !two.contains("(02)"));
    assert!(three.contains("混装箱") && three.contains("M2507") && three.contains("L2503A"));
    assert!(!three.contains("(02)"));
}

/// Bars are whole dots, none narrower than a module, and the white around them is kept.
#[test]
fn label_symbols_have_their_legal_size() {
    for dpi in [Dpi::D203, Dpi::D300, Dpi::D600] {
        let bytes = carton_labels(&labels(vec![carton(1)]), &print(Lang::Zh, dpi)).unwrap();
        let drawn = drawn(&bytes, 0);
        let unit_mm = drawn.unit * 25.4 / 72.0;
        assert!((unit_mm - dpi.dot_mm()).abs() < 1e-5);
        for number in drawn.rectangles.iter().flatten() {
            assert!(number.fract() == 0.0, "{number} is between two dots");
        }
        let page_dots = (100.0 / unit_mm).floor();
        let (bars, modules): (Vec<[f32; 4]>, Vec<[f32; 4]>) =
            drawn.rectangles.iter().partition(|r| r[3] > 30.0 / unit_mm);
        let mut tops: Vec<f32> = bars.iter().map(|b| b[1]).collect();
        tops.dedup();
        assert_eq!(tops.len(), 2, "two linear symbols");
        for top in tops {
            let symbol: Vec<&[f32; 4]> = bars.iter().filter(|b| b[1] == top).collect();
            let module = symbol.iter().map(|b| b[2]).fold(f32::MAX, f32::min);
            assert!(module * unit_mm >= 0.495 && module * unit_mm <= 1.016, "{module}");
            assert!(symbol.iter().all(|b| (b[2] / module).fract() == 0.0 && b[2] / module <= 4.0));
            assert!(symbol.iter().all(|b| b[3] * unit_mm >= 31.749));
            let left = symbol.iter().map(|b| b[0]).fold(f32::MAX, f32::min);
            let right = symbol.iter().map(|b| b[0] + b[2]).fold(0.0, f32::max);
            assert!((right - left) / module == 156.0, "{}", (right - left) / module);
            assert!(left >= 10.0 * module && page_dots - right >= 10.0 * module);
            assert!((top + symbol[0][3]) * unit_mm <= 150.0);
        }
        let module = modules.iter().map(|m| m[3]).fold(f32::MAX, f32::min);
        assert!((0.743..=1.5).contains(&(module * unit_mm)));
        assert!(modules.iter().all(|m| m[3] == module && (m[2] / module).fract() == 0.0));
        let span = |at: usize| {
            let low = modules.iter().map(|m| m[at]).fold(f32::MAX, f32::min);
            modules.iter().map(|m| m[at] + m[at + 2]).fold(0.0, f32::max) - low
        };
        assert!(span(0) == span(1), "the matrix is square");
        let lowest = bars.iter().map(|b| b[1]).fold(f32::MAX, f32::min);
        assert!(modules.iter().all(|m| m[1] + m[3] + module < lowest));
    }
}

#[test]
fn a_label_is_never_scaled_by_the_viewer_and_an_office_paper_may_be() {
    let print = print(Lang::Zh, Dpi::D203);
    let scaling = |bytes: &[u8]| {
        let document = lopdf::Document::load_mem(bytes).unwrap();
        let viewer = document.catalog().unwrap().get(b"ViewerPreferences").unwrap();
        let name = viewer.as_dict().unwrap().get(b"PrintScaling").ok()?;
        Some(name.as_name().unwrap().to_vec())
    };
    let label = carton_labels(&labels(vec![carton(1)]), &print).unwrap();
    assert_eq!(scaling(&label), Some(b"None".to_vec()));
    assert_eq!(scaling(&contract(&order(), &print).unwrap()), None);
    let document = lopdf::Document::load_mem(&label).unwrap();
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let created = document.get_dictionary(info).unwrap().get(b"CreationDate").unwrap();
    assert_eq!(created.as_str().unwrap(), b"D:20261001093000");
}

#[test]
fn long_names_are_wrapped_and_set_smaller_but_never_cut() {
    let name = long_name();
    assert!(name.chars().count() > 300);
    let print = print(Lang::Zh, Dpi::D300);
    let mut order = order();
    order.lines[0].name.clone_from(&name);
    order.factory.name = "广州佰润精细化工科技股份有限公司白云第二分公司".repeat(4);
    let text = letters_of(&saved("order-stress.pdf", &contract(&order, &print).unwrap()));
    assert!(text.contains(&letters(&name)) && text.contains(&order.factory.name));

    let mut list = packing();
    list.cartons[0].contents[0].name.clone_from(&name);
    let text = letters_of(&saved("packing-stress.pdf", &packing_list(&list, &print).unwrap()));
    assert!(text.contains(&letters(&name)));

    // The narrowest place of all, and no Latin letters that would save room.
    let han: String = name.chars().filter(|c| *c > '\u{3000}').cycle().take(300).collect();
    for name in [name.chars().take(300).collect::<String>(), han] {
        let mut label = labels(vec![carton(1), internal(2)]);
        for content in label.cartons.iter_mut().flat_map(|c| &mut c.contents) {
            content.name.clone_from(&name);
        }
        let path = saved("label-stress.pdf", &carton_labels(&label, &print).unwrap());
        assert_eq!(letters_of(&path).matches(&letters(&name)).count(), 2);
        assert_eq!(decoded(&rendered(&path, 300)[0]).len(), 3);
    }
}

#[test]
fn what_cannot_be_printed_is_refused_by_name_and_place() {
    let print = print(Lang::Zh, Dpi::D203);
    let refused_order = |change: fn(&mut Contract)| {
        let mut order = order();
        change(&mut order);
        contract(&order, &print).unwrap_err()
    };
    assert_eq!(
        refused_order(|o| o.lines[1].name = "洗发水😀".into()),
        PaperError::MissingGlyph {
            character: '😀',
            code_point: 0x1F600,
            field: "lines[2].name".into()
        }
    );
    let shown = refused_order(|o| o.buyer.name = "𠮷野".into()).to_string();
    assert!(shown.contains("U+20BB7") && shown.contains("buyer"), "{shown}");
    assert!(matches!(refused_order(|o| o.lines.clear()), PaperError::Empty("lines")));
    assert!(matches!(
        refused_order(|o| o.number = "采购-1".into()),
        PaperError::Symbol { source: symbol::SymbolError::Character { character: '采', .. }, .. }
    ));
    assert!(matches!(
        refused_order(|o| o.lines[0].amount = decimal("1.005")),
        PaperError::Value { field, .. } if field == "lines[1].amount"
    ));
    assert!(matches!(refused_order(|o| o.lines[0].quantity = 0), PaperError::Value { .. }));
    assert!(matches!(
        refused_order(|o| o.lines[0].name = "长".repeat(4000)),
        PaperError::DoesNotFit { field, characters: 4000 } if field == "lines[1].name"
    ));

    let refused_list = |change: fn(&mut PackingList)| {
        let mut list = packing();
        change(&mut list);
        packing_list(&list, &print).unwrap_err()
    };
    assert!(matches!(refused_list(|l| l.cartons[1].first = 16), PaperError::Value { .. }));
    assert!(matches!(refused_list(|l| l.cartons[1].last = 16), PaperError::Value { .. }));
    assert!(matches!(
        refused_list(|l| l.cartons[0].gross_grams = Some(0)),
        PaperError::Value { .. }
    ));
    assert!(matches!(
        refused_list(|l| l.cartons[0].contents[0].pieces_per_carton = i64::MAX),
        PaperError::Value { .. }
    ));
}

#[test]
fn a_lot_that_no_barcode_holds_is_refused_only_where_one_is_asked_for() {
    let print = print(Lang::Zh, Dpi::D203);
    let with_lot = |mut carton: documents::Carton, lot: &str| {
        carton.contents[0].lot = lot.to_owned();
        carton_labels(&labels(vec![carton]), &print)
    };
    let refused = with_lot(carton(7), "L25批1").unwrap_err();
    let PaperError::Lot { carton: 7, source } = &refused else { panic!("{refused:?}") };
    assert_eq!(
        source,
        &standards::LotCodeError::Character {
            lot: "L25批1".into(), character: '批', position: 4
        }
    );
    let shown = refused.to_string();
    assert!(shown.contains("L25批1") && shown.contains('批') && shown.contains("alias"), "{shown}");
    // Without a company prefix there is no GS1 symbol, so the lot is only words.
    assert!(with_lot(internal(7), "L25批1").is_ok());
    assert!(with_lot(carton(7), "?2028-01").is_ok());
}

#[test]
fn a_shop_code_or_a_carton_beyond_the_shipment_gets_no_label() {
    let print = print(Lang::Zh, Dpi::D203);
    let mut shop = carton(1);
    shop.contents[0].gtin = Some(standards::Gtin::parse("2112345678900").unwrap());
    assert!(matches!(
        carton_labels(&labels(vec![shop]), &print),
        Err(PaperError::InStoreCode { gtin }) if gtin == "2112345678900"
    ));
    assert!(matches!(
        carton_labels(&labels(vec![carton(17)]), &print),
        Err(PaperError::Value { .. })
    ));
    let mut long = internal(1);
    long.identity = CartonIdentity::Internal("a-number-of-our-own-that-is-far-too-long".into());
    assert!(matches!(
        carton_labels(&labels(vec![long]), &print),
        Err(PaperError::Symbol { source: symbol::SymbolError::TooWide { .. }, .. })
    ));
}

/// The encoder is proven by a decoder that is not ours, over all code sets and changes.
#[test]
fn code_128_is_read_back_whatever_it_says() {
    let print = print(Lang::En, Dpi::D300);
    for number in ["A1", "ab12345678cd", "1234", "12345", "x-1", "AB99CD", "0000000001", "~}{|z"] {
        let order = Contract { number: number.into(), ..order_en() };
        let path = saved("code128.pdf", &contract(&order, &print).unwrap());
        let page = rendered(&path, 300).remove(0);
        assert_eq!(decoded(&page), [Read { aim: "]C0".into(), data: number.into() }]);
    }
}
