use std::path::Path;

use http::Method;
use serde_json::{Value, json};

use crate::arguments::Invoices;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

/// `tally invoices`.
pub async fn invoices(door: &Door, ask: Invoices) -> Result<(), Failure> {
    match ask {
        Invoices::Draft { month, recipient } => {
            let body = json!({ "month": month, "for": recipient });
            let answer = door.post(Address::new("invoices/drafts"), body).await?;
            say(door, &answer);
        }
        Invoices::List { month } => {
            let address = Address::new("invoices").with("month", month.as_deref());
            let answer = door.get(address).await?;
            say(door, &answer);
        }
        Invoices::Issue { id } => {
            let invoice = issue(door, id).await?;
            if door.json {
                crate::say::answer(&invoice);
            } else {
                crate::say::line(&format!(
                    "{} for {}: {} {}",
                    text(&invoice["number"]),
                    text(&invoice["for"]["label"]),
                    text(&invoice["total"]),
                    text(&invoice["currency"])
                ));
            }
        }
        Invoices::Pdf { id, out } => {
            let bytes = save(door, id, &out).await?;
            if door.json {
                crate::say::answer(&json!({ "file": out, "bytes": bytes }));
            } else {
                crate::say::line(&format!("{}: {bytes} bytes", out.display()));
            }
        }
    }
    Ok(())
}

/// Issues a draft.
pub async fn issue(door: &Door, id: i64) -> Result<Value, Failure> {
    door.ask(Method::POST, format!("/api/v1/invoices/{id}/issue"), None)
        .await
}

/// Saves an invoice's PDF and says how long it is. It is written aside and moved into place.
pub async fn save(door: &Door, id: i64, out: &Path) -> Result<usize, Failure> {
    let bytes = door.bytes(format!("/api/v1/invoices/{id}/pdf")).await?;
    let aside = out.with_extension("pdf.part");
    let failed = |error| Failure::file(out, &error);
    std::fs::write(&aside, &bytes).map_err(failed)?;
    std::fs::rename(&aside, out).map_err(failed)?;
    Ok(bytes.len())
}

fn say(door: &Door, answer: &Value) {
    if door.json {
        crate::say::answer(answer);
        return;
    }
    let invoices = rows(answer, "invoices");
    if invoices.is_empty() {
        crate::say::note("There is nothing to bill.");
        return;
    }
    let totals = amounts(&invoices.iter().map(|one| &one["total"]).collect::<Vec<_>>());
    let mut table = Rows::new(&[">id", "state", "number", "period", "for", ">total", ""]);
    for (invoice, total) in invoices.iter().zip(totals) {
        table.row([
            text(&invoice["id"]),
            text(&invoice["state"]),
            text(&invoice["number"]),
            text(&invoice["period"]),
            text(&invoice["for"]["label"]),
            total,
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
