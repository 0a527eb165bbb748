//! A month is closed: a company of fifty is drafted, approved, issued and sent, paid and credited, and proven.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::mailbox::Mailbox;
use crate::stage::{Stage, word};

const MONTH: &str = "2026-10";

fn batch(stage: &Stage, action: &str) -> Value {
    stage.json(&["invoices", "batch", "--action", action, "--month", MONTH])
}

/// How many of each outcome there are.
fn outcomes(result: &Value) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in result["recipients"].as_array().unwrap() {
        *counts.entry(word(&row["outcome"])).or_default() += 1;
    }
    counts
}

fn only(outcome: &str, count: usize) -> BTreeMap<String, usize> {
    BTreeMap::from([(outcome.to_owned(), count)])
}

/// A mail server, and a channel that leads to it.
fn post_office(stage: &Stage) -> Mailbox {
    let (mailbox, port) = Mailbox::start("plain");
    let port = port.to_string();
    let channel = [
        "channels",
        "add",
        "mail",
        "Post",
        "--host",
        "localhost",
        "--port",
        &port,
    ];
    let more = ["--security", "none", "--from", "billing@northwind.example"];
    let to = ["--to", "cfo@northwind.example"];
    stage.tally(&[&channel[..], &more, &to].concat()).ok();
    mailbox
}

#[test]
fn a_month_is_closed_for_fifty_people_from_the_bill_to_the_proof() {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox", "--people", "50"]).ok();
    stage.tally(&["sync"]).ok();
    let mailbox = post_office(&stage);

    let drafted = batch(&stage, "draft");
    assert_eq!(outcomes(&drafted), only("drafted", 50));
    assert_eq!(outcomes(&batch(&stage, "draft")), only("unchanged", 50));
    let compared = stage.json(&["invoices", "comparison", "--month", MONTH]);
    assert_eq!(compared["rows"].as_array().unwrap().len(), 50);
    assert_eq!(outcomes(&batch(&stage, "approve")), only("approved", 50));
    let issued = batch(&stage, "issue");
    assert_eq!(outcomes(&issued), only("issued", 50));
    assert_eq!(issued["totals"], drafted["totals"]);
    let numbers: BTreeSet<String> = issued["recipients"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| word(&row["number"]))
        .collect();
    let wanted: BTreeSet<String> = (1..=50).map(|n| format!("INV-{n:05}")).collect();
    assert_eq!(numbers, wanted);

    assert_eq!(outcomes(&batch(&stage, "send")), only("sent", 50));
    let mut papers = BTreeMap::new();
    let mut addresses = BTreeSet::new();
    for _ in 0..50 {
        let mail = mailbox.next();
        addresses.insert(word(&mail["to"][0]));
        let file = &mail["files"][0];
        papers.insert(word(&file["name"]), word(&file["sha256"]));
    }
    assert_eq!(
        (papers.len(), addresses.len()),
        (50, 50),
        "each got their own"
    );
    assert_eq!(outcomes(&batch(&stage, "send")), only("unchanged", 50));
    let rows = issued["recipients"].as_array().unwrap();
    for row in &rows[..3] {
        let (id, file) = (row["invoice"].to_string(), stage.file("invoice.pdf"));
        stage.tally(&["invoices", "pdf", &id, "--out", &file]).ok();
        let kept: String = Sha256::digest(std::fs::read(&file).unwrap())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let name = format!("{}.pdf", word(&row["number"]));
        assert_eq!(papers[&name], kept, "the kept paper is what arrived");
    }

    let paid = rows[0]["invoice"].to_string();
    let total = word(&rows[0]["total"]);
    let pay = [
        "invoices",
        "pay",
        &paid,
        "--day",
        "2026-11-20",
        "--amount",
        &total,
    ];
    assert_eq!(stage.json(&pay)["state"], "paid");
    let credited = rows[1]["invoice"].to_string();
    let note = stage.json(&["invoices", "credit", &credited, "--reason", "Agreed"]);
    let note = note["id"].to_string();
    stage.tally(&["invoices", "issue", &note]).ok();
    let said = stage.tally(&["invoices", "send", &note]).ok();
    assert!(said.starts_with("Sent to "), "{said}");
    assert_eq!(mailbox.next()["files"][0]["name"], "CN-00001.pdf");
    let shown = stage.json(&["invoices", "show", &credited]);
    assert_eq!(
        (&shown["state"], &shown["sent"]["state"]),
        (&"credited".into(), &"sent".into())
    );

    let proven = stage.tally(&["invoices", "verify"]).ok();
    assert!(
        proven.contains("Series INV: 50 numbers, no gap"),
        "{proven}"
    );
    assert!(
        proven.contains("51 documents: 51 totals as issued"),
        "{proven}"
    );
    assert!(
        proven.contains("51 rendered again to the same bytes"),
        "{proven}"
    );
    assert_eq!(stage.json(&["verify"])["ok"], true);
}

#[test]
fn a_server_that_is_away_is_told_and_the_rest_of_a_batch_does_not_wait_for_it() {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    stage.tally(&["sync"]).ok();
    drop(post_office(&stage));
    for action in ["draft", "issue"] {
        batch(&stage, action);
    }
    let sent = batch(&stage, "send");
    assert_eq!(outcomes(&sent), only("waiting", 8), "{sent}");
    let first = sent["recipients"][0]["invoice"].to_string();
    let deliveries = stage.json(&["invoices", "deliveries", &first]);
    assert_eq!(deliveries["deliveries"].as_array().unwrap().len(), 1);
    let again = stage.json(&["invoices", "send", &first]);
    assert_eq!(
        again["id"], deliveries["deliveries"][0]["id"],
        "the same letter"
    );
    let shown = stage.tally(&["invoices", "send", &first, "--show"]).ok();
    assert!(shown.contains("Attached: INV-00001.pdf"), "{shown}");
}
