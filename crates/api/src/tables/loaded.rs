//! What is loaded, what AWS says of it, and what was done.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use tallyport_ledger::{AdministerWorkspace, ViewCosts};
use tallyport_workspace::periods::DiffAsk;
use tallyport_workspace::tables::{self, AuditAsk};
use tallyport_workspace::{Context, VersionId};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use super::{AsFile, File, FileQuestion, answer};
use crate::costs::{by as dimension, metric};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Nothing, Query};
use crate::periods::{DiffQuestion, PeriodsQuestion};
use crate::problem::Problem;
use crate::reconciliation::ReconciliationQuestion;
use crate::wire::Day;

/// Which runs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RunsFileQuestion {
    /// The schedule, such as `budgets`.
    pub schedule: String,
}

/// Which part of the audit trail.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditFileQuestion {
    /// From this day on, in UTC.
    pub from: Option<Day>,
    /// Up to this day.
    pub to: Option<Day>,
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(export_periods))
        .routes(guarded_routes!(export_differences))
        .routes(guarded_routes!(export_reconciliation))
        .routes(guarded_routes!(export_quarantine))
        .routes(guarded_routes!(export_schedules))
        .routes(guarded_routes!(export_runs))
        .routes(guarded_routes!(export_jobs))
        .routes(guarded_routes!(export_audit))
}

/// The billing periods that are loaded, every version of each, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/periods",
    tag = "exports",
    params(PeriodsQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_periods(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<PeriodsQuestion>>,
) -> Result<Response, Problem> {
    let PeriodsQuestion { client } = ask;
    let table = tables::periods(&context, &by.grant, client).await?;
    answer(&context, table, layout).await
}

/// What became different from one version of a billing period to another, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/differences",
    tag = "exports",
    params(DiffQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_differences(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<DiffQuestion>>,
) -> Result<Response, Problem> {
    let DiffQuestion {
        from,
        to,
        by: rows,
        metric: amounts,
    } = ask;
    let ask = DiffAsk {
        from: VersionId(from),
        to: VersionId(to),
        by: dimension(rows.as_deref().unwrap_or("service"))?,
        metric: metric(amounts.as_deref())?,
    };
    let table = tables::differences(&context, &by.grant, ask).await?;
    answer(&context, table, layout).await
}

/// A month beside what AWS says of it, as last asked, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/reconciliation",
    tag = "exports",
    params(ReconciliationQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_reconciliation(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<ReconciliationQuestion>>,
) -> Result<Response, Problem> {
    let ReconciliationQuestion { month, client } = ask;
    let table = tables::reconciliation(&context, &by.grant, month.0, client).await?;
    answer(&context, table, layout).await
}

/// Months that are kept from invoices, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/quarantine",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_quarantine(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::quarantine(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// What is done by itself and when, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/schedules",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_schedules(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::schedules(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// The newest long work, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/jobs",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_jobs(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::jobs(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// The newest runs of a schedule, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/runs",
    tag = "exports",
    params(RunsFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_runs(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<RunsFileQuestion>>,
) -> Result<Response, Problem> {
    let table = tables::runs(&context, &by.grant, &ask.schedule).await?;
    answer(&context, table, layout).await
}

/// The audit trail as a file, the newest line first.
#[utoipa::path(
    get,
    path = "/exports/tables/audit",
    tag = "exports",
    params(AuditFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_audit(
    by: Caller<AdministerWorkspace>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<AuditFileQuestion>>,
) -> Result<Response, Problem> {
    let AuditFileQuestion { from, to } = ask;
    let ask = AuditAsk {
        from: from.map(|day| day.0),
        to: to.map(|day| day.0),
    };
    let table = tables::audit(&context, &by.grant, ask).await?;
    answer(&context, table, layout).await
}
