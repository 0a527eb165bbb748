//! Where bills come from: files and Cost Explorer, and what is loaded.

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{Import, Sync};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::follow::{Interrupts, follow, follow_until};
use crate::table::{Rows, amounts, text};

/// `tally import`.
pub async fn import(door: &Door, ask: Import) -> Result<(), Failure> {
    let Import {
        files,
        client,
        add,
        skip_bad_rows,
    } = ask;
    let mut files = files.into_iter();
    let mut begin = async || {
        let file = files.next()?;
        let address = Address::new("imports")
            .with("client", client.as_deref())
            .with("add", add.then_some("true"))
            .with("skip_bad_rows", skip_bad_rows.then_some("true"));
        Some(match std::path::absolute(&file) {
            Ok(file) => door.import(address, file).await,
            Err(error) => Err(Failure::file(&file, &error)),
        })
    };
    let (mut imported, mut interrupts) = (Imported::default(), Interrupts::new());
    let mut next = begin().await;
    while let Some(begun) = next {
        // The next one waits for its turn meanwhile, so that what several bring is looked at once, at the end.
        next = begin().await;
        let ended = match begun {
            Ok(job) => follow_until(door, job, &mut interrupts).await,
            Err(failure) => Err(failure),
        };
        let cancelled = ended.as_ref().is_err_and(Failure::is_cancelled);
        imported.keep(ended, door.json);
        if cancelled {
            if let Some(Ok(waiting)) = next {
                imported.keep(stop(door, waiting).await, door.json);
            }
            break;
        }
    }
    imported.say(door.json)
}

/// What came of the files so far.
#[derive(Default)]
struct Imported {
    results: Vec<Value>,
    /// Why the first of those that could not be imported was not, or that the person stopped it.
    failed: Option<Failure>,
}

impl Imported {
    fn keep(&mut self, ended: Result<Value, Failure>, json: bool) {
        match ended {
            Ok(result) => {
                if !json {
                    say_import(&result);
                }
                self.results.push(result);
            }
            Err(failure) => {
                // That the person stopped it outweighs what could not be imported before.
                let (main, other) = match self.failed.take() {
                    Some(first) if first.is_cancelled() || !failure.is_cancelled() => {
                        (first, Some(failure))
                    }
                    first => (failure, first),
                };
                if let Some(other) = other.filter(|other| !other.is_cancelled()) {
                    other.say(false);
                }
                self.failed = Some(main);
            }
        }
    }

    fn say(self, json: bool) -> Result<(), Failure> {
        let Self { results, failed } = self;
        let failed = failed.map(|failed| match results.len() {
            bills @ 1.. if failed.is_cancelled() => Failure::cancelled_after(bills),
            _ => failed,
        });
        match failed {
            Some(failed) if results.is_empty() => Err(failed),
            Some(failed) if json => {
                crate::say::answer(&json!({ "imports": results, "error": failed.problem() }));
                Err(failed.answered())
            }
            Some(failed) => Err(failed),
            None => {
                if json {
                    crate::say::answer(&json!({ "imports": results }));
                }
                Ok(())
            }
        }
    }
}

/// Stops an import and answers what came of it all the same.
async fn stop(door: &Door, job: Value) -> Result<Value, Failure> {
    let cancel = format!("/api/v1/jobs/{}/cancel", job["id"]);
    door.ask(Method::POST, cancel, None).await?;
    follow(door, job).await
}

fn say_import(result: &Value) {
    crate::say::line(&format!(
        "{}: {}, {} lines, {} charges",
        text(&result["file"]),
        text(&result["format"]),
        result["lines"],
        result["charges"],
    ));
    say_periods(rows(result, "periods"));
    for note in rows(result, "notes") {
        crate::say::note(&format!("Note: {}", text(note)));
    }
    let skipped = rows(result, "skipped_rows");
    if !skipped.is_empty() {
        crate::say::note(&format!("{} bad rows were left out:", skipped.len()));
        for row in skipped.iter().take(20) {
            crate::say::note(&format!("  line {}: {}", row["line"], text(&row["reason"])));
        }
    }
}

/// `tally sync`.
pub async fn sync(door: &Door, ask: Sync) -> Result<(), Failure> {
    let Sync {
        client,
        dry_run,
        athena_up_to,
    } = ask;
    let plan = door
        .post(
            Address::new("syncs"),
            json!({ "client": client, "dry_run": true }),
        )
        .await?;
    if dry_run && door.json {
        crate::say::answer(&plan);
        return Ok(());
    }
    if !door.json {
        say_plans(&plan);
    }
    if dry_run {
        return Ok(());
    }
    let job = door
        .post(
            Address::new("syncs"),
            json!({ "client": client, "dry_run": false, "athena_up_to": athena_up_to }),
        )
        .await?;
    let result = follow(door, job).await?;
    if door.json {
        crate::say::answer(&result);
        return Ok(());
    }
    for connection in rows(&result, "connections") {
        say_synced(connection);
    }
    Ok(())
}

fn say_synced(connection: &Value) {
    let who = format!(
        "{} ({})",
        text(&connection["client"]),
        text(&connection["connection"])
    );
    if connection["source"] == "export" {
        crate::say::line(&format!(
            "{who}: {} files, {} bytes from the export {}",
            connection["files"],
            connection["bytes"],
            text(&connection["export"]),
        ));
        if rows(connection, "periods").is_empty() {
            crate::say::line("Nothing was delivered since the last sync.");
        }
    } else {
        crate::say::line(&format!(
            "{who}: {} requests, {} {}",
            connection["requests"],
            text(&connection["price"]),
            text(&connection["currency"]),
        ));
    }
    say_periods(rows(connection, "periods"));
    for note in rows(connection, "notes") {
        crate::say::note(&format!("Note: {}", text(note)));
    }
}

/// What became of each billing period of a load.
fn say_periods(periods: &[Value]) {
    let all: Vec<(&Value, &Value)> = periods
        .iter()
        .flat_map(|period| {
            rows(period, "totals")
                .iter()
                .map(move |total| (period, total))
        })
        .collect();
    let billed = amounts(
        &all.iter()
            .map(|(_, total)| &total["billed"])
            .collect::<Vec<_>>(),
    );
    let mut table = Rows::new(&["client", "billing account", "period", "", ">billed", ""]);
    for ((period, total), billed) in all.into_iter().zip(billed) {
        let outcome = match &period["replaced_version"] {
            Value::Null => text(&period["outcome"]),
            version => format!("{} version {version}", text(&period["outcome"])),
        };
        table.row([
            text(&period["client"]),
            text(&period["billing_account"]),
            text(&period["period"]),
            outcome,
            billed,
            text(&total["currency"]),
        ]);
    }
    table.say();
}

fn say_plans(plan: &Value) {
    for plan in rows(plan, "plans") {
        if plan["source"] == "export" {
            crate::say::note(&format!(
                "{} ({}): {} files, {} bytes; {}. {}",
                text(&plan["client"]),
                text(&plan["connection"]),
                plan["files"],
                plan["bytes"],
                text(&plan["reason"]),
                text(&plan["price_text"]),
            ));
            continue;
        }
        crate::say::note(&format!(
            "{} ({}): {} to {}, about {} requests, {} {}",
            text(&plan["client"]),
            text(&plan["connection"]),
            text(&plan["from"]),
            text(&plan["to"]),
            plan["requests"],
            text(&plan["price"]),
            text(&plan["currency"]),
        ));
    }
}

/// `tally jobs`.
pub async fn jobs(door: &Door, cancel: Option<i64>) -> Result<(), Failure> {
    let answer = match cancel {
        Some(id) => {
            door.ask(Method::POST, format!("/api/v1/jobs/{id}/cancel"), None)
                .await?
        }
        None => door.get(Address::new("jobs")).await?,
    };
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let mut table = Rows::new(&[">id", "state", "started", "what", ""]);
    let one = [answer.clone()];
    let jobs = if cancel.is_some() {
        &one
    } else {
        rows(&answer, "jobs")
    };
    for job in jobs {
        let after = match &job["problem"]["detail"] {
            Value::Null => text(&job["message"]),
            detail => text(detail),
        };
        table.row([
            text(&job["id"]),
            text(&job["state"]),
            text(&job["started_at"]),
            text(&job["title"]),
            after,
        ]);
    }
    table.say();
    Ok(())
}
