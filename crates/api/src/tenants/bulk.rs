//! Many users at once, as a table.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_workspace::Context;
use tallyport_workspace::tenants::{self, BulkAction, BulkRow};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Path, Query};
use crate::problem::{Answer, Problem};

/// Whether it is only to be shown.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BulkQuestion {
    /// Only say what would change.
    #[serde(default)]
    pub dry_run: bool,
}

/// What a table of users does.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkUsers {
    /// Whether it was done, not only shown.
    pub applied: bool,
    /// The rows, as they stand in the table.
    pub rows: Vec<BulkUser>,
}

/// A row of a table of users.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkUser {
    /// Where it stands, counted from 1.
    pub line: u64,
    /// Who.
    pub name: String,
    /// add, change or unchanged.
    pub action: String,
    /// What changes, for people.
    pub changes: Vec<String>,
}

impl From<BulkRow> for BulkUser {
    fn from(row: BulkRow) -> Self {
        let BulkRow {
            line,
            name,
            action,
            changes,
        } = row;
        let action = match action {
            BulkAction::Add => "add",
            BulkAction::Change => "change",
            BulkAction::Unchanged => "unchanged",
        };
        Self {
            line,
            name,
            action: action.to_owned(),
            changes,
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(import_tenant_users))
        .routes(guarded_routes!(export_tenant_users))
}

/// Adds and changes users as a table says: name, role, expires, state, keys (one a line in the cell). Who is not
/// in it stays. All rows are checked before anything is changed.
#[utoipa::path(
    post, path = "/tenants/{id}/users/import", tag = "tenants", params(("id" = i64, Path), BulkQuestion),
    request_body(content = Vec<u8>, content_type = "text/csv"),
    responses((status = 200, body = BulkUsers), Problem)
)]
async fn import_tenant_users(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(BulkQuestion { dry_run }): Query<BulkQuestion>,
    file: Bytes,
) -> Answer<BulkUsers> {
    let rows = tenants::import_users(&context, &by.grant, TenantId(id), &file, dry_run).await?;
    Ok(axum::Json(BulkUsers {
        applied: !dry_run,
        rows: rows.into_iter().map(BulkUser::from).collect(),
    }))
}

/// A tenant's users as the table that can be imported.
#[utoipa::path(
    get, path = "/tenants/{id}/users/export", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, content_type = "text/csv", body = Vec<u8>), Problem)
)]
async fn export_tenant_users(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<impl IntoResponse, Problem> {
    let table = tenants::export_users(&context, &by.grant, TenantId(id)).await?;
    let kind = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"tenant-users.csv\"",
        ),
    ];
    Ok((kind, table))
}
