//! Clients and where their bills come from.

use axum::extract::State;
use axum::http::StatusCode;
use tallyport_ledger::{ManageClients, Permission, ViewCosts};
use tallyport_workspace::{ClientId, Context, clients};
use utoipa_axum::router::OpenApiRouter;

use crate::charges::Account;
use crate::connections::Connection;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::wire::shown;

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
}

/// All clients and their connections.
#[utoipa::path(
    get, path = "/clients", tag = "clients",
    responses((status = 200, body = Clients), Problem)
)]
async fn clients(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Clients> {
    let clients = clients::list(&context, &by.grant).await?;
    Ok(axum::Json(Clients {
        clients: clients.into_iter().map(Client::from).collect(),
    }))
}

/// Adds a client.
#[utoipa::path(
    post, path = "/clients", tag = "clients",
    responses((status = 201, body = Client), Problem)
)]
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
#[utoipa::path(
    patch, path = "/clients/{id}", tag = "clients",
    params(("id" = i64, Path)),
    responses((status = 200, body = Client), Problem)
)]
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
#[utoipa::path(
    delete, path = "/clients/{id}", tag = "clients",
    params(("id" = i64, Path)),
    responses((status = 204), Problem)
)]
async fn delete_client(
    by: Caller<ManageClients>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    clients::remove(&context, &by.grant, ClientId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
