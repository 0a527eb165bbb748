//! Clients and where their bills come from.

use axum::extract::State;
use axum::http::StatusCode;
use tallyport_ledger::{LoadCosts, ManageClients, Permission, ViewCosts};
use tallyport_workspace::{ClientId, ConnectionId, Context, clients};
use utoipa_axum::router::OpenApiRouter;

use crate::charges::Account;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem, sentence};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::wire::{Moment, shown};

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
    /// Whether it is kept for history only.
    pub archived: bool,
    /// Its billing accounts.
    pub billing_accounts: Vec<Account>,
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
    /// The region to talk to; `null` is the usual one.
    #[schema(required)]
    pub region: Option<String>,
    /// The tag keys by which the bill is cut, separated by commas.
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
    pub name: String,
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
    /// The region to talk to.
    pub region: Option<String>,
    /// The tag keys by which the bill is cut, separated by commas: they name the owners.
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

impl From<clients::Client> for Client {
    fn from(client: clients::Client) -> Self {
        let clients::Client {
            id,
            name,
            archived,
            billing_accounts,
            connections,
        } = client;
        Self {
            id: id.0,
            name,
            archived,
            billing_accounts: billing_accounts.into_iter().map(Account::from).collect(),
            connections: connections.into_iter().map(Connection::from).collect(),
        }
    }
}

impl From<clients::Connection> for Connection {
    fn from(connection: clients::Connection) -> Self {
        let clients::Connection {
            id,
            client: _,
            name,
            billing_account,
            access,
            region,
            allocation_tag,
            last_sync,
        } = connection;
        Self {
            id: id.0,
            kind: COST_EXPLORER.to_owned(),
            name,
            billing_account,
            access: access.into(),
            region,
            allocation_tag,
            last_sync: last_sync.map(Moment),
        }
    }
}

impl From<tallyport_workspace::Access> for Access {
    fn from(access: tallyport_workspace::Access) -> Self {
        use tallyport_workspace::Access as A;
        match access {
            A::Environment => Self::Environment {},
            A::Profile(name) => Self::Profile { name },
            A::AssumeRole {
                base,
                role_arn,
                external_id,
            } => Self::AssumeRole {
                base: Box::new((*base).into()),
                role_arn,
                external_id,
            },
        }
    }
}

impl From<Access> for tallyport_workspace::Access {
    fn from(access: Access) -> Self {
        match access {
            Access::Environment {} => Self::Environment,
            Access::Profile { name } => Self::Profile(name),
            Access::AssumeRole {
                base,
                role_arn,
                external_id,
            } => Self::AssumeRole {
                base: Box::new((*base).into()),
                role_arn,
                external_id: external_id.filter(|id| !id.is_empty()),
            },
        }
    }
}

impl From<clients::ConnectionTest> for ConnectionTest {
    fn from(test: clients::ConnectionTest) -> Self {
        let clients::ConnectionTest {
            ok,
            account,
            arn,
            message,
        } = test;
        Self {
            ok,
            account,
            arn,
            message: sentence(&message),
        }
    }
}

/// The only kind of connection so far.
const COST_EXPLORER: &str = "cost_explorer";

/// The client that a name or number stands for.
pub(crate) async fn named<P: Permission>(
    context: &Context,
    by: &Caller<P>,
    wanted: Option<&str>,
) -> Result<Option<ClientId>, Problem> {
    let Some(wanted) = wanted else {
        return Ok(None);
    };
    let grant = by.signed_in.grant::<ViewCosts>()?;
    let all = clients::list(context, &grant).await?;
    let folded = wanted.to_lowercase();
    all.iter()
        .find(|client| client.name.to_lowercase() == folded)
        .or_else(|| all.iter().find(|client| client.id.to_string() == wanted))
        .map(|client| Some(client.id))
        .ok_or_else(|| {
            Problem::new(
                StatusCode::NOT_FOUND,
                "request.not-found",
                format!("There is no client \"{}\".", shown(wanted)),
            )
            .hint("List them with `tally clients list`.")
        })
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(clients))
        .routes(guarded_routes!(add_client))
        .routes(guarded_routes!(change_client))
        .routes(guarded_routes!(delete_client))
        .routes(guarded_routes!(add_connection))
        .routes(guarded_routes!(test_connection))
        .routes(guarded_routes!(delete_connection))
}

/// All clients and their connections.
#[utoipa::path(get, path = "/clients", tag = "clients", responses((status = 200, body = Clients), Problem))]
async fn clients(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Clients> {
    let clients = clients::list(&context, &by.grant).await?;
    Ok(axum::Json(Clients {
        clients: clients.into_iter().map(Client::from).collect(),
    }))
}

/// Adds a client.
#[utoipa::path(post, path = "/clients", tag = "clients", responses((status = 201, body = Client), Problem))]
async fn add_client(
    by: Caller<ManageClients>,
    State(context): State<Context>,
    Json(ask): Json<NewClient>,
) -> Result<(StatusCode, axum::Json<Client>), Problem> {
    let NewClient { name } = ask;
    let client = clients::add(&context, &by.grant, &name).await?;
    Ok((StatusCode::CREATED, axum::Json(client.into())))
}

/// Changes a client.
#[utoipa::path(patch, path = "/clients/{id}", tag = "clients", params(("id" = i64, Path)), responses((status = 200, body = Client), Problem))]
async fn change_client(
    by: Caller<ManageClients>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<ClientChange>,
) -> Answer<Client> {
    let ClientChange { name } = ask;
    let client = clients::rename(&context, &by.grant, ClientId(id), &name).await?;
    Ok(axum::Json(client.into()))
}

/// Deletes a client without bills.
#[utoipa::path(delete, path = "/clients/{id}", tag = "clients", params(("id" = i64, Path)), responses((status = 204), Problem))]
async fn delete_client(
    by: Caller<ManageClients>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    clients::remove(&context, &by.grant, ClientId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Connects a client's billing account.
#[utoipa::path(post, path = "/clients/{id}/connections", tag = "clients", params(("id" = i64, Path)), responses((status = 201, body = Connection), Problem))]
async fn add_connection(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<NewConnection>,
) -> Result<(StatusCode, axum::Json<Connection>), Problem> {
    let NewConnection {
        kind,
        name,
        billing_account,
        access,
        region,
        allocation_tag,
    } = ask;
    if kind != COST_EXPLORER {
        return Err(Problem::invalid(format!(
            "\"{}\" is no kind of connection: {COST_EXPLORER} is.",
            shown(&kind)
        )));
    }
    let draft = clients::ConnectionDraft {
        name,
        billing_account,
        access: access.into(),
        region,
        allocation_tag,
    };
    let connection = clients::add_connection(&context, &by.grant, ClientId(id), draft).await?;
    Ok((StatusCode::CREATED, axum::Json(connection.into())))
}

/// Tries a connection and says in plain words what is missing.
#[utoipa::path(post, path = "/connections/{id}/test", tag = "connections", params(("id" = i64, Path)), responses((status = 200, body = ConnectionTest), Problem))]
async fn test_connection(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<ConnectionTest> {
    let test = clients::test_connection(&context, &by.grant, ConnectionId(id)).await?;
    Ok(axum::Json(test.into()))
}

/// Forgets a connection; what it loaded stays.
#[utoipa::path(delete, path = "/connections/{id}", tag = "connections", params(("id" = i64, Path)), responses((status = 204), Problem))]
async fn delete_connection(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    clients::remove_connection(&context, &by.grant, ConnectionId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
