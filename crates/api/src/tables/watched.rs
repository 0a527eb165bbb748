//! Budgets, and what people were told.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use tallyport_ledger::ViewCosts;
use tallyport_ledger::budget::BudgetId;
use tallyport_workspace::budgets::{BudgetsAsk, Danger};
use tallyport_workspace::{AlertQuery, ChannelId, Context, DeliveryQuery, tables};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use super::{AsFile, File, FileQuestion, answer};
use crate::guard::{Caller, guarded_routes};
use crate::input::Query;
use crate::problem::{Problem, sentence};
use crate::wire::Month;

/// Which budgets.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BudgetsFileQuestion {
    /// How they stood in this month; today if absent.
    pub month: Option<Month>,
    /// archived: also those that are kept for history only.
    pub include: Option<String>,
    /// Only those whose name, or what they are about, has this in it.
    pub search: Option<String>,
    /// risk (over their limit, heading over it or near it) or over.
    pub only: Option<String>,
}

/// Which budget.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BudgetFileQuestion {
    /// Its number.
    pub budget: i64,
}

/// Which alerts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AlertsFileQuestion {
    /// open (those that nobody has answered, and those put off) or all; open unless said otherwise.
    pub state: Option<String>,
    /// Only those of this budget.
    pub budget: Option<i64>,
}

/// Which deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveriesFileQuestion {
    /// Of this channel; 0 is the desktop's popup.
    pub channel: Option<i64>,
    /// waiting, sent, failed or dropped.
    pub state: Option<String>,
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(export_budgets))
        .routes(guarded_routes!(export_budget_months))
        .routes(guarded_routes!(export_alerts))
        .routes(guarded_routes!(export_deliveries))
}

/// Budgets and how they stand, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/budgets",
    tag = "exports",
    params(BudgetsFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_budgets(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<BudgetsFileQuestion>>,
) -> Result<Response, Problem> {
    let BudgetsFileQuestion {
        month,
        include,
        search,
        only,
    } = ask;
    let ask = BudgetsAsk {
        month: month.map(|month| month.0),
        archived: match include.as_deref() {
            None => false,
            Some("archived") => true,
            Some(_) => {
                return Err(Problem::invalid(
                    "What is to be included? archived is known.",
                ));
            }
        },
        search,
        only: match only.as_deref() {
            None => None,
            Some("risk") => Some(Danger::AtRisk),
            Some("over") => Some(Danger::Over),
            Some(_) => return Err(Problem::invalid("Only which? risk and over are known.")),
        },
        ..BudgetsAsk::default()
    };
    let table = tables::budgets(&context, &by.grant, ask).await?;
    answer(&context, table, layout).await
}

/// A budget through time, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/budget-months",
    tag = "exports",
    params(BudgetFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_budget_months(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<BudgetFileQuestion>>,
) -> Result<Response, Problem> {
    let table = tables::budget_months(&context, &by.grant, BudgetId(ask.budget)).await?;
    answer(&context, table, layout).await
}

/// What somebody was told, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/alerts",
    tag = "exports",
    params(AlertsFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_alerts(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<AlertsFileQuestion>>,
) -> Result<Response, Problem> {
    let AlertsFileQuestion { state, budget } = ask;
    let ask = AlertQuery {
        unanswered: match state.as_deref() {
            None | Some("open") => true,
            Some("all") => false,
            Some(_) => return Err(Problem::invalid("Which alerts? open and all are known.")),
        },
        budget: budget.map(BudgetId),
        ..AlertQuery::default()
    };
    let table = tables::alerts(&context, &by.grant, ask).await?;
    answer(&context, table, layout).await
}

/// What became of each notice, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/deliveries",
    tag = "exports",
    params(DeliveriesFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_deliveries(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<DeliveriesFileQuestion>>,
) -> Result<Response, Problem> {
    let DeliveriesFileQuestion { channel, state } = ask;
    let ask = DeliveryQuery {
        channel: channel.map(ChannelId),
        state: state
            .map(|word| word.parse())
            .transpose()
            .map_err(|error: String| Problem::invalid(sentence(&error)))?,
        ..DeliveryQuery::default()
    };
    let table = tables::deliveries(&context, &by.grant, ask).await?;
    answer(&context, table, layout).await
}
