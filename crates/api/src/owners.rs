//! Who owns: people, teams and clients, as requests name them.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::tenant::TenantId;
use tallyport_ledger::{Permission, ViewCosts};
use tallyport_workspace::{
    ClientId, Context, NamedOwner, OwnerKey, PersonId, TeamId, clients, people, rules, teams,
    tenants,
};
use utoipa::ToSchema;

use crate::guard::Caller;
use crate::problem::Problem;
use crate::wire::shown;

/// A rule's owner.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleOwner {
    /// person, team or client.
    pub kind: String,
    /// The person's, team's or client's number.
    pub id: i64,
    /// As rows of costs have it.
    pub key: String,
    /// The name.
    pub label: String,
}

/// Names an owner: `person:NAME`, `team:NAME`, or kind and number.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum OwnerName {
    /// `person:NAME` or `team:NAME`.
    Text(String),
    /// By number.
    Number(OwnerNumber),
}

/// An owner by number.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerNumber {
    /// person or team.
    pub kind: String,
    /// The person's or team's number.
    pub id: i64,
}

impl From<NamedOwner> for RuleOwner {
    fn from(owner: NamedOwner) -> Self {
        let NamedOwner { id: _, key, name } = owner;
        Self {
            kind: key.kind().to_owned(),
            id: key.number(),
            key: key.to_string(),
            label: name,
        }
    }
}

impl OwnerName {
    pub(crate) fn asked(self) -> Result<rules::OwnerAsk, Problem> {
        let OwnerNumber { kind, id } = match self {
            Self::Text(text) => return Ok(rules::OwnerAsk::Named(text)),
            Self::Number(number) => number,
        };
        Ok(rules::OwnerAsk::Key(match kind.as_str() {
            "person" => OwnerKey::Person(PersonId(id)),
            "team" => OwnerKey::Team(TeamId(id)),
            "client" => OwnerKey::Client(ClientId(id)),
            "tenant" => OwnerKey::Tenant(TenantId(id)),
            other => {
                return Err(Problem::invalid(format!(
                    "\"{}\" is no kind of owner: person, team, client or tenant.",
                    shown(other)
                )));
            }
        }))
    }
}

/// Whom an invoice is for: a person, a team, a client or a tenant, by name or number.
pub(crate) async fn recipient<P: Permission>(
    context: &Context,
    by: &Caller<P>,
    name: OwnerName,
) -> Result<OwnerKey, Problem> {
    let grant = by.signed_in.grant::<ViewCosts>()?;
    let (kind, wanted) = match &name {
        OwnerName::Text(text) => text.split_once(':').unwrap_or(("", text)),
        OwnerName::Number(OwnerNumber { kind, id }) => (kind.as_str(), &*id.to_string()),
    };
    let is = |id: i64, name: &str| {
        name.to_lowercase() == wanted.to_lowercase() || id.to_string() == wanted
    };
    let found = match kind {
        "person" => people::list(context, &grant, true)
            .await?
            .into_iter()
            .find(|person| is(person.id.0, &person.name))
            .map(|person| OwnerKey::Person(person.id)),
        "team" => teams::list(context, &grant, true)
            .await?
            .into_iter()
            .find(|team| is(team.id.0, &team.name))
            .map(|team| OwnerKey::Team(team.id)),
        "client" => clients::list(context, &grant)
            .await?
            .into_iter()
            .find(|client| is(client.id.0, &client.name))
            .map(|client| OwnerKey::Client(client.id)),
        "tenant" => tenants::names(context, &grant)
            .await?
            .into_iter()
            .find(|(id, name)| is(id.0, name))
            .map(|(id, _)| OwnerKey::Tenant(id)),
        _ => {
            return Err(Problem::invalid(
                "Invoices are for person:NAME, team:NAME, client:NAME or tenant:NAME.",
            ));
        }
    };
    found.ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_FOUND,
            "request.not-found",
            format!("There is no {kind} \"{}\".", shown(wanted)),
        )
    })
}
