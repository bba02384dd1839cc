//! The program's own folder: recent files, papers, printers.

use std::{ffi::OsString, path::PathBuf};

/// Names a folder that takes the place of all the program's own folders: a portable installation,
/// or a run that must not touch the user's.
pub const DATA_DIR_VARIABLE: &str = "PINCANG_DATA_DIR";

/// The program's folder among those of all programs.
const IDENTIFIER: &str = "cn.pincang.desktop";

/// The systems that keep programs' folders in ways of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    Windows,
    Mac,
    Other,
}

const HERE: System = if cfg!(target_os = "windows") {
    System::Windows
} else if cfg!(target_os = "macos") {
    System::Mac
} else {
    System::Other
};

/// The folder set by [`DATA_DIR_VARIABLE`], if any.
pub fn data_dir_override() -> Option<PathBuf> {
    variable(DATA_DIR_VARIABLE).map(PathBuf::from)
}

/// The program's own folder: the one that [`DATA_DIR_VARIABLE`] names, else the system's for data
/// that stay on this computer.
pub fn data_dir() -> PathBuf {
    data_dir_override().unwrap_or_else(|| base(HERE, variable).join(IDENTIFIER))
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

fn base(system: System, variable: impl Fn(&str) -> Option<OsString>) -> PathBuf {
    let of = |name: &str| variable(name).map(PathBuf::from);
    let home = || of("HOME").or_else(|| of("USERPROFILE")).unwrap_or_else(|| ".".into());
    match system {
        // Not the roaming folder: paths of recent files and papers mean nothing elsewhere.
        System::Windows => of("LOCALAPPDATA").unwrap_or_else(|| home().join("AppData/Local")),
        System::Mac => home().join("Library/Application Support"),
        System::Other => of("XDG_DATA_HOME").unwrap_or_else(|| home().join(".local/share")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base_with(system: System, variables: &[(&str, &str)]) -> PathBuf {
        base(system, |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn data_stay_on_this_computer_on_every_system() {
        let windows = [("APPDATA", "roaming"), ("LOCALAPPDATA", "local"), ("USERPROFILE", "me")];
        assert_eq!(base_with(System::Windows, &windows), PathBuf::from("local"));
        assert_eq!(base_with(System::Windows, &windows[2..]), PathBuf::from("me/AppData/Local"));
        let home = [("HOME", "/home/mei"), ("XDG_DATA_HOME", "/data")];
        assert_eq!(base_with(System::Other, &home), PathBuf::from("/data"));
        assert_eq!(base_with(System::Other, &home[..1]), PathBuf::from("/home/mei/.local/share"));
        let mac = PathBuf::from("/home/mei/Library/Application Support");
        assert_eq!(base_with(System::Mac, &home), mac);
    }
}
