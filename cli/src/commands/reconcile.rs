//! Whether a month is what AWS says it is.

use serde_json::{Value, json};

use crate::arguments::{Quarantine, Reconcile};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::follow::follow;
use crate::table::{Rows, amounts, text};

/// `tally reconcile`.
pub async fn reconcile(door: &Door, ask: Reconcile) -> Result<(), Failure> {
    let Reconcile {
        month,
        client,
        dry_run,
    } = ask;
    let address = || Address::new("reconciliations");
    let plan = door
        .post(
            address(),
            json!({ "month": month, "client": client, "dry_run": true }),
        )
        .await?;
    if dry_run && door.json {
        crate::say::answer(&plan);
        return Ok(());
    }
    if !door.json {
        let price = text(&plan["price"]);
        let currency = text(&plan["currency"]);
        crate::say::note(&format!(
            "{} paid requests, {price} {currency}",
            plan["requests"]
        ));
    }
    if dry_run {
        for call in rows(&plan, "calls") {
            crate::say::note(&format!("  {}", text(call)));
        }
        return Ok(());
    }
    let job = door
        .post(
            address(),
            json!({ "month": month, "client": client, "dry_run": false }),
        )
        .await?;
    let asked = follow(door, job).await?;
    for note in rows(&asked, "notes") {
        crate::say::note(&format!("Note: {}", text(note)));
    }
    let question = Address::new("reconciliation")
        .with("month", Some(&month))
        .with("client", client.as_deref());
    let answer = door.get(question).await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    for (index, account) in rows(&answer, "clients").iter().enumerate() {
        if index > 0 {
            crate::say::line("");
        }
        say_account(&month, account);
    }
    Ok(())
}

fn say_account(month: &str, account: &Value) {
    let currency = text(&account["currency"]);
    crate::say::line(&format!(
        "{} ({}), {month}: {}",
        text(&account["client"]["name"]),
        text(&account["billing_account"]),
        text(&account["state"]),
    ));
    let figures = rows(account, "figures");
    let shown = amounts(&figures.iter().map(|f| &f["amount"]).collect::<Vec<_>>());
    let mut table = Rows::new(&["source", &format!(">{currency}"), "state", ""]);
    for (figure, amount) in figures.iter().zip(shown) {
        table.row([
            text(&figure["source"]),
            amount,
            text(&figure["state"]),
            text(&figure["text"]),
        ]);
    }
    table.say();
    for difference in rows(account, "differences") {
        for part in rows(difference, "parts") {
            crate::say::line(&format!(
                "{}: {} {currency}. {}",
                text(&part["class"]).replace('_', " "),
                text(&part["amount"]),
                text(&part["text"]),
            ));
        }
    }
    for finding in rows(account, "findings") {
        let kind = text(&finding["kind"]).replace('_', " ");
        crate::say::line(&format!("Found: {kind}. {}", text(&finding["text"])));
    }
}

/// `tally quarantine`.
pub async fn quarantine(door: &Door, ask: Option<Quarantine>) -> Result<(), Failure> {
    let answer = match ask {
        None => door.get(Address::new("quarantine")).await?,
        Some(Quarantine::Release { id, note }) => {
            let address = Address::new(&format!("quarantine/{id}/release"));
            let released = door.post(address, json!({ "note": note })).await?;
            if !door.json {
                crate::say::line(&format!("Released: {}", text(&released["text"])));
                return Ok(());
            }
            released
        }
    };
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let items = rows(&answer, "items");
    if items.is_empty() {
        crate::say::note("Nothing is in quarantine.");
        return Ok(());
    }
    let mut table = Rows::new(&[
        ">id",
        "client",
        "period",
        "",
        ">expected",
        ">actual",
        "",
        "",
    ]);
    for item in items {
        let state = match &item["released"] {
            Value::Null => "held".to_owned(),
            released => format!("released by {}", text(&released["by"])),
        };
        table.row([
            text(&item["id"]),
            text(&item["client"]),
            text(&item["period"]),
            text(&item["reason"]),
            text(&item["expected"]),
            text(&item["actual"]),
            text(&item["currency"]),
            state,
        ]);
    }
    table.say();
    for item in items.iter().filter(|item| item["released"].is_null()) {
        crate::say::line(&text(&item["text"]));
    }
    Ok(())
}
