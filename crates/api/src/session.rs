//! Who is signed in, and to what.

use serde::Serialize;
use utoipa::ToSchema;

/// Who is signed in, and to what.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// The person's name.
    pub user: String,
    /// Their role.
    pub role: String,
    /// What the role may do.
    pub permissions: Vec<String>,
    /// The open workspace.
    pub workspace: SessionWorkspace,
}

/// The open workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionWorkspace {
    /// Its identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether everything in it is demo data.
    pub demo: bool,
    /// What to write on everything made from it.
    #[schema(required)]
    pub mark: Option<String>,
    /// The zone of screens and invoice dates.
    pub zone: String,
    /// The program's version.
    pub version: String,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
