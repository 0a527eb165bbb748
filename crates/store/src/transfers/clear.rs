use jiff::Timestamp;
use rusqlite::params;

use crate::{StoreError, TransferId, Writes};

impl Writes<'_> {
    /// Deletes some of what the journal knows of the files of a transfer that has ended, but for receipts unless
    /// these are to go as well; how many. A few at a time, so that others may write between.
    ///
    /// # Errors
    /// The disk's.
    pub fn forget_transfer_files(
        &mut self,
        id: TransferId,
        receipts: bool,
        at_most: u32,
    ) -> Result<usize, StoreError> {
        // Each state by itself, so that those that stay are not gone through again and again.
        let mut delete = self.connection.prepare_cached(
            "DELETE FROM transfer_file WHERE id IN (
                 SELECT id FROM transfer_file WHERE transfer_id = ?1 AND state = ?2 LIMIT ?3)",
        )?;
        let mut gone = 0;
        for state in (0..=7).filter(|state| receipts || *state != ARRIVED) {
            let room = usize::try_from(at_most).unwrap_or(usize::MAX) - gone;
            gone += delete.execute(params![
                id.0,
                state,
                i64::try_from(room).unwrap_or(i64::MAX)
            ])?;
        }
        Ok(gone)
    }

    /// Takes a transfer that has ended off the list; what there is no receipt of goes altogether.
    ///
    /// # Errors
    /// The disk's.
    pub fn clear_transfer(&mut self, id: TransferId, at: Timestamp) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM transfer_root WHERE transfer_id = ?1", [id.0])?;
        let left = self.connection.execute(
            "UPDATE transfer SET cleared_at = ?2
             WHERE id = ?1 AND EXISTS (SELECT 1 FROM transfer_file WHERE transfer_id = ?1)",
            params![id.0, at.as_millisecond()],
        )?;
        if left == 0 {
            self.connection
                .execute("DELETE FROM transfer WHERE id = ?1", [id.0])?;
        }
        Ok(())
    }
}

/// The state of a file that arrived.
const ARRIVED: i64 = tallyport_ledger::transfer::FileState::Done.number();
