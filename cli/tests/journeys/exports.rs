//! The ledger goes out as FOCUS 1.2: valid, exact, and readable by this program too.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::environment::python;
use crate::stage::{Stage, data, focus_sample, word};

/// Rules that fail and why: the fault lies in the source, or in what any ledger of daily charges
/// does not keep. Whatever else fails fails the test.
type Excused = &'static [(&'static str, &'static str)];

/// The model asks for no invoice number in any row (004) and for one in every row (005), without the conditions
/// that the rules name: one of them fails whatever a file says. Its rule of either (003) holds.
const NO_INVOICE: (&str, &str) = (
    "InvoiceId-C-005-C",
    "FOCUS 1.0 has no InvoiceId, and this anonymous report leaves it empty",
);
const INVOICED: (&str, &str) = ("InvoiceId-C-004-C", "every charge stands on an invoice");

const REPORT: Excused = &[
    NO_INVOICE,
    (
        "ConsumedUnit-C-003-O",
        "units such as \"Dashboards\" of the report",
    ),
    (
        "PricingUnit-C-003-O",
        "units such as \"Dashboards\" of the report",
    ),
    (
        "SubAccountName-C-005-C",
        "a legacy report names no accounts",
    ),
];

/// The company's bill, from Cost Explorer or from its exports.
const SANDBOX: Excused = &[
    INVOICED,
    (
        "ChargeDescription-C-003-O",
        "Cost Explorer has no descriptions",
    ),
    (
        "ConsumedUnit-C-003-O",
        "units as AWS names them in its export",
    ),
    (
        "PricingUnit-C-003-O",
        "units as AWS names them in its export",
    ),
    (
        "EffectiveCost-C-005-C",
        "what a commitment leaves unused is the effective cost of its recurring fee, and the fee is a purchase",
    ),
];

/// In CSV the validator guesses types. It takes a quoted number of twelve digits for a moment where
/// they could be one, such as the 34th of December 1234 of this report's only account.
const GUESSED: Excused = &[
    ("BillingAccountId-C-002-M", "guessed to be a moment"),
    ("SubAccountId-C-001-M", "guessed to be a moment"),
];

const FOCUS_SAMPLE: Excused = &[
    NO_INVOICE,
    (
        "ConsumedUnit-C-003-O",
        "units such as \"10K\" of the sample",
    ),
    ("PricingUnit-C-003-O", "units such as \"10K\" of the sample"),
    (
        "ServiceName-C-005-C",
        "the sample gives one service two categories",
    ),
    ("ServiceName-C-008-C", "follows from it"),
];

/// What the validator says of some files.
fn validated(files: &[PathBuf]) -> BTreeMap<String, Value> {
    let output = Command::new(python())
        .arg(data("../oracle/validate_focus.py"))
        .args(files)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Exports some days in both layouts; which rules each file breaks, by layout.
fn broken(stage: &Stage, range: [&str; 2]) -> Vec<(String, Vec<String>)> {
    let files: Vec<PathBuf> = ["csv", "parquet"]
        .map(|format| {
            let out = stage.file(&format!("out.{format}"));
            let [from, to] = range;
            let answer =
                stage.json(&["export", "focus", "--from", from, "--to", to, "--out", &out]);
            assert_eq!(answer["format"], format);
            assert!(answer["charges"].as_u64() > Some(0), "{answer}");
            assert_eq!(
                answer["bytes"].as_u64().unwrap(),
                std::fs::metadata(&out).unwrap().len()
            );
            PathBuf::from(out)
        })
        .to_vec();
    let said = validated(&files);
    said.iter()
        .map(|(file, said)| {
            assert!(said["passed"].as_u64() > Some(150), "{file}: {said}");
            let mut broken: Vec<String> = said["failed"]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect();
            broken.sort_unstable();
            (file.rsplit('.').next().unwrap().to_owned(), broken)
        })
        .collect()
}

/// Exports some days and holds both layouts against the rules: what fails is what is excused.
fn check(stage: &Stage, range: [&str; 2], excused: Excused, in_csv: Excused) {
    for (layout, broken) in broken(stage, range) {
        let guessed = if layout == "csv" { in_csv } else { &[] };
        let mut known: Vec<&str> = excused
            .iter()
            .chain(guessed)
            .map(|(rule, _)| *rule)
            .collect();
        known.sort_unstable();
        assert_eq!(broken, known, "{layout}");
    }
}

#[test]
fn the_focus_sample_goes_out_as_valid_focus() {
    let stage = Stage::with_focus_sample();
    check(&stage, ["2024-01-01", "2024-12-31"], FOCUS_SAMPLE, &[]);
}

#[test]
fn a_cost_and_usage_report_goes_out_as_valid_focus() {
    let stage = Stage::new();
    let report = data("focus-converters/sample-anonymous-aws-export-dataset.csv");
    stage.tally(&["import", &report.display().to_string()]).ok();
    check(&stage, ["2023-11-01", "2023-11-30"], REPORT, GUESSED);
}

#[test]
fn the_sandbox_company_goes_out_as_valid_focus_with_the_number_of_its_invoice() {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    stage.tally(&["sync"]).ok();
    for (layout, broken) in broken(&stage, ["2026-10-01", "2026-10-31"]) {
        let digits = ("InvoiceId-C-001-M", "guessed to be a number");
        let guessed = GUESSED.iter().chain([&digits]);
        let guessed = guessed.filter(|_| layout == "csv");
        let known: Vec<&str> = SANDBOX
            .iter()
            .chain(guessed)
            .map(|(rule, _)| *rule)
            .collect();
        let unexpected: Vec<&String> = broken
            .iter()
            .filter(|rule| !known.contains(&rule.as_str()))
            .collect();
        assert!(unexpected.is_empty(), "{layout}: {unexpected:?}");
    }
}

#[test]
fn what_goes_out_comes_in_again_to_the_nano() {
    let first = Stage::with_focus_sample();
    first.tally(&["people", "add", "Ann"]).ok();
    first
        .tally(&[
            "rules",
            "add",
            "--owner",
            "person:Ann",
            "--service",
            "Amazon*",
        ])
        .ok();
    let sent = charges(&first);
    assert!(sent.len() > 500, "{} charges", sent.len());
    for format in ["csv", "parquet"] {
        let out = first.file(&format!("again.{format}"));
        first
            .tally(&[
                "export",
                "focus",
                "--out",
                &out,
                "--from",
                "2024-01-01",
                "--to",
                "2024-12-31",
            ])
            .ok();
        let second = Stage::new();
        second.tally(&["import", &out]).ok();
        let came = charges(&second);
        let first_difference = sent.iter().zip(&came).find(|(sent, came)| sent != came);
        assert_eq!(first_difference, None, "{format}");
        assert_eq!(sent.len(), came.len(), "{format}");
    }
}

/// Every charge of 2024 but for what depends on the workspace that holds it: its number, its file,
/// its client, whose it is.
fn charges(stage: &Stage) -> Vec<String> {
    let answer = stage.json(&[
        "api",
        "GET",
        "/api/v1/charges?from=2024-01-01&to=2024-12-31&limit=1000",
    ]);
    let rows = answer["rows"].as_array().unwrap();
    assert_eq!(
        rows.len().to_string(),
        answer["total_rows"].to_string(),
        "all on one page"
    );
    let mut charges: Vec<String> = rows
        .iter()
        .map(|row| {
            let mut row = row.as_object().unwrap().clone();
            for own in ["id", "source", "client", "owner", "rule", "lines"] {
                row.remove(own);
            }
            Value::from(row).to_string()
        })
        .collect();
    charges.sort();
    charges
}

#[test]
fn an_export_says_who_owns_what_and_why() {
    let stage = Stage::with_focus_sample();
    stage.tally(&["people", "add", "Ann"]).ok();
    stage
        .tally(&[
            "rules",
            "add",
            "--owner",
            "person:Ann",
            "--service",
            "Amazon*",
        ])
        .ok();
    let out = stage.file("owned.csv");
    stage
        .tally(&[
            "export", "focus", "--month", "2024-09", "--out", &out, "--person", "Ann",
        ])
        .ok();
    let text = std::fs::read_to_string(&out).unwrap();
    let (header, rows) = text.split_once("\r\n").unwrap();
    assert!(
        header.ends_with("x_PeriodStatus,x_Source,x_UsageType,x_Version"),
        "{header}"
    );
    let lines = rows.matches("\"ownership-rule:1\"").count();
    let asked = stage.json(&[
        "api",
        "GET",
        "/api/v1/charges?month=2024-09&person=Ann&limit=1",
    ]);
    assert_eq!(lines.to_string(), asked["total_rows"].to_string());
    assert!(
        rows.contains("\"Ann\",\"person:1\",\"person\""),
        "owner, its key, its kind"
    );
}

#[test]
fn an_export_that_cannot_be_leaves_what_is_there() {
    let stage = Stage::with_focus_sample();
    let out = stage.write("kept.csv", "as it was");
    let ran = stage.tally(&[
        "export", "focus", "--month", "2024-09", "--out", &out, "--person", "Nobody",
    ]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "as it was");
    let ran = stage.tally(&[
        "export",
        "focus",
        "--month",
        "2024-09",
        "--out",
        "no/such/folder.csv",
    ]);
    assert_ne!(ran.code, 0, "{ran:?}");
    let ran = stage.tally(&[
        "api",
        "GET",
        "/api/v1/exports/focus?month=2024-09&format=xlsx",
    ]);
    assert!(
        ran.err.contains("csv or parquet") || ran.out.contains("csv or parquet"),
        "{ran:?}"
    );
    let left: Vec<String> = std::fs::read_dir(stage.path())
        .unwrap()
        .map(|entry| {
            word(&Value::from(
                entry.unwrap().file_name().to_string_lossy().into_owned(),
            ))
        })
        .filter(|name| name.ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(Path::new(&focus_sample()).exists());
}

#[test]
fn a_large_month_can_be_left_to_athena_and_fetched_again() {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    let place = [
        "sources",
        "athena",
        "--above",
        "1000",
        "--database",
        "bills",
        "--output",
        "s3://answers/tallyport/",
    ];
    let set = stage.json(&place);
    assert_eq!(set["athena"]["above_bytes"], 1000);
    assert_eq!(set["athena"]["workgroup"], "tallyport");
    let refused = stage.tally(&["sources", "athena", "--above", "1000"]);
    assert_eq!(
        refused.code, 2,
        "a database and a place for answers are needed: {refused:?}"
    );
    assert_eq!(stage.json(&["sources", "athena"])["athena"], Value::Null);
}
