//! The search box through `dispatch`.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod trading;

use serde_json::{Value, json};
use trading::{A1, Desk, a1, id_of};

fn find(desk: &Desk, text: &str) -> Vec<Value> {
    desk.ok("search.find", json!({ "text": text })).as_array().unwrap().clone()
}

fn kinds(found: &[Value]) -> Vec<&str> {
    found.iter().map(|one| one["kind"].as_str().unwrap()).collect()
}

fn named(desk: &Desk, code: &str, name: &str) -> String {
    let fields = json!({
        "code": code, "nameZh": name, "nameEn": "", "brand": "清木", "category": "",
        "spec": "30 ml", "gtin": "6901234567892", "unit": "瓶", "carton": null, "shelfLife": null,
        "lifecycle": "core", "aliases": [{ "whose": "MALL", "code": "LST-7788" }],
    });
    let saved = desk.ok("sku.save", json!({ "id": null, "fields": fields }));
    id_of(&saved["document"]).to_string()
}

#[test]
fn goods_are_found_by_code_name_barcode_alias_and_pinyin() {
    let A1 { desk, .. } = a1(400_000);
    let id = named(&desk, "NX30", "烟酰胺亮肤精华");
    for text in ["nx30", "烟酰胺", "yxa", "yanxianan", "6901234567892", "lst-77", "亮肤 nx"] {
        let found = find(&desk, text);
        assert_eq!(found[0]["id"], json!(id), "{text}: {found:?}");
        assert_eq!(found[0]["title"], "NX30");
        assert_eq!(found[0]["name"]["zh"], "烟酰胺亮肤精华");
        assert_eq!(found[0]["subtitle"], "30 ml · 清木");
    }
    assert_eq!(find(&desk, "yxb"), [] as [Value; 0]);
    assert_eq!(find(&desk, "   "), [] as [Value; 0]);
}

#[test]
fn everything_that_people_call_by_a_name_is_found() {
    let A1 { desk, sku, w0, p1 } = a1(400_000);
    let factory = json!({
        "code": "GZ", "name": "广州代工厂", "kind": "factory", "taxNo": "", "address": "",
        "contact": "陈工", "phone": "",
    });
    let factory =
        id_of(&desk.ok("partner.save", json!({ "id": null, "fields": factory }))["document"]);
    let order = json!({
        "id": null, "factory": factory, "deliverTo": w0, "promisedOn": null, "terms": "",
        "overTolerancePpm": 0, "lines": [{ "sku": sku, "qty": 10 }], "unitPrices": ["1"],
    });
    let order = id_of(&desk.ok("order.save", order));
    desk.ok("order.issue", json!({ "id": order }));
    let lot = find(&desk, "L2503A").remove(0);
    assert_eq!(lot["kind"], "lot");
    assert_eq!(lot["subtitle"], "SK001 · 2028-03-09");
    assert_eq!(lot["name"], json!({ "zh": "货品SK001", "en": "" }));

    let line = json!({ "sku": sku, "lot": lot["id"], "qty": 96 });
    let draft = json!({ "id": null, "from": w0, "to": p1, "note": "", "lines": [line] });
    let transfer = id_of(&desk.ok("transfer.save", draft));
    desk.ok("transfer.approve", json!({ "id": transfer, "overrideReason": null }));
    desk.ok("transfer.pack", json!({ "id": transfer }));

    let found = find(&desk, "po-a-2026-0001");
    assert_eq!((kinds(&found), &found[0]["id"]), (vec!["order"], &json!(order)));
    let found = find(&desk, "TR-A");
    assert_eq!((kinds(&found), &found[0]["id"]), (vec!["transfer"], &json!(transfer)));
    let found = find(&desk, "ct-a-000002");
    assert_eq!((kinds(&found), &found[0]["id"]), (vec!["carton"], &json!(transfer)));
    assert_eq!(found[0]["subtitle"], "TR-A-2026-0001 · 2/2 · W0 → P1");
    assert_eq!(find(&desk, "CT-A").len(), 1, "one row a transfer, not one a carton");
    assert_eq!(kinds(&find(&desk, "gzdgc")), ["partner"]);
    let found = find(&desk, "p1");
    assert_eq!((found[0]["kind"].as_str(), &found[0]["id"]), (Some("location"), &json!(p1)));
}

#[test]
fn a_whole_code_comes_before_its_beginning_and_the_list_ends() {
    let desk = Desk::new("2026-10-01");
    for number in 0..40 {
        desk.save_sku(&format!("A{number}"), 10, &json!([]));
    }
    let found = find(&desk, "a1");
    assert_eq!(found[0]["title"], "A1");
    assert_eq!(found.len(), 11, "A1 and A10 to A19");
    assert_eq!(find(&desk, "货品").len(), 30);
}
