//! A Secret Service for one test, on a bus of its own.
//!
//! Knows dbus-daemon and gnome-keyring. Refuses the keyring of the person at this machine: a
//! program started with [`Keyring::address`] cannot reach it.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The environment variable by which programs find a bus.
pub const BUS_VARIABLE: &str = "DBUS_SESSION_BUS_ADDRESS";

/// A running bus with an open keyring; both end with it.
pub struct Keyring {
    address: String,
    processes: Vec<Child>,
}

impl Keyring {
    /// Starts both in folders under `home`.
    pub fn start(home: &Path) -> Self {
        let home = home.join("keyring");
        std::fs::create_dir_all(&home).expect("a folder for the keyring");
        let config = home.join("bus.conf");
        // No folder of services: nothing but our own daemon may answer.
        let text = format!(
            "<busconfig><type>session</type><listen>unix:path={}</listen>\
             <policy context=\"default\"><allow send_destination=\"*\"/><allow receive_sender=\"*\"/>\
             <allow own=\"*\"/></policy></busconfig>",
            home.join("bus").display()
        );
        std::fs::write(&config, text).expect("writes the bus's configuration");

        let mut bus = Command::new("dbus-daemon")
            .args(["--nofork", "--print-address=1", "--config-file"])
            .arg(config)
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon starts: `apt-get install dbus-daemon dbus-bin gnome-keyring`");
        let mut address = String::new();
        let said = bus.stdout.take().expect("its output is ours");
        BufReader::new(said).read_line(&mut address).expect("the bus tells its address");
        let mut keyring = Self { address: address.trim().to_owned(), processes: vec![bus] };

        let mut daemon = keyring
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .env("XDG_DATA_HOME", &home)
            .env("XDG_RUNTIME_DIR", &home)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon starts: `apt-get install gnome-keyring`");
        let password = daemon.stdin.take().expect("its input is ours");
        { password }.write_all(b"password of a test").expect("the keyring opens");
        keyring.processes.push(daemon);
        keyring.until_it_answers();
        keyring
    }

    /// The value of [`BUS_VARIABLE`] for a program that is to use this keyring.
    pub fn address(&self) -> &str {
        &self.address
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env(BUS_VARIABLE, &self.address);
        command
    }

    fn until_it_answers(&self) {
        let start = Instant::now();
        loop {
            let mut asking = self.command("dbus-send");
            asking.args(["--session", "--print-reply", "--dest=org.freedesktop.secrets"]);
            asking.args(["/org/freedesktop/secrets", "org.freedesktop.DBus.Peer.Ping"]);
            let asked = asking.stdout(Stdio::null()).stderr(Stdio::null()).status();
            if asked.expect("dbus-send runs: `apt-get install dbus-bin`").success() {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "the keyring does not answer");
        }
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        for process in &mut self.processes {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
