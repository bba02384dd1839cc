//! Builds what Tauri needs at compile time: the permissions of our own commands, icons, manifests.

use std::path::Path;

/// Our commands, declared so that each needs a permission in `tauri.conf.json`; undeclared ones
/// would be open to every window.
const COMMANDS: &[&str] = &["call", "cancel", "report"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=ui/dist");
    // A config given by environment names its own frontend.
    if std::env::var_os("TAURI_CONFIG").is_none() && !Path::new("ui/dist/index.html").is_file() {
        return Err(
            "ui/dist is missing: run `cargo xtask ui` (or `npm ci && npm run build` in ui/) \
                    before building the desktop window"
                .into(),
        );
    }
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes).map_err(|error| format!("{error:#}"))?;
    Ok(())
}
