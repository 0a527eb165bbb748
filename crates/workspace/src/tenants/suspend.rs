//! Letting nobody in for a while: the users' keys are taken away at AWS and kept here to give back.

use serde_json::json;
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::{TenantId, TenantState};

use super::{TenantFacts, facts, target, users};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// Lets nobody in. Files and everything else stay; sessions that are open end within AWS's idle time.
///
/// # Errors
/// It is not set up; what AWS refuses: then doing it again goes on where it stopped.
pub async fn suspend(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<TenantFacts, WorkspaceError> {
    switch(cx, by, id, TenantState::Suspended, "tenant.suspended").await
}

/// Gives the keys back.
///
/// # Errors
/// As [`suspend`].
pub async fn reactivate(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<TenantFacts, WorkspaceError> {
    switch(cx, by, id, TenantState::Active, "tenant.reactivated").await
}

async fn switch(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    state: TenantState,
    action: &'static str,
) -> Result<TenantFacts, WorkspaceError> {
    target(cx, id).await?.set_up()?;
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let stored = w.tenant(id)?;
            w.set_tenant_state(id, state)?;
            w.tenant_users_to_be_told(id)?;
            let details = json!({ "id": id.0 });
            Ok::<_, WorkspaceError>(trail.keep(w, action, stored.tenant.name.as_str(), &details)?)
        })
        .await?;
    let target = target(cx, id).await?;
    for kept in &target.users {
        users::apply(cx, &target, &kept.user).await?;
    }
    let today = cx.today();
    cx.store.read(move |r| facts(r, r.tenant(id)?, today)).await
}
