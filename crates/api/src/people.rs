//! People and each person's month.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::wire::{Amount, Month};

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
    /// The teams they belong to today.
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

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatementQuestion {
    /// The month.
    pub month: Month,
    /// billed or effective.
    pub metric: Option<String>,
}

/// A person's month.
#[derive(Debug, Serialize, ToSchema)]
pub struct Statement {
    /// Whose.
    pub person: PersonBrief,
    /// Which.
    pub month: Month,
    /// One a currency.
    pub results: Vec<StatementResult>,
}

/// A person in a word.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonBrief {
    /// Their number.
    pub id: i64,
    /// Their name.
    pub name: String,
}

/// A person's month in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementResult {
    /// The currency's code.
    pub currency: String,
    /// What they spent.
    pub total: Amount,
    /// What they spent the month before.
    pub previous_total: Amount,
    /// By service, the largest first.
    pub services: Vec<StatementService>,
}

/// A service in a person's month.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementService {
    /// The service.
    pub service: String,
    /// What it cost.
    pub amount: Amount,
    /// What it cost the month before.
    pub previous: Amount,
    /// By resource, the largest first.
    pub resources: Vec<StatementResource>,
}

/// A resource in a person's month.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementResource {
    /// Its id, if the bill names one.
    #[schema(required)]
    pub resource: Option<String>,
    /// Its name.
    #[schema(required)]
    pub name: Option<String>,
    /// What it cost.
    pub amount: Amount,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
