//! What people answer to alerts.

use jiff::Timestamp;
use tallyport_ledger::alert::AlertId;

use super::Alert;
use crate::sql::Sql;
use crate::{StoreError, Writes};

impl Writes<'_> {
    /// Notes that somebody has seen to an alert; one that is cleared stays so.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn acknowledge_alert(
        &mut self,
        id: AlertId,
        by: &str,
        at: Timestamp,
    ) -> Result<Alert, StoreError> {
        self.alert(id)?;
        self.connection.execute(
            "UPDATE alert SET state = iif(state = 4, 4, 2), acknowledged_by = ?2,
                 acknowledged_at = ?3, snoozed_until = NULL WHERE id = ?1",
            (id.0, by, at.as_millisecond()),
        )?;
        self.alert(id)
    }

    /// Puts an alert off until then; one that is cleared stays so.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn snooze_alert(&mut self, id: AlertId, until: Timestamp) -> Result<Alert, StoreError> {
        self.alert(id)?;
        self.connection.execute(
            "UPDATE alert SET state = 3, snoozed_until = ?2, acknowledged_by = NULL,
                 acknowledged_at = NULL WHERE id = ?1 AND state <> 4",
            (id.0, until.as_millisecond()),
        )?;
        self.alert(id)
    }

    /// Takes an answer back: the alert is open again. One that is cleared stays so.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn reopen_alert(&mut self, id: AlertId) -> Result<Alert, StoreError> {
        self.alert(id)?;
        self.connection.execute(
            "UPDATE alert SET state = iif(state = 4, 4, 1), snoozed_until = NULL,
                 acknowledged_by = NULL, acknowledged_at = NULL WHERE id = ?1",
            [id.0],
        )?;
        self.alert(id)
    }

    /// Opens alerts that were put off until now, and answers which.
    ///
    /// # Errors
    /// The disk's.
    pub fn wake_alerts(&mut self, now: Timestamp) -> Result<Vec<AlertId>, StoreError> {
        let mut sql = Sql::new("UPDATE alert SET state = 1, snoozed_until = NULL WHERE state = 3");
        sql.bind("AND snoozed_until <= ?", now.as_millisecond())
            .push("RETURNING id");
        sql.rows(self.connection, |row| Ok(AlertId(row.get(0)?)))
    }
}
