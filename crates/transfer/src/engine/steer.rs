//! What may be asked of a transfer, whoever is at work on it: the journal is told, and the run follows it.

use tallyport_ledger::transfer::{FileState, OnClash, TransferDirection, TransferPriority};
use tallyport_store::{StoreError, TransferFile, TransferFileId, TransferId};

use crate::{Engine, TransferError, source};

/// Files that are looked at together before they are tried again.
const RETRIED: u32 = 1_000;

impl Engine {
    /// Asks for a pause; whoever is at work on it follows within half a second.
    ///
    /// # Errors
    /// The journal's.
    pub async fn pause(&self, id: TransferId) -> Result<(), TransferError> {
        self.change(move |ledger| ledger.pause_transfer(id)).await
    }

    /// Lets a paused transfer go on with the next [`Engine::run`].
    ///
    /// # Errors
    /// The journal's.
    pub async fn resume(&self, id: TransferId) -> Result<(), TransferError> {
        self.change(move |ledger| ledger.resume_transfer(id)).await
    }

    /// Asks for its end. Whoever is at work on it clears up; where nobody is, the next [`Engine::run`] does.
    ///
    /// # Errors
    /// The journal's.
    pub async fn cancel(&self, id: TransferId) -> Result<(), TransferError> {
        self.change(move |ledger| ledger.cancel_transfer(id)).await
    }

    /// Lets files that failed, or one of them, be tried again with the next [`Engine::run`]: those of this
    /// computer as they are now. Answers how many may be.
    ///
    /// # Errors
    /// The journal's.
    pub async fn retry(
        &self,
        id: TransferId,
        only: Option<TransferFileId>,
    ) -> Result<usize, TransferError> {
        let store = &self.shared.store;
        let (direction, roots) = store
            .read(move |ledger| {
                let direction = ledger.transfer(id)?.direction;
                Ok::<_, StoreError>((direction, ledger.transfer_roots(id)?))
            })
            .await?;
        let mut after = only.map(|only| TransferFileId(only.0.saturating_sub(1)));
        let mut retried = 0;
        loop {
            let limit = if only.is_some() { 1 } else { RETRIED };
            let failed = Some(FileState::Failed);
            let mut rows = store
                .read(move |ledger| ledger.transfer_files(id, failed, after, limit))
                .await?;
            rows.retain(|row| only.is_none_or(|only| only == row.id));
            let Some(last) = rows.last() else { break };
            after = Some(last.id);
            let roots = roots.clone();
            let look = move || -> Vec<_> {
                let seen = |row: &TransferFile| {
                    let place = source::place(&roots, row);
                    source::seen(&place).map(|seen| (seen.bytes, seen.marks))
                };
                let is_here = direction == TransferDirection::Up;
                rows.iter()
                    .map(|row| (row.id, is_here.then(|| seen(row)).flatten()))
                    .collect()
            };
            let Ok(seen) = tokio::task::spawn_blocking(look).await else {
                break;
            };
            retried += self
                .change(move |ledger| ledger.retry_transfer_files(id, &seen))
                .await?;
        }
        if retried > 0 || only.is_none() {
            self.change(move |ledger| ledger.reopen_transfer(id))
                .await?;
        }
        Ok(retried)
    }

    /// Answers clashes that wait for it, of some files or of all; then comes [`Engine::run`].
    ///
    /// # Errors
    /// The journal's.
    pub async fn settle(
        &self,
        id: TransferId,
        answer: OnClash,
        only: Option<Vec<TransferFileId>>,
    ) -> Result<(), TransferError> {
        self.change(move |ledger| ledger.settle_clashes(id, answer, only.as_deref()))
            .await
    }

    /// Gives a transfer another priority.
    ///
    /// # Errors
    /// The journal's.
    pub async fn prioritise(
        &self,
        id: TransferId,
        priority: TransferPriority,
    ) -> Result<(), TransferError> {
        self.change(move |ledger| ledger.prioritise_transfer(id, priority))
            .await
    }

    /// Gives a transfer a limit of its own, in bytes per second, or none.
    ///
    /// # Errors
    /// The journal's.
    pub async fn limit(&self, id: TransferId, limit: Option<u64>) -> Result<(), TransferError> {
        self.change(move |ledger| ledger.limit_transfer(id, limit))
            .await
    }
}
