//! What the program does by itself, and when: bills are synced, budgets are looked at, invoices are drafted.
//! Every run is written down, tried again if its failure may pass, and made up for once if nobody was there.
//!
//! A planned moment is the key of a run, so that a clock that goes back, a second program or a night that
//! has an hour twice does nothing twice.

mod due;
mod invoices;
mod keep;
mod tick;
mod timetable;
mod work;

use jiff::Timestamp;
use serde_json::json;
use tallyport_ledger::{SetBudgets, ViewCosts};
use tallyport_store::{
    ConnectionId, NamedOwner, OwnerKey, Reads, RecipientKind, Recipients, Schedule as Stored,
};

use self::timetable::Timetable;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

pub use keep::{Keeper, keep};
pub use tallyport_store::{Run, RunId, RunState};
pub use tick::{run_now, tick};

/// Bills come when the night's deliveries are there and before people are.
const SYNC: &str = "0 6 * * *";
/// Bills settle at any hour, and a forecast grows with each day.
const BUDGETS: &str = "0 * * * *";
/// Bills are final some days after their month.
const INVOICES: &str = "0 7 5 * *";
/// Paid requests of a connection without a cap are made at most so often a day by themselves.
const MOST_PAID_A_DAY: usize = 24;
/// The word of the schedule that drafts invoices.
const DRAFTS: &str = "invoices";
/// So many runs are listed.
const LISTED: u32 = 100;

/// When something is done by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Its word: `budgets`, `sync-3`.
    pub id: String,
    /// What it does, for people.
    pub label: String,
    /// Five fields, as cron has them.
    pub cron: String,
    /// The zone of the times.
    pub zone: String,
    /// Whether that is a zone of its own, not the workspace's.
    pub own_zone: bool,
    /// The times in words.
    pub words: String,
    /// Whether it is done at all.
    pub enabled: bool,
    /// When it is done next.
    pub next_run: Option<Timestamp>,
    /// The last run.
    pub last_run: Option<Run>,
    /// Whom it is about, if it is about somebody.
    pub whose: Option<Whose>,
}

/// Whom a schedule is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Everybody of a kind.
    Everybody(RecipientKind),
    /// Only these.
    Only(Vec<NamedOwner>),
}

/// When something shall be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleAsk {
    /// Five fields, as cron has them.
    pub cron: String,
    /// The zone of the times; the workspace's if nothing is said.
    pub zone: Option<String>,
    /// Whether it is done at all.
    pub enabled: bool,
    /// Whom it is to be about; as it was if nothing is said.
    pub recipients: Option<Recipients>,
}

/// A schedule, what it does and how that is called.
#[derive(Debug, Clone)]
struct Known {
    stored: Stored,
    /// Whether it has a row; without one it was not thought of yet.
    begun: bool,
    label: String,
}

/// All schedules: of each connection, then the others.
///
/// # Errors
/// The workspace file's.
pub async fn list(cx: &Context, _by: &Grant<ViewCosts>) -> Result<Vec<Schedule>, WorkspaceError> {
    let now = cx.now();
    cx.store
        .read(move |r| {
            let zone = r.settings()?.zone;
            let known = known(r, now)?.into_iter();
            known.map(|known| shown(r, known, &zone, now)).collect()
        })
        .await
}

/// The newest runs of one, newest first.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn runs(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    id: &str,
) -> Result<Vec<Run>, WorkspaceError> {
    let (id, now) = (id.to_owned(), cx.now());
    cx.store
        .read(move |r| {
            let known = one(r, &id, now)?;
            Ok(r.runs(&known.stored.id, LISTED)?)
        })
        .await
}

/// Sets when one is done. What was planned before is not made up for.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; [`WorkspaceError::Invalid`] names the field; a conflict where a connection
/// without a cap would pay too often.
pub async fn change(
    cx: &Context,
    by: &Grant<SetBudgets>,
    id: &str,
    ask: ScheduleAsk,
) -> Result<Schedule, WorkspaceError> {
    let (id, now, trail) = (id.to_owned(), cx.now(), Trail::of(cx, by));
    cx.store
        .write(move |w| {
            let zone = w.settings()?.zone;
            let mut known = one(w, &id, now)?;
            let ScheduleAsk {
                cron,
                zone: own,
                enabled,
                recipients,
            } = ask;
            let cron = cron.split_whitespace().collect::<Vec<_>>().join(" ");
            let timetable = Timetable::parse(&cron, own.as_deref().unwrap_or(&zone), now)?;
            if enabled && let Some(connection) = known.stored.connection {
                affordable(w, connection, &timetable, now)?;
            }
            let before = known.stored.clone();
            if recipients.is_some() && before.recipients.is_none() {
                return Err(WorkspaceError::invalid(
                    "for",
                    format!("\"{}\" is about nobody in particular", known.label),
                ));
            }
            for key in recipients.iter().flat_map(named) {
                w.owner_of(key)?;
            }
            let recipients = recipients.or(before.recipients.clone());
            let times_stay =
                (before.cron == cron && before.zone == own) && before.enabled == enabled;
            if times_stay && before.recipients == recipients && known.begun {
                return shown(w, known, &zone, now);
            }
            known.stored = Stored {
                cron,
                zone: own,
                enabled,
                // Whom it is about changes nothing in what was planned.
                since: if times_stay { before.since } else { now },
                recipients,
                ..before.clone()
            };
            known.begun = true;
            w.set_schedule(&known.stored)?;
            let details = json!({ "before": told(&before), "after": told(&known.stored) });
            trail.keep(w, "schedule.changed", &id, &details)?;
            shown(w, known, &zone, now)
        })
        .await
}

fn told(schedule: &Stored) -> serde_json::Value {
    let recipients = schedule.recipients.as_ref().map(|whose| match whose {
        Recipients::Everybody(kind) => json!(kind.word()),
        Recipients::Only(keys) => json!(keys.iter().map(ToString::to_string).collect::<Vec<_>>()),
    });
    json!({
        "cron": schedule.cron, "zone": schedule.zone, "enabled": schedule.enabled, "for": recipients,
    })
}

/// Those whom it names.
fn named(recipients: &Recipients) -> Vec<OwnerKey> {
    match recipients {
        Recipients::Everybody(_) => Vec::new(),
        Recipients::Only(keys) => keys.clone(),
    }
}

/// Cost Explorer is paid by the request; without a cap it is asked at most hourly.
fn affordable(
    r: &Reads<'_>,
    id: ConnectionId,
    timetable: &Timetable,
    now: Timestamp,
) -> Result<(), WorkspaceError> {
    let connection = r.connection(id)?;
    let in_a_day = now
        .checked_add(jiff::SignedDuration::from_hours(24))
        .unwrap_or(now);
    let times = timetable.within(now, in_a_day).len();
    let paid = connection.source.is_none() && connection.monthly_request_cap.is_none();
    if paid && times > MOST_PAID_A_DAY {
        return Err(WorkspaceError::Conflict {
            code: "schedule.too-often",
            reason: format!(
                "\"{}\" asks Cost Explorer, which charges for each request, and would do so {times} times a day",
                connection.name
            ),
            hint: Some(
                "Set a cap on its requests first (`tally sources cap`), or sync less often: Cost Explorer has \
                 new figures up to three times a day."
                    .to_owned(),
            ),
        });
    }
    Ok(())
}

/// The schedules there are: those of the connections that are still used, then the others.
fn known(r: &Reads<'_>, now: Timestamp) -> Result<Vec<Known>, WorkspaceError> {
    let mut rows = r.schedules()?;
    let mut all = Vec::new();
    for client in r.clients(false)? {
        let several = client.connections.len() > 1;
        for connection in client.connections {
            let label = match several {
                true => format!("Sync {}: {}", client.name, connection.name),
                false => format!("Sync {}", client.name),
            };
            let row = rows
                .iter()
                .position(|row| row.connection == Some(connection.id))
                .map(|at| rows.swap_remove(at));
            all.push(Known {
                begun: row.is_some(),
                stored: row.unwrap_or_else(|| {
                    let id = format!("sync-{}", connection.id);
                    usual(&id, Some(connection.id), SYNC, now)
                }),
                label,
            });
        }
    }
    // Nobody is billed by itself before somebody said so.
    let drafts = Stored {
        enabled: false,
        recipients: Some(Recipients::Everybody(RecipientKind::People)),
        ..usual(DRAFTS, None, INVOICES, now)
    };
    for (usual, label) in [
        (usual("budgets", None, BUDGETS, now), "Look at budgets"),
        (drafts, "Draft the invoices of the month before"),
    ] {
        let row = rows
            .iter()
            .position(|row| row.id == usual.id)
            .map(|at| rows.swap_remove(at));
        all.push(Known {
            begun: row.is_some(),
            stored: row.unwrap_or(usual),
            label: label.to_owned(),
        });
    }
    Ok(all)
}

fn usual(id: &str, connection: Option<ConnectionId>, cron: &str, now: Timestamp) -> Stored {
    Stored {
        id: id.to_owned(),
        connection,
        cron: cron.to_owned(),
        zone: None,
        enabled: true,
        since: now,
        recipients: None,
    }
}

fn one(r: &Reads<'_>, id: &str, now: Timestamp) -> Result<Known, WorkspaceError> {
    known(r, now)?
        .into_iter()
        .find(|known| known.stored.id == id)
        .ok_or_else(|| WorkspaceError::NotFound {
            what: "schedule",
            name: id.to_owned(),
        })
}

fn timetable(
    schedule: &Stored,
    workspace_zone: &str,
    now: Timestamp,
) -> Result<Timetable, WorkspaceError> {
    let zone = schedule.zone.as_deref().unwrap_or(workspace_zone);
    Timetable::parse(&schedule.cron, zone, now)
}

fn shown(
    r: &Reads<'_>,
    known: Known,
    workspace_zone: &str,
    now: Timestamp,
) -> Result<Schedule, WorkspaceError> {
    let Known { stored, label, .. } = known;
    let timetable = timetable(&stored, workspace_zone, now)?;
    let last_run = r.runs(&stored.id, 1)?.pop();
    let again = last_run.as_ref().and_then(|run| run.retry_at);
    let planned = timetable.next(now);
    let next_run = match again {
        Some(again) => Some(planned.map_or(again, |planned| planned.min(again.max(now)))),
        None => planned,
    };
    let whose = match &stored.recipients {
        None => None,
        Some(Recipients::Everybody(kind)) => Some(Whose::Everybody(*kind)),
        Some(Recipients::Only(keys)) => {
            let mut named: Vec<NamedOwner> = r.owners()?.into_values().collect();
            named.retain(|owner| keys.contains(&owner.key));
            named.sort_by_key(|owner| owner.name.to_lowercase());
            Some(Whose::Only(named))
        }
    };
    Ok(Schedule {
        label,
        whose,
        words: timetable.words(),
        own_zone: stored.zone.is_some(),
        zone: stored.zone.unwrap_or_else(|| workspace_zone.to_owned()),
        next_run: next_run.filter(|_| stored.enabled),
        last_run,
        id: stored.id,
        cron: stored.cron,
        enabled: stored.enabled,
    })
}
