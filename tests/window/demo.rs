//! The demo workspace from the welcome page, and every screen with something on it.

use crate::driver::Window;

const SCREENS: &[&str] = &[
    "today",
    "goods",
    "production",
    "factories",
    "factories/statements",
    "factories/scorecards",
    "factories/terms",
    "factories/payables",
    "stock",
    "plan",
    "transfers",
    "slow",
    "channels",
    "channels/prices",
    "channels/rules",
    "channels/recompute",
    "importing",
    "journal",
    "sync",
    "settings",
];

#[tokio::test]
async fn the_demo_is_made_and_every_screen_shows_it() {
    let window = Window::open(&["--today", "2026-10-01"]).await;
    window.resize(1280, 800).await;
    window.speak("zh").await;
    let book = window.home.path().join("示例.pincang");
    window.press("6 个货品 · 60 天").await;
    let path = book.to_str().expect("a plain path");
    window.fill(".welcome-cards > section:last-child input.ant-input", path).await;
    window.press("打开示例").await;
    window.until_shown(".job-bar", &["正在生成示例"]).await;
    window.until_shown(".screen-title", &["今日"]).await;
    assert!(book.with_extension("mall.json").is_file(), "its marketplace's scenario is beside it");
    for language in ["zh", "en"] {
        window.speak(language).await;
        for screen in SCREENS {
            match screen.split_once('/') {
                Some(_) => window.visit(screen).await,
                None => window.go(screen).await,
            }
            window.picture(&format!("demo-{}-{language}", screen.replace('/', "-"))).await;
            // A code that has no words shows itself.
            let text = window.run("return document.getElementById('root').innerText").await;
            let text = text.as_str().unwrap_or_default();
            for raw in ["task.", "figure.", "entry.", "kind.", "field.", "{{", "undefined", "NaN"] {
                assert!(!text.contains(raw), "{screen} in {language} shows `{raw}`:\n{text}");
            }
        }
    }
    window.resize(1920, 1080).await;
    for screen in ["today", "plan", "slow"] {
        window.go(screen).await;
        window.picture(&format!("demo-{screen}-large-en")).await;
    }
    let log = window.log();
    assert!(!log.contains(" page-") && !log.contains(" failed "), "the page reported:\n{log}");
    window.close().await;
}
