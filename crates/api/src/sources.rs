//! Cost exports: which there are, which a connection loads.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::LoadCosts;
use tallyport_workspace::{ConnectionId, Context, Export, sources};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::connections::{Access, Connection};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, present};

/// With which credentials to look for exports; those of the only connection if nothing is said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Discover {
    /// Those of this client's connection: name or number.
    pub client: Option<String>,
    /// Those of this connection.
    pub connection: Option<i64>,
    /// These.
    pub access: Option<Access>,
    /// The region to talk to.
    pub region: Option<String>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Discovered {
    /// The account that the credentials belong to.
    pub account: String,
    /// The identity that they belong to.
    pub arn: String,
    /// Those that can be used first.
    pub exports: Vec<FoundExport>,
    /// Permissions that are missing, such as cur:DescribeReportDefinitions.
    pub missing_permissions: Vec<String>,
    /// An export that could be made, where none can be used.
    #[schema(required)]
    pub offer: Option<ExportOffer>,
}

/// A cost export.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundExport {
    /// Its ARN.
    pub id: String,
    /// bcm-data-exports or cur.
    pub service: String,
    /// What it is called.
    pub name: String,
    /// focus, cur2 or cur.
    pub kind: String,
    /// parquet or csv.
    pub format: String,
    /// The bucket that it is delivered to.
    pub bucket: String,
    /// The prefix below which it is delivered.
    pub prefix: String,
    /// The bucket's region.
    #[schema(required)]
    pub region: Option<String>,
    /// How often it is brought up to date.
    pub refresh: String,
    /// Whether a delivery overwrites the one before.
    pub overwrite: bool,
    /// How it does, in AWS's word.
    pub status: String,
    /// Whether a bill can be made of it.
    pub usable: bool,
    /// Why not; or what is to be known before it is used.
    #[schema(required)]
    pub reason: Option<String>,
    /// The connection that loads it.
    #[schema(required)]
    pub used_by_connection: Option<i64>,
}

/// An export that could be made.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportOffer {
    /// What it would be called.
    pub name: String,
    /// The bucket it would go to.
    pub bucket: String,
    /// The prefix below which it would be delivered.
    pub prefix: String,
    /// focus.
    pub kind: String,
    /// What it is, what has to be there, and what it costs.
    pub text: String,
    /// What it costs a month, about, for a gigabyte.
    pub monthly_price: Amount,
    /// The currency's code.
    pub currency: String,
}

/// Which export a connection shall load.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceChoice {
    /// Its ARN, or its name; `null` asks Cost Explorer again.
    #[schema(required)]
    pub export: Option<String>,
}

/// A FOCUS 1.2 export to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExport {
    /// The bucket it shall be delivered to; it exists and has the policy.
    pub bucket: String,
    /// The prefix below which it shall be delivered.
    pub prefix: String,
    /// What it shall be called.
    pub name: String,
}

/// A change of a connection: what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionChange {
    /// Another name.
    pub name: Option<String>,
    /// How many paid requests it may make in a month; `null` takes the cap away.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<u32>)]
    pub monthly_request_cap: Option<Option<u32>>,
}

impl FoundExport {
    fn of(export: Export, user: Option<ConnectionId>) -> Self {
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
            overwrite,
            status,
            usable,
            reason,
        } = export;
        Self {
            id,
            service: service.word().to_owned(),
            name,
            kind: kind.word().to_owned(),
            format: format.word().to_owned(),
            bucket,
            prefix,
            region,
            refresh,
            overwrite,
            status,
            usable,
            reason,
            used_by_connection: user.map(|id| id.0),
        }
    }
}

impl From<sources::Offer> for ExportOffer {
    fn from(offer: sources::Offer) -> Self {
        let sources::Offer {
            name,
            bucket,
            prefix,
            text,
            monthly_price,
        } = offer;
        Self {
            name,
            bucket,
            prefix,
            kind: "focus".to_owned(),
            text,
            currency: monthly_price.currency().to_string(),
            monthly_price: monthly_price.into(),
        }
    }
}

impl From<sources::Found> for Discovered {
    fn from(found: sources::Found) -> Self {
        let sources::Found {
            account,
            arn,
            exports,
            missing_permissions,
            offer,
        } = found;
        Self {
            account,
            arn,
            exports: exports
                .into_iter()
                .map(|(export, user)| FoundExport::of(export, user))
                .collect(),
            missing_permissions,
            offer: offer.map(ExportOffer::from),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(discover))
        .routes(guarded_routes!(choose_source))
        .routes(guarded_routes!(create_export))
        .routes(guarded_routes!(change_connection))
}

/// Looks for cost exports. Asks AWS for nothing that is paid for.
#[utoipa::path(
    post, path = "/sources/discover", tag = "sources",
    responses((status = 200, body = Discovered), Problem)
)]
async fn discover(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Json(ask): Json<Discover>,
) -> Answer<Discovered> {
    let Discover {
        client,
        connection,
        access,
        region,
    } = ask;
    let ask = sources::DiscoverAsk {
        client,
        connection: connection.map(ConnectionId),
        access: access.map(Into::into),
        region,
    };
    let found = sources::discover(&context, &by.grant, ask).await?;
    Ok(axum::Json(found.into()))
}

/// Makes a connection load an export, or ask Cost Explorer again.
#[utoipa::path(
    put, path = "/connections/{id}/source", tag = "connections",
    params(("id" = i64, Path)),
    responses((status = 200, body = Connection), Problem)
)]
async fn choose_source(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<SourceChoice>,
) -> Answer<Connection> {
    let chosen = sources::choose(&context, &by.grant, ConnectionId(id), ask.export).await?;
    Ok(axum::Json(chosen.into()))
}

/// Makes a daily FOCUS 1.2 export at AWS and has the connection load it.
#[utoipa::path(
    post, path = "/connections/{id}/exports", tag = "connections",
    params(("id" = i64, Path)),
    responses((status = 201, body = Connection), Problem)
)]
async fn create_export(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<NewExport>,
) -> Result<(StatusCode, axum::Json<Connection>), Problem> {
    let NewExport {
        bucket,
        prefix,
        name,
    } = ask;
    let ask = tallyport_workspace::NewExport {
        name,
        bucket,
        prefix,
    };
    let made = sources::create(&context, &by.grant, ConnectionId(id), ask).await?;
    Ok((StatusCode::CREATED, axum::Json(made.into())))
}

/// Changes a connection's name or the cap on its paid requests.
#[utoipa::path(
    patch, path = "/connections/{id}", tag = "connections",
    params(("id" = i64, Path)),
    responses((status = 200, body = Connection), Problem)
)]
async fn change_connection(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<ConnectionChange>,
) -> Answer<Connection> {
    let ConnectionChange {
        name,
        monthly_request_cap,
    } = ask;
    let ask = sources::ConnectionChange {
        name,
        monthly_request_cap,
    };
    let changed = sources::change(&context, &by.grant, ConnectionId(id), ask).await?;
    Ok(axum::Json(changed.into()))
}
