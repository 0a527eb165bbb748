//! The whole way on a made-up company: bill in, owners, each person's month, invoices out.

use std::path::Path;

use serde_json::{Value, json};

use crate::commands::{invoices, people};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::follow::follow;
use crate::table::text;

/// Goes the whole way for `month` in an open sandbox workspace and writes the invoices to `out`.
pub async fn demo(door: &Door, workspace: &Path, out: &Path, month: &str) -> Result<(), Failure> {
    let say = |text: &str| {
        if !door.json {
            crate::say::line(text);
        }
    };
    let job = door
        .post(Address::new("syncs"), json!({ "dry_run": false }))
        .await?;
    let synced = follow(door, job).await?;
    for connection in rows(&synced, "connections") {
        say(&format!(
            "Loaded {} billing periods from the sandbox's export {}.\n",
            rows(connection, "periods").len(),
            text(&connection["export"]),
        ));
    }
    let everybody = door.get(Address::new("people")).await?;
    let mut statements = Vec::new();
    for person in rows(&everybody, "people") {
        let statement = people::statement(door, person, month, "billed").await?;
        if !door.json {
            people::say_statement(&statement);
            crate::say::line("");
        }
        statements.push(statement);
    }
    let files = invoices_of(door, out, month).await?;
    let workspace = std::path::absolute(workspace).unwrap_or_else(|_| workspace.to_owned());
    if door.json {
        crate::say::answer(&json!({
            "workspace": workspace, "month": month, "people": statements, "invoices": files,
        }));
        return Ok(());
    }
    say(&format!("{} invoices for {month}:", files.len()));
    for file in &files {
        say(&format!("  {}", text(file)));
    }
    say(&format!(
        "The workspace is {}. All of it is demo data.",
        workspace.display()
    ));
    Ok(())
}

/// Drafts and issues what is to be billed for `month`, and writes all its invoices as PDF.
async fn invoices_of(door: &Door, out: &Path, month: &str) -> Result<Vec<Value>, Failure> {
    let drafts = door
        .post(Address::new("invoices/drafts"), json!({ "month": month }))
        .await?;
    for draft in rows(&drafts, "invoices") {
        invoices::issue(door, draft["id"].as_i64().unwrap_or_default()).await?;
    }
    let folder = out.join("invoices");
    std::fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
    let issued = door
        .get(
            Address::new("invoices")
                .with("month", Some(month))
                .with("state", Some("issued")),
        )
        .await?;
    let mut files = Vec::new();
    for invoice in rows(&issued, "invoices") {
        let name = file_name(&text(&invoice["number"]), &text(&invoice["for"]["label"]));
        let file = folder.join(name);
        invoices::save(door, invoice["id"].as_i64().unwrap_or_default(), &file).await?;
        let file = std::path::absolute(&file).map_err(|error| Failure::file(&file, &error))?;
        files.push(Value::String(file.display().to_string()));
    }
    Ok(files)
}

/// A file name that every system takes, whatever the number and the name hold.
fn file_name(number: &str, name: &str) -> String {
    let plain: String = format!("{number} {name}")
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    format!("{plain}.pdf")
}
