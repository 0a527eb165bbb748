use rusqlite::params;
use tallyport_ledger::DayRange;
use tallyport_ledger::tenant::{TenantId, UsageDay};

use crate::number::{day_number, day_of};
use crate::{Reads, StoreError, Writes};

impl Reads<'_> {
    /// What a tenant used on each day that was measured.
    ///
    /// # Errors
    /// The file's.
    pub fn tenant_usage(&self, id: TenantId, days: DayRange) -> Result<Vec<UsageDay>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT day, stored, uploaded, downloaded, requests, users FROM tenant_usage
             WHERE tenant_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day",
        )?;
        let bounds = (id.0, day_number(days.from()), day_number(days.to()));
        let rows = query.query_and_then(bounds, |row| {
            let bytes = |at| -> Result<u64, StoreError> {
                u64::try_from(row.get::<_, i64>(at)?)
                    .map_err(|_| StoreError::unreadable("a day's usage"))
            };
            Ok(UsageDay {
                tenant: id,
                day: day_of(row.get(0)?)?,
                stored_bytes: bytes(1)?,
                uploaded_bytes: bytes(2)?,
                downloaded_bytes: bytes(3)?,
                requests: bytes(4)?,
                users: row.get(5)?,
            })
        })?;
        rows.collect()
    }
}

impl Writes<'_> {
    /// Keeps what was used on days, in place of what was known of them.
    ///
    /// # Errors
    /// The disk's.
    pub fn keep_tenant_usage(&mut self, days: &[UsageDay]) -> Result<(), StoreError> {
        let mut query = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO tenant_usage (tenant_id, day, stored, uploaded, downloaded, requests, users)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let kept = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
        for day in days {
            query.execute(params![
                day.tenant.0,
                day_number(day.day),
                kept(day.stored_bytes),
                kept(day.uploaded_bytes),
                kept(day.downloaded_bytes),
                kept(day.requests),
                day.users,
            ])?;
        }
        Ok(())
    }
}
