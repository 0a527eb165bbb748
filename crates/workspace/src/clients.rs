//! Clients, and how their bills are reached.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use tallyport_aws::exports::Export;
use tallyport_aws::{Access, AwsError};
use tallyport_ledger::{
    BillingAccountId, BillingPeriod, LoadCosts, ManageClients, Name, ViewCosts,
};
use tallyport_store::{ClientId, ConnectionId, LeftBehind, NewConnection, Reads};

use crate::trail::Trail;
use crate::ways_in::{access_from, access_to, export_from};
use crate::{Context, Grant, WorkspaceError};

/// A client with its connections.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its identity.
    pub id: ClientId,
    /// Its name.
    pub name: String,
    /// Whether it is kept for history only.
    pub archived: bool,
    /// Its billing accounts: id and name.
    pub billing_accounts: Vec<(String, Option<String>)>,
    /// How its bills are reached, besides files.
    pub connections: Vec<Connection>,
}

/// How a bill is reached.
#[derive(Debug, Clone)]
pub struct Connection {
    /// Its identity.
    pub id: ConnectionId,
    /// Whose bill.
    pub client: ClientId,
    /// Its name.
    pub name: String,
    /// The payer.
    pub billing_account: String,
    /// The way in.
    pub access: Access,
    /// The region to talk to.
    pub region: Option<String>,
    /// The tag keys by which the bill is cut, separated by commas.
    pub allocation_tag: Option<String>,
    /// When it was last synced.
    pub last_sync: Option<Timestamp>,
    /// The export it loads; without one it asks Cost Explorer.
    pub source: Option<Export>,
    /// How many paid requests it may make in a month.
    pub monthly_request_cap: Option<u32>,
    /// How many it has made this month.
    pub requests_this_month: u64,
    /// Months that count as an export told them which it no longer loads, until Cost Explorer is asked.
    pub left_behind: Vec<LeftBehind>,
}

/// A connection to be.
#[derive(Debug, Clone)]
pub struct ConnectionDraft {
    /// Its name.
    pub name: String,
    /// The payer.
    pub billing_account: String,
    /// The way in.
    pub access: Access,
    /// The region to talk to.
    pub region: Option<String>,
    /// The tag keys by which the bill is cut, separated by commas.
    pub allocation_tag: Option<String>,
}

/// What came of trying a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionTest {
    /// Whether it can be used.
    pub ok: bool,
    /// The account of the credentials.
    pub account: Option<String>,
    /// Their identity.
    pub arn: Option<String>,
    /// What was found, in words.
    pub message: String,
}

/// Clients by name.
///
/// # Errors
/// The workspace file's.
pub async fn list(cx: &Context, _by: &Grant<ViewCosts>) -> Result<Vec<Client>, WorkspaceError> {
    let today = cx.today();
    cx.store
        .read(move |r| {
            let clients = r.clients(false)?.into_iter();
            clients.map(|found| client(r, found, today)).collect()
        })
        .await
}

/// Adds a client.
///
/// # Errors
/// The name is taken or none.
pub async fn add(
    cx: &Context,
    by: &Grant<ManageClients>,
    name: &str,
) -> Result<Client, WorkspaceError> {
    let name = Name::parse(name)?;
    let trail = Trail::of(cx, by);
    let today = cx.today();
    cx.store
        .write(move |w| {
            let id = w.add_client(&name)?;
            trail.keep(w, "client.added", name.as_str(), &json!({ "id": id.0 }))?;
            client(w, w.client(id)?, today)
        })
        .await
}

/// Gives a client another name.
///
/// # Errors
/// The name is taken or none.
pub async fn rename(
    cx: &Context,
    by: &Grant<ManageClients>,
    id: ClientId,
    name: &str,
) -> Result<Client, WorkspaceError> {
    let name = Name::parse(name)?;
    let trail = Trail::of(cx, by);
    let today = cx.today();
    cx.store
        .write(move |w| {
            let before = w.client(id)?;
            w.change_client(id, &name, before.archived)?;
            let details = json!({ "id": id.0, "before": before.name });
            trail.keep(w, "client.renamed", name.as_str(), &details)?;
            client(w, w.client(id)?, today)
        })
        .await
}

/// Deletes a client that has no bills.
///
/// # Errors
/// It has billing periods, or rules or teams name it.
pub async fn remove(
    cx: &Context,
    by: &Grant<ManageClients>,
    id: ClientId,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.client(id)?;
            w.delete_client(id)?;
            trail.keep(w, "client.deleted", &before.name, &json!({ "id": id.0 }))?;
            Ok(())
        })
        .await
}

/// Connects a client's billing account.
///
/// # Errors
/// The billing account is another client's.
pub async fn add_connection(
    cx: &Context,
    by: &Grant<LoadCosts>,
    id: ClientId,
    ask: ConnectionDraft,
) -> Result<Connection, WorkspaceError> {
    let access = access_to(&ask.access).to_string();
    let new = NewConnection {
        name: Name::parse(&ask.name)?,
        billing_account: BillingAccountId::parse(&ask.billing_account)?,
        access,
        region: ask.region.filter(|text| !text.trim().is_empty()),
        allocation_tag: ask.allocation_tag.filter(|text| !text.trim().is_empty()),
    };
    let trail = Trail::of(cx, by);
    let today = cx.today();
    cx.store
        .write(move |w| {
            let added = w.add_connection(id, &new)?;
            let details = json!({
                "id": added.0, "client": id.0, "billing_account": new.billing_account.as_str(),
                "allocation_tag": new.allocation_tag,
            });
            trail.keep(w, "connection.added", new.name.as_str(), &details)?;
            connection(w, w.connection(added)?, today)
        })
        .await
}

/// Forgets a connection; what was loaded through it stays.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn remove_connection(
    cx: &Context,
    by: &Grant<LoadCosts>,
    id: ConnectionId,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.connection(id)?;
            w.remove_connection(id)?;
            trail.keep(
                w,
                "connection.removed",
                &before.name,
                &json!({ "id": id.0 }),
            )?;
            Ok(())
        })
        .await
}

/// Tries a connection's credentials, free of charge, and says in plain words what is missing.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; that AWS refuses is an answer, not an error.
pub async fn test_connection(
    cx: &Context,
    _by: &Grant<LoadCosts>,
    id: ConnectionId,
) -> Result<ConnectionTest, WorkspaceError> {
    let found = stored(cx, id).await?;
    let config = (cx.aws)(&found.access, found.region.as_deref()).await;
    Ok(judged(&found, tallyport_aws::identity(&config).await))
}

fn judged(found: &Connection, answer: Result<tallyport_aws::Identity, AwsError>) -> ConnectionTest {
    match answer {
        Ok(identity) => {
            let own = identity.account == found.billing_account;
            let message = if own {
                format!("Signed in to account {}.", identity.account)
            } else {
                format!(
                    "Signed in, but to account {}: the bill of {} is expected. A bill read here \
                     would be that of the wrong account.",
                    identity.account, found.billing_account
                )
            };
            ConnectionTest {
                ok: own,
                account: Some(identity.account),
                arn: Some(identity.arn),
                message,
            }
        }
        Err(error) => ConnectionTest {
            ok: false,
            account: None,
            arn: None,
            message: error.to_string(),
        },
    }
}

/// A connection as it is stored.
pub(crate) async fn stored(cx: &Context, id: ConnectionId) -> Result<Connection, WorkspaceError> {
    let today = cx.today();
    cx.store
        .read(move |r| connection(r, r.connection(id)?, today))
        .await
}

fn client(
    r: &Reads<'_>,
    stored: tallyport_store::Client,
    today: Date,
) -> Result<Client, WorkspaceError> {
    let connections = stored.connections.into_iter();
    Ok(Client {
        id: stored.id,
        name: stored.name,
        archived: stored.archived,
        billing_accounts: stored.billing_accounts,
        connections: connections
            .map(|found| connection(r, found, today))
            .collect::<Result<_, _>>()?,
    })
}

pub(crate) fn connection(
    r: &Reads<'_>,
    stored: tallyport_store::Connection,
    today: Date,
) -> Result<Connection, WorkspaceError> {
    let month = BillingPeriod::of(today)?;
    Ok(Connection {
        id: stored.id,
        client: stored.client,
        name: stored.name,
        billing_account: stored.billing_account,
        access: access_from(&stored.access)?,
        region: stored.region,
        allocation_tag: stored.allocation_tag,
        last_sync: stored.last_sync,
        source: stored.source.as_deref().map(export_from).transpose()?,
        monthly_request_cap: stored.monthly_request_cap,
        requests_this_month: r.requests_in(stored.id, month)?,
        left_behind: r.left_behind(Some(stored.id))?,
    })
}
