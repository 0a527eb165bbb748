use jiff::Timestamp;
use rusqlite::params;
use tallyport_ledger::{BillingAccountId, BillingPeriod, PeriodStatus, SourceKind};

use crate::{StoreError, Writes};

impl Writes<'_> {
    /// Makes the counted versions of a month final whose source names no invoices: those loaded at
    /// `loaded_from` or later, or all. One that takes the place of a final one is a corrected one. Says
    /// the numbers of the versions that were not settled before.
    ///
    /// # Errors
    /// The file's.
    pub fn settle(
        &mut self,
        account: &BillingAccountId,
        period: BillingPeriod,
        loaded_from: Option<Timestamp>,
    ) -> Result<Vec<u32>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE period_version SET status = CASE WHEN EXISTS (
                    SELECT 1 FROM period_version p
                    WHERE p.replaced_by = period_version.id AND p.status IN (?5, ?6))
                THEN ?6 ELSE ?5 END
             WHERE billing_account_id = (SELECT id FROM billing_account WHERE key = ?1) AND period = ?2
                AND counts = 1 AND status NOT IN (?5, ?6) AND loaded_at >= ?3 AND source <> ?4
                AND invoice_id IS NULL AND NOT EXISTS (
                    SELECT 1 FROM charge c WHERE c.stream = period_version.stream
                        AND c.until_version IS NULL AND c.invoice_id IS NOT NULL)
             RETURNING number",
        )?;
        let mut rows = statement.query(params![
            account.as_str(),
            period.number(),
            loaded_from.map_or(i64::MIN, Timestamp::as_millisecond),
            SourceKind::CostExplorer.number(),
            PeriodStatus::Final.number(),
            PeriodStatus::Corrected.number(),
        ])?;
        let mut settled = Vec::new();
        while let Some(row) = rows.next()? {
            settled.push(row.get(0)?);
        }
        Ok(settled)
    }
}
