//! Clearing up: no upload in parts is left behind, whatever a file comes to.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tallyport_store::{FileNote, StoreError, TransferFileId};

use super::flight::Flight;
use super::{begin, whole};
use crate::run::Run;
use crate::wire::{Fault, Kind};

/// How often an upload is ended until the store says that it is gone: a part that was under way may arrive
/// after the first time.
const ROUNDS: u32 = 6;
const ATTEMPTS: u32 = 6;

/// Asks a few times, also in a run that halts.
pub(crate) async fn insist<T, F>(attempt: impl Fn() -> F) -> Result<T, Fault>
where
    F: Future<Output = Result<T, Fault>>,
{
    let mut wait = Duration::from_millis(200);
    for _ in 1..ATTEMPTS {
        match attempt().await {
            Err(fault) if matches!(fault.kind, Kind::Passing | Kind::Throttled | Kind::Expired) => {
                tokio::time::sleep(wait).await;
                wait *= 2;
            }
            other => return other,
        }
    }
    attempt().await
}

/// Ends an upload until nothing of it is left; whether nothing is.
pub(super) async fn abort(run: &Run, key: &str, upload_id: &str) -> bool {
    for round in 0..ROUNDS {
        match insist(|| run.wire.abort(key, upload_id)).await {
            Err(fault) if fault.kind == Kind::NoUpload => return true,
            Err(fault) => {
                tracing::warn!(
                    key,
                    said = fault.said,
                    "an upload in parts could not be ended"
                );
                return false;
            }
            Ok(()) => {}
        }
        match insist(|| run.wire.parts(key, upload_id)).await {
            Err(fault) if fault.kind == Kind::NoUpload => return true,
            // Who may end an upload but not look at it takes the store's word.
            Err(fault) if fault.kind == Kind::Denied => return true,
            Ok(parts) if parts.is_empty() && round > 0 => return true,
            _ => tokio::time::sleep(Duration::from_millis(100 << round)).await,
        }
    }
    false
}

/// Ends what is left in the store of files that are not moved any more.
pub(crate) async fn leftovers(run: &Run) -> Result<(), StoreError> {
    let id = run.transfer.id;
    let left = run.store.read(move |ledger| ledger.transfer_leftovers(id));
    for row in left.await? {
        let key = row.key.as_deref().unwrap_or_default();
        let gone = match &row.upload_id {
            Some(upload_id) => abort(run, key, upload_id).await,
            None => {
                begin::abort_nameless(run, key, row.creating_at, None).await;
                true
            }
        };
        if gone && run.journal.keep(row.id, FileNote::Abandoned).await.is_err() {
            break;
        }
    }
    Ok(())
}

/// Finds out what became of files whose answer nobody waited for: one that is there has a receipt.
pub(crate) async fn find_unanswered(run: &Arc<Run>) -> Result<(), StoreError> {
    for (file, sent) in run.unanswered() {
        let there = insist(|| run.wire.look(&sent.key, None)).await;
        if let Ok(Some(object)) = there
            && object.token.as_deref() == Some(run.token(file).as_str())
            && object.holds(sent.bytes, sent.digests.crc64nvme)
        {
            let id = run.transfer.id;
            let found = run.store.read(move |ledger| {
                let after = TransferFileId(file.0 - 1);
                ledger.transfer_files(id, None, Some(after), 1)
            });
            for row in found.await? {
                let flight = Flight::new(run, row);
                let stored = object.clone().stored();
                drop(whole::arrived(run, &flight, sent.bytes, sent.digests, stored, None).await);
            }
        }
    }
    Ok(())
}
