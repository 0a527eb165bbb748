//! A tenant's files, as a file manager has them. What changes something is in the audit trail.

use std::future::Future;

use jiff::SignedDuration;
use serde_json::{Value, json};
use tallyport_aws::AwsError;
use tallyport_aws::tenants::{Site, files};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::{Place, TenantId};

use super::{Target, target};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

pub use tallyport_aws::tenants::files::{
    File, Leftover, Listing, Preview, Shared, Version, Whole, price_per_month,
};

/// So much of a file is shown at most.
const PREVIEWED: u64 = 8 * 1024 * 1024;

/// What is in a folder, up to a thousand at once; below it, whose name holds `search`, if that is asked.
///
/// # Errors
/// It is not set up; what AWS refuses.
pub async fn list_files(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
    folder: &str,
    search: Option<&str>,
    continuation: Option<String>,
) -> Result<Listing, WorkspaceError> {
    let (site, target) = opened(cx, id).await?;
    let place = &target.tenant().place;
    Ok(match search.filter(|text| !text.is_empty()) {
        None => files::list(&site, place, folder, continuation).await?,
        Some(text) => files::search(&site, place, folder, text, continuation).await?,
    })
}

/// The beginning of a file, to be looked at: up to so many bytes, and never more than 8 MiB.
///
/// # Errors
/// There is none; what AWS refuses.
pub async fn preview(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
    path: &str,
    most: Option<u64>,
) -> Result<Preview, WorkspaceError> {
    let (site, target) = opened(cx, id).await?;
    let most = most.unwrap_or(PREVIEWED).min(PREVIEWED);
    Ok(files::preview(&site, &target.tenant().place, path, most).await?)
}

/// A whole file, to be taken piece by piece. The audit trail says who did.
///
/// # Errors
/// There is none; what AWS refuses.
pub async fn fetch_file(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    path: &str,
) -> Result<Whole, WorkspaceError> {
    let (site, target) = opened(cx, id).await?;
    let whole = files::whole(&site, &target.tenant().place, path).await?;
    let trail = Trail::of(cx, by);
    let (path, name) = (path.to_owned(), target.tenant().name.to_string());
    cx.store
        .write(move |w| trail.keep(w, "file.fetched", &name, &json!({ "path": path })))
        .await?;
    Ok(whole)
}

/// What a file was before, the newest first.
///
/// # Errors
/// What AWS refuses.
pub async fn versions(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
    path: &str,
) -> Result<Vec<Version>, WorkspaceError> {
    let (site, target) = opened(cx, id).await?;
    Ok(files::versions(&site, &target.tenant().place, path).await?)
}

/// What broken uploads left behind.
///
/// # Errors
/// What AWS refuses.
pub async fn leftovers(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<Vec<Leftover>, WorkspaceError> {
    let (site, target) = opened(cx, id).await?;
    Ok(files::leftovers(&site, &target.tenant().place).await?)
}

/// What is done with files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// Copies a file.
    Copy {
        /// Which.
        from: String,
        /// Where to.
        to: String,
    },
    /// Gives a file or a folder another name, or another folder.
    Rename {
        /// Which.
        from: String,
        /// Where to.
        to: String,
    },
    /// Takes a file or a folder away; where versions are kept it can be taken back.
    Remove {
        /// Which.
        path: String,
    },
    /// Takes back what was taken away.
    UndoRemove {
        /// Which.
        path: String,
    },
    /// Makes a former version the one that is there.
    Restore {
        /// Which file.
        path: String,
        /// Which version.
        version: String,
    },
    /// Makes a folder.
    Folder {
        /// Which.
        path: String,
    },
    /// Throws away what broken uploads left behind.
    Clean,
}

impl FileChange {
    const fn action(&self) -> &'static str {
        match self {
            Self::Copy { .. } => "file.copied",
            Self::Rename { .. } => "file.renamed",
            Self::Remove { .. } => "file.removed",
            Self::UndoRemove { .. } => "file.taken-back",
            Self::Restore { .. } => "file.restored",
            Self::Folder { .. } => "file.folder-made",
            Self::Clean => "file.leftovers-cleaned",
        }
    }

    fn told(&self) -> Value {
        match self {
            Self::Copy { from, to } | Self::Rename { from, to } => {
                json!({ "from": from, "to": to })
            }
            Self::Remove { path } | Self::UndoRemove { path } | Self::Folder { path } => {
                json!({ "path": path })
            }
            Self::Restore { path, version } => json!({ "path": path, "version": version }),
            Self::Clean => json!({}),
        }
    }

    async fn make(&self, site: &Site, place: &Place) -> Result<u64, AwsError> {
        match self {
            Self::Copy { from, to } => files::copy(site, place, from, to).await,
            Self::Rename { from, to } => files::rename(site, place, from, to).await,
            Self::Remove { path } => files::remove(site, place, path).await,
            Self::UndoRemove { path } => files::undo_remove(site, place, path).await,
            Self::Restore { path, version } => {
                one(files::restore(site, place, path, version)).await
            }
            Self::Folder { path } => one(files::make_folder(site, place, path)).await,
            Self::Clean => {
                let mut cleaned = 0;
                for left in files::leftovers(site, place).await? {
                    files::abort(site, place, &left.path, &left.upload).await?;
                    cleaned += 1;
                }
                Ok(cleaned)
            }
        }
    }
}

async fn one(done: impl Future<Output = Result<(), AwsError>>) -> Result<u64, AwsError> {
    done.await.map(|()| 1)
}

/// Changes files, and answers how many.
///
/// # Errors
/// Something else is in the way; what AWS refuses. What was changed before that is in the audit trail too.
pub async fn change_files(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    change: FileChange,
) -> Result<u64, WorkspaceError> {
    let (site, target) = opened(cx, id).await?;
    let done = change.make(&site, &target.tenant().place).await;
    let mut details = change.told();
    details["tenant"] = json!(target.tenant().slug.as_str());
    match &done {
        Ok(count) => details["count"] = json!(count),
        Err(error) => details["failed"] = json!(error.to_string()),
    }
    let (trail, name) = (Trail::of(cx, by), target.tenant().name.to_string());
    cx.store
        .write(move |w| trail.keep(w, change.action(), &name, &details))
        .await?;
    Ok(done?)
}

/// Makes a link to a file that anybody who has it can fetch it by, until it ends.
///
/// # Errors
/// There is no such file; what AWS refuses.
pub async fn share(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    path: &str,
    lifetime: SignedDuration,
) -> Result<Shared, WorkspaceError> {
    let (site, target) = opened(cx, id).await?;
    let shared = files::share(&site, &target.tenant().place, path, lifetime, cx.now()).await?;
    let (trail, name) = (Trail::of(cx, by), target.tenant().name.to_string());
    let details = json!({
        "tenant": target.tenant().slug.as_str(), "path": path, "until": shared.expires_at.to_string(),
    });
    cx.store
        .write(move |w| trail.keep(w, "file.shared", &name, &details))
        .await?;
    Ok(shared)
}

async fn opened(cx: &Context, id: TenantId) -> Result<(Site, Target), WorkspaceError> {
    let target = target(cx, id).await?.set_up()?;
    Ok((target.site(cx).await?, target))
}
