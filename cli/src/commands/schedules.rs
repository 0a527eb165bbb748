//! What is done by itself, and when.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use super::invoices::whose;
use crate::arguments::{Schedules, SetSchedule};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally schedules`.
pub async fn schedules(door: &Door, ask: Schedules) -> Result<(), Failure> {
    match ask {
        Schedules::List => list(door).await,
        Schedules::Set(ask) => set(door, ask).await,
        Schedules::Run { id } => run(door, &id).await,
        Schedules::Runs { id } => runs(door, &id).await,
    }
}

async fn list(door: &Door) -> Result<(), Failure> {
    let answer = door.get(Address::new("schedules")).await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let mut table = Rows::new(&["schedule", "", "cron", "zone", "next", "last", ""]);
    for one in rows(&answer, "schedules") {
        let next = match one["enabled"] == true {
            true => text(&one["next_run"]),
            false => "off".to_owned(),
        };
        table.row([
            text(&one["id"]),
            text(&one["label"]),
            text(&one["cron"]),
            text(&one["zone"]),
            next,
            text(&one["last_run"]["started_at"]),
            text(&one["last_run"]["state"]),
        ]);
    }
    table.say();
    Ok(())
}

async fn set(door: &Door, ask: SetSchedule) -> Result<(), Failure> {
    let SetSchedule {
        id,
        cron,
        zone,
        on,
        off,
        recipients,
    } = ask;
    let before = find(door, &id).await?;
    let kept_zone = match before["own_zone"] == true {
        true => before["zone"].clone(),
        false => Value::Null,
    };
    let zone = match zone.as_deref() {
        None => kept_zone,
        Some("workspace") => Value::Null,
        Some(zone) => json!(zone),
    };
    let enabled = match (on, off) {
        (false, false) => before["enabled"].clone(),
        _ => json!(on),
    };
    let cron = cron.map_or_else(|| before["cron"].clone(), Value::String);
    let ask = json!({
        "cron": cron, "zone": zone, "enabled": enabled, "for": whose(&recipients),
    });
    let set = door
        .ask(
            Method::PUT,
            Address::new(&format!("schedules/{id}")),
            Some(ask),
        )
        .await?;
    if door.json {
        crate::say::answer(&set);
        return Ok(());
    }
    crate::say::line(&match set["enabled"] == true {
        true => format!(
            "{}: {} ({}), next {}",
            text(&set["label"]),
            text(&set["words"]).trim_end_matches('.'),
            text(&set["zone"]),
            text(&set["next_run"]),
        ),
        false => format!("{}: off", text(&set["label"])),
    });
    Ok(())
}

async fn find(door: &Door, id: &str) -> Result<Value, Failure> {
    let all = door.get(Address::new("schedules")).await?;
    rows(&all, "schedules")
        .iter()
        .find(|one| one["id"] == id)
        .cloned()
        .ok_or_else(|| {
            Failure::not_found(format!("There is no schedule \"{id}\"."))
                .hint("`tally schedules list` shows all.")
        })
}

/// The program ends with the command, so that it waits for the run.
async fn run(door: &Door, id: &str) -> Result<(), Failure> {
    let mut run = door
        .ask(
            Method::POST,
            Address::new(&format!("schedules/{id}/run")),
            None,
        )
        .await?;
    let number = run["id"].clone();
    while run["state"] == "running" {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let all = door
            .get(Address::new(&format!("schedules/{id}/runs")))
            .await?;
        run = rows(&all, "runs")
            .iter()
            .find(|one| one["id"] == number)
            .cloned()
            .unwrap_or_default();
    }
    match run["state"] == "done" {
        true if door.json => {
            crate::say::answer(&run);
            Ok(())
        }
        true => {
            crate::say::line(&text(&run["text"]));
            Ok(())
        }
        false => Err(why(door, &run).await?),
    }
}

/// Why a run failed: the problem of its work, or what was written down.
async fn why(door: &Door, run: &Value) -> Result<Failure, Failure> {
    if let Some(job) = run["job"].as_i64() {
        let mut job = door.get(format!("/api/v1/jobs/{job}")).await?;
        if job["problem"].is_object() {
            return Ok(Failure::from_problem(job["problem"].take()));
        }
    }
    Ok(Failure::internal(text(&run["text"])))
}

async fn runs(door: &Door, id: &str) -> Result<(), Failure> {
    let answer = door
        .get(Address::new(&format!("schedules/{id}/runs")))
        .await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    if rows(&answer, "runs").is_empty() {
        crate::say::note("It was not run yet.");
        return Ok(());
    }
    let mut table = Rows::new(&["planned", "started", "state", ">attempt", ""]);
    for run in rows(&answer, "runs") {
        table.row([
            text(&run["planned_at"]),
            text(&run["started_at"]),
            text(&run["state"]),
            text(&run["attempt"]),
            text(&run["text"]),
        ]);
    }
    table.say();
    Ok(())
}
