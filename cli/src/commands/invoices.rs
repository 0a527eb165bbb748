mod many;
mod said;

use std::path::Path;

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{Invoices, Syntax};
use crate::door::{Address, Door};
use crate::failure::Failure;
use crate::follow::follow;
use crate::table::text;
pub(super) use many::whose;
use said::{left_out, listed, overdue, restatements, said, shown, statement, verified};

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
            search,
        } => {
            let address = Address::new("invoices")
                .with("month", month.as_deref())
                .with("state", state.as_deref())
                .with("for", recipient.as_deref())
                .with("search", search.as_deref());
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
            out,
        } => {
            let address = Address::new("invoices/statement")
                .with("for", Some(&recipient))
                .with("from", Some(&from))
                .with("to", Some(&to))
                .with("format", out.as_ref().map(|_| "pdf"));
            match out {
                None => statement(door, &door.get(address).await?),
                Some(out) => {
                    let bytes = written(&door.bytes(address).await?, &out)?;
                    saved(door, &out, bytes);
                }
            }
        }
        Invoices::Restatements { month } => {
            let address = Address::new("invoices/restatements").with("month", Some(&month));
            restatements(door, &door.get(address).await?);
        }
        Invoices::Batch(ask) => return many::batch(door, ask).await,
        Invoices::Comparison { month, whose } => {
            return many::comparison(door, &month, whose.as_deref()).await;
        }
        Invoices::Send(ask) => return many::send(door, ask).await,
        Invoices::Deliveries { id } => return many::deliveries(door, id).await,
        Invoices::Mailing(ask) => return many::mailing(door, ask).await,
        Invoices::Verify => {
            let job = door
                .post(Address::new("invoices/verify"), json!({}))
                .await?;
            return verified(door, &follow(door, job).await?);
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
