//! The same for many invoices in one go, and invoices by mail.

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{Batch, Mailing, Sending};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::follow::follow;
use crate::table::{Rows, amounts, text};

/// `tally invoices batch`.
pub(super) async fn batch(door: &Door, ask: Batch) -> Result<(), Failure> {
    let Batch {
        action,
        month,
        recipients,
        invoices,
    } = ask;
    let body = match invoices.is_empty() {
        true => json!({ "action": action, "month": month, "for": whose(&recipients) }),
        false => json!({ "action": action, "invoices": invoices }),
    };
    let job = door.post(Address::new("invoices/batches"), body).await?;
    let address = format!("/api/v1/invoices/batches/{}", job["id"]);
    let ended = follow(door, job).await;
    let result = match (&ended, door.get(address).await) {
        // It ended before there was anything to tell.
        (Err(_), Err(_)) => Value::Null,
        (_, result) => result?,
    };
    if door.json && !result.is_null() {
        crate::say::answer(&result);
    } else {
        became(&result);
    }
    ended.map_err(|failure| match result.is_null() {
        true => failure,
        false => failure.answered(),
    })?;
    match with(&result, "failed") {
        0 => Ok(()),
        count => Err(Failure::conflict(format!("{count} could not be done.")).answered()),
    }
}

/// `people`, or the names of a list.
pub(in crate::commands) fn whose(recipients: &[String]) -> Value {
    match recipients {
        [] => Value::Null,
        [kind] if !kind.contains(':') => json!(kind),
        names => json!(names),
    }
}

fn with(result: &Value, outcome: &str) -> usize {
    let of = |row: &&Value| row["outcome"] == outcome;
    rows(result, "recipients").iter().filter(of).count()
}

fn became(result: &Value) {
    let all = rows(result, "recipients");
    if all.is_empty() {
        crate::say::note("There is nothing to do.");
        return;
    }
    let totals = amounts(&all.iter().map(|row| &row["total"]).collect::<Vec<_>>());
    let mut table = Rows::new(&["for", "outcome", ">id", "number", ">total", "", "why"]);
    for (row, total) in all.iter().zip(totals) {
        table.row([
            text(&row["for"]["label"]),
            text(&row["outcome"]).replace('_', " "),
            text(&row["invoice"]),
            text(&row["number"]),
            total,
            text(&row["currency"]),
            text(&row["reason"]),
        ]);
    }
    table.say();
    for total in rows(result, "totals") {
        let (count, amount) = (text(&total["count"]), text(&total["total"]));
        crate::say::line(&format!("{count}: {amount} {}", text(&total["currency"])));
    }
}

/// `tally invoices comparison`.
pub(super) async fn comparison(
    door: &Door,
    month: &str,
    whose: Option<&str>,
) -> Result<(), Failure> {
    let address = Address::new("invoices/comparison")
        .with("month", Some(month))
        .with("for", whose);
    let answer = door.get(address).await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let all = rows(&answer, "rows");
    if all.is_empty() {
        crate::say::note("There is nothing to compare.");
        return Ok(());
    }
    let figures = |name: &str| amounts(&all.iter().map(|row| &row[name]).collect::<Vec<_>>());
    let (now, before, change) = (figures("now"), figures("before"), figures("change"));
    let (this, last) = (text(&answer["month"]), text(&answer["before"]));
    let heads = [
        "for",
        &format!(">{last}"),
        &format!(">{this}"),
        ">change",
        ">%",
        "",
        "",
    ];
    let mut table = Rows::new(&heads);
    for (row, ((now, before), change)) in all.iter().zip(now.into_iter().zip(before).zip(change)) {
        table.row([
            text(&row["for"]["label"]),
            before,
            now,
            change,
            text(&row["percent"]),
            text(&row["currency"]),
            text(&row["why"]),
        ]);
    }
    table.say();
    crate::say::note(&text(&answer["rule"]));
    Ok(())
}

/// `tally invoices send`.
pub(super) async fn send(door: &Door, ask: Sending) -> Result<(), Failure> {
    let Sending {
        id,
        to,
        subject,
        text: words,
        again,
        show,
    } = ask;
    if show {
        let message = door.get(format!("/api/v1/invoices/{id}/message")).await?;
        shown(door, &message);
        return Ok(());
    }
    let to = (!to.is_empty()).then_some(to);
    let body = json!({ "to": to, "subject": subject, "text": words, "again": again });
    let path = format!("/api/v1/invoices/{id}/send");
    let delivery = door.ask(Method::POST, path, Some(body)).await?;
    if door.json {
        crate::say::answer(&delivery);
    } else {
        crate::say::line(&told(&delivery));
    }
    match delivery["state"].as_str() {
        Some("sent" | "waiting") => Ok(()),
        _ => {
            let why = format!("It was not sent: {}.", text(&delivery["error"]));
            Err(Failure::undelivered(why).answered())
        }
    }
}

/// A mail in a line.
fn told(delivery: &Value) -> String {
    let to = addresses(&delivery["to"]);
    match delivery["state"].as_str() {
        Some("sent") => format!("Sent to {to}."),
        Some("waiting") => format!(
            "Not sent to {to} yet: {}. It is tried again by itself while the window or `tally serve` is open.",
            text(&delivery["error"])
        ),
        _ => format!("Not sent to {to}: {}.", text(&delivery["error"])),
    }
}

fn addresses(list: &Value) -> String {
    let all = list.as_array().into_iter().flatten().map(text);
    all.collect::<Vec<_>>().join(", ")
}

fn shown(door: &Door, message: &Value) {
    if door.json {
        crate::say::answer(message);
        return;
    }
    for (what, value) in [
        ("From", text(&message["from"])),
        ("To", addresses(&message["to"])),
        ("Copy to", addresses(&message["copy_to"])),
        ("Reply to", text(&message["reply_to"])),
        ("Subject", text(&message["subject"])),
    ] {
        if !value.is_empty() {
            crate::say::line(&format!("{what}: {value}"));
        }
    }
    crate::say::line("");
    crate::say::line(&text(&message["text"]));
    crate::say::line("");
    for file in rows(message, "attachments") {
        let (name, size) = (text(&file["name"]), text(&file["size"]));
        crate::say::line(&format!("Attached: {name}, {size} bytes"));
    }
    if let Some(problem) = message["problem"].as_str() {
        crate::say::note(&format!("It cannot go out: {problem}."));
    }
}

/// `tally invoices deliveries`.
pub(super) async fn deliveries(door: &Door, id: i64) -> Result<(), Failure> {
    let answer = door
        .get(format!("/api/v1/invoices/{id}/deliveries"))
        .await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let all = rows(&answer, "deliveries");
    if all.is_empty() {
        crate::say::note("It was not sent.");
        return Ok(());
    }
    let mut table = Rows::new(&["asked at", "to", "state", ">attempts", "sent at", "why"]);
    for delivery in all {
        table.row([
            text(&delivery["created_at"]),
            addresses(&delivery["to"]),
            text(&delivery["state"]),
            text(&delivery["attempts"]),
            text(&delivery["sent_at"]),
            text(&delivery["error"]),
        ]);
    }
    table.say();
    Ok(())
}

/// `tally invoices mailing`.
pub(super) async fn mailing(door: &Door, ask: Mailing) -> Result<(), Failure> {
    let Mailing {
        channel,
        reply_to,
        copy_to,
        forget,
    } = ask;
    let address = || Address::new("invoices/mailing");
    let mut mailing = match forget {
        true => json!({ "channel": null, "reply_to": null, "copy_to": [] }),
        false => door.get(address()).await?,
    };
    let before = mailing.clone();
    if let Some(name) = channel {
        mailing["channel"] = door.named("channels", &name).await?["id"].take();
    }
    if let Some(reply_to) = reply_to {
        mailing["reply_to"] = reply_to.into();
    }
    if !copy_to.is_empty() {
        mailing["copy_to"] = copy_to.into();
    }
    if forget || mailing != before {
        mailing = door.ask(Method::PUT, address(), Some(mailing)).await?;
    }
    if door.json {
        crate::say::answer(&mailing);
        return Ok(());
    }
    let channel = match mailing["channel"].is_null() {
        true => "the only one that sends mail".to_owned(),
        false => {
            let all = door.get(Address::new("channels")).await?;
            let mut all = rows(&all, "channels").iter();
            let chosen = all.find(|channel| channel["id"] == mailing["channel"]);
            chosen.map_or_else(String::new, |channel| text(&channel["name"]))
        }
    };
    crate::say::line(&format!("Channel: {channel}"));
    crate::say::line(&format!("Reply to: {}", text(&mailing["reply_to"])));
    crate::say::line(&format!("Copy to: {}", addresses(&mailing["copy_to"])));
    Ok(())
}
