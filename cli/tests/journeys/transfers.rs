//! Files to tenants from outside: slowed, killed, changed meanwhile, tried again one by one, and asked about later.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::stage::Stage;

/// A workspace of the sandbox's company, of whose tenants one is `acme-retail`.
fn with_tenant() -> Stage {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    stage
}

fn files(stage: &Stage, transfer: &str, state: &str) -> Vec<Value> {
    let listed = stage.json(&["transfers", "files", transfer, "--state", state]);
    listed["files"].as_array().unwrap().clone()
}

/// An edit of the same size, with the time put back.
fn edit_unseen(path: &Path) {
    use std::os::unix::fs::FileExt as _;
    let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    let before = file.metadata().unwrap().modified().unwrap();
    file.write_all_at(b"x", 100).unwrap();
    file.set_modified(before).unwrap();
}

#[test]
fn a_file_edited_while_its_transfer_lay_there_is_sent_only_when_told_so() {
    let stage = with_tenant();
    let folder = stage.path().join("drop");
    std::fs::create_dir_all(&folder).unwrap();
    let names = ["a.bin", "b.bin", "c.bin", "d.bin"];
    for name in names {
        std::fs::write(folder.join(name), vec![b'-'; 200_000]).unwrap();
    }
    let drop = folder.display().to_string();
    // So slow that it cannot get further than the first file before it is killed.
    let mut sending = stage
        .command(&["upload", &drop, "--to", "acme-retail", "--limit", "1kB"])
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let transfer = loop {
        let listed = stage.json(&["transfers", "list"]);
        let found = listed["transfers"].as_array().unwrap();
        if let Some(one) = found.first()
            && one["walked"] == true
        {
            break one["id"].to_string();
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{listed}");
        std::thread::sleep(Duration::from_millis(50));
    };
    sending.kill().unwrap();
    sending.wait().unwrap();
    let waiting = files(&stage, &transfer, "waiting");
    assert!(waiting.len() >= 2, "{waiting:?}");
    for file in waiting.iter().rev().take(2) {
        edit_unseen(&folder.join(file["path"].as_str().unwrap()));
    }

    let limited = stage.json(&["transfers", "limit", &transfer, "none"]);
    assert_eq!(limited["limit"], Value::Null);
    let first = stage.json(&["transfers", "prioritise", &transfer, "high"]);
    assert_eq!(first["priority"], "high");
    let resumed = stage.tally(&["transfers", "resume", &transfer]);
    assert_ne!(resumed.code, 0, "two files were edited: {resumed:?}");
    let failed = files(&stage, &transfer, "failed");
    assert_eq!(failed.len(), 2, "{failed:?}");
    for file in &failed {
        assert_eq!(file["code"], "transfer.changed", "{file}");
    }

    let one = failed[0]["file"].to_string();
    stage.tally(&["transfers", "retry", &transfer, "--file", &one]);
    assert_eq!(files(&stage, &transfer, "failed"), [failed[1].clone()]);
    let again = stage.tally(&["transfers", "retry", &transfer, "--file", &one]);
    assert_eq!(again.code, 5, "it did not fail any more: {again:?}");
    stage.tally(&["transfers", "retry", &transfer]).ok();
    assert_eq!(files(&stage, &transfer, "done").len(), names.len());

    let back = stage.path().join("back");
    let into = back.display().to_string();
    stage
        .tally(&["download", "acme-retail/drop/", "--into", &into])
        .ok();
    for name in names {
        let sent = std::fs::read(back.join("drop").join(name)).unwrap();
        assert!(sent == std::fs::read(folder.join(name)).unwrap(), "{name}");
    }
}

#[test]
fn what_arrived_is_asked_about_again_and_what_was_deleted_is_named() {
    let stage = with_tenant();
    let a = stage.write("a.txt", "one");
    let b = stage.write("b.txt", "two");
    let sent = stage.json(&["upload", &a, &b, "--to", "acme-retail"]);
    let transfer = sent["id"].to_string();
    let found = stage.json(&["transfers", "recheck", &transfer]);
    assert_eq!((&found["asked"], &found["same"]), (&2.into(), &2.into()));

    let listed = files(&stage, &transfer, "done");
    let deleted = listed
        .iter()
        .find(|file| file["key"].as_str().unwrap().ends_with("b.txt"));
    let (deleted, number) = (deleted.unwrap(), deleted.unwrap()["file"].to_string());
    let tenants = stage.json(&["tenants", "list"]);
    let mut tenants = tenants["tenants"].as_array().unwrap().iter();
    let acme = tenants.find(|tenant| tenant["slug"] == "acme-retail");
    let path = format!("/api/v1/tenants/{}/files?path=b.txt", acme.unwrap()["id"]);
    stage.tally(&["api", "DELETE", &path]).ok();

    let found = stage.tally(&["transfers", "recheck", &transfer, "--json"]);
    assert_eq!(found.code, 5, "{found:?}");
    let told: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(
        (&told["same"], &told["superseded"]),
        (&1.into(), &1.into()),
        "{told}"
    );
    assert_eq!(told["findings"][0]["key"], deleted["key"], "{told}");
    let one = stage.tally(&["transfers", "recheck", &transfer, "--file", &number]);
    assert_eq!(one.code, 5, "{one:?}");
    assert!(
        one.out
            .contains("it was deleted; the version that arrived is kept"),
        "{one:?}"
    );
}

#[test]
fn limits_by_the_time_of_the_week_are_set_shown_and_refused_where_they_make_no_sense() {
    let stage = with_tenant();
    let free = stage.json(&["transfers", "limits"]);
    assert_eq!(
        (&free["usual"], &free["windows"]),
        (&Value::Null, &serde_json::json!([]))
    );
    let office = [
        "--window",
        "mon-fri 08:00-18:00 1MB",
        "--zone",
        "Europe/Vienna",
    ];
    let mut set = vec!["transfers", "limits", "--usual", "20MB"];
    set.extend(office);
    let set = stage.json(&set);
    assert_eq!(set["usual"], 20_000_000);
    assert_eq!(
        set["windows"][0]["days"].as_array().unwrap().len(),
        5,
        "{set}"
    );
    assert_eq!(stage.json(&["transfers", "limits"]), set, "it is kept");
    let shown = stage.tally(&["transfers", "limits"]).ok();
    assert!(
        shown.contains("08:00 to 18:00") && shown.contains("Europe/Vienna"),
        "{shown}"
    );
    for wrong in [
        ["--usual", "10"],
        ["--zone", "Atlantis/Centre"],
        ["--window", "mon 25:00-26:00 1MB"],
    ] {
        let ran = stage.tally(&["transfers", "limits", wrong[0], wrong[1]]);
        assert_eq!(ran.code, 4, "{wrong:?}: {ran:?}");
    }
    assert_eq!(
        stage.json(&["transfers", "limits"]),
        set,
        "what is refused changes nothing"
    );
    let none = stage.json(&["transfers", "limits", "--window", "none", "--usual", "none"]);
    assert_eq!(
        (&none["usual"], &none["windows"]),
        (&Value::Null, &serde_json::json!([]))
    );
}

#[test]
fn a_cleared_transfer_leaves_the_list_and_its_receipts_only_when_told_so() {
    let stage = with_tenant();
    let a = stage.write("a.txt", "one");
    let sent = stage.json(&["upload", &a, "--to", "acme-retail"]);
    let transfer = sent["id"].to_string();
    let listed = |more: &[&str]| {
        let mut all = vec!["transfers", "list"];
        all.extend(more);
        stage.json(&all)["transfers"].as_array().unwrap().len()
    };
    stage.tally(&["transfers", "clear", &transfer]).ok();
    assert_eq!((listed(&[]), listed(&["--cleared"])), (0, 1));
    assert_eq!(
        files(&stage, &transfer, "done").len(),
        1,
        "the receipt stays"
    );
    let found = stage.json(&["transfers", "recheck", &transfer]);
    assert_eq!(found["same"], 1, "and can be asked about: {found}");

    stage.json(&["upload", &a, "--to", "acme-retail/again"]);
    let cleared = stage.json(&["transfers", "clear", "--ended", "--erase-receipts"]);
    assert_eq!((&cleared["cleared"], listed(&[])), (&1.into(), 0));
    stage
        .tally(&["transfers", "clear", &transfer, "--erase-receipts"])
        .ok();
    assert_eq!(listed(&["--cleared"]), 0);
    let gone = stage.tally(&["transfers", "files", &transfer]);
    assert_eq!(gone.code, 3, "{gone:?}");
}
