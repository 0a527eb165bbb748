use crate::stage::{Stage, focus_sample, word};

/// Four good rows of the sample's columns.
fn small_file() -> String {
    let text = std::fs::read_to_string(focus_sample()).unwrap();
    text.lines().take(5).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_file_imported_twice_changes_nothing() {
    let stage = Stage::with_focus_sample();
    let before = stage.json(&["periods"]);
    let again = stage.json(&["import", &focus_sample()]);
    let outcomes: Vec<String> = again["imports"][0]["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|period| word(&period["outcome"]))
        .collect();
    assert!(!outcomes.is_empty());
    assert!(
        outcomes.iter().all(|outcome| outcome == "unchanged"),
        "{again}"
    );
    assert_eq!(stage.json(&["periods"]), before);
}

#[test]
fn the_sample_holds_two_billing_periods_of_three_billing_accounts() {
    let stage = Stage::with_focus_sample();
    let periods = stage.json(&["periods"]);
    let mut seen: Vec<(String, String)> = periods["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|period| (word(&period["billing_account"]), word(&period["period"])))
        .collect();
    seen.sort();
    let expected = [
        (
            "/providers/Microsoft.Billing/billingAccounts/8611537",
            "2024-09",
        ),
        ("1234567890123", "2024-09"),
        ("20209880", "2024-09"),
        ("20209880", "2024-10"),
    ];
    assert_eq!(seen, expected.map(|(a, p)| (a.to_owned(), p.to_owned())));
}

#[test]
fn a_second_file_for_the_same_period_replaces_the_first_and_says_so() {
    let stage = Stage::with_focus_sample();
    let smaller = stage.write("smaller.csv", &small_file());
    let result = stage.json(&["import", &smaller]);
    let period = &result["imports"][0]["periods"][0];
    assert_eq!(period["outcome"], "replaced", "{result}");
    assert!(period["replaced_version"].is_i64(), "{result}");
    let told = stage.tally(&["import", &focus_sample()]).ok();
    assert!(told.contains("replaced"), "{told}");
}

#[test]
fn a_bill_that_comes_in_parts_is_added_when_told_so() {
    let stage = Stage::new();
    let text = small_file();
    let first = stage.write("first.csv", &text);
    let header_and_last = [text.lines().next(), text.lines().last()].map(Option::unwrap);
    let second = stage.write("second.csv", &(header_and_last.join("\n") + "\n"));
    stage.tally(&["import", &first]).ok();
    let result = stage.json(&["import", "--add", &second]);
    assert_eq!(
        result["imports"][0]["periods"][0]["outcome"], "added",
        "{result}"
    );
}

#[test]
fn a_bad_row_refuses_the_whole_file_and_is_named_by_line_and_reason() {
    let stage = Stage::new();
    let mut lines: Vec<String> = small_file().lines().map(str::to_owned).collect();
    let columns: Vec<&str> = lines[2].split(',').collect();
    let broken = columns[1];
    lines[2] = lines[2].replacen(broken, "\"twelve\"", 1);
    let file = stage.write("broken.csv", &(lines.join("\n") + "\n"));
    let refused = stage.tally(&["import", &file]);
    assert_eq!(refused.code, 4, "{refused:?}");
    assert!(
        refused.err.contains("broken.csv:3: BilledCost"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("twelve"), "{}", refused.err);
    assert_eq!(stage.json(&["periods"])["periods"], serde_json::json!([]));

    let told = stage.tally(&["import", &file, "--json"]);
    let problem: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(
        problem["error"]["details"]["rows"][0]["line"], 3,
        "{problem}"
    );

    let rest = stage.json(&["import", "--skip-bad-rows", &file]);
    assert_eq!(rest["imports"][0]["skipped_rows"][0]["line"], 3, "{rest}");
    let recorded = stage.json(&["periods"]);
    assert_eq!(
        recorded["periods"][0]["skipped_rows"][0]["line"], 3,
        "{recorded}"
    );
}

#[test]
fn a_file_that_is_no_bill_keeps_no_other_from_being_imported() {
    let stage = Stage::new();
    let shopping = stage.write("shopping.csv", "item,price\nmilk,2\n");
    let letter = stage.write("letter.csv", "Dear customer\n");
    let small = stage.write("small.csv", &small_file());
    let told = stage.tally(&[
        "import",
        &shopping,
        &small,
        &letter,
        &focus_sample(),
        "--json",
    ]);
    assert_eq!(told.code, 4, "{told:?}");
    let answer: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    let files: Vec<String> = answer["imports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|import| word(&import["file"]))
        .collect();
    assert_eq!(files.len(), 2, "{answer}");
    assert_eq!(
        files[0], "small.csv",
        "in the order in which they are named"
    );
    let first = word(&answer["error"]["detail"]);
    assert!(first.starts_with("shopping.csv is not"), "{answer}");
    assert!(told.err.contains("letter.csv"), "{told:?}");
    let periods = stage.json(&["periods"]);
    let versions = periods["periods"].as_array().unwrap().len();
    assert_eq!(
        versions, 5,
        "the last restates a month of the one before it"
    );
}

#[test]
fn a_file_that_is_no_bill_is_refused_with_a_hint() {
    let stage = Stage::new();
    let file = stage.write("shopping.csv", "item,price\nmilk,2\n");
    let refused = stage.tally(&["import", &file]);
    assert_eq!(refused.code, 4, "{refused:?}");
    let missing = stage.tally(&["import", "nowhere.csv"]);
    assert_eq!(missing.code, 3, "{missing:?}");
}
