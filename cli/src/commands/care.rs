//! Checks and backups.

use std::path::Path;

use http::Method;
use serde_json::json;

use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally verify`: fails if a check does.
pub async fn verify(door: &Door) -> Result<(), Failure> {
    let answer = door.ask(Method::POST, Address::new("verify"), None).await?;
    if door.json {
        crate::say::answer(&answer);
    } else {
        let mut table = Rows::new(&["", "check", "found"]);
        for check in rows(&answer, "checks") {
            let mark = if check["ok"] == true { "ok" } else { "BAD" };
            table.row([
                mark.to_owned(),
                text(&check["name"]),
                text(&check["detail"]),
            ]);
        }
        table.say();
    }
    if answer["ok"] == true {
        Ok(())
    } else {
        Err(Failure::damaged().answered())
    }
}

/// `tally backup`: written aside and moved into place; nothing is overwritten.
pub async fn backup(door: &Door, file: &Path) -> Result<(), Failure> {
    if file.exists() {
        return Err(
            Failure::conflict(format!("{} is there already.", file.display()))
                .hint("A backup never overwrites: name another file."),
        );
    }
    let bytes = door.bytes(Address::new("backup")).await?;
    let failed = |error| Failure::file(file, &error);
    let mut aside = file.as_os_str().to_owned();
    aside.push(".part");
    std::fs::write(&aside, &bytes).map_err(failed)?;
    std::fs::rename(&aside, file).map_err(failed)?;
    if door.json {
        crate::say::answer(&json!({ "file": file, "bytes": bytes.len() }));
    } else {
        crate::say::line(&format!(
            "{}: {} bytes, restored and compared.",
            file.display(),
            bytes.len()
        ));
    }
    Ok(())
}
