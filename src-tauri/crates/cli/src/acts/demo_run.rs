//! The main job from import to papers without a window, told step by step.

use std::fmt::Write as _;

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};

use crate::{
    Answer,
    acts::demo::{SEED, play, write},
    desk::{Desk, absolute},
    failure::Failure,
    find::text,
};

/// A token that only this run and its marketplace know of; it guards demo data on this machine.
const TOKEN: &str = "demo-run";

/// A marketplace that ends with this run.
struct Mall {
    child: Child,
    url: String,
}

impl Drop for Mall {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Mall {
    /// Starts the `pincang-mall` that lies beside this program.
    fn start(folder: &Path, desk: &Desk) -> Result<Self, Failure> {
        let own = std::env::current_exe().map_err(|error| Failure::file(folder, &error))?;
        let program =
            own.with_file_name("pincang-mall").with_extension(std::env::consts::EXE_EXTENSION);
        if !program.is_file() {
            return Err(Failure::Outside(format!(
                "{} is missing: `cargo build -p mall`, or name a running one by --mall URL",
                program.display()
            )));
        }
        let mut child = Command::new(&program)
            .arg("--dir")
            .arg(folder.join("mall"))
            .arg("--scenario")
            .arg(folder.join("main-job.mall.json"))
            .args(["--port", "0", "--advance-to", &desk.today.to_string()])
            .env("PINCANG_MALL_TOKEN", TOKEN)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::file(&program, &error))?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            let read = BufReader::new(out).read_line(&mut line);
            read.map_err(|error| Failure::file(&program, &error))?;
        }
        let mut mall = Self { child, url: String::new() };
        let told: Value = serde_json::from_str(&line).map_err(|_| {
            Failure::Outside(format!("{} did not say where it listens", program.display()))
        })?;
        mall.url = text(&told["url"]);
        Ok(mall)
    }
}

/// Runs the main job in `out` and tells it.
pub(super) fn run(desk: &Desk, out: &Path, mall: Option<String>) -> Result<Answer, Failure> {
    let folder = absolute(out)?;
    clear(&folder)?;
    let story = demo::build(SEED, desk.today, demo::Size::Tiny);
    write(&folder.join("main-job.mall.json"), &story.scenario.to_string())?;
    let (url, running) = if let Some(url) = mall {
        (url, None)
    } else {
        let mall = Mall::start(&folder, desk)?;
        (mall.url.clone(), Some(mall))
    };
    let here = match &running {
        Some(_) => desk.with_token(TOKEN.to_owned()),
        None => desk.with_token(desk.token.clone().unwrap_or_default()),
    };
    let file = folder.join("main-job.pincang");
    desk.say(&format!("== import, orders, transfers: {}", file.display()));
    play(&here, &file, &story, &url)?;
    let job = Job { desk: &here, folder: &folder };
    let told = job.tell();
    drop(running);
    told
}

/// Removes what an earlier run left, and nothing else.
fn clear(folder: &Path) -> Result<(), Failure> {
    for name in ["main-job.pincang", "main-job.pincang-wal", "main-job.pincang-shm"] {
        match std::fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Failure::file(&folder.join(name), &error));
            }
            _ => {}
        }
    }
    let mall = folder.join("mall");
    match std::fs::remove_dir_all(&mall) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::file(&mall, &error))
        }
        _ => Ok(()),
    }
}

struct Job<'a> {
    desk: &'a Desk,
    folder: &'a Path,
}

impl Job<'_> {
    fn tell(&self) -> Result<Answer, Failure> {
        let sold = self.desk.call("sync.run", json!({ "shop": null }))?;
        self.desk.say(&format!(
            "== sales from the marketplace: {} orders, {} units posted",
            sold["orders"], sold["postedUnits"]
        ));
        let (transfer, lines) = self.draft_best()?;
        let id = json!({ "id": transfer });
        let step = |name: &str, more: Value| {
            let mut input = more;
            input["id"] = transfer.clone();
            self.desk.call(name, input)
        };
        let approved = step("transfer.approve", json!({ "overrideReason": null }))?;
        let number = text(&approved["document"]["label"]);
        self.desk.say(&format!("== approved {number}"));
        step("transfer.pack", json!({}))?;
        let papers = self.papers(&transfer)?;
        step("transfer.ship", json!({ "shippedOn": null, "carrier": "", "tracking": "" }))?;
        let card = self.desk.call("transfer.get", id)?;
        let all = card["inTransit"].as_array().into_iter().flatten();
        let all = all.map(|one| json!({ "lot": one["lot"], "qty": one["qty"], "status": "good" }));
        let all: Vec<Value> = all.collect();
        step("transfer.arrive", json!({ "arrivedOn": null, "lines": all }))?;
        step("transfer.close", json!({}))?;
        self.desk.say(&format!("== packed, shipped, arrived and closed: {lines} lines"));
        let proof = self.desk.call("verify.run", Value::Null)?;
        let mut shown = format!(
            "== the ledger {}: {} entries, {} moves\n\nworkspace  {}\n",
            if proof["ok"] == true { "proves itself" } else { "DOES NOT prove itself" },
            proof["entries"],
            proof["moves"],
            self.folder.join("main-job.pincang").display()
        );
        for paper in &papers {
            let _ = writeln!(shown, "{:<11}{}", paper.0, paper.1.display());
        }
        if proof["ok"] != true {
            return Err(Failure::Outside(shown));
        }
        let paths: Vec<&PathBuf> = papers.iter().map(|(_, path)| path).collect();
        let json = json!({
            "transfer": number, "synced": sold, "verify": proof, "papers": paths,
        });
        Ok(Answer::new(json, shown))
    }

    /// Drafts what the plan says for the place to which it sends most.
    fn draft_best(&self) -> Result<(Value, usize), Failure> {
        let plan = self.desk.call("plan.run", json!({ "source": null }))?;
        let lines = plan["lines"].as_array().map(Vec::as_slice).unwrap_or_default();
        let units = |line: &Value| line["units"].as_i64().unwrap_or(0);
        let route = |line: &Value| (line["source"].clone(), line["place"].clone());
        let total = |of: &Value| -> i64 {
            lines.iter().filter(|line| route(line) == route(of)).map(units).sum()
        };
        let best = lines.iter().filter(|line| units(line) > 0).max_by_key(|line| total(line));
        let best = best.ok_or_else(|| app::Error::refused("plan.nothing_to_send", []))?;
        let sent: Vec<&Value> =
            lines.iter().filter(|line| route(line) == route(best) && units(line) > 0).collect();
        self.desk.say(&format!(
            "== the plan sends {} units to {}:",
            total(best),
            text(&best["placeCode"])
        ));
        let mut goods = Vec::new();
        for line in &sent {
            self.desk.say(&format!(
                "   {} {} units ({} cartons), {} a day, cover {} days",
                text(&line["skuCode"]),
                line["units"],
                line["cartons"],
                text(&line["ratePerDay"]),
                text(&line["coverDays"])
            ));
            for lot in line["lots"].as_array().into_iter().flatten() {
                goods.push(json!({ "sku": line["sku"], "lot": lot["lot"], "qty": lot["qty"] }));
            }
        }
        let input = json!({
            "id": null,
            "from": best["source"],
            "to": best["place"],
            "lines": goods,
            "note": "",
        });
        let draft = self.desk.call("transfer.save", input)?;
        Ok((draft["id"].clone(), sent.len()))
    }

    fn papers(&self, transfer: &Value) -> Result<Vec<(&'static str, PathBuf)>, Failure> {
        let kinds = [
            ("packing_list", "packing", "packing-list.pdf"),
            ("carton_label", "labels", "carton-labels.pdf"),
        ];
        let mut papers = Vec::new();
        for (kind, name, file) in kinds {
            papers.push((name, self.paper(kind, transfer, file)?));
        }
        let orders = self.desk.call("order.list", Value::Null)?;
        let issued = |order: &&Value| order["state"] == "accepted" || order["state"] == "issued";
        if let Some(order) = orders.as_array().into_iter().flatten().find(issued) {
            papers.push(("order", self.paper("order", &order["id"], "order.pdf")?));
        }
        Ok(papers)
    }

    fn paper(&self, kind: &str, id: &Value, file: &str) -> Result<PathBuf, Failure> {
        let input = json!({
            "kind": kind,
            "id": id,
            "lang": self.desk.language().word(),
            "out": self.folder.join(file),
            "dpi": 203,
        });
        Ok(text(&self.desk.call("paper.print", input)?["path"]).into())
    }
}
