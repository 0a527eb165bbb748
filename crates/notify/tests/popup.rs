//! Popups on a real notification service: dunst, on a screen and a session bus of its own.
//!
//! A session needs its own environment, so each test starts this same program again in one, which runs one of
//! the `inside` tests; outside they do nothing.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]
#![cfg(target_os = "linux")]

use std::process::{Command, Output};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use serde_json::Value;
use tallyport_ledger::alert::{AlertId, Notice, NoticeLine, Severity};
use tallyport_ledger::{Currency, Money};
use tallyport_notify::SendError;
use tallyport_notify::popup::{Action, show};

const INSIDE: &str = "TALLYPORT_TEST_SESSION";

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

/// A screen and dunst on it, which does `$ACTION` when a popup is clicked.
const DUNST: &str = r#"
Xvfb -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>"$HOME/display" 2>/dev/null & screen=$!
for _ in $(seq 100); do [ -s "$HOME/display" ] && break; sleep 0.05; done
export DISPLAY=":$(cat "$HOME/display")"
printf '[global]\nmarkup = full\n[click]\naction_name = "%s"\n' "$ACTION" > "$HOME/dunstrc"
dunst -conf "$HOME/dunstrc" >/dev/null 2>&1 & dunst=$!
for _ in $(seq 100); do dunstctl count >/dev/null 2>&1 && break; sleep 0.05; done
"#;

#[expect(
    clippy::disallowed_methods,
    reason = "a test is the top of its program"
)]
fn inside(session: &str) -> bool {
    std::env::var(INSIDE).is_ok_and(|name| name == session)
}

/// Runs the test `name` of this program in a fresh session that `start` prepares.
fn in_session(name: &str, start: &str, action: &str) {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("bus.conf");
    std::fs::write(&config, BUS).unwrap();
    let end =
        "\n\"$0\" --exact --nocapture \"$1\"; code=$?; kill $dunst $screen 2>/dev/null; exit $code";
    let outcome = Command::new("dbus-run-session")
        .arg(["--config-file=", &config.to_string_lossy()].concat())
        .args(["--", "sh", "-c", &[start, end].concat()])
        .arg(std::env::current_exe().unwrap())
        .arg(name)
        .env(INSIDE, name)
        .env("ACTION", action)
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
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

fn notice(severity: Severity) -> Notice {
    Notice {
        title: "Jane <b>Doe</b> at 101 %".to_owned(),
        text: "Over the limit & rising: <img src=\"x\">.".to_owned(),
        severity,
        alerts: vec![AlertId(1)],
        place: "/budgets/12".to_owned(),
        lines: vec![NoticeLine {
            label: "Spent so far".to_owned(),
            amount: Money::parse("10100.5", Currency::USD).unwrap(),
        }],
    }
}

fn dunst(words: &[&str]) -> String {
    let said = Command::new("dunstctl").args(words).output().unwrap();
    String::from_utf8(said.stdout).unwrap()
}

/// How many popups are on the screen.
fn displayed() -> String {
    dunst(&["count", "displayed"]).trim().to_owned()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test is the top of its program"
)]
fn until(what: &str, is: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_click_opens_and_an_urgent_popup_stays_as_text() {
    in_session("inside_a_click_opens", DUNST, "default");
}

#[tokio::test]
async fn inside_a_click_opens() {
    if !inside("inside_a_click_opens") {
        return;
    }
    let (told, action) = channel();
    show(&notice(Severity::Urgent), move |done| {
        told.send(done).unwrap()
    })
    .await
    .unwrap();
    until("the popup is on the screen", || displayed() == "1");
    assert!(
        action.try_recv().is_err(),
        "nothing is told before somebody does something"
    );
    dunst(&["action", "0"]);
    assert_eq!(
        action.recv_timeout(Duration::from_secs(10)).unwrap(),
        Action::Open
    );
    dunst(&["close-all"]);

    let (told, action) = channel();
    show(&notice(Severity::Warning), move |done| {
        told.send(done).unwrap()
    })
    .await
    .unwrap();
    until("the second popup is on the screen", || displayed() == "1");
    dunst(&["close-all"]);
    assert_eq!(
        action.recv_timeout(Duration::from_secs(10)).unwrap(),
        Action::Dismissed
    );

    let history: Value = serde_json::from_str(&dunst(&["history"])).unwrap();
    let shown = history["data"][0].as_array().unwrap();
    let of = |index: usize, field: &str| shown[index][field]["data"].clone();
    // One that never goes by itself has no time; it stays until somebody has seen it.
    let urgent = (0..shown.len())
        .find(|index| of(*index, "timeout") == 0)
        .unwrap();
    assert_eq!(shown.len(), 2, "{history}");
    assert_eq!(of(urgent, "appname"), "Tallyport");
    assert_eq!(of(urgent, "summary"), "Jane <b>Doe</b> at 101 %");
    let body = of(urgent, "body").as_str().unwrap().to_owned();
    assert!(body.contains("&lt;img") && !body.contains("<img"), "{body}");
    assert!(body.contains("Spent so far: 10,100.50 USD"), "{body}");
}

#[test]
fn the_other_button_snoozes() {
    in_session("inside_the_other_button_snoozes", DUNST, "snooze");
}

#[tokio::test]
async fn inside_the_other_button_snoozes() {
    if !inside("inside_the_other_button_snoozes") {
        return;
    }
    let (told, action) = channel();
    show(&notice(Severity::Warning), move |done| {
        told.send(done).unwrap()
    })
    .await
    .unwrap();
    until("the popup is on the screen", || displayed() == "1");
    dunst(&["action", "0"]);
    assert_eq!(
        action.recv_timeout(Duration::from_secs(10)).unwrap(),
        Action::Snooze
    );
}

#[test]
fn where_nothing_shows_popups_that_is_said_at_once() {
    in_session("inside_nothing_shows_popups", "", "");
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test is the top of its program"
)]
async fn inside_nothing_shows_popups() {
    if !inside("inside_nothing_shows_popups") {
        return;
    }
    let begun = Instant::now();
    let told = show(&notice(Severity::Urgent), |_| ()).await;
    assert_eq!(told, Err(SendError::NoDaemon));
    assert!(
        begun.elapsed() < Duration::from_secs(6),
        "{:?}",
        begun.elapsed()
    );
}
