//! Clients and where their bills come from.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::wire::Moment;

/// All clients.
#[derive(Debug, Serialize, ToSchema)]
pub struct Clients {
    /// By name.
    pub clients: Vec<Client>,
}

/// A customer or business unit whose cloud we look after.
#[derive(Debug, Serialize, ToSchema)]
pub struct Client {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its billing accounts.
    pub billing_accounts: Vec<String>,
    /// Where its bills come from, besides files.
    pub connections: Vec<Connection>,
}

/// A connection: credentials for one billing account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Connection {
    /// Its number.
    pub id: i64,
    /// cost_explorer.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The billing account.
    pub billing_account: String,
    /// How it signs in.
    pub access: Access,
    /// The cost allocation tag that names owners.
    #[schema(required)]
    pub allocation_tag: Option<String>,
    /// When it was last synced.
    #[schema(required)]
    pub last_sync: Option<Moment>,
}

/// How to sign in to AWS. No secret stands in it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(no_recursion)]
pub enum Access {
    /// What the environment of the program gives.
    Environment {},
    /// A profile of the AWS configuration on this machine.
    Profile {
        /// Its name.
        name: String,
    },
    /// A role to assume.
    AssumeRole {
        /// What to assume it from.
        base: Box<Access>,
        /// The role.
        role_arn: String,
        /// The external id that the role asks for.
        #[schema(required)]
        external_id: Option<String>,
    },
}

/// A new client.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClient {
    /// Its name.
    pub name: String,
}

/// A change of a client: what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientChange {
    /// Another name.
    pub name: Option<String>,
}

/// A new connection.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConnection {
    /// cost_explorer.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The billing account.
    pub billing_account: String,
    /// How it signs in.
    pub access: Access,
    /// The cost allocation tag that names owners.
    pub allocation_tag: Option<String>,
}

/// What the test of a connection found.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionTest {
    /// Whether it can be used.
    pub ok: bool,
    /// The account that the credentials belong to.
    #[schema(required)]
    pub account: Option<String>,
    /// The identity that the credentials belong to.
    #[schema(required)]
    pub arn: Option<String>,
    /// What was found, or which permission is missing.
    pub message: String,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
