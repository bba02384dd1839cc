//! The page: its packages, its build, its checks.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::step::{Done, Failed, exec_in, root, step};

/// npm as the system starts it.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// What the page is built from, under ui/.
const SOURCES: &[&str] = &["src", "public", "index.html", "package-lock.json", "vite.config.ts"];

/// Installs the locked packages, unless those of this very lock file are there.
pub(crate) fn packages() -> Done {
    let lock = read(&root().join("ui/package-lock.json"))?;
    let stamp = root().join("ui/node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("npm install", || {
        // Not `npm ci`: it refuses a lock file without every other system's optional packages,
        // which a registry that mirrors only some systems leaves out. This takes the locked
        // versions too and writes nothing but node_modules.
        npm(&["install", "--no-save", "--no-audit", "--no-fund"])?;
        fs::write(&stamp, &lock).map_err(|error| Failed(format!("{}: {error}", stamp.display())))
    })
}

/// Builds ui/dist, unless it is newer than everything it is built from.
pub(crate) fn build() -> Done {
    let ui = root().join("ui");
    let built = fs::metadata(ui.join("dist/index.html")).and_then(|file| file.modified()).ok();
    let changed = SOURCES.iter().filter_map(|source| newest(&ui.join(source))).max();
    if built.is_some() && built > changed {
        return Ok(());
    }
    step("npm run build", || npm(&["run", "build"]))
}

/// Format, lint, types, dead code.
pub(crate) fn check() -> Done {
    step("npm run check", || npm(&["run", "check"]))
}

/// The page's own tests.
pub(crate) fn test() -> Done {
    step("npm test", || npm(&["test"]))
}

fn npm(arguments: &[&str]) -> Done {
    exec_in(Path::new("ui"), NPM, arguments)
}

fn read(path: &Path) -> Result<String, Failed> {
    fs::read_to_string(path).map_err(|error| Failed(format!("{}: {error}", path.display())))
}

fn newest(path: &Path) -> Option<SystemTime> {
    let metadata = fs::metadata(path).ok()?;
    if !metadata.is_dir() {
        return metadata.modified().ok();
    }
    fs::read_dir(path).ok()?.flatten().filter_map(|entry| newest(&entry.path())).max()
}
