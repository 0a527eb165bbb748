//! Who owns what, and who shares it.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use tallyport_ledger::ViewCosts;
use tallyport_workspace::{Context, PersonId, tables};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use super::{AsFile, File, FileQuestion, answer};
use crate::costs::{days, metric};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Nothing, Query};
use crate::problem::Problem;
use crate::wire::{Day, Month};

/// Whose month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatementFileQuestion {
    /// The person's number.
    pub person: i64,
    /// The month.
    pub month: Month,
    /// billed or effective.
    pub metric: Option<String>,
    /// As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent.
    pub as_of: Option<Day>,
}

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SharedFileQuestion {
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// billed or effective.
    pub metric: Option<String>,
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(export_people))
        .routes(guarded_routes!(export_statement))
        .routes(guarded_routes!(export_teams))
        .routes(guarded_routes!(export_team_members))
        .routes(guarded_routes!(export_clients))
        .routes(guarded_routes!(export_rules))
        .routes(guarded_routes!(export_sharing))
        .routes(guarded_routes!(export_shared_costs))
}

/// Everybody, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/people",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_people(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::people(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// All teams, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/teams",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_teams(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::teams(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// Who belongs to which team and when, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/team-members",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_team_members(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::team_members(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// All clients, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/clients",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_clients(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::clients(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// Who owns what: the rules in their order, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/rules",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_rules(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::rules(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// How shared cost is spread, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/sharing",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_sharing(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::sharing(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// A person's month, by service and resource, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/statement",
    tag = "exports",
    params(StatementFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_statement(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<StatementFileQuestion>>,
) -> Result<Response, Problem> {
    let StatementFileQuestion {
        person,
        month,
        metric: amounts,
        as_of,
    } = ask;
    let (metric, as_of) = (metric(amounts.as_deref())?, as_of.map(|day| day.0));
    let person = PersonId(person);
    let table = tables::statement(&context, &by.grant, person, month.0, metric, as_of).await?;
    answer(&context, table, layout).await
}

/// What everybody has once shared cost is spread, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/shared-costs",
    tag = "exports",
    params(SharedFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_shared_costs(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<SharedFileQuestion>>,
) -> Result<Response, Problem> {
    let SharedFileQuestion {
        month,
        from,
        to,
        metric: amounts,
    } = ask;
    let days = days(month, from, to)?;
    let metric = metric(amounts.as_deref())?;
    let table = tables::shared_costs(&context, &by.grant, days, metric).await?;
    answer(&context, table, layout).await
}
