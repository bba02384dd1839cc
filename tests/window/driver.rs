//! A window of its own for each test: folders, ports and processes that nothing else shares.
//!
//! Knows tauri-driver, the system's web driver and how to clean up after both. Refuses to know the
//! screens.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use journeys::keyring::{BUS_VARIABLE, Keyring};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

/// A loaded machine is slow; a test that waits this long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Two windows at once on two cores only make each other slow.
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// A running window and everything that belongs to it.
pub(crate) struct Window {
    /// What the test types, clicks and reads with.
    pub(crate) client: Client,
    driver: Driver,
    _keyring: Keyring,
    /// The program's folders; also the place for a test's own files. Removed after the programs.
    pub(crate) home: TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Window {
    /// Starts the program with `arguments` in folders of its own and waits for the page.
    pub(crate) async fn open(arguments: &[&str]) -> Self {
        let turn = ONE_AT_A_TIME.lock().await;
        let home = tempfile::tempdir().expect("a folder for the test");
        let keyring = Keyring::start(home.path());
        let driver = Driver::start(home.path(), &keyring);
        let client = driver.connect(arguments).await;
        let window = Self { client, driver, _keyring: keyring, home, _turn: turn };
        window.find("#root *").await;
        window
    }

    /// Ends the program and starts it again on the same folders, as on another day.
    pub(crate) async fn restart(self, arguments: &[&str]) -> Self {
        self.client.clone().close().await.expect("the window closes");
        let client = self.driver.connect(arguments).await;
        let window = Self { client, ..self };
        window.find("#root *").await;
        window
    }

    /// The first element that `css` names, as soon as there is one.
    pub(crate) async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => {
                self.picture("not-found").await;
                panic!("`{css}` is not in the window: {error}; the log:\n{}", self.log());
            }
        }
    }

    /// Switches the page to `zh` or `en` by its own switch.
    pub(crate) async fn speak(&self, language: &str) {
        // What the switch says is the language that it leads to.
        let word = if language == "zh" { "中文" } else { "EN" };
        let switch = format!("//button[translate(., ' ', '')='{word}']");
        let spoken = format!("return document.documentElement.lang.startsWith('{language}')");
        let start = Instant::now();
        while self.run(&spoken).await != true {
            assert!(start.elapsed() < PATIENCE, "the page does not speak {language}");
            // It stands there as soon as the page knows whether a workspace is open.
            if let Ok(switch) = self.client.find(Locator::XPath(&switch)).await {
                let _ = switch.click().await;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What `script` returns, run inside the page.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.expect("the script runs")
    }

    /// What the promise in `expression` ends with: `{ "ok": … }` or `{ "error": … }`.
    pub(crate) async fn settle(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const tell = (error) => done({{ error: error instanceof Error ? String(error) : error }});
             try {{ Promise.resolve({expression}).then((ok) => done({{ ok: ok ?? null }}), tell); }}
             catch (error) {{ tell(error); }}"
        );
        self.client.execute_async(&script, Vec::new()).await.expect("the script ends")
    }

    /// A call over the bridge, as the page makes it.
    pub(crate) async fn call(&self, name: &str, input: &Value) -> Value {
        // A number that the page itself, which counts from one, does not come to.
        let number = u32::MAX;
        let arguments = json!({
            "load": 0, "number": number, "name": name, "input": input,
            "progress": "__CHANNEL__:0",
        });
        self.settle(&format!("window.__TAURI_INTERNALS__.invoke('call', {arguments})")).await
    }

    /// What the program wrote to its log so far.
    pub(crate) fn log(&self) -> String {
        let path = self.home.path().join("data/logs/pincang.log");
        std::fs::read_to_string(path).unwrap_or_default()
    }

    /// Waits until the log holds `text`.
    pub(crate) async fn until_logged(&self, text: &str) {
        let start = Instant::now();
        while !self.log().contains(text) {
            assert!(start.elapsed() < PATIENCE, "`{text}` is not in the log:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Keeps what the window shows as `target/screenshots/NAME.png`.
    pub(crate) async fn picture(&self, name: &str) {
        let folder = root().join("target/screenshots");
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        self.drawn().await;
        let taking = tokio::time::timeout(PATIENCE, self.client.screenshot()).await;
        let png = taking.expect("the driver takes a picture in time").expect("a picture");
        std::fs::write(folder.join(format!("{name}.png")), png).expect("writes the picture");
    }

    /// Waits a while for what is still on its way, then for two frames, so that a picture shows
    /// what a person would see. A page that never comes to rest is pictured as it is.
    async fn drawn(&self) {
        let waiting = "document.querySelector('.loading, .ant-skeleton, .cell-wait')";
        let script = format!(
            "new Promise((done) => {{
               const until = performance.now() + 5000;
               const look = () => {waiting} && performance.now() < until
                 ? setTimeout(look, 30)
                 : requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)));
               look();
             }})"
        );
        self.settle(&script).await;
    }

    /// Closes the window and, with it, the program.
    pub(crate) async fn close(self) {
        let Self { client, driver, .. } = self;
        client.close().await.expect("the window closes");
        drop(driver);
    }
}

/// tauri-driver, the web driver that it starts, and the program that that one starts.
struct Driver {
    process: Child,
    port: u16,
    native_port: u16,
}

impl Driver {
    fn start(home: &Path, keyring: &Keyring) -> Self {
        assert!(
            std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some(),
            "there is no display: run `cargo xtask test`, or this test alone by \
             `xvfb-run -a -s '-screen 0 1920x1200x24' cargo test --test window`"
        );
        let native = on_path("WebKitWebDriver")
            .expect("WebKitWebDriver is missing: `apt-get install webkit2gtk-driver`");
        let (port, native_port) = (free_port(), free_port());
        let mut command = Command::new(tauri_driver());
        command
            .args(["--port", &port.to_string(), "--native-port", &native_port.to_string()])
            .arg("--native-driver")
            .arg(native)
            .env("PINCANG_DATA_DIR", home.join("data"))
            .env("XDG_DATA_HOME", home.join("xdg-data"))
            .env("XDG_CACHE_HOME", home.join("xdg-cache"))
            .env("XDG_CONFIG_HOME", home.join("xdg-config"))
            // Not the accessibility bus, the keyring and the window of the person at this machine.
            .env("NO_AT_BRIDGE", "1")
            .env(BUS_VARIABLE, keyring.address())
            // With it set the web driver never answers a request for a picture.
            .env_remove("WEBKIT_DISABLE_DMABUF_RENDERER")
            .stdout(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let process = command.spawn().expect("tauri-driver starts");
        Self { process, port, native_port }
    }

    async fn connect(&self, arguments: &[&str]) -> Client {
        let options =
            json!({ "application": env!("CARGO_BIN_EXE_pincang-desktop"), "args": arguments });
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("browserName".into(), "wry".into());
        capabilities.insert("tauri:options".into(), options);
        // In this order: a request that finds tauri-driver without the driver behind it hangs.
        until_listening(self.native_port).await;
        until_listening(self.port).await;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let builder = builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{}", self.port);
        let connecting = builder.connect(&address);
        let connected = tokio::time::timeout(PATIENCE, connecting).await;
        connected.expect("the program answers the web driver").expect("the program starts")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The group: the web driver and the program do not end with tauri-driver.
        #[cfg(unix)]
        let _ =
            Command::new("kill").args(["-KILL", "--", &format!("-{}", self.process.id())]).status();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn tauri_driver() -> PathBuf {
    let own = root().join("target/tools/bin/tauri-driver");
    if own.is_file() {
        return own;
    }
    on_path("tauri-driver").expect(
        "tauri-driver is missing: run `cargo xtask test`, or \
         `cargo install tauri-driver --version ^2 --locked --root target/tools`",
    )
}

fn on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|file| file.is_file())
}

async fn until_listening(port: u16) {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < PATIENCE, "nothing listens on port {port}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
