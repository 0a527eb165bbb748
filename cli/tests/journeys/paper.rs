//! Documents on paper: how they look, and reports.

use std::path::Path;
use std::process::Command;

use crate::stage::{Stage, focus_sample};

/// What poppler reads on the document.
fn read(file: &str) -> String {
    let output = Command::new("pdftotext")
        .args(["-layout", file, "-"])
        .output()
        .unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_letterhead_is_set_and_every_new_draft_and_report_has_it() {
    let stage = Stage::with_focus_sample();
    stage.tally(&["people", "add", "Zoë 港湾"]).ok();
    stage
        .tally(&[
            "rules",
            "add",
            "--owner",
            "person:Zoë 港湾",
            "--service",
            "*",
        ])
        .ok();
    let logo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../icons/tallyport.svg");
    let logo = logo.to_str().unwrap();
    let set = stage.tally(&[
        "letterhead",
        "set",
        "--language",
        "fr",
        "--paper",
        "letter",
        "--brand",
        "#0b5d7a",
        "--logo",
        logo,
    ]);
    let set = set.ok();
    assert!(
        set.contains("language  fr") && set.contains("colour    #0b5d7a"),
        "{set}"
    );
    let shown = stage.json(&["letterhead", "show"]);
    assert_eq!(shown["logo"].as_str().map(str::len), Some(64), "{shown}");

    let drafts = stage.json(&["invoices", "draft", "--month", "2024-09"]);
    let id = drafts["invoices"][0]["id"].to_string();
    let pdf = stage.file("draft.pdf");
    stage.tally(&["invoices", "pdf", &id, "--out", &pdf]).ok();
    let draft = read(&pdf);
    assert!(
        draft.contains("Projet de facture") && draft.contains("Zoë 港湾"),
        "{draft}"
    );

    let report = stage.file("report.pdf");
    let said = stage.tally(&[
        "report",
        "costs-by-person",
        "--month",
        "2024-09",
        "--out",
        &report,
    ]);
    assert!(
        said.ok().contains("report.pdf"),
        "it says where the file is"
    );
    let text = read(&report);
    assert!(
        text.contains("Coûts par personne septembre 2024") && text.contains("Zoë 港湾"),
        "{text}"
    );
}

#[test]
fn what_cannot_be_printed_is_refused_and_nothing_is_changed() {
    let stage = Stage::with_focus_sample();
    let bill = focus_sample();
    let before = stage.json(&["letterhead", "show"]);
    for (option, value, says) in [
        ("--logo", bill.as_str(), "PNG or an SVG"),
        ("--paper", "a3", "a4 or letter"),
        ("--language", "kl", "en, de, fr or es"),
    ] {
        let ran = stage.tally(&["letterhead", "set", option, value]);
        assert!(ran.code != 0 && ran.err.contains(says), "{}", ran.err);
    }
    assert_eq!(stage.json(&["letterhead", "show"]), before);
    let nowhere = stage.file("no/such/folder/report.pdf");
    let ran = stage.tally(&["report", "summary", "--out", &nowhere]);
    assert!(
        ran.code != 0 && ran.err.contains("report.pdf"),
        "{}",
        ran.err
    );
}
