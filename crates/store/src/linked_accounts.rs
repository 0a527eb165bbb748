use tallyport_ledger::BillingAccountId;

use crate::sql::Sql;
use crate::{Reads, StoreError};

impl Reads<'_> {
    /// How many accounts have been charged under a payer: what a sync by tag will ask one by one.
    ///
    /// # Errors
    /// The file's.
    pub fn linked_accounts(&self, payer: &BillingAccountId) -> Result<u32, StoreError> {
        let mut sql = Sql::new(
            "SELECT count(DISTINCT s.sub_account_id) FROM spend s
             JOIN period_version v ON v.stream = s.stream AND v.is_current = 1
             JOIN billing_account b ON b.id = v.billing_account_id
             WHERE s.sub_account_id <> 0",
        );
        sql.bind("AND b.key = ?", payer.as_str().to_owned());
        let counts = sql.rows(self.connection, |row| Ok::<u32, StoreError>(row.get(0)?))?;
        Ok(counts.first().copied().unwrap_or(0))
    }
}
