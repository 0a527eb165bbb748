//! Rolling up exports where they lie.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{LoadCosts, ViewCosts};
use tallyport_workspace::{ConnectionId, Context, athena};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};

/// Whether a connection's export is rolled up in the customer's Athena.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AthenaSetting {
    /// When and where; `null` has the export fetched, whatever its size.
    #[schema(required)]
    pub athena: Option<AthenaPlace>,
}

/// When and where an export is rolled up.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AthenaPlace {
    /// Months of more than so many bytes.
    pub above_bytes: u64,
    /// The workgroup, which must cut queries off; "tallyport" is made when it is needed.
    #[serde(default = "own_workgroup")]
    pub workgroup: String,
    /// The database in which the export's table is made.
    pub database: String,
    /// Where answers are written: s3://BUCKET/PREFIX/
    pub output: String,
    /// What all roll-ups of a sync together may cost at the most, in dollars, without anybody being asked;
    /// with nothing each sync asks.
    #[serde(default = "nothing")]
    pub agreed_up_to: String,
}

fn nothing() -> String {
    "0.00".to_owned()
}

fn own_workgroup() -> String {
    "tallyport".to_owned()
}

impl From<athena::AthenaPlace> for AthenaPlace {
    fn from(place: athena::AthenaPlace) -> Self {
        let athena::AthenaPlace {
            above_bytes,
            workgroup,
            database,
            output,
            agreed_nanos,
        } = place;
        Self {
            above_bytes,
            workgroup,
            database,
            output,
            agreed_up_to: athena::dollars(agreed_nanos).to_decimal(2),
        }
    }
}

fn place(place: AthenaPlace) -> Result<athena::AthenaPlace, Problem> {
    let AthenaPlace {
        above_bytes,
        workgroup,
        database,
        output,
        agreed_up_to,
    } = place;
    Ok(athena::AthenaPlace {
        above_bytes,
        workgroup,
        database,
        output,
        agreed_nanos: athena::nanos_of_dollars(&agreed_up_to)?,
    })
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(athena))
        .routes(guarded_routes!(set_athena))
}

/// When and where a connection's export is rolled up.
#[utoipa::path(
    get, path = "/connections/{id}/athena", tag = "connections",
    params(("id" = i64, Path)),
    responses((status = 200, body = AthenaSetting), Problem)
)]
async fn athena(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<AthenaSetting> {
    let place = athena::get(&context, &by.grant, ConnectionId(id)).await?;
    Ok(axum::Json(AthenaSetting {
        athena: place.map(AthenaPlace::from),
    }))
}

/// Sets it. What a roll-up costs at the most is said before it runs; the workgroup cuts it off there.
#[utoipa::path(
    put, path = "/connections/{id}/athena", tag = "connections",
    params(("id" = i64, Path)),
    responses((status = 200, body = AthenaSetting), Problem)
)]
async fn set_athena(
    by: Caller<LoadCosts>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<AthenaSetting>,
) -> Answer<AthenaSetting> {
    let AthenaSetting { athena: place } = ask;
    let place = place.map(self::place).transpose()?;
    let place = athena::set(&context, &by.grant, ConnectionId(id), place).await?;
    Ok(axum::Json(AthenaSetting {
        athena: place.map(AthenaPlace::from),
    }))
}
