use std::collections::HashMap;

use tallyport_ledger::{BillingPeriod, Conservation, Currency, Metric, Money, Owner, OwnerId};

use crate::number::{currency_of, nanos_at};
use crate::{StoreError, VersionId, Writes};

impl Writes<'_> {
    /// Checks, per currency and metric, that what the roll-ups of a stream give to owners and to nobody is
    /// what its version was charged, to the nano.
    pub(crate) fn conserved(
        &self,
        stream: i64,
        version: VersionId,
        period: BillingPeriod,
    ) -> Result<(), StoreError> {
        for given in [
            "SELECT currency, owner_id, sum(billed_units), sum(billed_rest), sum(effective_units),
                    sum(effective_rest) FROM spend WHERE stream = ?1 GROUP BY currency, owner_id",
            "SELECT currency, owner_id, sum(billed_units), sum(billed_rest), sum(effective_units),
                    sum(effective_rest) FROM resource_spend WHERE stream = ?1
             GROUP BY currency, owner_id",
            "SELECT currency, owner_id, sum(billed_units), sum(billed_rest), sum(effective_units),
                    sum(effective_rest) FROM owner_spend WHERE stream = ?1
             GROUP BY currency, owner_id",
        ] {
            let mut sums: HashMap<(Currency, Metric), Conservation> = HashMap::new();
            self.noted(&mut sums, given, stream, true)?;
            self.noted(
                &mut sums,
                "SELECT currency, 0, billed_units, billed_rest, effective_units, effective_rest
                 FROM version_total WHERE version_id = ?1",
                version.0,
                false,
            )?;
            for sum in sums.into_values() {
                sum.check()
                    .map_err(|source| StoreError::NotConserved { period, source })?;
            }
        }
        Ok(())
    }

    fn noted(
        &self,
        sums: &mut HashMap<(Currency, Metric), Conservation>,
        sql: &'static str,
        of: i64,
        given: bool,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([of])?;
        while let Some(row) = rows.next()? {
            let code: String = row.get(0)?;
            let currency = currency_of(&code)?;
            let owner: i64 = row.get(1)?;
            for (metric, at) in [(Metric::Billed, 2), (Metric::Effective, 4)] {
                let amount = Money::from_nanos(nanos_at(row, at)?, currency);
                let sum = sums
                    .entry((currency, metric))
                    .or_insert_with(|| Conservation::new(currency));
                if given {
                    let owner = if owner == 0 {
                        Owner::Unowned
                    } else {
                        Owner::Owned(OwnerId(owner))
                    };
                    sum.give(owner, amount)?;
                } else {
                    sum.charge(amount)?;
                }
            }
        }
        Ok(())
    }
}
