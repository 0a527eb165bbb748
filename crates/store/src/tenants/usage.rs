use jiff::civil::Date;
use rusqlite::params;
use rusqlite::types::Value;
use tallyport_ledger::tenant::{TenantId, UsageDay};
use tallyport_ledger::{DayRange, Exact};

use crate::number::{day_number, day_of};
use crate::sql::Sql;
use crate::{Reads, StoreError, Writes};

/// What bills say was moved over SFTP servers, whoever's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BilledTransfer {
    /// What was sent, in bytes.
    pub uploaded_bytes: i128,
    /// What was fetched, in bytes.
    pub downloaded_bytes: i128,
    /// The last day that the bills tell of; nothing if they tell of none.
    pub last_day: Option<Date>,
}

impl Reads<'_> {
    /// What was measured of all tenants on some days: sent, and fetched.
    ///
    /// # Errors
    /// The file's.
    pub fn measured_transfer(&self, days: DayRange) -> Result<(i128, i128), StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT uploaded, downloaded FROM tenant_usage WHERE day BETWEEN ?1 AND ?2",
        )?;
        let mut rows = query.query((day_number(days.from()), day_number(days.to())))?;
        let mut sum = (0, 0);
        while let Some(row) = rows.next()? {
            sum.0 += i128::from(row.get::<_, i64>(0)?);
            sum.1 += i128::from(row.get::<_, i64>(1)?);
        }
        Ok(sum)
    }

    /// What the bills that count say was moved over SFTP servers on some days. They count gigabytes, whose
    /// nano-units are bytes.
    ///
    /// # Errors
    /// The file's.
    pub fn billed_transfer(&self, days: DayRange) -> Result<BilledTransfer, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT instr(k.key || k.description, 'UploadBytes') > 0, c.quantity, c.day
             FROM item i
             JOIN sku k ON k.id = i.sku_id
             CROSS JOIN period_version v ON v.counts = 1 AND v.period BETWEEN ?1 / 100 AND ?2 / 100
             CROSS JOIN charge c ON c.stream = v.stream AND c.item_id = i.id AND c.until_version IS NULL
                 AND c.day BETWEEN ?1 AND ?2
             WHERE instr(k.key || k.description, 'UploadBytes') > 0
                 OR instr(k.key || k.description, 'DownloadBytes') > 0",
        )?;
        let mut rows = query.query((day_number(days.from()), day_number(days.to())))?;
        let mut billed = BilledTransfer::default();
        while let Some(row) = rows.next()? {
            let unreadable = || StoreError::unreadable("a quantity");
            let bytes = match row.get(1)? {
                Value::Integer(nanos) => i128::from(nanos),
                Value::Text(text) => Exact::parse(text.as_bytes())
                    .map_err(|_| unreadable())?
                    .rounded_to_nanos(),
                _ => return Err(unreadable()),
            };
            if row.get(0)? {
                billed.uploaded_bytes += bytes;
            } else {
                billed.downloaded_bytes += bytes;
            }
            billed.last_day = billed.last_day.max(Some(day_of(row.get(2)?)?));
        }
        Ok(billed)
    }

    /// What a tenant used on each day that was measured, the first first, or what every tenant did.
    ///
    /// # Errors
    /// The file's.
    pub fn tenant_usage(
        &self,
        of: Option<TenantId>,
        days: DayRange,
    ) -> Result<Vec<UsageDay>, StoreError> {
        let mut sql = Sql::new(
            "SELECT tenant_id, day, stored, uploaded, downloaded, requests, users FROM tenant_usage WHERE 1",
        );
        if let Some(of) = of {
            sql.bind("AND tenant_id = ?", of.0);
        }
        sql.bind("AND day BETWEEN ?", day_number(days.from()))
            .bind("AND ?", day_number(days.to()))
            .push("ORDER BY tenant_id, day");
        sql.rows(self.connection, |row| {
            let bytes = |at| -> Result<u64, StoreError> {
                u64::try_from(row.get::<_, i64>(at)?)
                    .map_err(|_| StoreError::unreadable("a day's usage"))
            };
            Ok(UsageDay {
                tenant: TenantId(row.get(0)?),
                day: day_of(row.get(1)?)?,
                stored_bytes: bytes(2)?,
                uploaded_bytes: bytes(3)?,
                downloaded_bytes: bytes(4)?,
                requests: bytes(5)?,
                users: row.get(6)?,
            })
        })
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
