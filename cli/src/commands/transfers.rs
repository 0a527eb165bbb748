//! Files to and from tenants.

mod files;
mod speed;

use std::path::PathBuf;
use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use super::export::save;
use super::tenants::{address, bytes_of, named, said};
use crate::arguments::{Download, Ls, Moving, Transfers, Upload, Usage};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::follow::follow;
use crate::table::{Rows, bytes, text};

/// `tally upload`.
pub async fn upload(door: &Door, ask: Upload) -> Result<(), Failure> {
    let Upload { paths, to, moving } = ask;
    let (tenant, folder) = place(door, &to).await?;
    let files = paths.iter().map(absolute).collect::<Result<Vec<_>, _>>()?;
    if let Some(missing) = files.iter().find(|path| !path.exists()) {
        let sentence = format!("There is no file or folder {}.", missing.display());
        return Err(Failure::not_found(sentence));
    }
    let body = json!({
        "to": folder, "on_clash": moving.on_clash.word(), "limit": limit(&moving)?,
    });
    let begun = door
        .transfer(address(&tenant, "/uploads"), &body, files)
        .await?;
    begun_and_followed(door, begun, moving.no_wait).await
}

/// `tally download`.
pub async fn download(door: &Door, ask: Download) -> Result<(), Failure> {
    let Download { from, into, moving } = ask;
    let (tenant, path) = place(door, &from).await?;
    let body = json!({
        "paths": [path], "on_clash": moving.on_clash.word(), "limit": limit(&moving)?,
    });
    let files = vec![absolute(&into)?];
    let begun = door
        .transfer(address(&tenant, "/downloads"), &body, files)
        .await?;
    begun_and_followed(door, begun, moving.no_wait).await
}

/// `tally ls`.
pub async fn ls(door: &Door, ask: Ls) -> Result<(), Failure> {
    let (tenant, folder) = place(door, &ask.place).await?;
    let folder = match folder.is_empty() || folder.ends_with('/') {
        true => folder,
        false => folder + "/",
    };
    let mut continuation = None;
    let mut all = json!({ "folders": [], "files": [] });
    loop {
        let address = address(&tenant, "/files")
            .with("prefix", Some(&folder))
            .with("search", ask.search.as_deref())
            .with("continuation", continuation.as_deref());
        let page = door.get(address).await?;
        for list in ["folders", "files"] {
            let more = rows(&page, list).to_vec();
            if let Some(known) = all[list].as_array_mut() {
                known.extend(more);
            }
        }
        match page["continuation"].as_str() {
            Some(next) => continuation = Some(next.to_owned()),
            None => break,
        }
    }
    said(door, &all, |all| {
        let mut table = Rows::new(&["file", ">size", "modified"]);
        for folder in rows(all, "folders") {
            table.row([text(folder), String::new(), String::new()]);
        }
        for file in rows(all, "files") {
            table.row([
                text(&file["path"]),
                bytes(&file["bytes"]),
                text(&file["modified"]),
            ]);
        }
        table.say();
    });
    Ok(())
}

/// `tally usage`.
pub async fn usage(door: &Door, ask: Usage) -> Result<(), Failure> {
    let Usage {
        tenant,
        month,
        measure,
    } = ask;
    let found = named(door, &tenant).await?;
    if measure {
        let address = address(&found, "/usage/measure");
        door.ask(Method::POST, address, None).await?;
    }
    let address = address(&found, "/usage").with("month", month.as_deref());
    let answer = door.get(address).await?;
    said(door, &answer, |answer| {
        let mut table = Rows::new(&["day", ">kept", ">sent", ">fetched", ">requests", ">users"]);
        for day in rows(answer, "days") {
            table.row([
                text(&day["day"]),
                bytes(&day["stored_bytes"]),
                bytes(&day["uploaded_bytes"]),
                bytes(&day["downloaded_bytes"]),
                text(&day["requests"]),
                text(&day["users"]),
            ]);
        }
        table.say();
        let bill = &answer["bill"];
        if bill.is_object() {
            crate::say::line(&format!(
                "All tenants, until {}: {} B measured, {} B billed; {} B nobody explains.",
                text(&bill["until"]),
                sum(bill, "measured"),
                sum(bill, "billed"),
                bill["residual"],
            ));
        }
    });
    Ok(())
}

fn sum(bill: &Value, of: &str) -> i64 {
    let part = |way: &str| bill[format!("{of}_{way}")].as_i64().unwrap_or(0);
    part("uploaded").saturating_add(part("downloaded"))
}

/// `tally transfers`.
pub async fn transfers(door: &Door, ask: Transfers) -> Result<(), Failure> {
    let (id, action, body) = match ask {
        Transfers::List {
            tenant,
            open,
            cleared,
        } => return list(door, tenant, open, cleared).await,
        Transfers::Clear {
            id,
            ended: _,
            erase_receipts,
        } => return clear(door, id, erase_receipts).await,
        Transfers::Receipts { id, out } => return receipts(door, id, out).await,
        Transfers::Pause { id } => (id, "pause", None),
        Transfers::Resume { id } => (id, "resume", None),
        Transfers::Cancel { id } => (id, "cancel", None),
        Transfers::Retry { id, file: None } => (id, "retry", None),
        Transfers::Retry {
            id,
            file: Some(file),
        } => {
            let address = Address::new(&format!("transfers/{id}/files/{file}/retry"));
            let answer = door.ask(Method::POST, address, None).await?;
            return begun_and_followed(door, answer, false).await;
        }
        Transfers::Files { id, state } => return files::files(door, id, state.as_deref()).await,
        Transfers::Recheck { id, file } => return files::recheck(door, id, file).await,
        Transfers::Limits(ask) => return speed::limits(door, ask).await,
        Transfers::Limit { id, limit } => {
            (id, "limit", Some(json!({ "limit": speed::speed(&limit)? })))
        }
        Transfers::Prioritise { id, priority } => {
            (id, "priority", Some(json!({ "priority": priority })))
        }
        Transfers::Settle { id, answer } => {
            (id, "settle", Some(json!({ "on_clash": answer.word() })))
        }
    };
    let address = Address::new(&format!("transfers/{id}/{action}"));
    let answer = door.ask(Method::POST, address, body).await?;
    let goes_on = !matches!(action, "pause" | "limit" | "priority");
    begun_and_followed(door, answer, !goes_on).await
}

/// Takes one off the list, or all that have ended.
async fn clear(door: &Door, id: Option<i64>, erase_receipts: bool) -> Result<(), Failure> {
    let path = id.map_or_else(|| "transfers".to_owned(), |id| format!("transfers/{id}"));
    let receipts = if erase_receipts { "erase" } else { "keep" };
    let address = Address::new(&path).with("receipts", Some(receipts));
    let answer = door.ask(Method::DELETE, address, None).await?;
    said(door, &answer, |answer| {
        if let Some(cleared) = answer["cleared"].as_u64() {
            crate::say::line(&format!("{cleared} cleared."));
        }
    });
    Ok(())
}

async fn list(
    door: &Door,
    tenant: Option<String>,
    open: bool,
    cleared: bool,
) -> Result<(), Failure> {
    let tenant = match tenant {
        None => None,
        Some(name) => Some(named(door, &name).await?["id"].to_string()),
    };
    let address = Address::new("transfers")
        .with("tenant", tenant.as_deref())
        .with("open", open.then_some("true"))
        .with("cleared", cleared.then_some("true"));
    let answer = door.get(address).await?;
    said(door, &answer, |answer| {
        say_transfers(rows(answer, "transfers"))
    });
    Ok(())
}

async fn receipts(door: &Door, id: i64, out: Option<PathBuf>) -> Result<(), Failure> {
    let address = Address::new("exports/tables/receipts").with("transfer", Some(&id.to_string()));
    match out {
        None => crate::say::bytes(&door.bytes(address).await?),
        Some(path) => drop(save(door, address, &path).await?),
    }
    Ok(())
}

/// Follows the work on a transfer to its end, unless somebody else is to do it.
async fn begun_and_followed(door: &Door, transfer: Value, no_wait: bool) -> Result<(), Failure> {
    let title = transfer["title"].clone();
    if !no_wait {
        // The work is a job with the transfer's title; it is there by the time the answer is.
        let jobs = door.get(Address::new("jobs")).await?;
        let is = |job: &&Value| {
            let open = job["state"] == "running" || job["state"] == "queued";
            job["kind"] == "transfer" && job["title"] == title && open
        };
        if let Some(job) = rows(&jobs, "jobs").iter().find(is) {
            follow(door, job.clone()).await?;
        }
    }
    let address = format!("/api/v1/transfers/{}", transfer["id"]);
    let mut now = door.get(address.as_str()).await?;
    // The last note of the journal comes a moment after the last byte.
    for _ in 0..20 {
        if no_wait || now["state"] != "running" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        now = door.get(address.as_str()).await?;
    }
    said(door, &now, |now| say_transfers(std::slice::from_ref(now)));
    if now["state"] == "failed" {
        let failure = Failure::conflict("Some files did not arrive.".to_owned())
            .hint("`tally transfers retry` tries them again.");
        return Err(if door.json {
            failure.answered()
        } else {
            failure
        });
    }
    Ok(())
}

fn say_transfers(transfers: &[Value]) {
    let mut table = Rows::new(&[
        ">id",
        "transfer",
        "state",
        ">arrived",
        ">of",
        ">bytes",
        ">left out",
        ">failed",
        "",
    ]);
    for transfer in transfers {
        let clashes = transfer["clashes"].as_u64().unwrap_or(0);
        let waiting = match clashes {
            0 => text(&transfer["reason"]),
            n => format!("{n} wait for an answer: something else is in the way"),
        };
        table.row([
            text(&transfer["id"]),
            text(&transfer["title"]),
            text(&transfer["state"]),
            text(&transfer["files_done"]),
            text(&transfer["files"]),
            bytes(&transfer["bytes_done"]),
            text(&transfer["files_skipped"]),
            text(&transfer["files_failed"]),
            waiting,
        ]);
    }
    table.say();
}

/// The tenant and the path of `TENANT/PATH`.
async fn place(door: &Door, text: &str) -> Result<(Value, String), Failure> {
    let (tenant, path) = text.split_once('/').unwrap_or((text, ""));
    Ok((named(door, tenant).await?, path.to_owned()))
}

fn limit(moving: &Moving) -> Result<Option<u64>, Failure> {
    moving.limit.as_deref().map(bytes_of).transpose()
}

fn absolute(path: &PathBuf) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(|error| Failure::file(path, &error))
}
