//! What may be asked of a transfer that was begun, whichever process is at it.

use serde_json::{Value, json};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::transfer::{OnClash, TransferPriority};
use tallyport_store::{Transfer, TransferFileId, TransferId};

use super::limits::check_limit;
use super::transfers::start;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// What may be asked of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steer {
    /// Wait.
    Pause,
    /// Go on.
    Resume,
    /// Stop for good, and leave nothing behind.
    Cancel,
    /// Try again what did not arrive, or one file of it: as it is now.
    Retry(Option<TransferFileId>),
    /// What waits because something else is in the way is answered.
    Settle(OnClash),
    /// At most so many bytes a second; none: as fast as the line.
    Limit(Option<u64>),
    /// Whose turn it is.
    Prioritise(TransferPriority),
}

impl Steer {
    /// How the audit trail names it, and what else it says.
    fn noted(self) -> (&'static str, Value) {
        match self {
            Self::Pause => ("transfer.paused", json!({})),
            Self::Resume => ("transfer.resumed", json!({})),
            Self::Cancel => ("transfer.cancelled", json!({})),
            Self::Retry(None) => ("transfer.retried", json!({})),
            Self::Retry(Some(file)) => ("transfer.retried", json!({ "file": file.0 })),
            Self::Settle(answer) => ("transfer.settled", json!({ "answer": answer.word() })),
            Self::Limit(limit) => ("transfer.limited", json!({ "bytes_per_second": limit })),
            Self::Prioritise(priority) => (
                "transfer.prioritised",
                json!({ "priority": priority.word() }),
            ),
        }
    }

    /// Whether somebody has to be at the transfer afterwards.
    const fn sets_going(self) -> bool {
        match self {
            Self::Resume | Self::Cancel | Self::Retry(_) | Self::Settle(_) => true,
            Self::Pause | Self::Limit(_) | Self::Prioritise(_) => false,
        }
    }
}

/// Asks something of a transfer, whichever process is at it.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; a file that is to be tried again did not fail; a limit is too low.
pub async fn steer(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TransferId,
    steer: Steer,
) -> Result<Transfer, WorkspaceError> {
    cx.store.read(move |r| r.transfer(id)).await?;
    let engine = &cx.transfers.engine;
    match steer {
        Steer::Pause => engine.pause(id).await?,
        Steer::Resume => engine.resume(id).await?,
        Steer::Cancel => engine.cancel(id).await?,
        Steer::Retry(only) => {
            let retried = engine.retry(id, only).await?;
            if retried == 0 && only.is_some() {
                return Err(WorkspaceError::Conflict {
                    code: "transfer.not-failed",
                    reason: "this file is not one that failed and can be sent".to_owned(),
                    hint: Some("The list of the transfer's files says how each stands.".to_owned()),
                });
            }
        }
        Steer::Settle(answer) => engine.settle(id, answer, None).await?,
        Steer::Limit(limit) => {
            check_limit(limit)?;
            engine.limit(id, limit).await?;
        }
        Steer::Prioritise(priority) => engine.prioritise(id, priority).await?,
    }
    let (action, mut details) = steer.noted();
    details["id"] = json!(id.0);
    let trail = Trail::of(cx, by);
    let transfer = cx
        .store
        .write(move |w| {
            let transfer = w.transfer(id)?;
            trail.keep(w, action, &transfer.title, &details)?;
            Ok::<_, WorkspaceError>(transfer)
        })
        .await?;
    if steer.sets_going() {
        start(cx, by.name(), transfer.clone()).await?;
    }
    Ok(transfer)
}
