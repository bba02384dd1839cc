//! A person at the window: finds things by what is written on them, types, presses, reads tables.
//!
//! Knows words on buttons, names of fields and the shape of grids. Refuses to know any screen.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::key::Key;

use crate::driver::{PATIENCE, Window};

/// A row of a grid: what stands under each head.
pub(crate) type Row = BTreeMap<String, String>;

/// How often something that is to appear is looked for.
const GLANCE: Duration = Duration::from_millis(50);

const READ_GRID: &str = "
    const grid = document.querySelector('.screen-body .grid');
    if (!grid || grid.querySelector('.cell-wait')) return null;
    const heads = [...grid.querySelectorAll('[role=columnheader]')].map((h) => h.textContent.trim());
    const rows = [...grid.querySelectorAll('.grid-rows [role=row]')];
    const total = grid.querySelector('.grid-totals');
    const read = (row) => Object.fromEntries([...row.querySelectorAll('[role=gridcell]')]
      .map((cell, at) => [heads[at], cell.textContent.trim()]));
    return { rows: rows.map(read), total: total ? read(total) : {} };";

impl Window {
    /// Presses the last button with exactly these words that can be pressed.
    pub(crate) async fn press(&self, words: &str) {
        self.press_in("", words).await;
    }

    /// The same inside an element of a class, such as a dialog.
    pub(crate) async fn press_in(&self, class: &str, words: &str) {
        let inside = match class {
            "" => String::new(),
            class => format!("//*[contains(concat(' ', @class, ' '), ' {class} ')]"),
        };
        let pressable = "self::button or self::a or self::label or @role='menuitem'";
        let path = format!("{inside}//*[{pressable}][normalize-space(.)='{words}']");
        self.click_last(&path, words).await;
    }

    /// Chooses from an open list of choices.
    pub(crate) async fn choose(&self, words: &str) {
        let path = format!(
            "//*[contains(@class, 'ant-select-item-option')][normalize-space(.)='{words}']"
        );
        self.click_last(&path, words).await;
    }

    /// Opens the row of the grid that holds all of these words.
    pub(crate) async fn open_row(&self, words: &[&str]) {
        let holds: Vec<String> =
            words.iter().map(|word| format!("contains(., '{word}')")).collect();
        let holds = holds.join(" and ");
        let path = format!("//*[contains(@class, 'grid-rows')]//*[@role='row'][{holds}]");
        self.click_last(&path, &words.join(" ")).await;
    }

    /// Goes to a screen by its name in the rail, as `screens.ts` has it.
    pub(crate) async fn go(&self, screen: &str) {
        self.find(&format!("a.rail-{screen}"))
            .await
            .click()
            .await
            .expect("the rail can be clicked");
        self.find(&format!("a.rail-{screen}.here")).await;
    }

    /// Goes to a page within a screen by its address.
    pub(crate) async fn visit(&self, address: &str) {
        self.run(&format!("window.location.hash = '/{address}'")).await;
        let (screen, _) = address.split_once('/').unwrap_or((address, ""));
        self.find(&format!("a.rail-{screen}.here")).await;
    }

    /// Puts `text` in the place of what the field holds.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        let all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
        let field = self.find(css).await;
        field.click().await.expect("the field can be clicked");
        field.send_keys(&all).await.expect("the field's text can be chosen");
        field.send_keys(text).await.expect("the field takes text");
        let typed = Instant::now();
        while field.prop("value").await.ok().flatten().as_deref() != Some(text) {
            if typed.elapsed() > PATIENCE {
                let holds = field.prop("value").await;
                self.lost(&format!("`{css}` holds {holds:?} and not `{text}`")).await;
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until an element of that selector shows all of `words`, and returns its text.
    pub(crate) async fn until_shown(&self, css: &str, words: &[&str]) -> String {
        let script = format!(
            "return [...document.querySelectorAll('{css}')].map((found) => found.innerText)"
        );
        let start = Instant::now();
        loop {
            let texts = self.run(&script).await;
            let texts = texts.as_array().cloned().unwrap_or_default();
            let shown = texts.iter().filter_map(|text| text.as_str());
            let fits = |text: &&str| words.iter().all(|word| text.contains(word));
            if let Some(text) = shown.clone().find(fits) {
                return text.to_owned();
            }
            if start.elapsed() > PATIENCE {
                self.lost(&format!("{words:?} is not in `{css}`: {texts:?}")).await;
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until no element of that selector is left.
    pub(crate) async fn until_gone(&self, css: &str) {
        let script = format!("return document.querySelector('{css}') === null");
        self.until_true(&script, &format!("`{css}` is still there")).await;
    }

    /// Waits until a script of the page answers true.
    pub(crate) async fn until_true(&self, script: &str, otherwise: &str) {
        let start = Instant::now();
        while self.run(script).await != true {
            if start.elapsed() > PATIENCE {
                self.lost(otherwise).await;
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until the screen's grid holds what `fits`, and returns its rows and its totals.
    pub(crate) async fn until_grid(
        &self,
        what: &str,
        fits: impl Fn(&[Row], &Row) -> bool,
    ) -> Vec<Row> {
        let start = Instant::now();
        loop {
            let read = self.run(READ_GRID).await;
            let rows: Vec<Row> = serde_json::from_value(read["rows"].clone()).unwrap_or_default();
            let total: Row = serde_json::from_value(read["total"].clone()).unwrap_or_default();
            if !read.is_null() && fits(&rows, &total) {
                return rows;
            }
            if start.elapsed() > PATIENCE {
                self.lost(&format!("{what}: the grid holds {rows:#?}, in all {total:?}")).await;
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Gives the page as much room as a screen of that size does.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.expect("the window can be resized");
    }

    async fn click_last(&self, path: &str, words: &str) {
        let start = Instant::now();
        loop {
            // The page may draw anew between finding and pressing; then it is found again.
            if let Some(found) = self.last_pressable(path).await
                && found.click().await.is_ok()
            {
                return;
            }
            if start.elapsed() > PATIENCE {
                self.lost(&format!("`{words}` cannot be pressed")).await;
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    async fn last_pressable(&self, path: &str) -> Option<Element> {
        let mut found = self.client.find_all(Locator::XPath(path)).await.unwrap_or_default();
        while let Some(element) = found.pop() {
            let shown = element.is_displayed().await.unwrap_or(false);
            if shown && element.is_enabled().await.unwrap_or(false) {
                return Some(element);
            }
        }
        None
    }

    async fn lost(&self, why: &str) -> ! {
        self.picture("not-found").await;
        panic!("{why}; the log:\n{}", self.log());
    }
}
