//! Taking a tenant down for good: first what that would remove, then the removal.

use serde_json::json;
use tallyport_aws::tenants as at_aws;
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_store::Job;

use super::saga::{self, Way};
use super::setup::KEY_PENDING_DAYS;
use super::target;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// What becomes of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// They stay where they are, with the key that they are encrypted with.
    KeepFiles,
    /// They are erased, all versions of them, and the key is.
    EraseFiles,
}

/// What a removal would take away.
#[derive(Debug, Clone)]
pub struct Removal {
    /// What AWS says is there; nothing if nothing was ever set up.
    pub there: Option<at_aws::Removal>,
    /// Whether the server goes too, since nobody else uses it.
    pub server: bool,
    /// For how many days AWS keeps the key before it is gone for good, where files are erased.
    pub key_pending_days: u8,
}

/// What removing a tenant would take away. Nothing is changed.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; what AWS refuses.
pub async fn removal(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<Removal, WorkspaceError> {
    let target = target(cx, id).await?;
    let there = match &target.made.server {
        None => None,
        Some(server) => {
            let site = target.site(cx).await?;
            Some(at_aws::removal(&site, target.tenant(), &server.id).await?)
        }
    };
    Ok(Removal {
        server: target
            .made
            .server
            .as_ref()
            .is_some_and(|server| server.is_ours)
            && !target.shares_server,
        there,
        key_pending_days: KEY_PENDING_DAYS,
    })
}

/// Begins to remove a tenant: its users, its role, and with its files the bucket or prefix and the key.
///
/// # Errors
/// [`WorkspaceError::Invalid`] unless `confirm` is its short name.
pub async fn remove(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    confirm: &str,
    retention: Retention,
) -> Result<Job, WorkspaceError> {
    let stored = cx.store.read(move |r| r.tenant(id)).await?;
    let slug = stored.tenant.slug.as_str();
    if confirm != slug {
        return Err(WorkspaceError::invalid(
            "confirm",
            format!("to remove it, repeat its short name: {slug}"),
        ));
    }
    let trail = Trail::of(cx, by);
    let keeps = retention == Retention::KeepFiles;
    cx.store
        .write(move |w| {
            w.tenant_is_going(id, keeps)?;
            let details = json!({ "id": id.0, "keeps_files": keeps });
            let name = stored.tenant.name.as_str();
            Ok::<_, WorkspaceError>(trail.keep(w, "tenant.removal-begun", name, &details)?)
        })
        .await?;
    saga::begin(cx, by, id, Way::Down).await
}
