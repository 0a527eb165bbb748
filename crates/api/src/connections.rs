//! Where a client's bills come from, besides files.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::LoadCosts;
use tallyport_workspace::{ClientId, ConnectionId, Context, Export, clients};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem, sentence};
use crate::wire::{Moment, Month, shown};

/// A connection: credentials for one billing account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Connection {
    /// Its number.
    pub id: i64,
    /// cost_explorer or export: what it loads.
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
    /// Where its bills come from.
    pub source: ConnectionSource,
    /// How many paid requests it may make in a month.
    #[schema(required)]
    pub monthly_request_cap: Option<u32>,
    /// How many it has made this month.
    pub requests_this_month: u64,
    /// Months that are not final and still count as an export told them which it no longer loads; the next
    /// sync asks Cost Explorer about them.
    pub left_behind: Vec<Month>,
}

/// Where a connection's bills come from.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "there are few, and each is written out at once"
)]
pub enum ConnectionSource {
    /// Cost Explorer, which is paid by the request.
    CostExplorer {},
    /// A cost export in S3.
    Export {
        /// Its ARN.
        id: String,
        /// What it is called.
        name: String,
        /// bcm-data-exports or cur.
        service: String,
        /// focus, cur2 or cur.
        holds: String,
        /// parquet or csv.
        format: String,
        /// The bucket that it is delivered to.
        bucket: String,
        /// The prefix below which it is delivered.
        prefix: String,
        /// The bucket's region.
        #[schema(required)]
        region: Option<String>,
        /// How often it is brought up to date.
        refresh: String,
        /// What is to be known of it.
        #[schema(required)]
        reason: Option<String>,
    },
}

impl From<Option<Export>> for ConnectionSource {
    fn from(export: Option<Export>) -> Self {
        let Some(export) = export else {
            return Self::CostExplorer {};
        };
        let Export {
            id,
            service,
            name,
            kind,
            format,
            bucket,
            prefix,
            region,
            refresh,
            overwrite: _,
            status: _,
            usable: _,
            reason,
        } = export;
        Self::Export {
            id,
            name,
            service: service.word().to_owned(),
            holds: kind.word().to_owned(),
            format: format.word().to_owned(),
            bucket,
            prefix,
            region,
            refresh,
            reason,
        }
    }
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
            source,
            monthly_request_cap,
            requests_this_month,
            left_behind,
        } = connection;
        let kind = if source.is_some() {
            "export"
        } else {
            COST_EXPLORER
        };
        Self {
            id: id.0,
            kind: kind.to_owned(),
            name,
            billing_account,
            access: access.into(),
            region,
            allocation_tag,
            last_sync: last_sync.map(Moment),
            source: source.into(),
            monthly_request_cap,
            requests_this_month,
            left_behind: left_behind
                .into_iter()
                .map(|left| Month(left.period))
                .collect(),
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

/// What every connection loads at first.
const COST_EXPLORER: &str = "cost_explorer";

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(add_connection))
        .routes(guarded_routes!(test_connection))
        .routes(guarded_routes!(delete_connection))
}

/// Connects a client's billing account.
#[utoipa::path(
    post, path = "/clients/{id}/connections", tag = "clients",
    params(("id" = i64, Path)),
    responses((status = 201, body = Connection), Problem)
)]
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
#[utoipa::path(
    post, path = "/connections/{id}/test", tag = "connections",
    params(("id" = i64, Path)),
    responses((status = 200, body = ConnectionTest), Problem)
)]
async fn test_connection(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<ConnectionTest> {
    let test = clients::test_connection(&context, &by.grant, ConnectionId(id)).await?;
    Ok(axum::Json(test.into()))
}

/// Forgets a connection; what it loaded stays.
#[utoipa::path(
    delete, path = "/connections/{id}", tag = "connections",
    params(("id" = i64, Path)),
    responses((status = 204), Problem)
)]
async fn delete_connection(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    clients::remove_connection(&context, &by.grant, ConnectionId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
