//! What was spent, and what it was spent on.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use tallyport_ledger::{ViewCosts, ViewResources};
use tallyport_workspace::tables::{self, ChargesTableAsk, ResourcesTableAsk};
use tallyport_workspace::{Context, anomalies, forecast};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use super::{AsFile, File, FileQuestion, answer};
use crate::anomalies::AnomaliesQuestion;
use crate::costs::{CostsQuestion, Filters, by as dimension, days, metric};
use crate::forecast::ForecastQuestion;
use crate::guard::{Caller, guarded_routes};
use crate::input::Filtered;
use crate::problem::Problem;
use crate::wire::{Day, Month};

/// Which charges: a month, or days from the first to the last.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChargesFileQuestion {
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
}

/// Which resources.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ResourcesFileQuestion {
    /// The month whose cost is shown; the latest loaded if absent.
    pub month: Option<Month>,
    /// billed or effective.
    pub metric: Option<String>,
    /// A part of the id or the name.
    pub search: Option<String>,
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(export_costs))
        .routes(guarded_routes!(export_charges))
        .routes(guarded_routes!(export_forecast))
        .routes(guarded_routes!(export_anomalies))
        .routes(guarded_routes!(export_resources))
}

/// What was spent, by whom or on what, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/costs",
    tag = "exports",
    params(CostsQuestion, Filters, FileQuestion),
    responses(File, Problem)
)]
async fn export_costs(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Filtered(ask, filters), layout): AsFile<Filtered<CostsQuestion>>,
) -> Result<Response, Problem> {
    let table = tables::costs(&context, &by.grant, ask.ask(filters)?).await?;
    answer(&context, table, layout).await
}

/// The charges themselves as a file, however many there are.
#[utoipa::path(
    get,
    path = "/exports/tables/charges",
    tag = "exports",
    params(ChargesFileQuestion, Filters, FileQuestion),
    responses(File, Problem)
)]
async fn export_charges(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Filtered(ask, filters), layout): AsFile<Filtered<ChargesFileQuestion>>,
) -> Result<Response, Problem> {
    let ChargesFileQuestion { month, from, to } = ask;
    let ask = ChargesTableAsk {
        days: days(month, from, to)?,
        filter: filters.into(),
    };
    let table = tables::charges(&context, &by.grant, ask).await?;
    answer(&context, table, layout).await
}

/// What the months to come will cost, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/forecast",
    tag = "exports",
    params(ForecastQuestion, Filters, FileQuestion),
    responses(File, Problem)
)]
async fn export_forecast(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Filtered(ask, filters), layout): AsFile<Filtered<ForecastQuestion>>,
) -> Result<Response, Problem> {
    let ForecastQuestion {
        by: rows,
        metric: amounts,
        months,
    } = ask;
    let ask = forecast::ForecastAsk {
        by: rows.as_deref().map(dimension).transpose()?,
        metric: metric(amounts.as_deref())?,
        months: months.unwrap_or(3),
        filter: filters.into(),
    };
    let table = tables::forecast(&context, &by.grant, ask).await?;
    answer(&context, table, layout).await
}

/// What is unusual, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/anomalies",
    tag = "exports",
    params(AnomaliesQuestion, Filters, FileQuestion),
    responses(File, Problem)
)]
async fn export_anomalies(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Filtered(ask, filters), layout): AsFile<Filtered<AnomaliesQuestion>>,
) -> Result<Response, Problem> {
    let AnomaliesQuestion { month, from, to } = ask;
    let ask = anomalies::AnomaliesAsk {
        days: days(month, from, to)?,
        filter: filters.into(),
    };
    let table = tables::anomalies(&context, &by.grant, ask).await?;
    answer(&context, table, layout).await
}

/// The resources of a month and what they cost, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/resources",
    tag = "exports",
    params(ResourcesFileQuestion, Filters, FileQuestion),
    responses(File, Problem)
)]
async fn export_resources(
    by: Caller<ViewResources>,
    State(context): State<Context>,
    AsFile(Filtered(ask, filters), layout): AsFile<Filtered<ResourcesFileQuestion>>,
) -> Result<Response, Problem> {
    let ResourcesFileQuestion {
        month,
        metric: amounts,
        search,
    } = ask;
    let ask = ResourcesTableAsk {
        month: month.map(|month| month.0),
        metric: metric(amounts.as_deref())?,
        search: search.unwrap_or_default(),
        filter: filters.into(),
    };
    let table = tables::resources(&context, &by.grant, ask).await?;
    answer(&context, table, layout).await
}
