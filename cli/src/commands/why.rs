//! Why a number is what it is.

use serde_json::Value;

use super::costs::{narrowed, within};
use crate::arguments::Why;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

/// `tally why`.
pub async fn why(door: &Door, ask: Why) -> Result<(), Failure> {
    let Why {
        when,
        by,
        key,
        metric,
        as_of,
        filters,
    } = ask;
    let address = Address::new("why")
        .with("by", by.as_deref())
        .with("key", key.as_deref())
        .with("metric", Some(metric.word()))
        .with("as_of", as_of.as_deref());
    let answer = door.get(narrowed(within(address, &when), &filters)).await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let results = rows(&answer, "results");
    if results.is_empty() {
        crate::say::note("No charges there.");
    }
    for result in results {
        say_result(result);
    }
    for note in rows(&answer, "notes") {
        crate::say::line(&format!("Note: {}", text(&note["text"])));
    }
    // One line a month and state, however many billing accounts a client has.
    let mut months: Vec<String> = rows(&answer, "reconciliation")
        .iter()
        .map(standing)
        .collect();
    months.dedup();
    for month in months {
        crate::say::line(&month);
    }
    crate::say::line(&format!(
        "The charges: tally api GET '/api/v1/charges?{}'",
        text(&answer["charges_query"])
    ));
    Ok(())
}

fn say_result(result: &Value) {
    let currency = text(&result["currency"]);
    crate::say::line(&format!("{} {currency}", text(&result["amount"])));
    let right = format!(">{currency}");
    let figures = |list: &str| {
        let values: Vec<&Value> = rows(result, list)
            .iter()
            .map(|row| &row["amount"])
            .collect();
        amounts(&values)
    };
    let mut sources = Rows::new(&["from", "status", ">version", ">charges", &right, ""]);
    for (source, amount) in rows(result, "sources").iter().zip(figures("sources")) {
        let version = &source["version"];
        let files: Vec<String> = rows(source, "files").iter().map(text).collect();
        sources.row([
            format!("{} {}", text(&version["source"]), text(&version["period"])),
            text(&version["status"]),
            text(&version["version"]),
            text(&source["charges"]),
            amount,
            files.join(", "),
        ]);
    }
    sources.say();
    let mut rules = Rows::new(&["owner", "because", ">charges", &right]);
    for (rule, amount) in rows(result, "rules").iter().zip(figures("rules")) {
        let owner = match &rule["owner"] {
            Value::Null => "Unowned".to_owned(),
            owner => text(&owner["label"]),
        };
        let because = match &rule["rule"] {
            Value::Null => "no rule matches".to_owned(),
            rule => format!("rule {}: {}", rule["id"], text(&rule["text"])),
        };
        rules.row([owner, because, text(&rule["charges"]), amount]);
    }
    rules.say();
    let mut categories = Rows::new(&["category", &right]);
    for (category, amount) in rows(result, "categories").iter().zip(figures("categories")) {
        categories.row([text(&category["category"]), amount]);
    }
    categories.say();
}

/// How a month stands to AWS's own totals, in words.
fn standing(month: &Value) -> String {
    let (client, name) = (text(&month["client"]), text(&month["month"]));
    let state = match text(&month["state"]).as_str() {
        "agrees" => "agrees with AWS's own totals".to_owned(),
        "explained" => "differs from AWS's own totals, each difference is named".to_owned(),
        "unexplained" => "differs from AWS's own totals, not all of it is explained".to_owned(),
        "incomplete" => {
            format!("is not compared with AWS's own totals (tally reconcile --month {name})")
        }
        other => other.to_owned(),
    };
    format!("{client} {name} {state}.")
}
