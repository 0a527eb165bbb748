//! Tenants: who they are, what they did and used, and what was sent and fetched.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_workspace::{Context, TransferId, tables};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use super::{AsFile, File, FileQuestion, answer};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Nothing, Query};
use crate::problem::{Problem, sentence};
use crate::tenants::{TransfersQuestion, days_asked, month_asked};
use crate::wire::{Day, Month};

/// Whose users.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TenantUsersFileQuestion {
    /// The tenant's number; the users of all if none is given.
    pub tenant: Option<i64>,
}

/// Whose activity, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TenantActivityFileQuestion {
    /// The tenant's number.
    pub tenant: i64,
    /// The first day, in UTC; the last seven days if none is given.
    pub from: Option<Day>,
    /// The last day, in UTC; today if none is given.
    pub to: Option<Day>,
    /// Only this user's.
    pub user: Option<String>,
}

/// Whose usage, and in which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TenantUsageFileQuestion {
    /// The tenant's number.
    pub tenant: i64,
    /// The month; this one if none is given.
    pub month: Option<Month>,
}

/// Of which transfer, and in which state.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FilesFileQuestion {
    /// Its number.
    pub transfer: i64,
    /// waiting, underway, completing, done, skipped, clash, failed or cancelled; any if nothing is said.
    pub state: Option<String>,
}

/// Of which transfer.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReceiptsFileQuestion {
    /// Its number.
    pub transfer: i64,
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(export_tenants))
        .routes(guarded_routes!(export_users_of_tenants))
        .routes(guarded_routes!(export_tenant_activity))
        .routes(guarded_routes!(export_tenant_usage))
        .routes(guarded_routes!(export_transfers))
        .routes(guarded_routes!(export_transfer_files))
        .routes(guarded_routes!(export_receipts))
}

/// The tenants and how each stands, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/tenants",
    tag = "exports",
    params(FileQuestion),
    responses(File, Problem)
)]
async fn export_tenants(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    AsFile(Query(Nothing {}), layout): AsFile<Query<Nothing>>,
) -> Result<Response, Problem> {
    let table = tables::tenants(&context, &by.grant).await?;
    answer(&context, table, layout).await
}

/// Who signs in by SFTP, with which keys, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/tenant-users",
    tag = "exports",
    params(TenantUsersFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_users_of_tenants(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<TenantUsersFileQuestion>>,
) -> Result<Response, Problem> {
    let of = ask.tenant.map(TenantId);
    let table = tables::tenant_users(&context, &by.grant, of).await?;
    answer(&context, table, layout).await
}

/// What a tenant's users did, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/tenant-activity",
    tag = "exports",
    params(TenantActivityFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_tenant_activity(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<TenantActivityFileQuestion>>,
) -> Result<Response, Problem> {
    let TenantActivityFileQuestion {
        tenant,
        from,
        to,
        user,
    } = ask;
    let days = days_asked(&context, from, to)?;
    let (grant, user) = (&by.grant, user.as_deref());
    let table = tables::tenant_activity(&context, grant, TenantId(tenant), days, user).await?;
    answer(&context, table, layout).await
}

/// What a tenant used day by day, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/tenant-usage",
    tag = "exports",
    params(TenantUsageFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_tenant_usage(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<TenantUsageFileQuestion>>,
) -> Result<Response, Problem> {
    let TenantUsageFileQuestion { tenant, month } = ask;
    let month = month_asked(&context, month)?;
    let table = tables::tenant_usage(&context, &by.grant, TenantId(tenant), month).await?;
    answer(&context, table, layout).await
}

/// Transfers, the newest first, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/transfers",
    tag = "exports",
    params(TransfersQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_transfers(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<TransfersQuestion>>,
) -> Result<Response, Problem> {
    let (of, which) = (ask.tenant.map(TenantId), ask.which());
    let table = tables::transfers(&context, &by.grant, of, which).await?;
    answer(&context, table, layout).await
}

/// The files of a transfer and how each stands, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/transfer-files",
    tag = "exports",
    params(FilesFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_transfer_files(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<FilesFileQuestion>>,
) -> Result<Response, Problem> {
    let FilesFileQuestion { transfer, state } = ask;
    let state = state.map(|state| state.parse()).transpose();
    let state = state.map_err(|error: String| Problem::invalid(sentence(&error)))?;
    let table = tables::transfer_files(&context, &by.grant, TransferId(transfer), state).await?;
    answer(&context, table, layout).await
}

/// The receipts of a transfer, as a file.
#[utoipa::path(
    get,
    path = "/exports/tables/receipts",
    tag = "exports",
    params(ReceiptsFileQuestion, FileQuestion),
    responses(File, Problem)
)]
async fn export_receipts(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    AsFile(Query(ask), layout): AsFile<Query<ReceiptsFileQuestion>>,
) -> Result<Response, Problem> {
    let ReceiptsFileQuestion { transfer } = ask;
    let table = tables::receipts(&context, &by.grant, TransferId(transfer)).await?;
    answer(&context, table, layout).await
}
