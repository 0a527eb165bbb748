//! What is done by itself, on the command line.

use crate::stage::{Stage, word};

/// A demo's only connection loads an export, which is free.
fn demo() -> Stage {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    stage
}

#[test]
fn a_connection_has_its_time_and_can_be_run_at_once() {
    let stage = demo();
    let all = stage.json(&["schedules", "list"]);
    let sync = &all["schedules"][0];
    assert_eq!(sync["id"], "sync-1", "{all}");
    assert_eq!(sync["cron"], "0 6 * * *");
    assert_eq!(sync["words"], "At 06:00");
    let next = word(&sync["next_run"]);
    assert!(next.ends_with("T06:00:00Z"), "{next}");
    let run = stage.json(&["schedules", "run", "sync-1"]);
    assert_eq!(run["state"], "done", "{run}");
    let said = word(&run["text"]);
    assert!(said.ends_with("months are new or have changed."), "{said}");
    let runs = stage.json(&["schedules", "runs", "sync-1"]);
    assert_eq!(runs["runs"].as_array().unwrap().len(), 1);
    let again = stage.tally(&["schedules", "run", "sync-1"]).ok();
    assert_eq!(again.trim(), "Nothing was delivered since the last time.");
}

#[test]
fn what_is_not_said_of_a_schedule_stays() {
    let stage = demo();
    let set = |words: &[&str]| {
        let ask = [&["schedules", "set", "sync-1"], words].concat();
        let set = stage.json(&ask);
        (
            word(&set["cron"]),
            word(&set["zone"]),
            set["enabled"] == true,
        )
    };
    let expect = |cron: &str, zone: &str, on| (cron.to_owned(), zone.to_owned(), on);
    let weekdays = "30 7 * * 1-5";
    assert_eq!(
        set(&["--cron", weekdays, "--zone", "Europe/Vienna"]),
        expect(weekdays, "Europe/Vienna", true)
    );
    assert_eq!(set(&["--off"]), expect(weekdays, "Europe/Vienna", false));
    assert_eq!(
        set(&["--on", "--zone", "workspace"]),
        expect(weekdays, "UTC", true)
    );
}

#[test]
fn a_schedule_that_cannot_be_is_refused_with_what_is_expected() {
    let stage = demo();
    let ran = stage.tally(&["schedules", "set", "sync-1", "--cron", "6 o'clock"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(
        ran.err.contains("\"0 6 * * *\" is every day at six"),
        "{ran:?}"
    );
    assert_eq!(
        stage.tally(&["schedules", "set", "nothing", "--on"]).code,
        3
    );
    assert_eq!(stage.tally(&["schedules", "runs", "sync-99"]).code, 3);
}
