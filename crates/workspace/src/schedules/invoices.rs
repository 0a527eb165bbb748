//! Drafts by themselves: of the month before, once its figures are final.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use tallyport_ledger::BillingPeriod;
use tallyport_store::{Recipients, Run, Schedule};

use super::timetable;
use super::work::{Ending, Outcome, followed};
use crate::invoices::{self, BatchAction, BatchAsk, BatchOver};
use crate::{Context, SignedIn, WorkspaceError};

/// So many months are made up for, if nobody was there.
const MONTHS: usize = 12;

/// Drafts the months that were planned since the last time, the oldest first. It waits for the first one whose
/// figures are not final.
pub(super) async fn draft(
    cx: &Context,
    run: &Run,
    (schedule, recipients): (&Schedule, &Recipients),
    by: &SignedIn,
) -> Result<Outcome, WorkspaceError> {
    let mut said = Vec::new();
    for month in planned(cx, run, schedule).await? {
        if let Some(reason) = not_final(cx, month).await? {
            said.push(reason);
            return Ok(Outcome::waits(said.join(" ")));
        }
        let ask = BatchAsk {
            action: BatchAction::Draft,
            over: BatchOver::Month(month, recipients.clone()),
        };
        let job = invoices::batch(cx, &by.grant()?, ask).await?;
        let outcome = followed(cx, run.id, job, told).await?;
        said.push(outcome.text);
        if outcome.ending != Ending::Done {
            return Ok(Outcome {
                text: said.join(" "),
                ..outcome
            });
        }
    }
    Ok(Outcome::done(said.join(" ")))
}

/// The months before each planned moment since the last that was done, up to this run's.
async fn planned(
    cx: &Context,
    run: &Run,
    schedule: &Schedule,
) -> Result<Vec<BillingPeriod>, WorkspaceError> {
    let (schedule, until, now) = (schedule.clone(), run.planned_at, cx.now());
    cx.store
        .read(move |r| {
            let zone = r.settings()?.zone;
            let table = timetable(&schedule, &zone, now)?;
            let since = r.last_done(&schedule.id)?.unwrap_or(schedule.since);
            let mut moments = table.within(since.max(schedule.since), until);
            // Begun by hand, it is planned for no moment of the table.
            moments.push(until);
            let zone = TimeZone::get(schedule.zone.as_deref().unwrap_or(&zone));
            let zone = zone.unwrap_or(TimeZone::UTC);
            let month =
                |at: &Timestamp| BillingPeriod::of(at.to_zoned(zone.clone()).date())?.previous();
            let mut months: Vec<BillingPeriod> =
                moments.iter().map(month).collect::<Result<_, _>>()?;
            months.dedup();
            let late = months.len().saturating_sub(MONTHS);
            Ok(months.split_off(late))
        })
        .await
}

/// Why a month is not drafted yet, if so.
async fn not_final(cx: &Context, month: BillingPeriod) -> Result<Option<String>, WorkspaceError> {
    let (loaded, unsettled) = cx.store.read(move |r| r.unsettled(month)).await?;
    Ok(match (loaded, unsettled.as_slice()) {
        (0, _) => Some(format!(
            "Waits: nothing of {month} is loaded yet. It looks again tomorrow."
        )),
        (_, []) => None,
        (_, clients) => Some(format!(
            "Waits: the bill of {month} is not final yet ({}). It looks again tomorrow.",
            clients.join(", ")
        )),
    })
}

/// What became of a month, in words.
fn told(result: &Value) -> String {
    let month = result["month"].as_str().unwrap_or_default();
    let rows = result["recipients"].as_array();
    let with = |outcome: &str| {
        let of = |row: &&Value| row["outcome"] == outcome;
        rows.into_iter().flatten().filter(of).count()
    };
    let said: Vec<String> = [
        ("drafted", "drafted"),
        ("unchanged", "as they were"),
        ("nothing", "with nothing to bill"),
        ("failed", "could not be drafted"),
    ]
    .into_iter()
    .filter_map(|(outcome, words)| match with(outcome) {
        0 => None,
        count => Some(format!("{count} {words}")),
    })
    .collect();
    match said.is_empty() {
        true => format!("{month}: there is nobody to bill."),
        false => format!("{month}: {}.", said.join(", ")),
    }
}
