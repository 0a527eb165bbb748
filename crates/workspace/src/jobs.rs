//! Long work: what runs, how far it is, how to stop it, what came of it.

mod board;
mod handle;
mod mark;

use std::time::Duration;

use serde_json::Value;
use tallyport_ledger::{LoadCosts, ViewCosts};
use tallyport_store::{Job, JobId};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use crate::{Context, Grant, WorkspaceError};

pub(crate) use board::HeldRun;
pub use board::Jobs;
pub use handle::JobHandle;

/// How many jobs a list holds.
const LISTED: u32 = 200;

/// The newest jobs, newest first.
///
/// # Errors
/// The workspace file's.
pub async fn list(cx: &Context, _by: &Grant<ViewCosts>) -> Result<Vec<Job>, WorkspaceError> {
    cx.jobs.list(LISTED).await
}

/// One job.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn get(cx: &Context, _by: &Grant<ViewCosts>, id: JobId) -> Result<Job, WorkspaceError> {
    cx.jobs.get(id).await
}

/// Asks a job to stop and answers how it stands; it ends shortly after, or had ended.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn cancel(
    cx: &Context,
    _by: &Grant<LoadCosts>,
    id: JobId,
) -> Result<Job, WorkspaceError> {
    cx.jobs.cancel(id).await
}

/// Waits until a job of this process has ended.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn wait(cx: &Context, _by: &Grant<ViewCosts>, id: JobId) -> Result<Job, WorkspaceError> {
    cx.jobs.wait(id).await
}

/// Every change of every job of this process, from now on.
#[must_use]
pub fn events(cx: &Context, _by: &Grant<ViewCosts>) -> broadcast::Receiver<Job> {
    cx.jobs.events()
}

/// Waits until some work of this process has ended, but not longer than this; whether some has.
pub async fn ended(events: &mut broadcast::Receiver<Job>, within: Duration) -> bool {
    let end = async {
        loop {
            match events.recv().await {
                Ok(job) if job.state.is_open() => {}
                // What a slow listener missed may have been an end.
                Ok(_) | Err(RecvError::Lagged(_)) => return true,
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    };
    tokio::time::timeout(within, end).await.unwrap_or(false)
}

/// An error as a job keeps it.
pub(crate) fn problem_of(error: &WorkspaceError) -> Value {
    serde_json::json!({
        "kind": error.kind().word(),
        "code": error.code(),
        "detail": error.to_string(),
        "hint": error.hint(),
        "details": error.details(),
    })
}
