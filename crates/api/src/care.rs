//! Checks and backups.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tallyport_ledger::AdministerWorkspace;
use tallyport_workspace::{Context, backup, verify};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};

use crate::passing::Passing;
use crate::problem::{Answer, Problem};
use serde::Serialize;
use utoipa::ToSchema;

/// What the checks found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verification {
    /// Whether all is well.
    pub ok: bool,
    /// Check by check.
    pub checks: Vec<Check>,
}

/// A check.
#[derive(Debug, Serialize, ToSchema)]
pub struct Check {
    /// What was checked.
    pub name: String,
    /// Whether it is well.
    pub ok: bool,
    /// What was found.
    pub detail: String,
}

impl From<tallyport_workspace::Check> for Check {
    fn from(check: tallyport_workspace::Check) -> Self {
        let tallyport_workspace::Check { name, ok, detail } = check;
        Self {
            name: name.to_owned(),
            ok,
            detail,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(verify))
        .routes(guarded_routes!(backup))
}

/// Checks the file, the sums, the audit trail and the invoices.
#[utoipa::path(
    post, path = "/verify", tag = "verify",
    responses((status = 200, body = Verification), Problem)
)]
async fn verify(
    by: Caller<AdministerWorkspace>,
    State(context): State<Context>,
) -> Answer<Verification> {
    let verified = verify::run(&context, &by.grant).await?;
    Ok(axum::Json(Verification {
        ok: verified.ok(),
        checks: verified.checks.into_iter().map(Check::from).collect(),
    }))
}

/// A backup of the whole workspace in one file, verified by restoring it.
#[utoipa::path(
    get, path = "/backup", tag = "backup",
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), Problem)
)]
async fn backup(
    by: Caller<AdministerWorkspace>,
    State(context): State<Context>,
) -> Result<Response, Problem> {
    let file = Passing::new(&context, "backup");
    backup::write(&context, &by.grant, file.path().to_owned()).await?;
    let name = HeaderValue::from_static("attachment; filename=\"workspace.tallybackup\"");
    let body = file.streamed().await?;
    let kind = HeaderValue::from_static("application/octet-stream");
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], body).into_response())
}
