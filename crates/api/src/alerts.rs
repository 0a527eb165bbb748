//! Alerts, and what people answer to them.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::alert::AlertId;
use tallyport_ledger::budget::BudgetId;
use tallyport_ledger::{SetBudgets, ViewCosts};
use tallyport_workspace::alerts::{self, Answer as Answered};
use tallyport_workspace::{AlertQuery, Context};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::budgets::BudgetThreshold;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path, Query};
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Day, Moment};

/// Which alerts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AlertsQuestion {
    /// open (those that nobody has answered, and those put off) or all; open unless said otherwise.
    pub state: Option<String>,
    /// Only those of this budget.
    pub budget: Option<i64>,
    /// Which page of a hundred, from 1.
    pub page: Option<u32>,
}

/// Alerts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Alerts {
    /// The newest first.
    pub alerts: Vec<Alert>,
    /// How many nobody has answered.
    pub open: u32,
}

/// What somebody was told.
#[derive(Debug, Serialize, ToSchema)]
pub struct Alert {
    /// Its number.
    pub id: i64,
    /// budget_actual, budget_forecast, anomaly, digest, tenant_key, tenant_user or tenant_quota.
    pub kind: String,
    /// The budget.
    #[schema(required)]
    pub budget: Option<NamedBudget>,
    /// The threshold that was reached.
    #[schema(required)]
    pub threshold: Option<BudgetThreshold>,
    /// The first day it is about.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// When it was raised.
    pub raised_at: Moment,
    /// How often it was.
    pub times: u32,
    /// notice, warning or urgent.
    pub severity: String,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub text: String,
    /// The currency's code, if it is about money.
    #[schema(required)]
    pub currency: Option<String>,
    /// The limit when it was raised, or what was expected.
    #[schema(required)]
    pub limit: Option<Amount>,
    /// The amount that reached the threshold.
    #[schema(required)]
    pub amount: Option<Amount>,
    /// open, acknowledged, snoozed or cleared.
    pub state: String,
    /// Who has seen to it.
    #[schema(required)]
    pub acknowledged: Option<Acknowledged>,
    /// Until when it is put off.
    #[schema(required)]
    pub snoozed_until: Option<Moment>,
    /// Where in the window it leads.
    pub place: String,
}

/// A budget by its name.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedBudget {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
}

impl From<(BudgetId, String)> for NamedBudget {
    fn from((id, name): (BudgetId, String)) -> Self {
        Self { id: id.0, name }
    }
}

/// Who has seen to an alert.
#[derive(Debug, Serialize, ToSchema)]
pub struct Acknowledged {
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// Until when an alert is put off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Snooze {
    /// Until then.
    pub until: Moment,
}

/// Alerts on a page.
const PAGE: u32 = 100;

impl From<tallyport_workspace::Alert> for Alert {
    fn from(alert: tallyport_workspace::Alert) -> Self {
        let tallyport_workspace::Alert {
            id,
            kind,
            budget,
            threshold,
            span,
            raised_at,
            times,
            severity,
            title,
            text,
            figures,
            state,
            acknowledged,
            snoozed_until,
            place,
        } = alert;
        Self {
            id: id.0,
            kind: kind.word().to_owned(),
            budget: budget.map(NamedBudget::from),
            threshold: threshold.map(BudgetThreshold::from),
            from: Day(span.from()),
            to: Day(span.to()),
            raised_at: Moment(raised_at),
            times,
            severity: severity.word().to_owned(),
            title,
            text,
            currency: figures.map(|of| of.amount.currency().to_string()),
            limit: figures.map(|of| of.limit.into()),
            amount: figures.map(|of| of.amount.into()),
            state: state.word().to_owned(),
            acknowledged: acknowledged.map(|(by, at)| Acknowledged { by, at: Moment(at) }),
            snoozed_until: snoozed_until.map(Moment),
            place,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(alerts))
        .routes(guarded_routes!(acknowledge_alert))
        .routes(guarded_routes!(snooze_alert))
        .routes(guarded_routes!(reopen_alert))
}

/// The inbox: what somebody was told.
#[utoipa::path(
    get, path = "/alerts", tag = "alerts", params(AlertsQuestion),
    responses((status = 200, body = Alerts), Problem)
)]
async fn alerts(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Query(ask): Query<AlertsQuestion>,
) -> Answer<Alerts> {
    let AlertsQuestion {
        state,
        budget,
        page,
    } = ask;
    let unanswered = match state.as_deref() {
        None | Some("open") => true,
        Some("all") => false,
        Some(_) => return Err(Problem::invalid("Which alerts? open and all are known.")),
    };
    let query = AlertQuery {
        unanswered,
        budget: budget.map(BudgetId),
        skip: page.unwrap_or(1).saturating_sub(1).saturating_mul(PAGE),
        limit: PAGE,
    };
    let alerts::Alerts { alerts, open } = alerts::list(&context, &by.grant, query).await?;
    Ok(axum::Json(Alerts {
        alerts: alerts.into_iter().map(Alert::from).collect(),
        open,
    }))
}

async fn answer(
    by: &Caller<SetBudgets>,
    context: &Context,
    id: i64,
    answer: Answered,
) -> Answer<Alert> {
    let alert = alerts::answer(context, &by.grant, AlertId(id), answer).await?;
    Ok(axum::Json(alert.into()))
}

/// Notes that an alert is seen to.
#[utoipa::path(
    post, path = "/alerts/{id}/ack", tag = "alerts",
    params(("id" = i64, Path, description = "Its number.")),
    responses((status = 200, body = Alert), Problem)
)]
async fn acknowledge_alert(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Alert> {
    answer(&by, &context, id, Answered::Acknowledge).await
}

/// Puts an alert off: it comes back then, unless it is cleared by itself.
#[utoipa::path(
    post, path = "/alerts/{id}/snooze", tag = "alerts", request_body = Snooze,
    params(("id" = i64, Path, description = "Its number.")),
    responses((status = 200, body = Alert), Problem)
)]
async fn snooze_alert(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<Snooze>,
) -> Answer<Alert> {
    answer(&by, &context, id, Answered::Snooze(ask.until.0)).await
}

/// Takes an answer back: the alert is open again.
#[utoipa::path(
    post, path = "/alerts/{id}/reopen", tag = "alerts",
    params(("id" = i64, Path, description = "Its number.")),
    responses((status = 200, body = Alert), Problem)
)]
async fn reopen_alert(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Alert> {
    answer(&by, &context, id, Answered::Reopen).await
}
