//! Single files of a transfer, and whether what arrived is still there.

use http::Method;
use serde_json::{Value, json};

use super::super::tenants::said;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::follow::follow;
use crate::table::{Rows, bytes, text};

/// `tally transfers files`.
pub async fn files(door: &Door, id: i64, state: Option<&str>) -> Result<(), Failure> {
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let address = Address::new(&format!("transfers/{id}/files"))
            .with("state", state)
            .with("after", after.as_deref());
        let page = door.get(address).await?;
        let found = rows(&page, "files");
        let Some(last) = found.last() else { break };
        after = Some(last["file"].to_string());
        all.extend_from_slice(found);
    }
    said(door, &json!({ "files": all }), |all| {
        let mut table = Rows::new(&[">file", "path", "state", ">size", ""]);
        for file in rows(all, "files") {
            table.row([
                text(&file["file"]),
                text(&file["path"]),
                text(&file["state"]),
                bytes(&file["bytes"]),
                text(&file["reason"]),
            ]);
        }
        table.say();
    });
    Ok(())
}

/// `tally transfers recheck`: fails where something is no longer as it arrived.
pub async fn recheck(door: &Door, id: i64, file: Option<i64>) -> Result<(), Failure> {
    let whole = match file {
        Some(file) => {
            let address = format!("/api/v1/transfers/{id}/files/{file}/recheck");
            let answer = door.ask(Method::POST, address, None).await?;
            said(door, &answer, |answer| {
                crate::say::line(&sentence(&answer["outcome"], &answer["what"]));
            });
            answer["outcome"] == "same"
        }
        None => {
            let address = format!("/api/v1/transfers/{id}/recheck");
            let job = door.ask(Method::POST, address, None).await?;
            let found = follow(door, job).await?;
            said(door, &found, say_found);
            found["same"] == found["asked"]
        }
    };
    if whole {
        return Ok(());
    }
    let failure = Failure::conflict("Not everything is as it arrived.".to_owned());
    Err(if door.json {
        failure.answered()
    } else {
        failure
    })
}

fn say_found(found: &Value) {
    crate::say::line(&format!(
        "{} of {} are as they arrived; {} are older versions now, {} differ, {} are gone, {} could not be asked about.",
        found["same"],
        found["asked"],
        found["superseded"],
        found["different"],
        found["gone"],
        found["unknown"],
    ));
    let findings = rows(found, "findings");
    if findings.is_empty() {
        return;
    }
    let mut table = Rows::new(&[">file", "path", "what"]);
    for finding in findings {
        table.row([
            text(&finding["file"]),
            text(&finding["path"]),
            sentence(&finding["outcome"], &finding["what"]),
        ]);
    }
    table.say();
}

fn sentence(outcome: &Value, what: &Value) -> String {
    let what = text(what);
    match outcome.as_str() {
        Some("same") => "It is there as it arrived.".to_owned(),
        Some("superseded") => format!("It is no longer what is there: {what}."),
        Some("different") => format!("Something else is there: {what}."),
        Some("gone") => "It is no longer there.".to_owned(),
        _ => format!("That could not be found out: {what}."),
    }
}
