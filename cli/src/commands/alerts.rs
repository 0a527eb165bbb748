//! The inbox.

use serde_json::{Value, json};

use crate::arguments::Alerts;
use crate::commands::budgets::find;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally alerts`.
pub async fn alerts(door: &Door, ask: Alerts) -> Result<(), Failure> {
    let answered = match ask {
        Alerts::List { all, budget } => return list(door, all, budget).await,
        Alerts::Ack { id } => door.post(format!("/api/v1/alerts/{id}/ack"), json!({})),
        Alerts::Reopen { id } => door.post(format!("/api/v1/alerts/{id}/reopen"), json!({})),
        Alerts::Snooze { id, until } => door.post(
            format!("/api/v1/alerts/{id}/snooze"),
            json!({ "until": until }),
        ),
    }
    .await?;
    if door.json {
        crate::say::answer(&answered);
    } else {
        crate::say::line(&format!(
            "{}: {}.",
            text(&answered["title"]),
            state(&answered)
        ));
    }
    Ok(())
}

async fn list(door: &Door, all: bool, budget: Option<String>) -> Result<(), Failure> {
    let budget = match budget {
        Some(name) => Some(find(door, &name).await?.to_string()),
        None => None,
    };
    let answer = door
        .get(
            Address::new("alerts")
                .with("state", Some(if all { "all" } else { "open" }))
                .with("budget", budget.as_deref()),
        )
        .await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let found = rows(&answer, "alerts");
    if found.is_empty() {
        crate::say::line("Nothing to see to.");
        return Ok(());
    }
    let mut table = Rows::new(&[">id", "raised", "severity", "alert", "state"]);
    for alert in found {
        table.row([
            text(&alert["id"]),
            text(&alert["raised_at"]),
            text(&alert["severity"]),
            format!("{}. {}", text(&alert["title"]), text(&alert["text"])),
            state(alert),
        ]);
    }
    table.say();
    Ok(())
}

fn state(alert: &Value) -> String {
    match (alert["snoozed_until"].as_str(), &alert["acknowledged"]) {
        (Some(until), _) => format!("put off until {until}"),
        (None, Value::Object(by)) => format!("seen to by {}", text(&by["by"])),
        _ => text(&alert["state"]),
    }
}
