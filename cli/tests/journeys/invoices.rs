use std::process::Command;

use crate::stage::{Stage, word};

fn with_owner() -> Stage {
    let stage = Stage::with_focus_sample();
    stage
        .tally(&[
            "people",
            "add",
            "Ada Lovelace",
            "--email",
            "ada@example.com",
        ])
        .ok();
    stage
        .tally(&[
            "rules",
            "add",
            "--owner",
            "person:Ada Lovelace",
            "--tag",
            "environment=*",
        ])
        .ok();
    stage
}

#[test]
fn a_month_is_drafted_issued_and_printed() {
    let stage = with_owner();
    let drafts = stage.json(&[
        "invoices",
        "draft",
        "--month",
        "2024-09",
        "--for",
        "person:Ada Lovelace",
    ]);
    let draft = &drafts["invoices"][0];
    assert_eq!(draft["state"], "draft", "{drafts}");
    assert_eq!(draft["number"], serde_json::Value::Null);

    let id = draft["id"].to_string();
    let invoice = stage.json(&["invoices", "issue", &id]);
    assert_eq!(invoice["state"], "issued");
    assert_eq!(invoice["total"], draft["total"]);
    let number = word(&invoice["number"]);

    let file = stage.file("ada.pdf");
    stage.tally(&["invoices", "pdf", &id, "--out", &file]).ok();
    let text = Command::new("pdftotext")
        .args(["-layout", &file, "-"])
        .output()
        .unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains(&number), "{text}");
    assert!(text.contains("Ada Lovelace"), "{text}");

    let again = stage.file("again.pdf");
    stage.tally(&["invoices", "pdf", &id, "--out", &again]).ok();
    assert_eq!(
        std::fs::read(file).unwrap(),
        std::fs::read(again).unwrap(),
        "the same bytes"
    );
}

#[test]
fn an_amount_is_invoiced_once() {
    let stage = with_owner();
    let drafts = stage.json(&["invoices", "draft", "--month", "2024-09"]);
    let id = drafts["invoices"][0]["id"].to_string();
    stage.tally(&["invoices", "issue", &id]).ok();
    let twice = stage.tally(&["invoices", "issue", &id]);
    assert_eq!(twice.code, 5, "{twice:?}");
    let more = stage.json(&["invoices", "draft", "--month", "2024-09"]);
    assert_eq!(
        more["invoices"],
        serde_json::json!([]),
        "all of it is claimed"
    );
}

#[test]
fn numbers_have_no_gaps_even_if_drafts_are_thrown_away() {
    let stage = with_owner();
    stage
        .tally(&["people", "add", "Grace", "--email", "grace@example.com"])
        .ok();
    stage
        .tally(&["rules", "add", "--owner", "person:Grace", "--service", "*"])
        .ok();
    stage
        .tally(&["invoices", "draft", "--month", "2024-09"])
        .ok();
    stage
        .tally(&["invoices", "draft", "--month", "2024-09"])
        .ok();
    let drafts = stage.json(&["invoices", "list", "--month", "2024-09"]);
    let drafts = drafts["invoices"].as_array().unwrap().clone();
    assert_eq!(
        drafts.len(),
        2,
        "drafting again replaces the drafts: {drafts:?}"
    );
    let mut numbers: Vec<String> = drafts
        .iter()
        .map(|draft| word(&stage.json(&["invoices", "issue", &draft["id"].to_string()])["number"]))
        .collect();
    numbers.sort();
    let last_digits: Vec<&str> = numbers.iter().map(|n| &n[n.len() - 1..]).collect();
    assert_eq!(last_digits, ["1", "2"], "{numbers:?}");
}

#[test]
fn an_invoice_is_approved_issued_paid_taken_back_and_proven() {
    let stage = with_owner();
    let drafts = stage.json(&["invoices", "draft", "--month", "2024-09"]);
    let id = drafts["invoices"][0]["id"].to_string();
    stage
        .tally(&[
            "invoices",
            "change",
            &id,
            "--purchase-order",
            "PO-1",
            "--line",
            "Workshop=100.00",
        ])
        .ok();
    let approved = stage.json(&["invoices", "approve", &id]);
    assert_eq!(approved["state"], "approved");
    let fixed = stage.tally(&["invoices", "change", &id]);
    assert_eq!(fixed.code, 5, "{fixed:?}");
    let invoice = stage.json(&["invoices", "issue", &id]);
    let lines = invoice["lines"].as_array().unwrap().len().to_string();
    let note = stage.json(&[
        "invoices",
        "credit",
        &id,
        "--reason",
        "No workshop",
        "--line",
        &lines,
    ]);
    assert_eq!(note["subtotal"], "100.00", "{note}");
    stage
        .tally(&["invoices", "issue", &note["id"].to_string()])
        .ok();
    let open = word(&stage.json(&["invoices", "show", &id])["open"]);
    let pay = ["invoices", "pay", &id, "--day", "2024-11-05", "--amount"];
    let said = stage.tally(&[&pay[..], &[&open]].concat()).ok();
    assert!(said.contains("paid"), "{said}");
    let again = stage.tally(&[&pay[..], &["0.01"]].concat());
    assert_eq!(again.code, 4, "nothing is left to pay: {again:?}");

    let account = stage
        .tally(&[
            "invoices",
            "statement",
            "--for",
            "person:Ada Lovelace",
            "--from",
            "2020-01-01",
            "--to",
            "2099-12-31",
        ])
        .ok();
    assert!(account.contains("credit note CN-00001"), "{account}");
    assert!(account.contains("Closing balance"), "{account}");
    let proven = stage.tally(&["invoices", "verify"]).ok();
    assert!(proven.contains("Series CN: 1 numbers, no gap"), "{proven}");
    assert!(
        proven.contains("2 documents: 2 totals as issued"),
        "{proven}"
    );
}
