use crate::stage::Stage;

#[test]
fn a_workspace_is_well_and_says_so_check_by_check() {
    let stage = Stage::with_focus_sample();
    let found = stage.json(&["verify"]);
    assert_eq!(found["ok"], true, "{found}");
    assert!(found["checks"].as_array().unwrap().len() >= 4, "{found}");
}

#[test]
fn a_backup_restored_elsewhere_answers_the_same() {
    let stage = Stage::with_focus_sample();
    let backup = stage.file("sample.tallybackup");
    stage.tally(&["backup", &backup]).ok();
    let again = stage.tally(&["backup", &backup]);
    assert_eq!(again.code, 5, "a backup overwrites nothing: {again:?}");

    let elsewhere = stage.file("elsewhere.tally");
    stage
        .tally(&["restore", &backup, "--workspace", &elsewhere])
        .ok();
    for question in [
        &["costs", "--month", "2024-09", "--by", "service"][..],
        &["periods"],
        &["rules", "list"],
    ] {
        let mut there = question.to_vec();
        there.extend(["--workspace", &elsewhere]);
        assert_eq!(stage.json(question), stage.json(&there), "{question:?}");
    }
    let over = stage.tally(&["restore", &backup, "--workspace", &elsewhere]);
    assert_eq!(over.code, 5, "a restore overwrites nothing: {over:?}");
}

#[test]
fn the_recovery_key_that_init_shows_restores_a_backup_without_the_passphrase() {
    let stage = Stage::empty();
    let made = stage.json(&["init"]);
    let key = made["recovery_key"].as_str().unwrap().to_owned();
    stage
        .tally(&["people", "add", "Ada", "--email", "ada@example.com"])
        .ok();
    let backup = stage.file("sample.tallybackup");
    stage.tally(&["backup", &backup]).ok();

    let elsewhere = stage.file("elsewhere.tally");
    let keyed = stage.write("key.txt", &key);
    let mut command = stage.command(&[
        "restore",
        &backup,
        "--recovery-key",
        "--workspace",
        &elsewhere,
    ]);
    command.stdin(std::fs::File::open(keyed).unwrap());
    crate::stage::Ran::of(command.spawn().unwrap()).ok();
    let people = stage.json(&["people", "list", "--workspace", &elsewhere]);
    assert_eq!(people["people"][0]["name"], "Ada");
}

#[test]
fn a_damaged_backup_is_refused() {
    let stage = Stage::with_focus_sample();
    let backup = stage.file("sample.tallybackup");
    stage.tally(&["backup", &backup]).ok();
    let mut bytes = std::fs::read(&backup).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    std::fs::write(&backup, bytes).unwrap();
    let elsewhere = stage.file("elsewhere.tally");
    let refused = stage.tally(&["restore", &backup, "--workspace", &elsewhere]);
    assert_ne!(refused.code, 0);
    assert!(
        !std::path::Path::new(&elsewhere).exists(),
        "nothing is left behind"
    );
}

#[test]
fn no_secret_stands_in_any_file_or_answer() {
    let stage = Stage::with_focus_sample();
    stage
        .tally(&["backup", &stage.file("sample.tallybackup")])
        .ok();
    let secret = b"correct horse battery staple";
    let mut folders = vec![stage.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "the passphrase stands in {}", path.display());
        }
    }
}
