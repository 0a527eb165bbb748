//! One file that holds the whole workspace, proved by restoring it.

use std::ops::ControlFlow;
use std::path::PathBuf;

use serde_json::{Value, json};
use tallyport_ledger::AdministerWorkspace;
use tallyport_store::{BackupFacts, BackupProgress, Job};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// Writes a backup to `target` and restores it aside to see that it holds the same; other work goes
/// on meanwhile.
///
/// # Errors
/// [`tallyport_store::StoreError::Exists`], the disk's.
pub async fn write(
    cx: &Context,
    by: &Grant<AdministerWorkspace>,
    target: PathBuf,
) -> Result<BackupFacts, WorkspaceError> {
    let store = cx.store.clone();
    let path = target.clone();
    let facts = tokio::task::spawn_blocking(move || {
        store.backup_to(&path, &mut |_| ControlFlow::Continue(()))
    })
    .await
    .map_err(|error| WorkspaceError::Fault(error.to_string()))??;
    note(cx, by, &target, &facts).await?;
    Ok(facts)
}

/// As [`write`], as a job that can be watched and cancelled.
///
/// # Errors
/// The job could not be written down.
pub async fn start(
    cx: &Context,
    by: &Grant<AdministerWorkspace>,
    target: PathBuf,
) -> Result<Job, WorkspaceError> {
    let (context, grant) = (cx.clone(), by.clone());
    let title = format!("Back up to {}", name_of(&target));
    cx.jobs
        .start(by.name(), "backup", title, "pages", |handle| async move {
            let store = context.store.clone();
            let path = target.clone();
            let facts = tokio::task::spawn_blocking(move || {
                store.backup_to(&path, &mut |BackupProgress { done, total }| {
                    handle.progress(done, total, "copying")
                })
            })
            .await
            .map_err(|error| WorkspaceError::Fault(error.to_string()))??;
            note(&context, &grant, &target, &facts).await?;
            Ok(told(&target, &facts))
        })
        .await
}

async fn note(
    cx: &Context,
    by: &Grant<AdministerWorkspace>,
    target: &std::path::Path,
    facts: &BackupFacts,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    let (subject, details) = (name_of(target), told(target, facts));
    cx.store
        .write(move |w| Ok(trail.keep(w, "workspace.backed_up", &subject, &details)?))
        .await
}

fn told(target: &std::path::Path, facts: &BackupFacts) -> Value {
    let sha256: String = facts
        .sha256
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    json!({
        "file": name_of(target),
        "bytes": facts.bytes,
        "sha256": sha256,
        "rows": facts.fingerprint.rows(),
    })
}

fn name_of(path: &std::path::Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
