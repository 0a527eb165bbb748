//! How much a tenant may use: set, warned of, and where that is wished, enforced by AWS itself.

use serde_json::json;
use tallyport_aws::tenants::{WritesTo, ensure_bucket};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::{QuotaStanding, TenantId};

use super::{QuotaAsk, Target, TenantFacts, facts, target, users, watch};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// Sets how much a tenant may use, and lets it write again or stops it, as the new limits say.
///
/// # Errors
/// [`WorkspaceError::Invalid`]; what AWS refuses, and then the limits are set and mending tells AWS.
pub async fn set_quota(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    ask: QuotaAsk,
) -> Result<TenantFacts, WorkspaceError> {
    let quota = ask.checked()?;
    let (trail, today) = (Trail::of(cx, by), cx.today());
    let now_is = cx
        .store
        .write(move |w| {
            let stored = w.tenant(id)?;
            w.set_tenant_quota(id, &quota)?;
            let details = json!({
                "id": id.0, "stored_bytes": quota.stored_bytes(), "moved_bytes": quota.moved_bytes(),
                "warn_percent": quota.warn_percent(), "stop": quota.stop(),
            });
            trail.keep(w, "tenant.quota-set", stored.tenant.name.as_str(), &details)?;
            facts(w, w.tenant(id)?, today)
        })
        .await?;
    let stops = quota.stop() && now_is.standing == QuotaStanding::Reached;
    if stops != now_is.stored.stopped {
        stop(cx, id, stops).await?;
    }
    watch(cx).await?;
    cx.store.read(move |r| facts(r, r.tenant(id)?, today)).await
}

/// Stops writing, or allows it again: the bucket refuses it and each user's session does. What was begun may
/// end; who is signed in is refused by the bucket.
pub(super) async fn stop(cx: &Context, id: TenantId, stopped: bool) -> Result<(), WorkspaceError> {
    cx.store
        .write(move |w| {
            w.set_tenant_stopped(id, stopped)?;
            w.tenant_users_to_be_told(id)
        })
        .await?;
    let target: Target = target(cx, id).await?;
    if target.made.server.is_none() {
        return Ok(());
    }
    let site = target.site(cx).await?;
    let writes = if stopped {
        WritesTo::Stopped
    } else {
        WritesTo::Open
    };
    ensure_bucket(&site, target.tenant(), &target.made.key()?, writes).await?;
    for kept in &target.users {
        users::apply(cx, &target, &kept.user).await?;
    }
    Ok(())
}
