//! Whether a tenant is as it was set up, and apart from the others; how much it may use.

use axum::extract::State;
use serde::Serialize;
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_workspace::Context;
use tallyport_workspace::tenants;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::shape::{Tenant, TenantIsolation, TenantQuota};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::wire::Moment;

/// What at AWS is not as it was set up.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantDrifts {
    /// One difference each.
    pub drifts: Vec<TenantDrift>,
}

/// A difference between what was set up and what is there.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantDrift {
    /// server, key, bucket, role, or the user's name after "user ".
    pub part: String,
    /// In what.
    pub what: String,
    /// What was set up.
    pub wanted: String,
    /// What is there.
    pub found: String,
}

/// What mending came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantMended {
    /// What was found before.
    pub found: Vec<TenantDrift>,
    /// What is left: somebody has to look at it.
    pub left: Vec<TenantDrift>,
}

impl From<tenants::Drift> for TenantDrift {
    fn from(drift: tenants::Drift) -> Self {
        let tenants::Drift {
            part,
            what,
            wanted,
            found,
        } = drift;
        Self {
            part: tenants::part_word(&part),
            what: what.to_owned(),
            wanted,
            found,
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(verify_tenant))
        .routes(guarded_routes!(tenant_drift))
        .routes(guarded_routes!(mend_tenant))
        .routes(guarded_routes!(set_tenant_quota))
}

/// Really tries to leave a tenant's place, with the rights of its role and of each of its users; the result is
/// kept with its date.
#[utoipa::path(
    post, path = "/tenants/{id}/verify", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = TenantIsolation), Problem)
)]
async fn verify_tenant(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<TenantIsolation> {
    let tenants::Isolation {
        at,
        holds,
        attempts,
    } = tenants::verify(&context, &by.grant, TenantId(id)).await?;
    Ok(axum::Json(TenantIsolation {
        at: Moment(at),
        holds,
        attempts,
    }))
}

/// What at AWS is not as it was set up. Nothing is changed.
#[utoipa::path(
    get, path = "/tenants/{id}/drift", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = TenantDrifts), Problem)
)]
async fn tenant_drift(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<TenantDrifts> {
    let found = tenants::drift(&context, &by.grant, TenantId(id)).await?;
    Ok(axum::Json(TenantDrifts {
        drifts: found.into_iter().map(TenantDrift::from).collect(),
    }))
}

/// Sets right what at AWS is not as it was set up.
#[utoipa::path(
    post, path = "/tenants/{id}/mend", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = TenantMended), Problem)
)]
async fn mend_tenant(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<TenantMended> {
    let (found, left) = tenants::mend(&context, &by.grant, TenantId(id)).await?;
    Ok(axum::Json(TenantMended {
        found: found.into_iter().map(TenantDrift::from).collect(),
        left: left.into_iter().map(TenantDrift::from).collect(),
    }))
}

/// Sets how much a tenant may use. Where a limit that stops is reached already, writing is stopped at once;
/// where it is no more, writing is allowed again.
#[utoipa::path(
    put, path = "/tenants/{id}/quota", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = Tenant), Problem)
)]
async fn set_tenant_quota(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<TenantQuota>,
) -> Answer<Tenant> {
    let set = tenants::set_quota(&context, &by.grant, TenantId(id), ask.into()).await?;
    Ok(axum::Json(set.into()))
}
