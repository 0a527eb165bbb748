//! What is done by itself, and when.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{SetBudgets, ViewCosts};
use tallyport_workspace::{Context, NamedOwner, schedules};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::invoices::{Recipient, Recipients};
use crate::problem::{Answer, Problem};
use crate::wire::Moment;

/// What is done by itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct Schedules {
    /// One a connection, then the others.
    pub schedules: Vec<Schedule>,
}

/// When something is done by itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct Schedule {
    /// Its word: budgets, sync-3.
    pub id: String,
    /// What it does, for people.
    pub label: String,
    /// Minute, hour, day of the month, month, day of the week, as cron has them.
    #[schema(example = "0 6 * * *")]
    pub cron: String,
    /// The zone of the times, such as Europe/Vienna.
    pub zone: String,
    /// Whether that is a zone of its own, not the workspace's.
    pub own_zone: bool,
    /// The times in words.
    pub words: String,
    /// Whether it is done at all.
    pub enabled: bool,
    /// When it is done next.
    #[schema(required)]
    pub next_run: Option<Moment>,
    /// The last run.
    #[schema(required)]
    pub last_run: Option<Run>,
    /// Whom it is about; `null` where it is about nobody in particular.
    #[schema(required)]
    pub r#for: Option<ScheduledFor>,
}

/// Whom a schedule is about.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum ScheduledFor {
    /// people, teams, clients or tenants.
    Kind(String),
    /// Only these.
    Only(Vec<Recipient>),
}

/// When something shall be done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleChange {
    /// Minute, hour, day of the month, month, day of the week, as cron has them.
    pub cron: String,
    /// The zone of the times; `null` follows the workspace's.
    #[schema(required)]
    pub zone: Option<String>,
    /// Whether it is done at all.
    pub enabled: bool,
    /// Whom it is to be about; as it was if absent.
    pub r#for: Option<Recipients>,
}

/// The runs of a schedule.
#[derive(Debug, Serialize, ToSchema)]
pub struct Runs {
    /// The latest first.
    pub runs: Vec<Run>,
}

/// A run of a schedule.
#[derive(Debug, Serialize, ToSchema)]
pub struct Run {
    /// Its number.
    pub id: i64,
    /// When it was to be.
    pub planned_at: Moment,
    /// When it began.
    pub started_at: Moment,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<Moment>,
    /// running, done, failed, missed, or waiting: what it needs is not there yet.
    pub state: String,
    /// The first is 1.
    pub attempt: u32,
    /// When it is tried again.
    #[schema(required)]
    pub retry_at: Option<Moment>,
    /// The long work that it began.
    #[schema(required)]
    pub job: Option<i64>,
    /// What came of it, in words.
    #[schema(required)]
    pub text: Option<String>,
}

impl From<schedules::Schedule> for Schedule {
    fn from(schedule: schedules::Schedule) -> Self {
        let schedules::Schedule {
            id,
            label,
            cron,
            zone,
            own_zone,
            words,
            enabled,
            next_run,
            last_run,
            whose,
        } = schedule;
        Self {
            id,
            label,
            cron,
            zone,
            own_zone,
            words,
            enabled,
            next_run: next_run.map(Moment),
            last_run: last_run.map(Run::from),
            r#for: whose.map(|whose| match whose {
                schedules::Whose::Everybody(kind) => ScheduledFor::Kind(kind.word().to_owned()),
                schedules::Whose::Only(named) => {
                    let one = |owner: NamedOwner| Recipient::of(owner.key, owner.name);
                    ScheduledFor::Only(named.into_iter().map(one).collect())
                }
            }),
        }
    }
}

impl From<schedules::Run> for Run {
    fn from(run: schedules::Run) -> Self {
        let schedules::Run {
            id,
            schedule: _,
            planned_at,
            attempt,
            state,
            started_at,
            ended_at,
            retry_at,
            text,
            job,
            process: _,
        } = run;
        Self {
            id: id.0,
            planned_at: Moment(planned_at),
            started_at: Moment(started_at),
            ended_at: ended_at.map(Moment),
            state: state.word().to_owned(),
            attempt,
            retry_at: retry_at.map(Moment),
            job: job.map(|job| job.0),
            text,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(schedules))
        .routes(guarded_routes!(change_schedule))
        .routes(guarded_routes!(run_schedule))
        .routes(guarded_routes!(schedule_runs))
}

/// What is done by itself, and when.
#[utoipa::path(
    get, path = "/schedules", tag = "schedules",
    responses((status = 200, body = Schedules), Problem)
)]
async fn schedules(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Schedules> {
    let all = schedules::list(&context, &by.grant).await?;
    Ok(axum::Json(Schedules {
        schedules: all.into_iter().map(Schedule::from).collect(),
    }))
}

/// Sets when one is done. What was planned before is not made up for.
#[utoipa::path(
    put, path = "/schedules/{id}", tag = "schedules",
    params(("id" = String, Path)),
    responses((status = 200, body = Schedule), Problem)
)]
async fn change_schedule(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Path(id): Path<String>,
    Json(ask): Json<ScheduleChange>,
) -> Answer<Schedule> {
    let ScheduleChange {
        cron,
        zone,
        enabled,
        r#for: whose,
    } = ask;
    let recipients = match whose {
        None => None,
        Some(whose) => Some(whose.asked(&context, &by).await?),
    };
    let ask = schedules::ScheduleAsk {
        cron,
        zone,
        enabled,
        recipients,
    };
    let changed = schedules::change(&context, &by.grant, &id, ask).await?;
    Ok(axum::Json(changed.into()))
}

/// Begins a run at once; it goes on by itself.
#[utoipa::path(
    post, path = "/schedules/{id}/run", tag = "schedules",
    params(("id" = String, Path)),
    responses((status = 202, body = Run), Problem)
)]
async fn run_schedule(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Path(id): Path<String>,
) -> Result<(StatusCode, axum::Json<Run>), Problem> {
    let run = schedules::run_now(&context, &by.grant, &id).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(run.into())))
}

/// The runs of one, the latest first.
#[utoipa::path(
    get, path = "/schedules/{id}/runs", tag = "schedules",
    params(("id" = String, Path)),
    responses((status = 200, body = Runs), Problem)
)]
async fn schedule_runs(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Path(id): Path<String>,
) -> Answer<Runs> {
    let runs = schedules::runs(&context, &by.grant, &id).await?;
    Ok(axum::Json(Runs {
        runs: runs.into_iter().map(Run::from).collect(),
    }))
}
