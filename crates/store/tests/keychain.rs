//! The real Secret Service in a session of its own: there, missing, locked, slow, dying.
//!
//! A session needs its own environment, so each test starts this same program again under
//! `dbus-run-session`, which runs one of the `inside` tests; outside they do nothing.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking, its helpers too"
)]
#![cfg(target_os = "linux")]

use std::process::{Command, Output};
use std::sync::Mutex;
use std::time::Duration;

use tallyport_store::DataKey;
use tallyport_store::keys::{KeyError, Keychain, WorkspaceId};

const INSIDE: &str = "TALLYPORT_TEST_SESSION";
const WORKSPACE: WorkspaceId = WorkspaceId([0x5a; 16]);
/// Sessions are heavy; one at a time keeps their time limits honest.
static ONE: Mutex<()> = Mutex::new(());

#[expect(
    clippy::disallowed_methods,
    reason = "a test is the top of its program"
)]
fn inside(session: &str) -> bool {
    std::env::var(INSIDE).is_ok_and(|name| name == session)
}

/// Runs the test `name` of this program in a fresh session that `start` prepares.
fn in_session(name: &str, start: &str) {
    let _one = ONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let home = tempfile::tempdir().unwrap();
    let this = std::env::current_exe().unwrap();
    // A bus that starts nothing by itself, so that a missing keychain stays missing.
    let config = home.path().join("bus.conf");
    std::fs::write(&config, BUS).unwrap();
    let script = [start, "\nexec \"$0\" --exact --nocapture \"$1\""].concat();
    let outcome = Command::new("dbus-run-session")
        .arg(["--config-file=", &config.to_string_lossy()].concat())
        .args(["--", "sh", "-c", &script])
        .arg(this)
        .arg(name)
        .env(INSIDE, name)
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_RUNTIME_DIR", home.path())
        .env("XDG_CACHE_HOME", home.path().join("cache"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("dbus-run-session is installed (package dbus)");
    passed(name, &outcome);
}

fn passed(name: &str, outcome: &Output) {
    let out = String::from_utf8_lossy(&outcome.stdout);
    assert!(
        outcome.status.success() && out.contains("1 passed"),
        "{name}: {out}{}",
        String::from_utf8_lossy(&outcome.stderr)
    );
}

const UNLOCKED: &str = "printf 'a passphrase' \
    | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; sleep 1";

const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"#;

fn key() -> DataKey {
    DataKey::from_bytes([0xc4; 32])
}

/// Sends a signal to the process that serves the keychain in this session, and to no other.
fn signal_keychain(signal: &str) {
    let answer = bus(
        "org.freedesktop.DBus",
        "/",
        &[
            "org.freedesktop.DBus.GetConnectionUnixProcessID",
            "string:org.freedesktop.secrets",
        ],
    );
    let process = answer
        .split_whitespace()
        .last()
        .expect("a process id")
        .to_owned();
    let sent = Command::new("kill")
        .args([signal, &process])
        .status()
        .unwrap();
    assert!(sent.success());
}

fn bus(name: &str, path: &str, call: &[&str]) -> String {
    let output = Command::new("dbus-send")
        .args([
            "--session",
            "--print-reply",
            &["--dest=", name].concat(),
            path,
        ])
        .args(call)
        .output()
        .expect("dbus-send is installed (package dbus-bin)");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn start_keychain() {
    let started = Command::new("sh").args(["-c", UNLOCKED]).status().unwrap();
    assert!(started.success());
}

fn lock() {
    bus(
        "org.freedesktop.secrets",
        "/org/freedesktop/secrets",
        &[
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/collection/login",
        ],
    );
}

/// What `ask` says, and that it says it within the time a person waits.
fn promptly<T>(ask: impl FnOnce() -> Result<T, KeyError>) -> Result<T, KeyError> {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let limit = tallyport_store::keys::keychain::PATIENCE + Duration::from_millis(500);
            let ended = receiver.recv_timeout(limit);
            assert!(ended.is_ok(), "no answer within the limit");
        });
        let answer = ask();
        let _ = sender.send(());
        answer
    })
}

#[test]
fn a_key_is_kept_found_and_forgotten() {
    in_session("inside_an_unlocked_session", UNLOCKED);
}

#[test]
fn inside_an_unlocked_session() {
    if !inside("inside_an_unlocked_session") {
        return;
    }
    let missing = Keychain::System.find(WORKSPACE);
    assert!(
        matches!(missing, Err(KeyError::NotInKeychain)),
        "{missing:?}"
    );
    Keychain::System.keep(WORKSPACE, &key()).unwrap();
    Keychain::System.keep(WORKSPACE, &key()).unwrap();
    Keychain::System.find(WORKSPACE).unwrap();
    let other = Keychain::System.find(WorkspaceId([1; 16]));
    assert!(matches!(other, Err(KeyError::NotInKeychain)), "{other:?}");
    Keychain::System.forget(WORKSPACE).unwrap();
    Keychain::System.forget(WORKSPACE).unwrap();
    let gone = Keychain::System.find(WORKSPACE);
    assert!(matches!(gone, Err(KeyError::NotInKeychain)), "{gone:?}");
}

#[test]
fn no_keychain_is_said_at_once_and_one_that_appears_is_found_without_a_restart() {
    in_session("inside_a_session_without_keychain", "");
}

#[test]
fn inside_a_session_without_keychain() {
    if !inside("inside_a_session_without_keychain") {
        return;
    }
    let this = std::env::current_exe().unwrap();
    let outcome = Command::new(this)
        .args(["--exact", "--nocapture", "inside_no_session_at_all"])
        .env(INSIDE, "inside_no_session_at_all")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .output()
        .unwrap();
    passed("inside_no_session_at_all", &outcome);

    let missing = promptly(|| Keychain::System.keep(WORKSPACE, &key()));
    assert!(matches!(missing, Err(KeyError::NoKeychain)), "{missing:?}");
    start_keychain();
    Keychain::System.keep(WORKSPACE, &key()).unwrap();
    Keychain::System.find(WORKSPACE).unwrap();
}

#[test]
fn inside_no_session_at_all() {
    if !inside("inside_no_session_at_all") {
        return;
    }
    for _ in 0..2 {
        let missing = promptly(|| Keychain::System.keep(WORKSPACE, &key()));
        assert!(matches!(missing, Err(KeyError::NoKeychain)), "{missing:?}");
        let missing = promptly(|| Keychain::System.find(WORKSPACE));
        assert!(matches!(missing, Err(KeyError::NoKeychain)), "{missing:?}");
    }
}

#[test]
fn a_locked_keychain_is_named_and_opens_again_without_a_restart() {
    in_session("inside_a_session_that_locks", UNLOCKED);
}

#[test]
fn inside_a_session_that_locks() {
    if !inside("inside_a_session_that_locks") {
        return;
    }
    Keychain::System.keep(WORKSPACE, &key()).unwrap();
    lock();
    let locked = promptly(|| Keychain::System.find(WORKSPACE));
    assert!(
        matches!(
            locked,
            Err(KeyError::KeychainLocked | KeyError::KeychainSilent(_))
        ),
        "{locked:?}"
    );
    signal_keychain("-KILL");
    start_keychain();
    Keychain::System.find(WORKSPACE).unwrap();
}

#[test]
fn a_slow_keychain_is_given_up_and_found_when_it_is_back() {
    in_session("inside_a_session_that_stalls", UNLOCKED);
}

#[test]
fn inside_a_session_that_stalls() {
    if !inside("inside_a_session_that_stalls") {
        return;
    }
    Keychain::System.keep(WORKSPACE, &key()).unwrap();
    signal_keychain("-STOP");
    let silent = promptly(|| Keychain::System.find(WORKSPACE));
    assert!(
        matches!(silent, Err(KeyError::KeychainSilent(2))),
        "{silent:?}"
    );
    signal_keychain("-CONT");
    Keychain::System.find(WORKSPACE).unwrap();
}

#[test]
fn a_keychain_that_dies_while_it_is_asked_is_named() {
    in_session("inside_a_session_that_dies", UNLOCKED);
}

#[test]
fn inside_a_session_that_dies() {
    if !inside("inside_a_session_that_dies") {
        return;
    }
    Keychain::System.keep(WORKSPACE, &key()).unwrap();
    signal_keychain("-STOP");
    let asked = std::thread::spawn(|| promptly(|| Keychain::System.find(WORKSPACE)));
    std::thread::sleep(Duration::from_millis(500));
    signal_keychain("-KILL");
    let dead = asked.join().unwrap();
    assert!(
        matches!(
            dead,
            Err(KeyError::NoKeychain | KeyError::KeychainFailed(_) | KeyError::KeychainSilent(_))
        ),
        "{dead:?}"
    );
}
