//! Taking transfers that have ended off the list.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_workspace::tenants::{self, Receipts};
use tallyport_workspace::{Context, TransferId};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Path, Query};
use crate::problem::{Answer, Problem};

/// What becomes of the receipts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ClearQuestion {
    /// keep or erase; keep if nothing is said.
    pub receipts: Option<String>,
}

/// Which transfers are cleared, and what becomes of their receipts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ClearEndedQuestion {
    /// Only of this tenant.
    pub tenant: Option<i64>,
    /// keep or erase; keep if nothing is said.
    pub receipts: Option<String>,
}

/// What was cleared.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransfersCleared {
    /// How many transfers.
    pub cleared: u64,
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(clear_transfer))
        .routes(guarded_routes!(clear_ended_transfers))
}

fn receipts(word: Option<&str>) -> Result<Receipts, Problem> {
    match word {
        None | Some("keep") => Ok(Receipts::Keep),
        Some("erase") => Ok(Receipts::Erase),
        Some(_) => Err(Problem::invalid(
            "Receipts are kept or erased: keep or erase is expected.",
        )),
    }
}

/// Takes a transfer that has ended off the list. Its receipts stay, unless they are to be erased as well.
#[utoipa::path(
    delete, path = "/transfers/{id}", tag = "transfers", params(("id" = i64, Path), ClearQuestion),
    responses((status = 204), Problem)
)]
async fn clear_transfer(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ask): Query<ClearQuestion>,
) -> Result<StatusCode, Problem> {
    let receipts = receipts(ask.receipts.as_deref())?;
    tenants::clear_transfer(&context, &by.grant, TransferId(id), receipts).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes all transfers that have ended off the list. Their receipts stay, unless they are to be erased as well.
#[utoipa::path(
    delete, path = "/transfers", tag = "transfers", params(ClearEndedQuestion),
    responses((status = 200, body = TransfersCleared), Problem)
)]
async fn clear_ended_transfers(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Query(ClearEndedQuestion {
        tenant,
        receipts: word,
    }): Query<ClearEndedQuestion>,
) -> Answer<TransfersCleared> {
    let receipts = receipts(word.as_deref())?;
    let of = tenant.map(TenantId);
    let cleared = tenants::clear_ended(&context, &by.grant, of, receipts).await?;
    Ok(axum::Json(TransfersCleared { cleared }))
}
