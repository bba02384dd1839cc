//! The window: what it is built of and what happens before the page is there.
//!
//! Knows plugins, folders, the second start and the order in which they come up. Refuses to know
//! the page: it is told of a file to open by an event and shows the rest itself.

use std::path::Path;
use std::sync::Arc;

use machine::SystemKeyring;
use tauri::utils::config::AppDirectoriesOverride;
use tauri::{AppHandle, Emitter, Manager, WebviewWindowBuilder};

use crate::bridge::{self, LongCalls};
use crate::files;
use crate::launch::Launch;
use crate::log::{self, Log};
use crate::papers::{self, Papers};

/// The one window's name in `tauri.conf.json`.
pub(crate) const LABEL: &str = "main";

/// The event that gives the page a file named by a second start.
const OPEN: &str = "open";

/// Shows the window and returns when it was closed.
pub(crate) fn run(launch: Launch) -> tauri::Result<()> {
    let mut context = context();
    let mut builder = tauri::Builder::default();
    if let Some(folder) = machine::data_dir_override() {
        // With folders of its own a run is a program of its own: it hands nothing to another.
        context.config_mut().app.app_directories_override =
            Some(AppDirectoriesOverride::Root(folder));
    } else {
        builder =
            builder.plugin(tauri_plugin_single_instance::init(|handle, arguments, folder| {
                second_start(handle, &arguments, Path::new(&folder));
            }));
    }
    builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .manage(LongCalls::default())
        .manage(Papers::default())
        .manage(launch)
        .register_uri_scheme_protocol(papers::SCHEME, |context, request| {
            let origin = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
            context.app_handle().state::<Papers>().respond(&request, origin)
        })
        .invoke_handler(tauri::generate_handler![bridge::call, bridge::cancel, bridge::report])
        .setup(|app| set_up(app.handle()))
        .run(context)
}

/// The configuration, the permissions and the built page, all inside the program.
#[allow(
    clippy::exit,
    reason = "in Tauri's macro, for a configuration that cannot be read; nothing is open then"
)]
fn context() -> tauri::Context {
    tauri::generate_context!()
}

fn set_up(handle: &AppHandle) -> Result<(), Box<dyn std::error::Error>> {
    let log = Arc::new(Log::open(&handle.path().app_log_dir()?)?);
    log.line("start", &format!("pincang-desktop {}", handle.package_info().version));
    log::log_panics(Arc::clone(&log));
    handle.manage(log);
    handle.manage(app::App::new(Box::new(SystemKeyring), machine::data_dir()));
    let config = handle.config().app.windows.iter().find(|window| window.label == LABEL);
    let config = config.ok_or("tauri.conf.json names no main window")?;
    WebviewWindowBuilder::from_config(handle, config)?
        .initialization_script(include_str!("report.js"))
        .build()?;
    Ok(())
}

/// A second start shows the first one's window and hands over the file that it named.
fn second_start(handle: &AppHandle, arguments: &[String], folder: &Path) {
    let second = Launch::from_second(arguments, folder);
    if let Some(window) = handle.get_webview_window(LABEL) {
        // A window manager may refuse; the file still arrives.
        let _ = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    }
    if second.file.is_some() {
        let _ = handle.emit_to(LABEL, OPEN, files::launched(&second));
    }
}
