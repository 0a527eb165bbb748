//! Price books on the command line: from a file, on a month, on an invoice.

use crate::stage::Stage;

fn with_owner() -> Stage {
    let stage = Stage::with_focus_sample();
    stage.tally(&["people", "add", "Ada"]).ok();
    stage
        .tally(&["rules", "add", "--owner", "person:Ada", "--service", "*"])
        .ok();
    stage
}

const BOOK: &str = "\
note = \"From January\"
currency = \"USD\"
used_for = [\"all\"]

[[entry]]
kind = \"markup\"
percent = 25

[[entry]]
scope = \"person:Ada\"
kind = \"fee\"
label = \"Support\"
amount = 30
";

#[test]
fn a_book_from_a_file_is_previewed_and_prices_the_drafts() {
    let stage = with_owner();
    let file = stage.write("standard.toml", BOOK);
    let set = stage.tally(&["pricebook", "set", &file]).ok();
    assert!(
        set.contains("standard, version 1: 2 entries, for Everybody."),
        "{set}"
    );
    let listed = stage.tally(&["pricebook", "list"]).ok();
    assert!(listed.contains("standard"), "{listed}");
    let shown = stage.tally(&["pricebook", "show", "Standard"]).ok();
    assert!(shown.contains("Support, 30.00 USD"), "{shown}");
    let ask = ["pricebook", "preview", "standard", "--month", "2024-09"];
    let preview = stage.json(&ask);
    let why = stage.tally(&[&ask[..], &["--why"]].concat()).ok();
    assert!(
        why.contains("standard (version 1): entry 2 (30.00 USD a month, for person:Ada)"),
        "{why}"
    );
    let drafts = stage.json(&["invoices", "draft", "--month", "2024-09"]);
    let path = format!("/api/v1/invoices/{}", drafts["invoices"][0]["id"]);
    let draft = stage.json(&["api", "GET", &path]);
    let lines = draft["lines"].as_array().unwrap();
    let charged = preview["recipients"][0]["lines"].as_array().unwrap();
    assert_eq!(lines.len(), charged.len());
    assert_eq!(lines.last().unwrap()["text"], "Support");
    let out = stage.file("out.csv");
    stage
        .tally(&["pricebook", "show", "standard", "--out", &out])
        .ok();
    let written = std::fs::read_to_string(&out).unwrap();
    assert!(
        written.contains("person:Ada,,,,fee,,,30.00,USD,Support"),
        "{written}"
    );
    let used = stage.tally(&["pricebook", "use", "standard"]).ok();
    assert!(used.contains("standard is for nobody yet."), "{used}");
    stage.tally(&["pricebook", "remove", "standard"]).ok();
    let gone = stage.tally(&["pricebook", "show", "standard"]);
    assert_eq!(gone.code, 3, "{gone:?}");
}

#[test]
fn a_file_that_cannot_be_is_refused_by_line_and_column() {
    let stage = with_owner();
    let file = stage.write("bad.csv", "kind,percent\nmarkup,15 percent\n");
    let refused = stage.tally(&["pricebook", "set", &file]);
    assert_eq!(refused.code, 4, "{refused:?}");
    assert!(
        refused.err.contains("Line 2, column 2 (percent)"),
        "{refused:?}"
    );
}
