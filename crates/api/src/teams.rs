//! Teams and who belongs to them, from which day to which.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::wire::Day;

/// All teams.
#[derive(Debug, Serialize, ToSchema)]
pub struct Teams {
    /// By name.
    pub teams: Vec<Team>,
}

/// A team.
#[derive(Debug, Serialize, ToSchema)]
pub struct Team {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The client it belongs to.
    #[schema(required)]
    pub client_id: Option<i64>,
    /// Whether it is kept for history only.
    pub archived: bool,
    /// Who belongs to it, now and in the past.
    pub members: Vec<Member>,
}

/// A membership.
#[derive(Debug, Serialize, ToSchema)]
pub struct Member {
    /// The person's number.
    pub person_id: i64,
    /// The person's name.
    pub name: String,
    /// The first day; `null` is always.
    #[schema(required)]
    pub from: Option<Day>,
    /// The last day; `null` is open.
    #[schema(required)]
    pub to: Option<Day>,
}

/// A new team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    /// Its name.
    pub name: String,
    /// The client it belongs to: name or number.
    pub client: Option<String>,
}

/// A change of a team: what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamChange {
    /// Another name.
    pub name: Option<String>,
    /// Another client, name or number; `null` takes it away.
    #[serde(default, deserialize_with = "crate::wire::present")]
    #[schema(value_type = Option<String>)]
    pub client: Option<Option<String>>,
    /// Keep it for history only, or not.
    pub archived: Option<bool>,
}

/// When somebody belongs to a team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipDays {
    /// The first day; absent is always.
    pub from: Option<Day>,
    /// The last day; absent is open.
    pub to: Option<Day>,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
