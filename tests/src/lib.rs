//! What the tests of the whole share: where things lie and how programs are started.
//!
//! Knows folders and files of the repository. Refuses to know what any test is about.

pub mod a1;
#[cfg(target_os = "linux")]
pub mod keyring;

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository")
}

/// A file of the repository as text.
pub fn text(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Files under `folder` whose name ends with one of `endings`, sorted, named from the root; what
/// builds and package managers leave behind is passed by.
pub fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    const PASSED_BY: &[&str] = &["target", "node_modules", "dist", "gen", "output", ".git"];
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() && !PASSED_BY.contains(&name.as_str()) {
                folders.push(path);
            } else if path.is_file() && endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path.strip_prefix(root()).expect("under the root").to_owned());
            }
        }
    }
    found.sort();
    found
}

/// A program of this workspace, beside the running test. `cargo test --workspace` builds it,
/// because its package has a test of its own.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test knows itself");
    let folder = test.ancestors().nth(2).expect("target/debug/deps/test");
    let program = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        program.is_file(),
        "{} is missing: run `cargo test --workspace`, or build it by `cargo build --bin {name}`",
        program.display()
    );
    program
}

/// The folder of official vectors and data sets beside the repository, or where the variable
/// `PINCANG_SHARED` says. Nothing when it is not there, which is said once on stderr; with `CI` set
/// that is a failure.
pub fn shared() -> Option<PathBuf> {
    let folder =
        std::env::var_os("PINCANG_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
    eprintln!("left out: the reference data are not in {}", folder.display());
    None
}
