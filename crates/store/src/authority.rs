//! Which source counts where several cover a month: files before Cost Explorer, unless the connection was
//! taken off the export that brought them before the month was final.

use tallyport_ledger::BillingPeriod;

use crate::number::period_of;
use crate::sql::Sql;
use crate::{ConnectionId, Reads, StoreError, Writes};

/// A month that still counts as an export told it that nobody loads any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftBehind {
    /// The billing account.
    pub billing_account: String,
    /// The month.
    pub period: BillingPeriod,
    /// When the export's version was loaded.
    pub loaded_at: jiff::Timestamp,
}

/// Whether a version `f` of a billing account `b` came from an export that no connection of that account
/// loads any more, and is not final: it will not be told how the month ends.
const LEFT_BEHIND: &str = "f.status IN (0, 1)
    AND NOT EXISTS (SELECT 1 FROM connection c
        WHERE c.billing_account = b.key AND c.source IS NOT NULL AND c.archived = 0)
    AND EXISTS (SELECT 1 FROM export_period x
        JOIN connection c ON c.id = x.connection_id AND c.billing_account = b.key AND c.archived = 0,
            json_each(x.versions) made
        WHERE json_extract(made.value, '$.billing_account') = b.key
            AND json_extract(made.value, '$.period') = f.period
            AND json_extract(made.value, '$.number') = f.number)";

impl Reads<'_> {
    /// The months of a connection's account that count as an export told them which it no longer loads.
    ///
    /// # Errors
    /// The file's.
    pub fn left_behind(&self, of: Option<ConnectionId>) -> Result<Vec<LeftBehind>, StoreError> {
        let mut sql = Sql::new(
            "SELECT b.key, f.period, max(f.loaded_at) FROM period_version f
             JOIN billing_account b ON b.id = f.billing_account_id
             WHERE f.counts = 1 AND f.source <> 3 AND",
        );
        sql.push(LEFT_BEHIND);
        if let Some(of) = of {
            sql.bind(
                "AND b.key = (SELECT billing_account FROM connection WHERE id = ?)",
                of.0,
            );
        }
        sql.push("GROUP BY b.key, f.period ORDER BY b.key, f.period");
        sql.rows(self.connection, |row| {
            Ok(LeftBehind {
                billing_account: row.get(0)?,
                period: period_of(row.get(1)?)?,
                loaded_at: jiff::Timestamp::from_millisecond(row.get(2)?)
                    .map_err(|_| StoreError::unreadable("a moment"))?,
            })
        })
    }
}

impl Writes<'_> {
    /// Says anew which versions of an account's month count.
    pub(crate) fn choose_source(
        &mut self,
        account: i64,
        period: BillingPeriod,
    ) -> Result<(), StoreError> {
        let mut sql = Sql::new(
            "SELECT EXISTS (SELECT 1 FROM period_version e WHERE e.is_current = 1 AND e.source = 3",
        );
        sql.bind("AND e.billing_account_id = ?", account)
            .bind("AND e.period = ?)", period.number())
            .push(
                "AND NOT EXISTS (SELECT 1 FROM period_version f
                     JOIN billing_account b ON b.id = f.billing_account_id
                     WHERE f.is_current = 1 AND f.source <> 3",
            )
            .bind("AND f.billing_account_id = ?", account)
            .bind("AND f.period = ? AND NOT (", period.number())
            .push(LEFT_BEHIND)
            // What Cost Explorer said before the export did is older still.
            .push(
                "AND f.loaded_at <= (SELECT max(e.loaded_at) FROM period_version e
                     WHERE e.billing_account_id = f.billing_account_id AND e.period = f.period
                         AND e.is_current = 1 AND e.source = 3)))",
            );
        let explorer: bool = sql.one(self.connection, |row| row.get(0))?;
        self.connection.execute(
            "UPDATE period_version SET counts = ((source = 3) = ?3)
             WHERE billing_account_id = ?1 AND period = ?2 AND is_current = 1",
            (account, period.number(), explorer),
        )?;
        Ok(())
    }

    /// Says anew which versions of all months of a connection's account count.
    pub(crate) fn choose_sources(&mut self, of: ConnectionId) -> Result<(), StoreError> {
        let mut sql = Sql::new(
            "SELECT DISTINCT v.billing_account_id, v.period FROM period_version v
             JOIN billing_account b ON b.id = v.billing_account_id
             JOIN connection c ON c.billing_account = b.key
             WHERE v.is_current = 1",
        );
        sql.bind("AND c.id = ?", of.0);
        let months: Vec<(i64, BillingPeriod)> = sql.rows(self.connection, |row| {
            Ok::<_, StoreError>((row.get(0)?, period_of(row.get(1)?)?))
        })?;
        for (account, period) in months {
            self.choose_source(account, period)?;
        }
        Ok(())
    }
}
