//! What was known when: versions of billing periods at a moment of the past.

use jiff::Timestamp;
use tallyport_ledger::BillingPeriod;

use crate::number::period_of;
use crate::sql::Sql;
use crate::{Reads, StoreError, VersionId};

impl Reads<'_> {
    /// The versions that were counted at `moment`: loaded by then, not replaced by then, and of the source
    /// that was authoritative.
    ///
    /// # Errors
    /// The file's.
    pub fn known_at(&self, moment: Timestamp) -> Result<Vec<VersionId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "WITH known AS (
                 SELECT v.id, v.billing_account_id, v.period, v.source = 3 AS api, v.counts
                 FROM period_version v LEFT JOIN period_version n ON n.id = v.replaced_by
                 WHERE v.loaded_at <= ?1 AND ifnull(n.loaded_at > ?1, 1)
             )
             SELECT k.id FROM known k
             WHERE CASE WHEN k.api THEN k.counts OR NOT EXISTS (
                     SELECT 1 FROM known f WHERE NOT f.api AND f.period = k.period
                         AND f.billing_account_id = k.billing_account_id)
                 ELSE NOT EXISTS (
                     SELECT 1 FROM known e WHERE e.api AND e.counts AND e.period = k.period
                         AND e.billing_account_id = k.billing_account_id) END
             ORDER BY k.id",
        )?;
        let rows =
            statement.query_map([moment.as_millisecond()], |row| row.get(0).map(VersionId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The months that have counted charges, or those of `versions`, the latest first.
    ///
    /// # Errors
    /// The file's.
    pub fn months_of(
        &self,
        versions: Option<&[VersionId]>,
    ) -> Result<Vec<BillingPeriod>, StoreError> {
        let mut sql = Sql::new("SELECT DISTINCT period FROM period_version");
        match versions {
            None => sql.push("WHERE counts = 1"),
            Some(versions) => sql.list("WHERE id IN", versions.iter().map(|version| version.0)),
        };
        sql.push("ORDER BY period DESC");
        sql.rows(self.connection, |row| period_of(row.get(0)?))
    }

    /// Tells versions that are current from those that were replaced.
    pub(crate) fn current_and_past(
        &self,
        versions: &[VersionId],
    ) -> Result<(Vec<VersionId>, Vec<VersionId>), StoreError> {
        let mut is_current = self
            .connection
            .prepare_cached("SELECT is_current FROM period_version WHERE id = ?1")?;
        let (mut current, mut past) = (Vec::new(), Vec::new());
        for version in versions {
            if is_current.query_row([version.0], |row| row.get(0))? {
                current.push(*version);
            } else {
                past.push(*version);
            }
        }
        Ok((current, past))
    }
}
