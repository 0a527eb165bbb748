//! Tenants: customers who send and fetch files by SFTP.

mod activity;
mod bulk;
mod care;
mod files;
mod preflight;
mod shape;
mod transfers;
mod users;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_workspace::Context;
use tallyport_workspace::tenants::{self, Retention, TenantChange};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path, Query};
use crate::jobs::Job;
use crate::problem::{Answer, Problem};

pub(crate) use activity::{days_asked, month_asked};
use shape::{Tenant, TenantDraft, TenantEdit, TenantRemoval, Tenants};
pub(crate) use transfers::TransfersQuestion;

/// What is to become of a tenant's files.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RemovalQuestion {
    /// The tenant's short name, to say that it is meant.
    pub confirm: String,
    /// keep: the files stay in S3 with their key; erase: all versions of them are erased, and the key is.
    #[serde(default)]
    pub files: Option<String>,
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(tenants))
        .routes(guarded_routes!(add_tenant))
        .routes(guarded_routes!(tenant))
        .routes(guarded_routes!(change_tenant))
        .routes(guarded_routes!(remove_tenant))
        .routes(guarded_routes!(tenant_removal))
        .routes(guarded_routes!(resume_setup))
        .routes(guarded_routes!(suspend_tenant))
        .routes(guarded_routes!(reactivate_tenant))
        .merge(users::routes())
        .merge(activity::routes())
        .merge(bulk::routes())
        .merge(care::routes())
        .merge(files::routes())
        .merge(preflight::routes())
        .merge(transfers::routes())
}

/// The tenants by name, and how each stands.
#[utoipa::path(get, path = "/tenants", tag = "tenants", responses((status = 200, body = Tenants), Problem))]
async fn tenants(by: Caller<ManageTenants>, State(context): State<Context>) -> Answer<Tenants> {
    let found = tenants::list(&context, &by.grant).await?;
    Ok(axum::Json(Tenants {
        tenants: found.into_iter().map(Tenant::from).collect(),
    }))
}

/// Adds a tenant and begins to set it up; the job's result names its number. A step that fails is undone with
/// all before it.
#[utoipa::path(
    post, path = "/tenants", tag = "tenants",
    responses((status = 202, description = "The work has begun.", body = Job), Problem)
)]
async fn add_tenant(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Json(ask): Json<TenantDraft>,
) -> Result<(StatusCode, axum::Json<Job>), Problem> {
    let job = tenants::create(&context, &by.grant, ask.try_into()?).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}

/// One tenant: where it lies, what was set up, how it stands.
#[utoipa::path(
    get, path = "/tenants/{id}", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = Tenant), Problem)
)]
async fn tenant(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Tenant> {
    let found = tenants::show(&context, &by.grant, TenantId(id)).await?;
    Ok(axum::Json(found.into()))
}

/// Changes a tenant's name, client and age of keys. Where it lies cannot be changed.
#[utoipa::path(
    put, path = "/tenants/{id}", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = Tenant), Problem)
)]
async fn change_tenant(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<TenantEdit>,
) -> Answer<Tenant> {
    let TenantEdit {
        name,
        client,
        rotate_days,
    } = ask;
    let ask = TenantChange {
        name,
        client,
        rotate_days,
    };
    let changed = tenants::change(&context, &by.grant, TenantId(id), ask).await?;
    Ok(axum::Json(changed.into()))
}

/// What removing a tenant would take away. Nothing is changed.
#[utoipa::path(
    get, path = "/tenants/{id}/removal", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = TenantRemoval), Problem)
)]
async fn tenant_removal(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<TenantRemoval> {
    let found = tenants::removal(&context, &by.grant, TenantId(id)).await?;
    Ok(axum::Json(found.into()))
}

/// Begins to remove a tenant: its users and its role, and its files if that is asked for.
#[utoipa::path(
    delete, path = "/tenants/{id}", tag = "tenants", params(("id" = i64, Path), RemovalQuestion),
    responses((status = 202, description = "The work has begun.", body = Job), Problem)
)]
async fn remove_tenant(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ask): Query<RemovalQuestion>,
) -> Result<(StatusCode, axum::Json<Job>), Problem> {
    let RemovalQuestion { confirm, files } = ask;
    let retention = match files.as_deref() {
        None | Some("keep") => Retention::KeepFiles,
        Some("erase") => Retention::EraseFiles,
        Some(_) => {
            return Err(Problem::invalid(
                "Files are kept or erased: keep or erase is expected.",
            ));
        }
    };
    let job = tenants::remove(&context, &by.grant, TenantId(id), &confirm, retention).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}

/// Goes on where setting up or removing a tenant stopped.
#[utoipa::path(
    post, path = "/tenants/{id}/resume-setup", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 202, description = "The work has begun.", body = Job), Problem)
)]
async fn resume_setup(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<(StatusCode, axum::Json<Job>), Problem> {
    let job = tenants::resume(&context, &by.grant, TenantId(id)).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}

/// Lets nobody in: the users' keys are taken away at AWS and kept here. Files stay.
#[utoipa::path(
    post, path = "/tenants/{id}/suspend", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = Tenant), Problem)
)]
async fn suspend_tenant(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Tenant> {
    let found = tenants::suspend(&context, &by.grant, TenantId(id)).await?;
    Ok(axum::Json(found.into()))
}

/// Gives the users of a suspended tenant their keys back.
#[utoipa::path(
    post, path = "/tenants/{id}/reactivate", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = Tenant), Problem)
)]
async fn reactivate_tenant(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Tenant> {
    let found = tenants::reactivate(&context, &by.grant, TenantId(id)).await?;
    Ok(axum::Json(found.into()))
}
