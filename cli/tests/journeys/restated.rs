//! A month restated, also from two programs at once.

use serde_json::Value;

use crate::stage::{Ran, Stage, focus_sample};

/// The sample with each of its rows so many times.
pub fn longer(stage: &Stage, times: usize) -> String {
    let text = std::fs::read_to_string(focus_sample()).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let name = format!("longer-{times}.csv");
    stage.write(&name, &format!("{header}\n{}", rows.repeat(times)))
}

/// The current versions: account, period, lines, charges, totals.
pub fn current(stage: &Stage) -> Vec<Value> {
    current_of(&stage.json(&["periods"]))
}

/// The current versions in an answer of `tally periods`.
pub fn current_of(answer: &Value) -> Vec<Value> {
    let periods = answer["periods"].as_array().unwrap();
    let mut current: Vec<Value> = periods
        .iter()
        .filter(|period| period["current"] == true)
        .map(|period| {
            serde_json::json!([
                period["billing_account"],
                period["period"],
                period["lines"],
                period["charges"],
                period["totals"]
            ])
        })
        .collect();
    current.sort_by_key(ToString::to_string);
    current
}

#[test]
fn two_programs_that_import_one_client_at_once_leave_one_bill_or_the_other() {
    let stage = Stage::with_focus_sample();
    let files = [longer(&stage, 3), longer(&stage, 5)];
    let mut whole = Vec::new();
    for file in &files {
        stage.tally(&["import", file]).ok();
        whole.push(current(&stage));
    }
    stage.tally(&["import", &focus_sample()]).ok();
    let old = current(&stage);
    for _ in 0..3 {
        let running: Vec<_> = files
            .iter()
            .map(|file| stage.command(&["import", file]).spawn().unwrap())
            .collect();
        // A reader in between sees one whole bill.
        let seen = current(&stage);
        assert!(seen == old || whole.contains(&seen), "{seen:?}");
        for child in running {
            Ran::of(child).ok();
        }
        let now = current(&stage);
        assert!(
            whole.contains(&now),
            "neither one bill nor the other: {now:?}"
        );
        let by_person = stage.costs(&["--month", "2024-09", "--by", "person"]);
        let by_service = stage.costs(&["--month", "2024-09", "--by", "service"]);
        assert_eq!(by_person.last(), by_service.last());
        stage.tally(&["import", &focus_sample()]).ok();
        assert_eq!(current(&stage), old);
    }
    assert_eq!(stage.json(&["verify"])["ok"], true);
}

#[test]
fn two_syncs_of_one_client_at_once_do_not_mix() {
    let undisturbed = Stage::empty();
    undisturbed.tally(&["init", "--sandbox"]).ok();
    undisturbed.tally(&["sync"]).ok();
    let expected = current(&undisturbed);
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    let running: Vec<_> = (0..2)
        .map(|_| stage.command(&["sync"]).spawn().unwrap())
        .collect();
    for child in running {
        Ran::of(child).ok();
    }
    assert_eq!(current(&stage), expected);
    assert_eq!(stage.json(&["verify"])["ok"], true);
}

#[test]
fn any_version_is_shown_again_and_compared_by_its_number() {
    let stage = Stage::with_focus_sample();
    let total = || {
        stage
            .costs(&["--month", "2024-09", "--by", "service"])
            .pop()
    };
    let first = total();
    stage.tally(&["import", &longer(&stage, 3)]).ok();
    assert_ne!(total(), first);
    let periods = stage.json(&["periods"]);
    let of = |number: u64| {
        let found = periods["periods"]
            .as_array()
            .unwrap()
            .iter()
            .find(|period| {
                period["billing_account"] == "1234567890123" && period["version"] == number
            });
        found.unwrap()["id"].to_string()
    };
    let answer = stage.json(&[
        "periods",
        "diff",
        &of(1),
        &format!("#{}", of(2)),
        "--by",
        "account",
    ]);
    let charges = &answer["charges"];
    assert_eq!(charges["compared"], "charges");
    assert!(charges["changed"].as_u64().unwrap() > 0, "{answer}");
    assert_eq!(
        (&charges["added"], &charges["removed"]),
        (&0.into(), &0.into())
    );
    let before = stage
        .tally(&["costs", "--month", "2024-09", "--as-of", "2001-01-01"])
        .ok();
    assert!(
        !before.contains("Total"),
        "nothing was known then: {before}"
    );
}
