//! Budgets: set, changed, kept for history; how each stands.

mod aws;
mod detail;
mod draft;
mod shape;

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tallyport_ledger::budget::{BudgetId, BudgetPeriod};
use tallyport_ledger::{Metric, SetBudgets, ViewCosts};
use tallyport_workspace::budgets::{
    self, BudgetOrder, BudgetsAsk, Danger, ScopeAsk, SuggestionAsk,
};
use tallyport_workspace::{Context, evaluate};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

pub use shape::BudgetThreshold;

pub(crate) use shape::percent;

use self::detail::{BudgetDetail, Suggestion};
use self::draft::{BudgetDraft, word};
use self::shape::{Budget, Budgets};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path, Query};
use crate::problem::{Answer, Problem};
use crate::wire::{Moment, Month};

/// Which budgets.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BudgetsQuestion {
    /// How they stood in this month; today if absent.
    pub month: Option<Month>,
    /// archived: also those that are kept for history only.
    pub include: Option<String>,
    /// Only those whose name, or what they are about, has this in it.
    pub search: Option<String>,
    /// Only the one of this name or number.
    pub named: Option<String>,
    /// risk (over their limit, heading over it or near it) or over.
    pub only: Option<String>,
    /// tree (by name, parts after what they are a part of) or risk (the most endangered first); tree unless
    /// said otherwise.
    pub order: Option<String>,
    /// Which page, from 1.
    pub page: Option<u32>,
    /// How many on a page, up to 1000; 100 unless said otherwise.
    pub limit: Option<u32>,
}

/// What a limit is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SuggestionQuestion {
    /// all, person, team, client, tag or service.
    pub scope: Option<String>,
    /// The person, team or client: name or number.
    pub id: Option<String>,
    /// The tag's key.
    pub key: Option<String>,
    /// The tag's value, or the service's name.
    pub value: Option<String>,
    /// day, month, quarter or year; month unless said otherwise.
    pub period: Option<String>,
    /// The currency; the one most was spent in unless said otherwise.
    pub currency: Option<String>,
    /// billed or effective.
    pub metric: Option<String>,
    /// Whether credits count.
    pub credits: Option<bool>,
    /// Whether tax counts.
    pub tax: Option<bool>,
}

/// Until when a budget is quiet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mute {
    /// Until then its alerts go to the inbox only; `null`: no longer.
    #[schema(required)]
    pub until: Option<Moment>,
}

/// What an evaluation did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Evaluated {
    /// How many budgets were looked at; those of which nothing changed are not.
    pub evaluated: usize,
    /// Alerts raised.
    pub raised: Vec<crate::alerts::Alert>,
    /// Numbers of alerts cleared.
    pub cleared: Vec<i64>,
    /// Forecasts renewed.
    pub forecasts: usize,
}

/// Budgets on a page, and how many may be asked for.
const PAGE: u32 = 100;
const MOST: u32 = 1_000;

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(budgets))
        .routes(guarded_routes!(add_budget))
        .routes(guarded_routes!(suggestion))
        .routes(guarded_routes!(check_budgets))
        .routes(guarded_routes!(budget))
        .routes(guarded_routes!(change_budget))
        .routes(guarded_routes!(archive_budget))
        .routes(guarded_routes!(restore_budget))
        .routes(guarded_routes!(mute_budget))
        .merge(aws::routes())
}

/// Budgets and how they stand.
#[utoipa::path(
    get, path = "/budgets", tag = "budgets", params(BudgetsQuestion),
    responses((status = 200, body = Budgets), Problem)
)]
async fn budgets(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Query(ask): Query<BudgetsQuestion>,
) -> Answer<Budgets> {
    let BudgetsQuestion {
        month,
        include,
        search,
        named,
        only,
        order,
        page,
        limit,
    } = ask;
    let archived = match include.as_deref() {
        None => false,
        Some("archived") => true,
        Some(_) => {
            return Err(Problem::invalid(
                "What is to be included? archived is known.",
            ));
        }
    };
    let only = match only.as_deref() {
        None => None,
        Some("risk") => Some(Danger::AtRisk),
        Some("over") => Some(Danger::Over),
        Some(_) => return Err(Problem::invalid("Only which? risk and over are known.")),
    };
    let order = match order.as_deref() {
        None | Some("tree") => BudgetOrder::Tree,
        Some("risk") => BudgetOrder::Risk,
        Some(_) => return Err(Problem::invalid("Which order? tree and risk are known.")),
    };
    let limit = limit.unwrap_or(PAGE).clamp(1, MOST);
    let skip = page.unwrap_or(1).saturating_sub(1).saturating_mul(limit);
    let ask = BudgetsAsk {
        month: month.map(|month| month.0),
        archived,
        search,
        named,
        only,
        order,
        skip: usize::try_from(skip).unwrap_or(usize::MAX),
        limit: usize::try_from(limit).ok(),
    };
    let found = budgets::list(&context, &by.grant, ask).await?;
    Ok(axum::Json(found.into()))
}

/// Sets a new budget. What is reached already is told at once.
#[utoipa::path(
    post, path = "/budgets", tag = "budgets", request_body = BudgetDraft,
    responses((status = 201, body = Budget), Problem)
)]
async fn add_budget(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Json(ask): Json<BudgetDraft>,
) -> Result<(StatusCode, axum::Json<Budget>), Problem> {
    let view = budgets::add(&context, &by.grant, ask.read()?).await?;
    Ok((StatusCode::CREATED, axum::Json(view.into())))
}

/// A limit suggested from what was spent before.
#[utoipa::path(
    get, path = "/budgets/suggestion", tag = "budgets", params(SuggestionQuestion),
    responses((status = 200, body = Suggestion), Problem)
)]
async fn suggestion(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Query(ask): Query<SuggestionQuestion>,
) -> Answer<Suggestion> {
    let SuggestionQuestion {
        scope,
        id,
        key,
        value,
        period,
        currency,
        metric,
        credits,
        tax,
    } = ask;
    let ask = SuggestionAsk {
        scope: ScopeAsk {
            kind: word(scope.as_deref().unwrap_or("all"))?,
            id,
            key,
            value,
        },
        period: match period {
            Some(text) => word(&text)?,
            None => BudgetPeriod::Month,
        },
        currency: currency.as_deref().map(word).transpose()?,
        metric: match metric {
            Some(text) => word(&text)?,
            None => Metric::Billed,
        },
        credits: credits.unwrap_or(false),
        tax: tax.unwrap_or(false),
    };
    let found = budgets::suggest(&context, &by.grant, ask).await?;
    Ok(axum::Json(found.into()))
}

/// Evaluates what is due now, and renews forecasts.
#[utoipa::path(
    post, path = "/budgets/check", tag = "budgets",
    responses((status = 200, body = Evaluated), Problem)
)]
async fn check_budgets(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
) -> Answer<Evaluated> {
    let done = evaluate::check(&context, &by.grant).await?;
    let renewed = evaluate::forecasts(&context, jiff::SignedDuration::from_secs(20)).await?;
    let view = by.signed_in.grant()?;
    let mut raised = Vec::new();
    for id in done.raised.iter().chain(&renewed.raised) {
        let alert = tallyport_workspace::alerts::one(&context, &view, *id).await?;
        raised.push(alert.into());
    }
    let cleared = done.cleared.iter().chain(&renewed.cleared);
    Ok(axum::Json(Evaluated {
        evaluated: done.budgets,
        raised,
        cleared: cleared.map(|alert| alert.0).collect(),
        forecasts: renewed.made,
    }))
}

/// A budget through time: its periods and what was told of it.
#[utoipa::path(
    get, path = "/budgets/{id}", tag = "budgets",
    params(("id" = i64, Path, description = "Its number.")),
    responses((status = 200, body = BudgetDetail), Problem)
)]
async fn budget(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<BudgetDetail> {
    let found = budgets::detail(&context, &by.grant, BudgetId(id)).await?;
    Ok(axum::Json(found.into()))
}

/// Changes a budget as a whole. Thresholds that stay keep what was told under them.
#[utoipa::path(
    put, path = "/budgets/{id}", tag = "budgets", request_body = BudgetDraft,
    params(("id" = i64, Path, description = "Its number.")),
    responses((status = 200, body = Budget), Problem)
)]
async fn change_budget(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<BudgetDraft>,
) -> Answer<Budget> {
    let view = budgets::change(&context, &by.grant, BudgetId(id), ask.read()?).await?;
    Ok(axum::Json(view.into()))
}

/// Archives a budget: it is kept with all that was told of it, and can be brought back.
#[utoipa::path(
    delete, path = "/budgets/{id}", tag = "budgets",
    params(("id" = i64, Path, description = "Its number.")),
    responses((status = 200, body = Budget), Problem)
)]
async fn archive_budget(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Budget> {
    let view = budgets::archive(&context, &by.grant, BudgetId(id), true).await?;
    Ok(axum::Json(view.into()))
}

/// Brings an archived budget back.
#[utoipa::path(
    post, path = "/budgets/{id}/restore", tag = "budgets",
    params(("id" = i64, Path, description = "Its number.")),
    responses((status = 200, body = Budget), Problem)
)]
async fn restore_budget(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Budget> {
    let view = budgets::archive(&context, &by.grant, BudgetId(id), false).await?;
    Ok(axum::Json(view.into()))
}

/// Lets a budget's alerts go to the inbox only for a while.
#[utoipa::path(
    post, path = "/budgets/{id}/mute", tag = "budgets", request_body = Mute,
    params(("id" = i64, Path, description = "Its number.")),
    responses((status = 200, body = Budget), Problem)
)]
async fn mute_budget(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<Mute>,
) -> Answer<Budget> {
    let until: Option<Timestamp> = ask.until.map(|until| until.0);
    let view = budgets::mute(&context, &by.grant, BudgetId(id), until).await?;
    Ok(axum::Json(view.into()))
}
