//! Dialogs and readers of the operating system, asked for by the page through the bridge.
//!
//! Knows the names `file.pick`, `file.save`, `file.preview`, `file.open`, `shell.launch`: what the
//! window was started with, and `shell.shown`: that its first data stands there. Refuses to read or
//! write a file's content: commands of `app` do.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

use crate::bridge::failed;
use crate::launch::Launch;
use crate::papers::{self, Papers};

/// What a dialog shows under a name: files with these endings.
#[derive(Debug, Deserialize)]
struct Filter {
    name: String,
    extensions: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Pick {
    #[serde(default)]
    filters: Vec<Filter>,
}

#[derive(Debug, Deserialize)]
struct Save {
    name: String,
    #[serde(default)]
    filters: Vec<Filter>,
}

#[derive(Debug, Deserialize)]
struct AtPath {
    path: PathBuf,
}

/// Answers the names that belong to the shell; nothing for a name that belongs to `app`.
///
/// Runs outside the main thread, which has to draw the dialogs.
pub(crate) fn answer(
    handle: &AppHandle,
    name: &str,
    input: &Value,
) -> Option<Result<Value, app::Error>> {
    Some(match name {
        "file.pick" => read(name, input).map(|pick| pick_file(handle, &pick)),
        "file.save" => read(name, input).map(|save| save_file(handle, &save)),
        "file.preview" => read(name, input).and_then(|at| preview(handle, &at)),
        "file.open" => read(name, input).and_then(|at| open(handle, &at)),
        "shell.launch" => Ok(launched(&handle.state::<Launch>())),
        "shell.shown" => {
            handle.state::<Launch>().shown(std::io::stdout());
            Ok(json!({}))
        }
        _ => return None,
    })
}

/// What the page learns of a start: the file to open, or null.
pub(crate) fn launched(launch: &Launch) -> Value {
    json!({ "file": launch.file })
}

fn pick_file(handle: &AppHandle, pick: &Pick) -> Value {
    let chosen = dialog(handle, &pick.filters).blocking_pick_file().and_then(local);
    json!({ "path": chosen })
}

fn save_file(handle: &AppHandle, save: &Save) -> Value {
    let name = papers::file_name(&save.name);
    let dialog = dialog(handle, &save.filters).set_file_name(name);
    let chosen = dialog.blocking_save_file().and_then(local);
    json!({ "path": chosen })
}

fn preview(handle: &AppHandle, at: &AtPath) -> Result<Value, app::Error> {
    made_here(handle, &at.path)?;
    let id = handle.state::<Papers>().show(&at.path).ok_or_else(|| not_ours(&at.path))?;
    Ok(json!({ "url": papers::url(id) }))
}

/// Opens what a command of this run wrote or what is attached in the workspace, when it is of a kind
/// that is shown and not run.
fn open(handle: &AppHandle, at: &AtPath) -> Result<Value, app::Error> {
    let app = handle.state::<app::App>();
    let known = app.owns_file(&at.path) || app.has_attached(&at.path);
    if !known || !papers::readable(&at.path) {
        return Err(not_ours(&at.path));
    }
    tauri_plugin_opener::open_path(&at.path, None::<&str>).map_err(|cause| {
        app::Error::unavailable("file.no_reader", [("reason", cause.to_string().into())])
    })?;
    Ok(json!({}))
}

/// Refuses a file that no command of this run wrote, so that a page gone wrong can neither read nor
/// start anything of the user's.
fn made_here(handle: &AppHandle, path: &Path) -> Result<(), app::Error> {
    if handle.state::<app::App>().owns_file(path) { Ok(()) } else { Err(not_ours(path)) }
}

fn not_ours(path: &Path) -> app::Error {
    app::Error::refused("file.not_ours", [("path", path.display().to_string().into())])
}

pub(crate) fn read<Input: DeserializeOwned>(
    name: &str,
    input: &Value,
) -> Result<Input, app::Error> {
    // Only a page that does not follow the contract gets here.
    Input::deserialize(input).map_err(|cause| failed(&format!("{name}: {cause}")))
}

fn dialog(handle: &AppHandle, filters: &[Filter]) -> FileDialogBuilder<tauri::Wry> {
    let mut dialog = handle.dialog().file();
    if let Some(window) = handle.get_webview_window(crate::window::LABEL) {
        dialog = dialog.set_parent(&window);
    }
    for filter in filters {
        let extensions: Vec<&str> = filter.extensions.iter().map(String::as_str).collect();
        dialog = dialog.add_filter(&filter.name, &extensions);
    }
    dialog
}

/// The path in a dialog's answer; the URIs of phones do not occur on a desktop.
fn local(path: FilePath) -> Option<PathBuf> {
    path.into_path().ok()
}
