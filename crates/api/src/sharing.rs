//! Shared cost: how pots are spread, and what everybody has then.

mod shape;

use axum::extract::State;
use axum::http::StatusCode;
use tallyport_ledger::{AssignOwners, ViewCosts};
use tallyport_workspace::{Context, sharing};
use utoipa_axum::router::OpenApiRouter;

use self::shape::{
    NewSharingRule, PreviewQuestion, SharedCosts, SharedQuestion, SharedResult, SharingMove,
    SharingPreview, SharingRule, SharingRules,
};
use crate::costs::{days, metric};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path, Query};
use crate::problem::{Answer, Problem};

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(sharing_rules))
        .routes(guarded_routes!(add_sharing_rule))
        .routes(guarded_routes!(change_sharing_rule))
        .routes(guarded_routes!(delete_sharing_rule))
        .routes(guarded_routes!(preview_sharing))
        .routes(guarded_routes!(shared_costs))
}

/// How shared cost is spread.
#[utoipa::path(
    get, path = "/sharing", tag = "sharing",
    responses((status = 200, body = SharingRules), Problem)
)]
async fn sharing_rules(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
) -> Answer<SharingRules> {
    let rules = sharing::list(&context, &by.grant).await?;
    Ok(axum::Json(SharingRules {
        rules: rules.into_iter().map(SharingRule::from).collect(),
    }))
}

/// Says how one pot is spread.
#[utoipa::path(
    post, path = "/sharing", tag = "sharing",
    responses((status = 201, body = SharingRule), Problem)
)]
async fn add_sharing_rule(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Json(ask): Json<NewSharingRule>,
) -> Result<(StatusCode, axum::Json<SharingRule>), Problem> {
    let rule = sharing::add(&context, &by.grant, ask.into()).await?;
    Ok((StatusCode::CREATED, axum::Json(rule.into())))
}

/// Changes how one pot is spread.
#[utoipa::path(
    put, path = "/sharing/{id}", tag = "sharing",
    params(("id" = i64, Path)),
    responses((status = 200, body = SharingRule), Problem)
)]
async fn change_sharing_rule(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<NewSharingRule>,
) -> Answer<SharingRule> {
    let rule = sharing::change(&context, &by.grant, id, ask.into()).await?;
    Ok(axum::Json(rule.into()))
}

/// What a rule would move, before it does.
#[utoipa::path(
    post, path = "/sharing/preview", tag = "sharing",
    params(PreviewQuestion),
    responses((status = 200, body = SharingPreview), Problem)
)]
async fn preview_sharing(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Query(question): Query<PreviewQuestion>,
    Json(ask): Json<NewSharingRule>,
) -> Answer<SharingPreview> {
    let PreviewQuestion {
        replaces,
        month,
        from,
        to,
        metric: amounts,
    } = question;
    let days = days(month, from, to)?;
    let metric = metric(amounts.as_deref())?;
    let moves = sharing::preview(&context, &by.grant, ask.into(), replaces, days, metric).await?;
    Ok(axum::Json(SharingPreview {
        results: moves.into_iter().map(SharingMove::from).collect(),
    }))
}

/// Takes a sharing rule away: its pot is its owner's again.
#[utoipa::path(
    delete, path = "/sharing/{id}", tag = "sharing",
    params(("id" = i64, Path)),
    responses((status = 204), Problem)
)]
async fn delete_sharing_rule(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    sharing::delete(&context, &by.grant, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What everybody has once pots are spread.
#[utoipa::path(
    get, path = "/sharing/costs", tag = "sharing",
    params(SharedQuestion),
    responses((status = 200, body = SharedCosts), Problem)
)]
async fn shared_costs(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Query(ask): Query<SharedQuestion>,
) -> Answer<SharedCosts> {
    let SharedQuestion {
        month,
        from,
        to,
        metric: amounts,
    } = ask;
    let days = days(month, from, to)?;
    let metric = metric(amounts.as_deref())?;
    let results = sharing::costs(&context, &by.grant, days, metric).await?;
    Ok(axum::Json(SharedCosts {
        results: results.into_iter().map(SharedResult::from).collect(),
    }))
}
