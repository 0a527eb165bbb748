//! Who is signed in, and to what.

use axum::extract::State;
use tallyport_ledger::ViewCosts;
use tallyport_workspace::{Context, settings};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};

use crate::problem::{Answer, Problem};
use crate::wire::Moment;
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
    /// The moment it is by the program's clock, which a rehearsal may have moved.
    pub now: Moment,
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

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(session))
}

/// Who is signed in, and to what.
#[utoipa::path(
    get, path = "/session", tag = "session",
    responses((status = 200, body = Session), Problem)
)]
async fn session(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Session> {
    let workspace = settings::workspace(&context).await?;
    let set = settings::read(&context, &by.grant).await?;
    let permissions = by.signed_in.permissions();
    Ok(axum::Json(Session {
        user: by.signed_in.name().to_owned(),
        role: by.signed_in.role().word().to_owned(),
        permissions: permissions
            .iter()
            .map(|kind| kind.word().to_owned())
            .collect(),
        now: Moment(context.now()),
        workspace: SessionWorkspace {
            id: workspace.id.to_string(),
            name: set.name.to_string(),
            demo: workspace.demo,
            mark: workspace.demo.then(|| "demo data".to_owned()),
            zone: set.zone,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
    }))
}
