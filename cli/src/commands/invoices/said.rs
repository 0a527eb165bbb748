//! Invoices as the command line says them.

use serde_json::Value;

use crate::door::{Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

/// One document in a line.
pub(super) fn said(door: &Door, invoice: &Value) {
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

pub(super) fn listed(door: &Door, answer: &Value, none: &str) {
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

pub(super) fn left_out(door: &Door, answer: &Value) {
    if door.json {
        return;
    }
    for nothing in rows(answer, "nothing") {
        let (whom, why) = (text(&nothing["for"]["label"]), text(&nothing["reason"]));
        crate::say::note(&format!("{whom}: {why}"));
    }
}

pub(super) fn shown(door: &Door, invoice: &Value) {
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

pub(super) fn overdue(door: &Door, answer: &Value) {
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

pub(super) fn statement(door: &Door, answer: &Value) {
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

pub(super) fn restatements(door: &Door, answer: &Value) {
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

pub(super) fn verified(door: &Door, answer: &Value) -> Result<(), Failure> {
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
