//! The people who own resources.

use axum::extract::State;
use axum::http::StatusCode;
use tallyport_ledger::{AssignOwners, ViewCosts};
use tallyport_workspace::{Context, PersonId, people};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Everybody.
#[derive(Debug, Serialize, ToSchema)]
pub struct People {
    /// By name.
    pub people: Vec<Person>,
}

/// A person who can own resources.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Person {
    /// Their number.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address for mail.
    #[schema(required)]
    pub email: Option<String>,
    /// The teams they belong to, or did.
    pub team_ids: Vec<i64>,
    /// Whether they are kept for history only.
    pub archived: bool,
}

/// A new person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// Their name.
    pub name: String,
    /// Their address for mail.
    pub email: Option<String>,
}

/// A change of a person: what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    /// Another name.
    pub name: Option<String>,
    /// Another address; `null` takes it away.
    #[serde(default, deserialize_with = "crate::wire::present")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Option<String>>,
    /// Keep them for history only, or not.
    pub archived: Option<bool>,
}

impl From<tallyport_workspace::Person> for Person {
    fn from(person: tallyport_workspace::Person) -> Self {
        let tallyport_workspace::Person {
            id,
            name,
            email,
            archived,
            teams,
        } = person;
        Self {
            id: id.0,
            name,
            email,
            team_ids: teams.into_iter().map(|team| team.0).collect(),
            archived,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(people))
        .routes(guarded_routes!(add_person))
        .routes(guarded_routes!(person))
        .routes(guarded_routes!(change_person))
        .routes(guarded_routes!(delete_person))
}

/// Everybody.
#[utoipa::path(
    get, path = "/people", tag = "people",
    responses((status = 200, body = People), Problem)
)]
async fn people(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<People> {
    let people = people::list(&context, &by.grant, true).await?;
    Ok(axum::Json(People {
        people: people.into_iter().map(Person::from).collect(),
    }))
}

/// Adds a person.
#[utoipa::path(
    post, path = "/people", tag = "people",
    responses((status = 201, body = Person), Problem)
)]
async fn add_person(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Json(ask): Json<NewPerson>,
) -> Result<(StatusCode, axum::Json<Person>), Problem> {
    let NewPerson { name, email } = ask;
    let person = people::add(&context, &by.grant, &name, email.as_deref()).await?;
    Ok((StatusCode::CREATED, axum::Json(person.into())))
}

/// A person.
#[utoipa::path(
    get, path = "/people/{id}", tag = "people",
    params(("id" = i64, Path)),
    responses((status = 200, body = Person), Problem)
)]
async fn person(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Person> {
    let person = people::get(&context, &by.grant, PersonId(id)).await?;
    Ok(axum::Json(person.into()))
}

/// Changes a person.
#[utoipa::path(
    patch, path = "/people/{id}", tag = "people",
    params(("id" = i64, Path)),
    responses((status = 200, body = Person), Problem)
)]
async fn change_person(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<PersonChange>,
) -> Answer<Person> {
    let PersonChange {
        name,
        email,
        archived,
    } = ask;
    let change = people::PersonChange {
        name,
        email,
        archived,
    };
    let person = people::change(&context, &by.grant, PersonId(id), change).await?;
    Ok(axum::Json(person.into()))
}

/// Deletes a person who owns nothing; others can be archived.
#[utoipa::path(
    delete, path = "/people/{id}", tag = "people",
    params(("id" = i64, Path)),
    responses((status = 204), Problem)
)]
async fn delete_person(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    people::remove(&context, &by.grant, PersonId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
