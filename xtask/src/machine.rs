//! What has to be on the machine, and how it gets there.
//!
//! Knows Debian's package names. Installs on Debian and its children; everywhere else it names what
//! is missing and how to get it.

use std::process::Command;

use crate::step::{Done, Failed, finish, on_path, output, root, step};

/// To build the command line programs.
pub(crate) const TO_COMPILE: &[&str] = &["build-essential", "pkg-config"];

/// To build and show the window.
pub(crate) const FOR_THE_WINDOW: &[&str] = &[
    "build-essential",
    "pkg-config",
    "file",
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "fonts-noto-cjk",
];

/// To show the window where there is no screen, or where nobody should see it.
pub(crate) const FOR_NO_SCREEN: &[&str] = &["xvfb", "xauth"];

/// To drive the window with a keyring of its own, and to look at papers.
pub(crate) const FOR_TESTS: &[&str] = &[
    "webkit2gtk-driver",
    "dbus-daemon",
    "dbus-bin",
    "gnome-keyring",
    "poppler-utils",
    "qpdf",
    "python3-venv",
];

/// Python packages that read bar codes back, as the tests import and as pip names them.
const PYTHON: &[(&str, &str)] = &[("zxingcpp", "zxing-cpp"), ("PIL", "pillow"), ("numpy", "numpy")];

const NODE_MAJOR_MIN: u32 = 20;

/// Installs Debian packages that are not there yet; elsewhere says what to install.
pub(crate) fn packages(wanted: &[&str]) -> Done {
    if cfg!(windows) {
        println!(
            "Needed on Windows, if a build says that they are missing: the Visual Studio Build \
             Tools with \"Desktop development with C++\" \
             (https://visualstudio.microsoft.com/visual-cpp-build-tools/) and, before Windows 11, \
             the WebView2 runtime (https://developer.microsoft.com/microsoft-edge/webview2/)."
        );
        return Ok(());
    }
    if cfg!(target_os = "macos") {
        if output("xcode-select", &["-p"]).is_none() {
            return Err(Failed(
                "Xcode's command line tools are missing: run \
                               `xcode-select --install`"
                    .into(),
            ));
        }
        return Ok(());
    }
    if on_path("apt-get").is_none() {
        println!(
            "Not a Debian system: see to it that what these Debian packages hold is installed: {}",
            wanted.join(" ")
        );
        return Ok(());
    }
    let missing: Vec<&str> = wanted.iter().copied().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    step(&format!("apt-get install {}", missing.join(" ")), || {
        apt(&["update"])?;
        let install = ["install", "--yes", "--no-install-recommends"];
        apt(&[&install[..], &missing[..]].concat())
    })
}

fn installed(package: &str) -> bool {
    let status = output("dpkg-query", &["--show", "--showformat=${db:Status-Abbrev}", package]);
    status.is_some_and(|status| status.starts_with("ii"))
}

fn apt(arguments: &[&str]) -> Done {
    let root_user = output("id", &["-u"]).is_some_and(|id| id == "0");
    if !root_user && on_path("sudo").is_none() {
        let words = arguments.join(" ");
        return Err(Failed(format!("run `apt-get {words}` as root, then try again")));
    }
    let mut command = if root_user { Command::new("apt-get") } else { Command::new("sudo") };
    if !root_user {
        command.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
    }
    // Another apt may be at work, as on a machine that has just started.
    command.args(["-o", "DPkg::Lock::Timeout=300"]).args(arguments);
    finish(command.env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Refuses to go on without Node, which is no system package of the right age on Debian 12.
pub(crate) fn node() -> Done {
    let version = output("node", &["--version"]);
    let major: Option<u32> = version
        .as_deref()
        .and_then(|version| version.trim_start_matches('v').split('.').next()?.parse().ok());
    let advice = format!(
        "get Node {NODE_MAJOR_MIN} or newer, npm included, from https://nodejs.org/en/download \
         or from your system's packages"
    );
    match major {
        None => Err(Failed(format!("Node is missing: {advice}"))),
        Some(major) if major < NODE_MAJOR_MIN => {
            Err(Failed(format!("Node {major} is too old: {advice}")))
        }
        Some(_) if on_path(crate::ui::NPM).is_none() => {
            Err(Failed(format!("npm is missing: {advice}")))
        }
        Some(_) => Ok(()),
    }
}

/// Whether there is a screen to open a window on.
pub(crate) fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// A Python of our own under target/, with what reads bar codes back from printed pages.
pub(crate) fn python() -> Done {
    // Where the tests look for it, wherever builds go.
    let venv = root().join("target/venv");
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let modules: Vec<&str> = PYTHON.iter().map(|(module, _)| *module).collect();
    let import = format!("import {}", modules.join(", "));
    if output(&python, &["-c", &import]).is_some() {
        return Ok(());
    }
    step("Python packages that read bar codes", || {
        let system = if cfg!(windows) { "python" } else { "python3" };
        // One made by a Python that is gone is made anew.
        finish(Command::new(system).args(["-m", "venv", "--clear"]).arg(&venv))?;
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        finish(pip.args(PYTHON.iter().map(|(_, package)| *package)))
    })
}

/// What stands between the window and the test: tauri-driver, built once into target/tools.
pub(crate) fn tauri_driver() -> Done {
    let tools = root().join("target/tools");
    if tools.join("bin/tauri-driver").is_file() {
        return Ok(());
    }
    step("tauri-driver", || {
        let mut install = Command::new(env!("CARGO"));
        install.args(["install", "tauri-driver", "--version", "^2", "--locked", "--root"]);
        finish(install.arg(tools))
    })
}
