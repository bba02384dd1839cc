//! A desk as tests use it: a real workspace file, the program on it, secrets in memory.

#![allow(dead_code, reason = "each test file uses its part of this module")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::{Arc, Mutex, atomic::AtomicBool},
};

use app::{App, Error, Progress, Role, Secrets, Session};
use chrono::{Days, NaiveDate};
use domain::{
    Currency, PlaceId, SkuId, Status,
    fact::{SaleKind, SaleSource},
    opening::{LotBook, OpeningAt, OpeningLine},
    sales::{Reported, SalesKnown, SalesOf, Units},
    shelf_life::Dates,
    shop::till_of,
};
use serde_json::{Value, json};
use store::{Opened, Stamp, Workspace, Writer};
use uuid::Uuid;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Secrets that outlive the program, as a keyring's do.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory(Arc<Mutex<HashMap<String, String>>>);

impl Secrets for Memory {
    fn get(&self, name: &str) -> Result<Option<String>, String> {
        Ok(self.0.lock().unwrap().get(name).cloned())
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), String> {
        self.0.lock().unwrap().insert(name.to_owned(), secret.to_owned());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

/// A person at a workspace.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) secrets: Memory,
    pub(crate) dir: tempfile::TempDir,
    pub(crate) today: NaiveDate,
    pub(crate) role: Role,
}

impl Desk {
    /// A new workspace on the day.
    pub(crate) fn new(today: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Memory::default();
        let app = App::new(Box::new(secrets.clone()), dir.path().join("home"));
        let desk = Self { app, secrets, dir, today: day(today), role: Role::Manager };
        let path = desk.file().display().to_string();
        let input = json!({ "path": path, "companyName": "品仓测试", "currency": "CNY" });
        desk.ok("workspace.create", input);
        desk
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.dir.path().join("book.pincang")
    }

    pub(crate) fn call(&self, name: &str, input: Value) -> Result<Value, Error> {
        self.call_with(name, input, &|_| {}, &AtomicBool::new(false))
    }

    pub(crate) fn call_with(
        &self,
        name: &str,
        input: Value,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Value, Error> {
        let now = self.today.and_hms_opt(8, 0, 0).unwrap().and_utc();
        let (today, actor, role) = (self.today, "test".to_owned(), self.role);
        self.app.dispatch(&Session { today, now, actor, role, progress, cancel }, name, input)
    }

    pub(crate) fn ok(&self, name: &str, input: Value) -> Value {
        self.call(name, input).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn refused(&self, name: &str, input: Value) -> Error {
        match self.call(name, input) {
            Ok(answer) => panic!("{name} was not refused: {answer}"),
            Err(error) => error,
        }
    }

    /// Ends the program without a word, and starts it again on the same file.
    pub(crate) fn restart(&mut self) {
        let home = self.dir.path().join("home");
        drop(std::mem::replace(&mut self.app, App::new(Box::new(self.secrets.clone()), home)));
        self.open();
    }

    fn open(&self) {
        let path = self.file().display().to_string();
        self.ok("workspace.open", json!({ "path": path }));
    }

    /// Writes to the file below the commands.
    pub(crate) fn write(&self, act: impl FnOnce(&mut Writer)) {
        self.ok("workspace.close", json!({}));
        let workspace = Workspace::open(&self.file(), Opened::ToWrite).unwrap();
        let recorded_at = self.today.and_hms_opt(7, 0, 0).unwrap().and_utc();
        let stamp = Stamp { actor: "test".to_owned(), recorded_at };
        let written = workspace.write(stamp, |writer| {
            act(writer);
            Ok::<_, store::Error>(())
        });
        written.unwrap();
        drop(workspace);
        self.open();
    }

    pub(crate) fn save_sku(&self, code: &str, carton: i64, aliases: &Value) -> Uuid {
        let fields = json!({
            "code": code, "nameZh": format!("货品{code}"), "nameEn": "", "brand": "", "category": "",
            "spec": "", "gtin": null, "unit": "瓶",
            "carton": { "units": carton, "lengthMm": null, "widthMm": null, "heightMm": null,
                        "grossG": null },
            "shelfLife": { "count": 36, "unit": "months" }, "lifecycle": "core",
            "aliases": aliases,
        });
        let posted = self.ok("sku.save", json!({ "id": null, "fields": fields }));
        id_of(&posted["document"])
    }

    pub(crate) fn save_place(&self, id: Option<Uuid>, fields: &Value) -> Uuid {
        let posted = self.ok("location.save", json!({ "id": id, "fields": fields }));
        id_of(&posted["document"])
    }

    /// Opening stock of lots at a place: (lot or none, made, expires, units, unit cost).
    pub(crate) fn open_stock(&self, place: Uuid, sku: Uuid, lots: &[Lot]) {
        let (place, sku) = (PlaceId(place), SkuId(sku));
        self.write(|writer| {
            let described = writer.place(place).unwrap().unwrap();
            let sku_code = writer.sku(sku).unwrap().unwrap().sku.code;
            let at =
                OpeningAt { place, described: &described, currency: Currency::CNY, batch: None };
            let lines: Vec<OpeningLine> = lots
                .iter()
                .map(|lot| OpeningLine {
                    sku,
                    sku_code: sku_code.clone(),
                    life: None,
                    lot_no: lot.number.map(str::to_owned),
                    dates: Dates { mfg_on: lot.made.map(day), expires_on: lot.expires.map(day) },
                    qty: lot.units,
                    status: Status::Good,
                    unit_cost: lot.cost.map(|cost| cost.parse().unwrap()),
                    received_on: lot.made.map(day),
                })
                .collect();
            let mut book = LotBook::new(writer.known_lots(&[sku]).unwrap());
            let entry = domain::opening::open(&at, &lines, &mut book, &mut Uuid::now_v7).unwrap();
            writer.post(&entry).unwrap();
        });
    }

    /// What a file says a place sold on the days before `until`, that moves nothing.
    pub(crate) fn sold_by_file(&self, place: Uuid, sku: Uuid, until: &str, units: &[i64]) {
        let (place, sku) = (PlaceId(place), SkuId(sku));
        let until = day(until);
        self.write(|writer| {
            for (ago, units) in (1..).zip(units.iter().rev()) {
                let day = until - Days::new(ago);
                let level = Units { units: *units, demand: *units };
                let (listing, kind) = ("file".to_owned(), SaleKind::Sale);
                let (shop, source, currency) = (till_of(place), SaleSource::File, Currency::CNY);
                let of = SalesOf { shop, day, source, batch: None, currency };
                let report = Reported { place, sku, listing, kind, level, told: None };
                let known = SalesKnown::default();
                let entry = domain::sales::post(&of, &[report], known, &mut Uuid::now_v7).unwrap();
                writer.post(&entry).unwrap();
            }
        });
    }

    /// Units by (place, lot), good ones.
    pub(crate) fn stock(&self) -> BTreeMap<(String, String), i64> {
        let input = json!({
            "asOf": null, "by": ["place", "lot"], "filter": "", "sku": null, "place": null,
            "status": null, "sort": { "column": "lot", "descending": false },
        });
        let view = self.ok("stock.open", input);
        let page = json!({ "view": view["view"], "offset": 0, "limit": 1000 });
        let rows = self.ok("stock.page", page);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let key = (text(&row["placeCode"]), text(&row["lotNo"]));
                (key, row["qty"].as_i64().unwrap())
            })
            .collect()
    }

    pub(crate) fn verify(&self) {
        let report = self.ok("verify.run", json!({}));
        assert_eq!((&report["ok"], &report["findings"]), (&json!(true), &json!([])), "{report}");
    }
}

/// A lot of opening stock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lot {
    pub(crate) number: Option<&'static str>,
    pub(crate) made: Option<&'static str>,
    pub(crate) expires: Option<&'static str>,
    pub(crate) units: i64,
    pub(crate) cost: Option<&'static str>,
}

pub(crate) fn id_of(link: &Value) -> Uuid {
    link["id"].as_str().unwrap().parse().unwrap()
}

/// A place's fields with the route of Example A1.
pub(crate) fn place_fields(
    code: &str,
    kind: &str,
    live_from: &str,
    min_share: Option<i64>,
) -> Value {
    json!({
        "code": code, "name": format!("{code}仓"), "kind": kind, "sells": kind != "own",
        "liveFrom": live_from, "address": "",
        "lifeRule": { "minSharePpm": min_share, "minDays": null, "pullDays": 0 },
        "route": { "transitDaysP90": 4, "receiveLagDaysP90": 3, "reviewDays": 7,
                   "targetCoverDays": 30 },
        "partner": null,
    })
}

/// Example A1 on 2026-10-01: the desk, SK001, W0 and P1.
pub(crate) struct A1 {
    pub(crate) desk: Desk,
    pub(crate) sku: Uuid,
    pub(crate) w0: Uuid,
    pub(crate) p1: Uuid,
}

pub(crate) fn a1(min_share_ppm: i64) -> A1 {
    let desk = Desk::new("2026-10-01");
    let sku = desk.save_sku("SK001", 48, &json!([]));
    let live = "2026-10-01";
    let w0 = desk.save_place(None, &place_fields("W0", "own", live, None));
    let p1 = desk.save_place(None, &place_fields("P1", "platform", live, Some(min_share_ppm)));
    let lot = |number, made, expires, units| Lot {
        number: Some(number),
        made: Some(made),
        expires: Some(expires),
        units,
        cost: Some("10.00"),
    };
    desk.open_stock(
        w0,
        sku,
        &[
            lot("L2503A", "2025-03-10", "2028-03-09", 1_000),
            lot("L2509B", "2025-09-05", "2028-09-04", 2_000),
        ],
    );
    let unknown =
        Lot { number: None, made: None, expires: Some("2028-01-15"), units: 120, cost: None };
    desk.open_stock(p1, sku, &[unknown]);
    desk.sold_by_file(p1, sku, live, &[20; 28]);
    A1 { desk, sku, w0, p1 }
}
