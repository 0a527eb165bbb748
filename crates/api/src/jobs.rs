//! Long work: what runs, what ran, and the stream of its progress.

use std::convert::Infallible;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::wire::Moment;

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

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
