//! A disk that fails or is full: the old bill is there or the new one, and a person learns of it.
//!
//! `TALLY_IO_FAULTS` sets how many writes and flushes fail, one a run (6 unless set; the soak runs 100),
//! `TALLY_FULL_DISKS` how often the disk is full (1 unless set; the soak runs 20, with a million lines).

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::restated::{current, current_of, longer};
use crate::stage::{Ran, Stage, focus_sample};

fn wanted(variable: &str) -> Option<u32> {
    std::env::var(variable).ok()?.parse().ok()
}

/// A run of a shell line with the program in place of `"$@"`.
fn within(stage: &Stage, line: &str, arguments: &[&str]) -> Ran {
    shell(stage, "bash", &["-c", line, "bash"], arguments)
}

/// A run of `starter` with the program and its arguments behind its own.
fn shell(stage: &Stage, starter: &str, before: &[&str], arguments: &[&str]) -> Ran {
    let inner = stage.command(arguments);
    let mut outer = Command::new(starter);
    outer.args(before).arg(inner.get_program());
    outer.args(inner.get_args());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    outer.stdin(Stdio::null());
    outer.stdout(Stdio::piped()).stderr(Stdio::piped());
    Ran::of(outer.spawn().unwrap())
}

/// The sample so many times, each time of other resources: each copy adds to what is stored.
fn wider(stage: &Stage, times: u32) -> String {
    let text = std::fs::read_to_string(focus_sample()).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let mut wide = format!("{header}\n");
    for copy in 0..times {
        let moved = rows.replace("\"arn:", &format!("\"arn:{copy}:"));
        write!(wide, "{moved}").unwrap();
    }
    stage.write("wider.csv", &wide)
}

#[test]
fn no_file_may_grow_and_the_old_bill_stays_until_it_may() {
    let stage = Stage::with_focus_sample();
    let large = longer(&stage, 20);
    let old = current(&stage);
    for limit in [8, 72, 216] {
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

/// What happens on a disk of its own, which nothing but these lines can see: a bill, a larger one for
/// which there is no room, a look at the old one, room, and the larger one again.
#[cfg(target_os = "linux")]
const ON_A_SMALL_DISK: &str = r#"
set -u
size=$1 disk=$2 out=$3 small=$4 large=$5
shift 5
mount -t tmpfs -o "size=$size" tmpfs "$disk" || exit 90
books="$disk/books.tally"
"$@" init --workspace "$books" > "$out/init" 2>&1 || exit 91
"$@" import "$small" --workspace "$books" > "$out/small" 2>&1 || exit 92
"$@" periods --json --workspace "$books" > "$out/old" || exit 93
(
    until [ "$(df --output=avail -B1 "$disk" | tail -n 1)" -lt 16384 ]; do sleep 0.01; done
    date +%s%N > "$out/full"
) &
watch=$!
"$@" import "$large" --workspace "$books" > "$out/refused" 2>&1
echo $? > "$out/code"
date +%s%N > "$out/told"
kill $watch 2> /dev/null
"$@" periods --json --workspace "$books" > "$out/meanwhile" || exit 94
"$@" costs --month 2024-09 --workspace "$books" > "$out/costs" || exit 95
mount -o remount,size=4g "$disk" || exit 96
"$@" import "$large" --workspace "$books" > "$out/large" 2>&1 || exit 97
"$@" periods --json --workspace "$books" > "$out/new" || exit 98
"$@" verify --workspace "$books" > "$out/verify" 2>&1 || exit 99
"#;

/// A command that gives its child mounts of its own: as it is for root, by a namespace for others.
#[cfg(target_os = "linux")]
fn own_mounts() -> Vec<&'static str> {
    let ways = [vec!["--mount"], vec!["--map-root-user", "--mount"]];
    let found = ways.into_iter().find(|way| {
        let tried = Command::new("unshare").args(way).arg("true").output();
        tried.is_ok_and(|tried| tried.status.success())
    });
    assert!(
        found.is_some(),
        "a disk of its own needs `unshare --mount`, as root or with user namespaces allowed"
    );
    found.unwrap_or_default()
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_the_old_bill_is_read_and_with_room_the_new_one_comes() {
    let (rounds, copies, least, most) = match wanted("TALLY_FULL_DISKS") {
        Some(rounds) => (rounds, 1_000, 4, 64),
        None => (1, 60, 4, 4),
    };
    let stage = Stage::with_focus_sample();
    let large = wider(&stage, copies);
    let old = current(&stage);
    stage.tally(&["import", &large]).ok();
    let new = current(&stage);
    for round in 0..rounds {
        let mebibytes = least + (most - least) * round / rounds.max(2).saturating_sub(1);
        let out = stage.path().join(format!("round-{round}"));
        let disk = out.join("disk");
        std::fs::create_dir_all(&disk).unwrap();
        let size = format!("{mebibytes}m");
        let (disk, folder) = (disk.display().to_string(), out.display().to_string());
        let mut before = own_mounts();
        let small = focus_sample();
        before.extend(["bash", "-c", ON_A_SMALL_DISK, "bash"]);
        before.extend([&size, &disk, &folder, &small, &large].map(String::as_str));
        let ran = shell(&stage, "unshare", &before, &[]);
        let said = |name: &str| std::fs::read_to_string(out.join(name)).unwrap_or_default();
        let what = format!("{size}: {ran:?} {} {}", said("refused"), said("large"));
        assert_eq!(ran.code, 0, "{what}");
        assert_ne!(said("code").trim(), "0", "there was no room; {what}");
        let refused = said("refused");
        assert!(
            refused.contains("disk") && refused.contains("full"),
            "a person learns what to do: {refused}"
        );
        let bill = |name: &str| {
            let answer: Value = serde_json::from_str(&said(name)).unwrap();
            current_of(&answer)
        };
        assert_eq!(bill("old"), old, "{what}");
        assert_eq!(bill("meanwhile"), old, "the old bill is read; {what}");
        assert_eq!(bill("new"), new, "resumed, it is exact; {what}");
        let moment = |name: &str| said(name).trim().parse::<u64>().unwrap_or_default();
        let (full, told) = (moment("full"), moment("told"));
        // A disk that nobody saw full had room again before the next look, a moment later.
        let full = if full > 0 { full } else { told };
        let waited = told.saturating_sub(full) / 1_000_000;
        println!("{size}: told {waited} ms after the disk was full");
        if wanted("TALLY_FULL_DISKS").is_some() {
            assert!(waited <= 2_000, "told {waited} ms after the disk was full");
        }
    }
}

/// A batch on a disk that fills while it runs: what is issued is issued, no invoice is half there, and with room
/// the rest follows.
#[cfg(target_os = "linux")]
const A_BATCH_ON_A_SMALL_DISK: &str = r#"
set -u
disk=$1 out=$2 books=$3
shift 3
mount -t tmpfs -o size=4g tmpfs "$disk" || exit 90
cp -r "$books" "$disk/" || exit 91
books="$disk/data/tallyport/default.tally"
"$@" invoices batch --action draft --month 2026-10 --workspace "$books" > "$out/draft" 2>&1 || exit 92
used=$(df --output=used -BK "$disk" | tail -n 1 | tr -dc 0-9)
mount -o "remount,size=$((used + 640))k" "$disk" || exit 93
"$@" invoices batch --action issue --month 2026-10 --json --workspace "$books" > "$out/stopped" 2> "$out/refused"
echo $? > "$out/code"
mount -o remount,size=4g "$disk" || exit 94
"$@" invoices verify --workspace "$books" > "$out/half" 2>&1 || exit 95
"$@" invoices batch --action issue --month 2026-10 --json --workspace "$books" > "$out/resumed" 2>&1 || exit 96
"$@" invoices verify --workspace "$books" > "$out/proven" 2>&1 || exit 97
"$@" verify --workspace "$books" > "$out/verify" 2>&1 || exit 98
"#;

#[cfg(target_os = "linux")]
#[test]
fn a_batch_on_a_disk_that_fills_stops_between_two_invoices_and_goes_on_with_room() {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox", "--people", "50"]).ok();
    stage.tally(&["sync"]).ok();
    let out = stage.path().join("out");
    let disk = out.join("disk");
    std::fs::create_dir_all(&disk).unwrap();
    let (disk, folder) = (disk.display().to_string(), out.display().to_string());
    let books = stage.path().join("data").display().to_string();
    let mut before = own_mounts();
    before.extend(["bash", "-c", A_BATCH_ON_A_SMALL_DISK, "bash"]);
    before.extend([&disk, &folder, &books].map(String::as_str));
    let ran = shell(&stage, "unshare", &before, &[]);
    let said = |name: &str| std::fs::read_to_string(out.join(name)).unwrap_or_default();
    let what = format!("{ran:?} {} {}", said("refused"), said("half"));
    assert_eq!(ran.code, 0, "{what}");
    assert_ne!(said("code").trim(), "0", "there was no room; {what}");
    let refused = said("refused");
    assert!(
        refused.contains("disk") && refused.contains("full"),
        "a person learns what to do: {refused}"
    );
    let became = |name: &str, outcome: &str| {
        let result: Value = serde_json::from_str(&said(name)).unwrap();
        let rows = result["recipients"].as_array().unwrap().clone();
        rows.iter().filter(|row| row["outcome"] == outcome).count()
    };
    let (issued, left) = (became("stopped", "issued"), became("stopped", "not_begun"));
    assert!(issued > 0 && left > 0, "{issued} issued, {left} left");
    assert_eq!(issued + left, 50);
    assert_eq!(
        became("resumed", "unchanged"),
        issued,
        "none twice, none half"
    );
    assert_eq!(became("resumed", "issued"), left);
    assert!(
        said("proven").contains("50 numbers, no gap"),
        "{}",
        said("proven")
    );
}

/// The system's calls that write and that flush.
#[cfg(target_os = "linux")]
const CALLS: [&str; 2] = ["fsync,fdatasync", "pwrite64"];

/// A run under strace that is told `more`, and the calls that it made.
#[cfg(target_os = "linux")]
fn traced(stage: &Stage, calls: &str, more: &str, arguments: &[&str]) -> (Ran, String) {
    let kept = stage.file("calls");
    let line = format!("exec strace -f -qq -o {kept} -e trace={calls} {more} \"$@\"");
    let ran = within(stage, &line, arguments);
    (ran, std::fs::read_to_string(&kept).unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_write_or_a_flush_that_fails_is_told_or_made_good_and_harms_nothing() {
    let faults = wanted("TALLY_IO_FAULTS").unwrap_or(6);
    let stage = Stage::with_focus_sample();
    let small = focus_sample();
    let large = longer(&stage, 5);
    let import = ["import", &large];
    let old = current(&stage);
    let (mut new, mut made) = (Vec::new(), Vec::new());
    for calls in CALLS {
        let (ran, written) = traced(&stage, calls, "", &import);
        ran.ok();
        new = current(&stage);
        made.push(written.lines().count());
        stage.tally(&["import", &small]).ok();
    }
    println!("{made:?} calls of {CALLS:?}");
    assert!(made.iter().all(|count| *count > 0), "{made:?}");
    // Every flush, as far as half of the faults go, and writes from the first to the last.
    let flushes = usize::min(faults as usize / 2, made[0]);
    let writes = faults as usize - flushes;
    let spread = |at: usize, of: usize, count: usize| 1 + at * (count - 1) / usize::max(of - 1, 1);
    let flushes = (0..flushes).map(|at| (CALLS[0], spread(at, flushes, made[0])));
    let writes = (0..writes).map(|at| (CALLS[1], spread(at, writes, made[1])));
    let (mut struck, mut shown) = (0, 0);
    for (call, nth) in flushes.chain(writes) {
        let inject = format!("-e inject={call}:error=EIO:when={nth}");
        let (ran, written) = traced(&stage, call, &inject, &import);
        let injected = written.contains("INJECTED");
        let now = current(&stage);
        let what = format!("{call} number {nth}: {ran:?}");
        assert!(now == old || now == new, "{what}");
        if ran.code == 0 {
            assert_eq!(now, new, "what is told as saved is saved; {what}");
        }
        struck += u32::from(injected);
        shown += u32::from(injected && ran.code != 0);
        assert!(injected || ran.code == 0, "nothing failed; {what}");
        assert_eq!(stage.json(&["verify"])["ok"], true, "{what}");
        stage.tally(&["import", &small]).ok();
        assert_eq!(current(&stage), old, "{what}");
    }
    println!("{struck} of {faults} calls failed: {shown} told, the others made good");
    // Another run may make a few calls fewer than the one that was counted.
    assert!(struck + 2 >= faults * 9 / 10 && shown > 0, "{struck}");
}
