//! The window itself: it starts, looks as it should, and keeps what it should not do from the page.

use std::net::TcpListener;

use serde_json::json;

use crate::driver::Window;

#[tokio::test]
async fn the_window_starts_styled_in_chinese_and_within_its_policy() {
    let window = Window::open(&["--today", "2026-10-01"]).await;
    window.find("button.ant-btn").await;
    window.speak("en").await;
    window.picture("welcome-en").await;
    window.speak("zh").await;
    window.picture("welcome-zh").await;

    // Without its styles a button is square and takes the system's font.
    let style = window
        .run(
            "const style = getComputedStyle(document.querySelector('button.ant-btn'));
             return [style.borderTopLeftRadius, style.cursor, style.display]",
        )
        .await;
    assert_ne!(style[0], "0px", "antd's styles did not arrive: {style}");
    assert_eq!(style[1], "pointer", "antd's styles did not arrive: {style}");

    let log = window.log();
    assert!(!log.contains(" page-"), "the page reported:\n{log}");
    window.close().await;
}

#[tokio::test]
async fn the_page_works_on_the_day_it_was_started_for() {
    let window = Window::open(&["--today", "2026-10-01"]).await;
    let status = window.call("workspace.status", &json!({})).await;
    assert_eq!(status["ok"]["today"], "2026-10-01", "{status}");
    window.close().await;
}

#[tokio::test]
async fn the_page_reaches_the_bridge_and_nothing_beside_it() {
    let window = Window::open(&[]).await;

    let unknown = window.call("no.such.command", &json!({})).await;
    assert!(unknown["error"]["code"].is_string(), "an error with a code: {unknown}");
    assert!(unknown["error"]["kind"].is_string(), "an error of a kind: {unknown}");

    for refused in [
        "invoke('plugin:dialog|open', { options: {} })",
        "invoke('plugin:fs|read_text_file', { path: '/etc/hostname' })",
        "invoke('plugin:opener|open_path', { path: '/etc/hostname' })",
        "invoke('plugin:window|close', { label: 'main' })",
        "invoke('plugin:event|emit', { event: 'changed', payload: [] })",
        "invoke('plugin:webview|create_webview_window', { options: { label: 'second' } })",
    ] {
        let answer = window.settle(&format!("window.__TAURI_INTERNALS__.{refused}")).await;
        assert!(answer.get("error").is_some(), "{refused} answered {answer}");
    }
    assert_eq!(window.run("return typeof window.__TAURI__").await, "undefined");

    for path in ["/etc/hostname", "/etc/../etc/hostname"] {
        for name in ["file.open", "file.preview"] {
            let answer = window.call(name, &json!({ "path": path })).await;
            assert_eq!(answer["error"]["code"], "file.not_ours", "{name} {path}: {answer}");
        }
    }
    window.close().await;
}

#[tokio::test]
async fn the_policy_lets_nothing_out_and_nothing_foreign_in() {
    let outside = TcpListener::bind("127.0.0.1:0").expect("a listener");
    outside.set_nonblocking(true).expect("a listener that can be asked");
    let port = outside.local_addr().expect("an address").port();
    let window = Window::open(&[]).await;

    let answer = window.settle(&format!("fetch('http://127.0.0.1:{port}/stock')")).await;
    assert!(answer.get("error").is_some(), "fetch answered {answer}");
    window.until_logged("page-policy connect-src").await;

    window.run(&format!("new Image().src = 'http://127.0.0.1:{port}/pixel.png'")).await;
    window.until_logged("page-policy img-src").await;

    window
        .run(&format!(
            "const script = document.createElement('script');
             script.src = 'http://127.0.0.1:{port}/evil.js';
             document.head.append(script);"
        ))
        .await;
    window.until_logged("page-policy script-src").await;

    window
        .run(
            "const inline = document.createElement('script');
             inline.textContent = 'window.inlineRan = true';
             document.head.append(inline);",
        )
        .await;
    assert_eq!(window.run("return window.inlineRan ?? false").await, false);
    assert!(outside.accept().is_err(), "something connected to the outside");
    window.close().await;
}

#[tokio::test]
async fn a_paper_that_was_not_made_in_this_run_is_not_served() {
    let window = Window::open(&[]).await;
    let answer =
        window.settle("fetch('paper://localhost/0').then((response) => response.status)").await;
    assert_eq!(answer["ok"], 404, "{answer}");
    window.close().await;
}

#[tokio::test]
async fn what_goes_wrong_in_the_page_stands_in_the_log() {
    let window = Window::open(&[]).await;
    window.run("setTimeout(() => { throw new Error('canary-error') })").await;
    window.until_logged("page-error Error: canary-error").await;
    window.run("Promise.reject(new Error('canary-rejection'))").await;
    window.until_logged("page-rejection Error: canary-rejection").await;
    window.close().await;
}
