//! Teams and who belongs to them, from which day to which.

use axum::extract::State;
use axum::http::StatusCode;
use tallyport_ledger::{AssignOwners, Validity, ViewCosts};
use tallyport_workspace::{Context, PersonId, TeamId, teams};
use utoipa_axum::router::OpenApiRouter;

use crate::clients;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};
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

impl From<tallyport_workspace::Team> for Team {
    fn from(team: tallyport_workspace::Team) -> Self {
        let tallyport_workspace::Team {
            id,
            name,
            client,
            archived,
            members,
        } = team;
        Self {
            id: id.0,
            name,
            client_id: client.map(|client| client.0),
            archived,
            members: members.into_iter().map(Member::from).collect(),
        }
    }
}

impl From<tallyport_workspace::Member> for Member {
    fn from(member: tallyport_workspace::Member) -> Self {
        let tallyport_workspace::Member {
            person,
            name,
            validity,
        } = member;
        Self {
            person_id: person.0,
            name,
            from: validity.from().map(Day),
            to: validity.to().map(Day),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(teams))
        .routes(guarded_routes!(add_team))
        .routes(guarded_routes!(change_team))
        .routes(guarded_routes!(delete_team))
        .routes(guarded_routes!(join_team))
        .routes(guarded_routes!(leave_team))
}

/// All teams and who belongs to them.
#[utoipa::path(
    get, path = "/teams", tag = "teams",
    responses((status = 200, body = Teams), Problem)
)]
async fn teams(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Teams> {
    let teams = teams::list(&context, &by.grant, true).await?;
    Ok(axum::Json(Teams {
        teams: teams.into_iter().map(Team::from).collect(),
    }))
}

/// Adds a team.
#[utoipa::path(
    post, path = "/teams", tag = "teams",
    responses((status = 201, body = Team), Problem)
)]
async fn add_team(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Json(ask): Json<NewTeam>,
) -> Result<(StatusCode, axum::Json<Team>), Problem> {
    let NewTeam { name, client } = ask;
    let client = clients::named(&context, &by, client.as_deref()).await?;
    let team = teams::add(&context, &by.grant, &name, client).await?;
    Ok((StatusCode::CREATED, axum::Json(team.into())))
}

/// Changes a team.
#[utoipa::path(
    patch, path = "/teams/{id}", tag = "teams",
    params(("id" = i64, Path)),
    responses((status = 200, body = Team), Problem)
)]
async fn change_team(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<TeamChange>,
) -> Answer<Team> {
    let TeamChange {
        name,
        client,
        archived,
    } = ask;
    let client = match client {
        None => None,
        Some(client) => Some(clients::named(&context, &by, client.as_deref()).await?),
    };
    let change = teams::TeamChange {
        name,
        client,
        archived,
    };
    let team = teams::change(&context, &by.grant, TeamId(id), change).await?;
    Ok(axum::Json(team.into()))
}

/// Deletes a team that owns nothing; others can be archived.
#[utoipa::path(
    delete, path = "/teams/{id}", tag = "teams",
    params(("id" = i64, Path)),
    responses((status = 204), Problem)
)]
async fn delete_team(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    teams::remove(&context, &by.grant, TeamId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says from which day to which a person belongs to a team.
#[utoipa::path(
    put, path = "/teams/{id}/members/{person_id}", tag = "teams",
    params(("id" = i64, Path), ("person_id" = i64, Path)),
    responses((status = 200, body = Team), Problem)
)]
async fn join_team(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path((id, person)): Path<(i64, i64)>,
    Json(ask): Json<MembershipDays>,
) -> Answer<Team> {
    let MembershipDays { from, to } = ask;
    let days = Validity::new(from.map(|day| day.0), to.map(|day| day.0))
        .map_err(|error| Problem::invalid(crate::problem::sentence(&error.to_string())))?;
    let team = teams::set_member(&context, &by.grant, TeamId(id), PersonId(person), days).await?;
    Ok(axum::Json(team.into()))
}

/// Takes a person out of a team, for all days.
#[utoipa::path(
    delete, path = "/teams/{id}/members/{person_id}", tag = "teams",
    params(("id" = i64, Path), ("person_id" = i64, Path)),
    responses((status = 200, body = Team), Problem)
)]
async fn leave_team(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path((id, person)): Path<(i64, i64)>,
) -> Answer<Team> {
    let team = teams::remove_member(&context, &by.grant, TeamId(id), PersonId(person)).await?;
    Ok(axum::Json(team.into()))
}
