//! Loads what changed from Cost Explorer.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{Currency, LoadCosts, Money};
use tallyport_workspace::{Context, athena, sync as syncs};
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
    /// What each connection's roll-ups in Athena may cost at the most, in dollars: the person agrees to pay
    /// it. Months beyond it are not loaded.
    pub athena_up_to: Option<String>,
}

/// What a sync would ask AWS for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SyncPlans {
    /// One a connection.
    pub plans: Vec<SyncPlan>,
    /// What has to be agreed to, as `athena_up_to`, for all months to be loaded; `null` where nothing has to.
    #[schema(required)]
    pub athena_up_to: Option<Amount>,
}

/// What a sync of one connection would ask AWS for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SyncPlan {
    /// The client's name.
    pub client: String,
    /// The connection's name.
    pub connection: String,
    /// cost_explorer or export.
    pub source: String,
    /// About how many paid requests; how long the answers are shows only when they come.
    pub requests: u32,
    /// How many paid requests at the least.
    pub least: u32,
    /// What AWS charges for about that many.
    pub price: Amount,
    /// The currency's code.
    pub currency: String,
    /// What else AWS charges for, in words.
    #[schema(required)]
    pub price_text: Option<String>,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// How many files of an export are read.
    pub files: u64,
    /// How many bytes they have.
    pub bytes: u64,
    /// Why these days.
    pub reason: String,
    /// The requests in words.
    pub calls: Vec<String>,
}

impl SyncPlan {
    fn of(plan: syncs::SyncPlan, today: Date) -> Self {
        let syncs::SyncPlan {
            client,
            connection,
            work,
            reason,
        } = plan;
        let connection = connection.name;
        match work {
            syncs::SyncWork::CostExplorer(plan) => Self {
                client,
                connection,
                source: "cost_explorer".to_owned(),
                requests: plan.requests,
                least: plan.least,
                currency: plan.price.currency().to_string(),
                price: plan.price.into(),
                price_text: None,
                from: Day(plan.days.from()),
                to: Day(plan.days.to()),
                files: 0,
                bytes: 0,
                reason,
                calls: plan.calls,
            },
            syncs::SyncWork::Export(plan) => {
                let price = Money::zero(Currency::USD);
                let calls = plan.calls();
                Self {
                    client,
                    connection,
                    source: "export".to_owned(),
                    requests: 0,
                    least: 0,
                    currency: price.currency().to_string(),
                    price: price.into(),
                    price_text: Some(plan.price_text()),
                    from: Day(plan
                        .periods
                        .first()
                        .map_or(today, |first| first.first_day())),
                    to: Day(plan.periods.last().map_or(today, |last| last.last_day())),
                    files: u64::try_from(plan.files).unwrap_or(u64::MAX),
                    bytes: plan.bytes,
                    reason,
                    calls,
                }
            }
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
    let NewSync {
        client,
        dry_run,
        athena_up_to,
    } = ask;
    if dry_run {
        let plans = syncs::plans(&context, &by.grant, client).await?;
        let today = context.today();
        let to_agree = plans.iter().filter_map(|plan| match &plan.work {
            syncs::SyncWork::Export(plan) => plan.to_agree,
            syncs::SyncWork::CostExplorer(_) => None,
        });
        let most = to_agree.max_by_key(|price| price.nanos());
        let plans = plans
            .into_iter()
            .map(|plan| SyncPlan::of(plan, today))
            .collect();
        return Ok(axum::Json(SyncPlans {
            plans,
            athena_up_to: most.map(Amount::from),
        })
        .into_response());
    }
    let job = match athena_up_to {
        None => syncs::sync(&context, &by.grant, client).await?,
        Some(text) => {
            let most = athena::nanos_of_dollars(&text)?;
            syncs::agreed(&context, &by.grant, client, most).await?
        }
    };
    Ok((StatusCode::ACCEPTED, axum::Json(Job::from(job))).into_response())
}
