//! The program killed at any moment: the old version is there or the new one, never a mix.
//!
//! `TALLY_KILLS` sets how often (5 unless set); the soak runs 50 and more.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::stage::{Ran, Stage, focus_sample, word};

fn kills() -> u32 {
    std::env::var("TALLY_KILLS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(5)
}

/// Moments in a run of `whole`, spread by a fixed sequence.
fn moments(whole: Duration) -> impl Iterator<Item = Duration> {
    let mut state: u64 = 0x2545_f491_4f6c_dd1d;
    std::iter::from_fn(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let thousandth = u32::try_from(state % 1_000).unwrap();
        Some(whole * thousandth / 1_000)
    })
}

/// Starts `tally` and kills it after `moment`; whether it was still running.
fn killed(stage: &Stage, arguments: &[&str], moment: Duration) -> bool {
    let mut child = stage.command(arguments).spawn().unwrap();
    std::thread::sleep(moment);
    let running = child.try_wait().unwrap().is_none();
    let _ = child.kill();
    let _ = child.wait();
    running
}

/// What the workspace says of each current billing period: its total, lines and charges.
fn periods(stage: &Stage) -> BTreeMap<(String, String), (Value, Value, Value)> {
    let answer = stage.json(&["periods"]);
    let mut all = BTreeMap::new();
    for period in answer["periods"].as_array().unwrap() {
        if period["current"] == true {
            let key = (word(&period["billing_account"]), word(&period["period"]));
            let said = (
                period["totals"].clone(),
                period["lines"].clone(),
                period["charges"].clone(),
            );
            assert!(
                all.insert(key, said).is_none(),
                "one current version: {answer}"
            );
        }
    }
    all
}

/// The sample, each row many times over.
fn large_file(stage: &Stage) -> String {
    let text = std::fs::read_to_string(focus_sample()).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    stage.write("large.csv", &format!("{header}\n{}", rows.repeat(30)))
}

#[test]
fn an_import_killed_at_any_moment_leaves_the_old_bill_or_the_new_one() {
    let stage = Stage::with_focus_sample();
    let small = focus_sample();
    let large = large_file(&stage);
    let old = periods(&stage);
    let begun = Instant::now();
    stage.tally(&["import", &large]).ok();
    let whole = begun.elapsed();
    let new = periods(&stage);
    assert_ne!(old, new);

    let (mut hit, mut current_is_new) = (0, true);
    for moment in moments(whole).take(kills() as usize) {
        let next = if current_is_new { &small } else { &large };
        hit += u32::from(killed(&stage, &["import", next], moment));
        let now = periods(&stage);
        for (key, said) in &now {
            assert!(
                Some(said) == old.get(key) || Some(said) == new.get(key),
                "{key:?} is neither the old nor the new bill after {moment:?}: {said:?}"
            );
        }
        assert_eq!(now.len(), old.len());
        let total = stage.costs(&["--month", "2024-09", "--by", "provider"]);
        let by_person = stage.costs(&["--month", "2024-09", "--by", "person"]);
        assert_eq!(total.last(), by_person.last(), "after {moment:?}");
        current_is_new = now == new;
    }
    assert!(hit > 0, "no kill came in time");
    assert_eq!(stage.json(&["verify"])["ok"], true);
    stage.tally(&["import", &large]).ok();
    assert_eq!(periods(&stage), new, "the next import goes through");
    let jobs = stage.json(&["jobs"]);
    let jobs = jobs["jobs"].as_array().unwrap();
    assert!(jobs.iter().all(|job| job["state"] != "running"), "{jobs:?}");
    assert!(
        jobs.iter().any(|job| job["state"] == "interrupted"),
        "{jobs:?}"
    );
}

#[test]
fn a_sync_killed_at_any_moment_is_made_good_by_the_next_one() {
    let undisturbed = Stage::empty();
    undisturbed.tally(&["init", "--sandbox"]).ok();
    let begun = Instant::now();
    undisturbed.tally(&["sync"]).ok();
    let whole = begun.elapsed();
    let expected = periods(&undisturbed);
    assert!(expected.len() >= 12);

    let mut hit = 0;
    for moment in moments(whole).take(kills() as usize) {
        let stage = Stage::empty();
        stage.tally(&["init", "--sandbox"]).ok();
        hit += u32::from(killed(&stage, &["sync"], moment));
        for (key, said) in periods(&stage) {
            assert_eq!(Some(&said), expected.get(&key), "{key:?} after {moment:?}");
        }
        stage.tally(&["sync"]).ok();
        assert_eq!(periods(&stage), expected, "resumed after {moment:?}");
        assert_eq!(stage.json(&["verify"])["ok"], true);
    }
    assert!(hit > 0, "no kill came in time");
}

#[cfg(unix)]
#[test]
fn ctrl_c_cancels_an_import_and_changes_nothing() {
    let stage = Stage::with_focus_sample();
    let large = large_file(&stage);
    let old = periods(&stage);
    let begun = Instant::now();
    stage.tally(&["periods"]).ok();
    let opening = begun.elapsed();
    let child = stage.command(&["import", &large]).spawn().unwrap();
    std::thread::sleep(opening);
    let interrupt = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(interrupt.success());
    let ran = Ran::of(child);
    let now = periods(&stage);
    match ran.code {
        130 => assert_eq!(now, old, "{ran:?}"),
        // It was done before the signal came.
        0 => assert_ne!(now, old, "{ran:?}"),
        // The signal came before anything had begun.
        -1 => assert_eq!(now, old, "{ran:?}"),
        _ => panic!("{ran:?}"),
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_between_several_bills_leaves_those_that_are_in() {
    let stage = Stage::new();
    let (small, large) = (focus_sample(), large_file(&stage));
    let child = stage.command(&["import", &small, &large, &large]).spawn();
    let mut child = child.unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = out.next().unwrap().unwrap();
    assert!(first.starts_with("focus_sample.csv: "), "{first}");
    let interrupt = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(interrupt.success());
    let rest: Vec<String> = out.map(Result::unwrap).collect();
    let ran = Ran::of(child);
    assert_eq!(ran.code, 130, "{ran:?}");
    assert!(
        ran.err.contains("the bill that was imported stays"),
        "{ran:?}"
    );
    assert!(
        !rest.iter().any(|line| line.contains("large.csv")),
        "{rest:?}"
    );
    let now = periods(&stage);
    stage.tally(&["import", &small]).ok();
    assert_eq!(periods(&stage), now, "it is the first bill that is in");
}
