//! Checks and backups.

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

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
