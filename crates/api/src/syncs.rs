//! Loads what changed from Cost Explorer.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tallyport_ledger::LoadCosts;
use tallyport_workspace::{Context, sync as syncs};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::Json;
use crate::jobs::Job;
use crate::problem::Problem;
use crate::wire::{Amount, Day};

/// What to sync.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSync {
    /// Only this client: name or number.
    pub client: Option<String>,
    /// Only say what it would ask for, and what that costs.
    #[serde(default)]
    pub dry_run: bool,
}

/// What a sync would ask AWS for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SyncPlans {
    /// One a connection.
    pub plans: Vec<SyncPlan>,
}

/// What a sync of one connection would ask AWS for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SyncPlan {
    /// The client's name.
    pub client: String,
    /// The connection's name.
    pub connection: String,
    /// About how many requests; how long the answers are shows only when they come.
    pub requests: u32,
    /// How many requests at the least.
    pub least: u32,
    /// What AWS charges for about that many.
    pub price: Amount,
    /// The currency's code.
    pub currency: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// Why these days.
    pub reason: String,
    /// The requests in words.
    pub calls: Vec<String>,
}

impl From<syncs::SyncPlan> for SyncPlan {
    fn from(plan: syncs::SyncPlan) -> Self {
        let syncs::SyncPlan {
            client,
            connection,
            plan,
            reason,
        } = plan;
        Self {
            client,
            connection: connection.name,
            requests: plan.requests,
            least: plan.least,
            currency: plan.price.currency().to_string(),
            price: plan.price.into(),
            from: Day(plan.days.from()),
            to: Day(plan.days.to()),
            reason,
            calls: plan.calls,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(sync))
}

/// Syncs every connection, or says with `dry_run` what that would cost.
#[utoipa::path(
    post, path = "/syncs", tag = "syncs", request_body = NewSync,
    responses(
        (status = 200, description = "With dry_run: the plan.", body = SyncPlans),
        (status = 202, description = "The work has begun.", body = Job),
        Problem
    )
)]
async fn sync(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Json(ask): Json<NewSync>,
) -> Result<Response, Problem> {
    let NewSync { client, dry_run } = ask;
    if dry_run {
        let plans = syncs::plans(&context, &by.grant, client).await?;
        let plans = plans.into_iter().map(SyncPlan::from).collect();
        return Ok(axum::Json(SyncPlans { plans }).into_response());
    }
    let job = syncs::sync(&context, &by.grant, client).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(Job::from(job))).into_response())
}
