//! A month restated, from two programs at once and on a disk that fails or is full.
//!
//! `TALLY_IO_FAULTS` sets how many writes and flushes fail, one a run (6 unless set; the soak runs 100),
//! `TALLY_FULL_DISKS` how often the disk is full (3 unless set; the soak runs 20).

use serde_json::Value;

use crate::stage::{Ran, Stage, focus_sample};

/// The sample with every amount of one column tripled in length of its bill: each row three times.
fn longer(stage: &Stage, times: usize) -> String {
    let text = std::fs::read_to_string(focus_sample()).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let name = format!("longer-{times}.csv");
    stage.write(&name, &format!("{header}\n{}", rows.repeat(times)))
}

/// The current versions: account, period, lines, charges, totals.
fn current(stage: &Stage) -> Vec<Value> {
    let answer = stage.json(&["periods"]);
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

#[cfg(unix)]
fn full_disks() -> u32 {
    let count = std::env::var("TALLY_FULL_DISKS").ok();
    count.and_then(|count| count.parse().ok()).unwrap_or(3)
}

/// A run of a shell line with the program in place of `"$@"`.
#[cfg(unix)]
fn within(stage: &Stage, line: &str, arguments: &[&str]) -> Ran {
    let inner = stage.command(arguments);
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", line, "bash"]).arg(inner.get_program());
    shell.args(inner.get_args());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.stdin(std::process::Stdio::null());
    shell.stdout(std::process::Stdio::piped());
    shell.stderr(std::process::Stdio::piped());
    Ran::of(shell.spawn().unwrap())
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_the_old_bill_stays_until_there_is_room() {
    let stage = Stage::with_focus_sample();
    let large = longer(&stage, 20);
    let old = current(&stage);
    // No file may grow beyond this many KiB: what a full disk is to the program.
    for round in 0..full_disks() {
        let limit = [8, 64, 200][round as usize % 3] + round * 8;
        let line = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$@\"");
        let ran = within(&stage, &line, &["import", &large]);
        assert_ne!(ran.code, 0, "{ran:?}");
        let told = format!("{ran:?}");
        assert!(
            told.contains("cannot be written") || told.contains("disk"),
            "{told}"
        );
        assert_eq!(current(&stage), old, "the old bill after {limit} KiB");
    }
    stage.tally(&["import", &large]).ok();
    assert_ne!(current(&stage), old, "with room it goes through");
    assert_eq!(stage.json(&["verify"])["ok"], true);
}

#[cfg(target_os = "linux")]
#[test]
fn a_write_or_a_flush_that_fails_is_told_or_made_good_and_harms_nothing() {
    let faults: u32 = std::env::var("TALLY_IO_FAULTS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(6);
    let stage = Stage::with_focus_sample();
    let small = focus_sample();
    let large = longer(&stage, 5);
    let old = current(&stage);
    stage.tally(&["import", &large]).ok();
    let new = current(&stage);
    stage.tally(&["import", &small]).ok();
    for fault in 0..faults {
        let call = ["fdatasync", "pwrite64"][fault as usize % 2];
        let nth = 1 + fault / 2 * (1 + fault % 2 * 6);
        let line = format!(
            "exec strace -f -qq -o /dev/null -e trace={call} -e inject={call}:error=EIO:when={nth} \"$@\""
        );
        let ran = within(&stage, &line, &["import", &large]);
        let now = current(&stage);
        let what = format!("{call} number {nth}: {ran:?}");
        assert!(now == old || now == new, "{what}");
        if ran.code == 0 {
            assert_eq!(now, new, "what is told as saved is saved; {what}");
        }
        assert_eq!(stage.json(&["verify"])["ok"], true, "{what}");
        stage.tally(&["import", &small]).ok();
        assert_eq!(current(&stage), old, "{what}");
    }
}
