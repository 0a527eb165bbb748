//! Whether the workspace is what it was: pages, rows, sums, trail, invoices.

use serde_json::json;
use tallyport_ledger::AdministerWorkspace;
use tallyport_store::{Check, StoreError};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// What the checks found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Check by check.
    pub checks: Vec<Check>,
}

impl Verified {
    /// Whether all is well.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.checks.iter().all(|check| check.ok)
    }
}

/// Checks everything. A file that cannot be read is a failed check, not an error.
///
/// # Errors
/// [`StoreError::Busy`], [`StoreError::Closed`].
pub async fn run(
    cx: &Context,
    _by: &Grant<AdministerWorkspace>,
) -> Result<Verified, WorkspaceError> {
    // Pages are read past the log: nobody may write meanwhile.
    let pages = cx.store.write(|w| w.check_pages()).await;
    let mut checks = vec![readable("pages", pages.map(|check| vec![check]))?];
    let rest = cx.store.read(|r| r.checks()).await;
    checks.push(readable("contents", rest)?);
    Ok(Verified {
        checks: checks.concat(),
    })
}

/// Notes that a person has seen that the latest changes before a crash were lost.
///
/// # Errors
/// The workspace file's.
pub async fn accept_lost_changes(
    cx: &Context,
    by: &Grant<AdministerWorkspace>,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            w.forget_lost_log()?;
            Ok(trail.keep(w, "workspace.lost_changes_accepted", "", &json!({}))?)
        })
        .await
}

fn readable(
    name: &'static str,
    outcome: Result<Vec<Check>, StoreError>,
) -> Result<Vec<Check>, WorkspaceError> {
    match outcome {
        Err(error @ (StoreError::Damaged(_) | StoreError::Sqlite(_) | StoreError::Disk(_))) => {
            Ok(vec![Check {
                name,
                ok: false,
                detail: error.to_string(),
            }])
        }
        other => Ok(other?),
    }
}
