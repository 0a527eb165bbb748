//! Long work: what runs, what ran, and the stream of its progress.

use axum::extract::State;
use tallyport_ledger::{LoadCosts, ReadInvoices, ViewCosts};
use tallyport_workspace::{Context, JobId, SignedIn, jobs};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::Path;
use crate::problem::{Answer, Problem};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::wire::Moment;

/// How the kinds of work on invoices begin.
const OF_INVOICES: &str = "invoices";

/// Long work.
#[derive(Debug, Serialize, ToSchema)]
pub struct Jobs {
    /// The latest first.
    pub jobs: Vec<Job>,
}

/// A piece of long work.
#[derive(Debug, Serialize, ToSchema)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// import, sync and so on.
    pub kind: String,
    /// What it does, for people.
    pub title: String,
    /// queued, running, done, failed, cancelled or interrupted.
    pub state: String,
    /// How much is done.
    pub done: u64,
    /// Of how much.
    pub total: u64,
    /// Of what: bytes, requests.
    pub unit: String,
    /// What it does now.
    pub message: String,
    /// Who started it.
    pub started_by: String,
    /// When it began.
    pub started_at: Moment,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<Moment>,
    /// What came of it, once it is done.
    #[schema(value_type = Option<Object>, required)]
    pub result: Option<Value>,
    /// Why it failed, if it did.
    #[schema(required)]
    pub problem: Option<Problem>,
}

impl Job {
    /// The job as `by` may see it: what came of work on invoices is for who may read these.
    pub(crate) fn seen_by(job: tallyport_workspace::Job, by: &SignedIn) -> Self {
        let mut seen = Self::from(job);
        if seen.kind.starts_with(OF_INVOICES) && by.grant::<ReadInvoices>().is_err() {
            seen.message = String::new();
            seen.result = None;
            seen.problem = None;
        }
        seen
    }
}

impl From<tallyport_workspace::Job> for Job {
    fn from(job: tallyport_workspace::Job) -> Self {
        let tallyport_workspace::Job {
            id,
            kind,
            title,
            state,
            done,
            total,
            unit,
            message,
            started_by,
            started_at,
            ended_at,
            result,
            problem,
            process: _,
        } = job;
        Self {
            id: id.0,
            kind,
            title,
            state: state.word().to_owned(),
            done,
            total,
            unit,
            message,
            started_by,
            started_at: Moment(started_at),
            ended_at: ended_at.map(Moment),
            result,
            problem: problem.as_ref().map(Problem::of_job),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(jobs))
        .routes(guarded_routes!(job))
        .routes(guarded_routes!(cancel_job))
}

/// Long work, the latest first.
#[utoipa::path(get, path = "/jobs", tag = "jobs", responses((status = 200, body = Jobs), Problem))]
async fn jobs(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Jobs> {
    let jobs = jobs::list(&context, &by.grant).await?;
    Ok(axum::Json(Jobs {
        jobs: jobs
            .into_iter()
            .map(|job| Job::seen_by(job, &by.signed_in))
            .collect(),
    }))
}

/// A piece of long work.
#[utoipa::path(
    get, path = "/jobs/{id}", tag = "jobs",
    params(("id" = i64, Path)),
    responses((status = 200, body = Job), Problem)
)]
async fn job(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Job> {
    let job = jobs::get(&context, &by.grant, JobId(id)).await?;
    Ok(axum::Json(Job::seen_by(job, &by.signed_in)))
}

/// Cancels it; what it did so far is undone.
#[utoipa::path(
    post, path = "/jobs/{id}/cancel", tag = "jobs",
    params(("id" = i64, Path)),
    responses((status = 200, body = Job), Problem)
)]
async fn cancel_job(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Job> {
    let job = jobs::cancel(&context, &by.grant, JobId(id)).await?;
    Ok(axum::Json(job.into()))
}
