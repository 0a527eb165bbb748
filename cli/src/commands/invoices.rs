use std::path::Path;

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{Invoices, Syntax};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

/// `tally invoices`.
pub async fn invoices(door: &Door, ask: Invoices) -> Result<(), Failure> {
    match ask {
        Invoices::Draft { month, recipient } => {
            let body = json!({ "month": month, "for": recipient });
            let answer = door.post(Address::new("invoices/drafts"), body).await?;
            listed(door, &answer, "There is nothing to bill.");
            left_out(door, &answer);
        }
        Invoices::Change {
            id,
            purchase_order,
            note,
            due_days,
            lines,
        } => {
            let lines = lines.iter().map(|line| by_hand(line));
            let body = json!({
                "purchase_order": purchase_order, "note": note, "due_days": due_days,
                "lines": lines.collect::<Result<Vec<_>, _>>()?,
            });
            let path = format!("/api/v1/invoices/{id}");
            said(door, &door.ask(Method::PUT, path, Some(body)).await?);
        }
        Invoices::Approve { id, withdraw } => {
            let act = if withdraw { "withdraw" } else { "approve" };
            said(door, &done(door, id, act, None).await?);
        }
        Invoices::Issue { id } => said(door, &issue(door, id).await?),
        Invoices::Credit {
            id,
            reason,
            lines,
            restated,
        } => {
            let lines: Vec<Value> = lines
                .iter()
                .map(|line| of_line(line))
                .collect::<Result<_, _>>()?;
            let body = json!({
                "reason": reason, "from_restatement": restated,
                "lines": (!lines.is_empty()).then_some(lines),
            });
            said(door, &done(door, id, "credit", Some(body)).await?);
        }
        Invoices::Replace { id, reason } => {
            let body = json!({ "reason": reason });
            said(door, &done(door, id, "replace", Some(body)).await?);
        }
        Invoices::Pay {
            id,
            amount,
            day,
            reference,
            remove,
            reason,
        } => {
            let answer = match remove {
                None => {
                    let body = json!({ "day": day, "amount": amount, "reference": reference });
                    done(door, id, "payments", Some(body)).await?
                }
                Some(payment) => {
                    let path = format!("/api/v1/invoices/{id}/payments/{payment}");
                    let body = json!({ "reason": reason });
                    door.ask(Method::DELETE, path, Some(body)).await?
                }
            };
            said(door, &answer);
        }
        Invoices::Attach { id, file } => {
            let name = file
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let address = Address::new(&format!("invoices/{id}/attachments"));
            let address = address.with("name", name.as_deref());
            let answer = door.import(address, file).await?;
            if door.json {
                crate::say::answer(&answer);
            } else {
                let size = text(&answer["size"]);
                crate::say::line(&format!("{}: {size} bytes", text(&answer["name"])));
            }
        }
        Invoices::Pdf { id, out, hybrid } => {
            let bytes = if hybrid {
                let path = format!("/api/v1/invoices/{id}/pdf?hybrid=true");
                written(&door.bytes(path).await?, &out)?
            } else {
                save(door, id, &out).await?
            };
            saved(door, &out, bytes);
        }
        Invoices::Xml { id, syntax, out } => {
            let syntax = match syntax {
                Syntax::Ubl => "ubl",
                Syntax::Cii => "cii",
            };
            let path = format!("/api/v1/invoices/{id}/xml?syntax={syntax}");
            let bytes = written(&door.bytes(path).await?, &out)?;
            saved(door, &out, bytes);
        }
        Invoices::List {
            month,
            state,
            recipient,
        } => {
            let address = Address::new("invoices")
                .with("month", month.as_deref())
                .with("state", state.as_deref())
                .with("for", recipient.as_deref());
            listed(door, &door.get(address).await?, "There are no invoices.");
        }
        Invoices::Show { id } => {
            shown(door, &door.get(format!("/api/v1/invoices/{id}")).await?);
        }
        Invoices::Overdue { as_of } => {
            let address = Address::new("invoices/overdue").with("as_of", as_of.as_deref());
            overdue(door, &door.get(address).await?);
        }
        Invoices::Statement {
            recipient,
            from,
            to,
        } => {
            let address = Address::new("invoices/statement")
                .with("for", Some(&recipient))
                .with("from", Some(&from))
                .with("to", Some(&to));
            statement(door, &door.get(address).await?);
        }
        Invoices::Restatements { month } => {
            let address = Address::new("invoices/restatements").with("month", Some(&month));
            restatements(door, &door.get(address).await?);
        }
        Invoices::Verify => {
            let answer = door
                .post(Address::new("invoices/verify"), json!({}))
                .await?;
            return verified(door, &answer);
        }
    }
    Ok(())
}

/// Issues a draft.
pub async fn issue(door: &Door, id: i64) -> Result<Value, Failure> {
    done(door, id, "issue", None).await
}

async fn done(door: &Door, id: i64, act: &str, body: Option<Value>) -> Result<Value, Failure> {
    let path = format!("/api/v1/invoices/{id}/{act}");
    door.ask(Method::POST, path, body).await
}

/// Saves an invoice's PDF and says how long it is.
pub async fn save(door: &Door, id: i64, out: &Path) -> Result<usize, Failure> {
    written(
        &door.bytes(format!("/api/v1/invoices/{id}/pdf")).await?,
        out,
    )
}

/// A file is written aside and moved into place.
pub fn written(bytes: &[u8], out: &Path) -> Result<usize, Failure> {
    let mut aside = out.as_os_str().to_owned();
    aside.push(".part");
    let failed = |error| Failure::file(out, &error);
    std::fs::write(&aside, bytes).map_err(failed)?;
    std::fs::rename(&aside, out).map_err(failed)?;
    Ok(bytes.len())
}

fn saved(door: &Door, out: &Path, bytes: usize) {
    if door.json {
        crate::say::answer(&json!({ "file": out, "bytes": bytes }));
    } else {
        crate::say::line(&format!("{}: {bytes} bytes", out.display()));
    }
}

/// A line by hand: a text and an amount.
fn by_hand(line: &str) -> Result<Value, Failure> {
    let (text, amount) = line
        .rsplit_once('=')
        .ok_or_else(|| Failure::usage(format!("\"{line}\" is no line: TEXT=AMOUNT is expected")))?;
    Ok(json!({ "text": text, "amount": amount }))
}

/// A line of an invoice, and how much of it.
fn of_line(line: &str) -> Result<Value, Failure> {
    let (place, amount) = match line.split_once('=') {
        Some((place, amount)) => (place, Some(amount)),
        None => (line, None),
    };
    let place: u32 = place.trim().parse().map_err(|_| {
        Failure::usage(format!(
            "\"{line}\" is no line: its place, such as 3 or 3=12.50, is expected"
        ))
    })?;
    Ok(json!({ "n": place, "amount": amount }))
}

/// One document in a line.
fn said(door: &Door, invoice: &Value) {
    if door.json {
        crate::say::answer(invoice);
        return;
    }
    let kind = if invoice["kind"] == "credit_note" {
        "Credit note"
    } else {
        "Invoice"
    };
    let number = invoice["number"]
        .as_str()
        .map_or_else(|| format!("draft {}", invoice["id"]), str::to_owned);
    crate::say::line(&format!(
        "{kind} {number} for {}: {} {}, {}",
        text(&invoice["for"]["label"]),
        text(&invoice["total"]),
        text(&invoice["currency"]),
        text(&invoice["state"]).replace('_', " "),
    ));
}

fn listed(door: &Door, answer: &Value, none: &str) {
    if door.json {
        crate::say::answer(answer);
        return;
    }
    let invoices = rows(answer, "invoices");
    if invoices.is_empty() {
        crate::say::note(none);
        return;
    }
    let totals = amounts(&invoices.iter().map(|one| &one["total"]).collect::<Vec<_>>());
    let mut table = Rows::new(&[">id", "state", "number", "period", "for", ">total", ""]);
    for (invoice, total) in invoices.iter().zip(totals) {
        let credit_note = invoice["kind"] == "credit_note";
        table.row([
            text(&invoice["id"]),
            text(&invoice["state"]).replace('_', " "),
            text(&invoice["number"]),
            text(&invoice["period"]),
            text(&invoice["for"]["label"]),
            if credit_note {
                format!("-{total}")
            } else {
                total
            },
            text(&invoice["currency"]),
        ]);
    }
    table.say();
    for invoice in invoices {
        for warning in rows(invoice, "warnings") {
            crate::say::note(&format!("Invoice {}: {}", invoice["id"], text(warning)));
        }
    }
}

fn left_out(door: &Door, answer: &Value) {
    if door.json {
        return;
    }
    for nothing in rows(answer, "nothing") {
        let (whom, why) = (text(&nothing["for"]["label"]), text(&nothing["reason"]));
        crate::say::note(&format!("{whom}: {why}"));
    }
}

fn shown(door: &Door, invoice: &Value) {
    said(door, invoice);
    if door.json {
        return;
    }
    let lines = rows(invoice, "lines");
    let shown = amounts(&lines.iter().map(|line| &line["amount"]).collect::<Vec<_>>());
    let mut table = Rows::new(&[">line", "what", "resource", ">amount", ">credited"]);
    for (line, amount) in lines.iter().zip(shown) {
        let what = line["text"]
            .as_str()
            .map_or_else(|| text(&line["service"]), str::to_owned);
        table.row([
            text(&line["n"]),
            what,
            text(&line["resource"]),
            amount,
            text(&line["credited"]),
        ]);
    }
    table.say();
    for event in rows(invoice, "history") {
        crate::say::line(&format!(
            "{}  {} by {}{}",
            text(&event["at"]),
            text(&event["event"]).replace('_', " "),
            text(&event["by"]),
            event["text"]
                .as_str()
                .map_or_else(String::new, |what| format!(": {what}")),
        ));
    }
}

fn overdue(door: &Door, answer: &Value) {
    if door.json {
        crate::say::answer(answer);
        return;
    }
    let invoices = rows(answer, "invoices");
    if invoices.is_empty() {
        crate::say::note("Nothing is overdue.");
        return;
    }
    let open = amounts(&invoices.iter().map(|one| &one["open"]).collect::<Vec<_>>());
    let mut table = Rows::new(&["number", "for", "due", ">days", ">open", ""]);
    for (invoice, open) in invoices.iter().zip(open) {
        table.row([
            text(&invoice["number"]),
            text(&invoice["for"]["label"]),
            text(&invoice["due_on"]),
            text(&invoice["overdue_days"]),
            open,
            text(&invoice["currency"]),
        ]);
    }
    table.say();
}

fn statement(door: &Door, answer: &Value) {
    if door.json {
        crate::say::answer(answer);
        return;
    }
    let results = rows(answer, "results");
    if results.is_empty() {
        crate::say::note("Nothing was ever billed.");
    }
    for result in results {
        crate::say::line(&format!(
            "{} in {}",
            text(&answer["for"]["label"]),
            text(&result["currency"])
        ));
        let mut table = Rows::new(&["day", "what", ">asked", ">credited or paid", ">balance"]);
        let balance = |day: &Value, what: &str, amount: &Value| {
            [
                text(day),
                what.to_owned(),
                String::new(),
                String::new(),
                text(amount),
            ]
        };
        table.row(balance(
            &answer["from"],
            "Opening balance",
            &result["opening"],
        ));
        for row in rows(result, "rows") {
            let what = format!(
                "{} {}",
                text(&row["kind"]).replace('_', " "),
                text(&row["number"])
            );
            table.row([
                text(&row["day"]),
                what,
                text(&row["debit"]),
                text(&row["credit"]),
                text(&row["balance"]),
            ]);
        }
        table.row(balance(
            &answer["to"],
            "Closing balance",
            &result["closing"],
        ));
        table.say();
    }
}

fn restatements(door: &Door, answer: &Value) {
    if door.json {
        crate::say::answer(answer);
        return;
    }
    let found = rows(answer, "restatements");
    if found.is_empty() {
        crate::say::note("What was billed is what the month is.");
    }
    for one in found {
        crate::say::line(&format!(
            "{}: {} {} was billed, it is {} now: {}",
            text(&one["for"]["label"]),
            text(&one["billed"]),
            text(&one["currency"]),
            text(&one["now"]),
            text(&one["difference"]),
        ));
        let mut table = Rows::new(&["service", "resource", ">difference"]);
        for line in rows(one, "lines") {
            table.row([
                text(&line["service"]),
                text(&line["resource"]),
                text(&line["difference"]),
            ]);
        }
        table.say();
        for credit in rows(one, "credits") {
            crate::say::note(&format!(
                "`tally invoices credit {} --restated --reason TEXT` drafts a credit note of {} over {}.",
                credit["invoice"]["id"],
                text(&credit["invoice"]["number"]),
                text(&credit["amount"]),
            ));
        }
    }
}

fn verified(door: &Door, answer: &Value) -> Result<(), Failure> {
    let problems = rows(answer, "problems");
    if door.json {
        crate::say::answer(answer);
    } else {
        for series in rows(answer, "numbers") {
            let gaps = rows(series, "gaps").len();
            let gaps = if gaps == 0 {
                "no gap".to_owned()
            } else {
                format!("{gaps} gaps")
            };
            let (name, taken) = (text(&series["series"]), text(&series["taken"]));
            crate::say::line(&format!("Series {name}: {taken} numbers, {gaps}"));
        }
        crate::say::line(&format!(
            "{} documents: {} totals as issued, {} papers with their hash, {} rendered again to the same bytes",
            answer["checked"], answer["totals"], answer["hashes"], answer["rendered"],
        ));
        for problem in problems {
            crate::say::line(&text(problem));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::damaged().answered())
    }
}
