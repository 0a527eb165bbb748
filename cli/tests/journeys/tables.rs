//! Any table goes out as a file, in one piece or not at all.

use std::path::Path;

use crate::stage::Stage;

#[test]
fn a_table_is_what_the_name_of_its_file_says() {
    let stage = Stage::with_focus_sample();
    stage.tally(&["people", "add", "=Ann"]).ok();
    for (name, begins) in [
        (
            "people.csv",
            &b"Name,Mail,Teams,Archived,Id\r\n'=Ann,,,no,"[..],
        ),
        ("people.xlsx", b"PK\x03\x04"),
        ("people.pdf", b"%PDF-"),
    ] {
        let out = stage.file(name);
        stage.tally(&["export", "people", "--out", &out]).ok();
        let file = std::fs::read(&out).unwrap();
        assert!(
            file.starts_with(begins),
            "{name}: {}",
            String::from_utf8_lossy(&file)
        );
    }
    let out = stage.file("german.txt");
    let german = [
        "export",
        "costs",
        "--month",
        "2024-09",
        "--by",
        "provider",
        "--format",
        "csv",
        "--out",
        &out,
        "--separator",
        "semicolon",
        "--decimal-comma",
        "--bom",
    ];
    stage.tally(&german).ok();
    let file = std::fs::read_to_string(&out).unwrap();
    assert!(
        file.starts_with("\u{feff}Provider;Provider key;Currency;Total\r\n"),
        "{file}"
    );
    assert!(file.contains(",") && !file.contains('.'), "{file}");
}

#[test]
fn filters_narrow_a_table_as_they_narrow_its_screen() {
    let stage = Stage::with_focus_sample();
    let out = stage.file("charges.csv");
    let service = stage.costs(&["--month", "2024-09", "--by", "service"])[0]
        .0
        .clone();
    let ask = [
        "export",
        "charges",
        "--month",
        "2024-09",
        "--service",
        &service,
        "--out",
        &out,
    ];
    let said = stage.json(&ask);
    assert_eq!(said["table"], "charges");
    assert_eq!(said["bytes"], std::fs::metadata(&out).unwrap().len());
    let file = std::fs::read_to_string(&out).unwrap();
    let of_service = |line: &&str| line.contains(&service);
    assert!(
        file.lines().skip(1).all(|line| of_service(&line)),
        "{service}: {file}"
    );
}

#[test]
fn a_table_that_cannot_be_leaves_what_is_there() {
    let stage = Stage::with_focus_sample();
    let out = stage.write("kept.xlsx", "as it was");
    for (ask, code, says) in [
        (&["export", "nonsense"][..], 3, "nonsense"),
        (&["export", "charges"], 4, "month"),
        (
            &[
                "export", "charges", "--month", "2024-09", "--person", "Nobody",
            ],
            3,
            "Nobody",
        ),
        (&["export", "statement", "--month", "2024-09"], 4, "person"),
        (&["export", "people", "--with", "colour"], 2, "NAME=VALUE"),
        (&["export", "people", "--with", "colour=red"], 4, "colour"),
    ] {
        let ask = [ask, &["--out", &out]].concat();
        let ran = stage.tally(&ask);
        assert_eq!(ran.code, code, "{ask:?}: {ran:?}");
        assert!(ran.err.contains(says), "{ask:?}: {}", ran.err);
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "as it was");
    }
    let left = std::fs::read_dir(stage.path()).unwrap();
    let parts = left
        .filter(|entry| {
            let path = entry.as_ref().unwrap().path();
            Path::new(&path)
                .extension()
                .is_some_and(|end| end == "part")
        })
        .count();
    assert_eq!(parts, 0);
}

#[test]
fn all_tables_are_listed_and_the_ledger_still_goes_out_as_focus() {
    let stage = Stage::new();
    let listed = stage.tally(&["export"]).ok();
    for table in ["costs", "charges", "people", "budgets", "invoices", "audit"] {
        assert!(
            listed
                .lines()
                .any(|line| line.split_whitespace().next() == Some(table)),
            "{listed}"
        );
    }
    let refused = stage.tally(&["export", "people"]);
    assert_eq!(refused.code, 2, "a file is needed: {refused:?}");
    let out = stage.file("focus.csv");
    stage
        .tally(&["export", "focus", "--month", "2024-09", "--out", &out])
        .ok();
    assert!(
        std::fs::read_to_string(&out)
            .unwrap()
            .starts_with("BilledCost,")
    );
}
