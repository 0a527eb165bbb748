use std::collections::HashMap;

use foldhash::fast::RandomState;
use tallyport_ledger::{BillingPeriod, Conservation, Currency, Metric, Money, Owner, OwnerId};

use crate::number::{currency_of, nanos_at};
use crate::{StoreError, VersionId, Writes};

/// Billed and effective by currency and owner, 0 for nobody.
type Amounts = HashMap<(Currency, i64), [i128; 2], RandomState>;

impl Writes<'_> {
    /// Checks, per currency and metric, that what the roll-ups of a stream give to owners and to nobody is
    /// what its version was charged, to the nano.
    pub(crate) fn conserved(
        &self,
        stream: i64,
        version: VersionId,
        period: BillingPeriod,
    ) -> Result<(), StoreError> {
        let charged = self.amounts(
            "SELECT currency, 0, billed_units, billed_rest, effective_units, effective_rest
             FROM version_total WHERE version_id = ?1",
            version.0,
        )?;
        let given = self.owner_sums(stream)?.into_iter();
        let given = given.map(|(of, [_, billed, effective])| (of, [billed, effective]));
        check(period, &charged, &given.collect())?;
        for given in [
            "SELECT currency, owner_id, billed_units, billed_rest, effective_units, effective_rest
             FROM spend WHERE stream = ?1",
            "SELECT currency, owner_id, billed_units, billed_rest, effective_units, effective_rest
             FROM resource_spend WHERE stream = ?1",
            "SELECT currency, 0, billed_units, billed_rest, effective_units, effective_rest
             FROM axis_spend WHERE stream = ?1 AND axis = 1",
            "SELECT currency, 0, billed_units, billed_rest, effective_units, effective_rest
             FROM axis_spend WHERE stream = ?1 AND axis = 2",
            "SELECT currency, 0, billed_units, billed_rest, effective_units, effective_rest
             FROM axis_spend WHERE stream = ?1 AND axis = 3",
            "SELECT currency, 0, billed_units, billed_rest, effective_units, effective_rest
             FROM axis_spend WHERE stream = ?1 AND axis = 4",
        ] {
            check(period, &charged, &self.amounts(given, stream)?)?;
        }
        Ok(())
    }

    /// What the rows of a query add up to by currency and owner.
    fn amounts(&self, sql: &'static str, of: i64) -> Result<Amounts, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([of])?;
        // Added up here: the file would sort the rows first.
        let mut amounts = Amounts::default();
        let mut run: Option<((Currency, i64), [i128; 2])> = None;
        while let Some(row) = rows.next()? {
            let code = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let owner: i64 = row.get(1)?;
            let amount = [nanos_at(row, 2)?, nanos_at(row, 4)?];
            match &mut run {
                Some(((currency, same), sums)) if *same == owner && currency.code() == code => {
                    *sums = [sums[0] + amount[0], sums[1] + amount[1]];
                }
                _ => {
                    let next = ((currency_of(code)?, owner), amount);
                    if let Some(done) = run.replace(next) {
                        add(&mut amounts, done);
                    }
                }
            }
        }
        if let Some(done) = run {
            add(&mut amounts, done);
        }
        Ok(amounts)
    }
}

/// Checks that what was `given` is what was `charged`, by currency and metric.
fn check(period: BillingPeriod, charged: &Amounts, given: &Amounts) -> Result<(), StoreError> {
    let mut sums: HashMap<(Currency, Metric), Conservation> = HashMap::new();
    for (amounts, is_given) in [(charged, false), (given, true)] {
        for ((currency, owner), amounts) in amounts {
            for (metric, nanos) in [Metric::Billed, Metric::Effective].into_iter().zip(amounts) {
                let amount = Money::from_nanos(*nanos, *currency);
                let sum = sums
                    .entry((*currency, metric))
                    .or_insert_with(|| Conservation::new(*currency));
                if is_given {
                    let owner = if *owner == 0 {
                        Owner::Unowned
                    } else {
                        Owner::Owned(OwnerId(*owner))
                    };
                    sum.give(owner, amount)?;
                } else {
                    sum.charge(amount)?;
                }
            }
        }
    }
    for sum in sums.into_values() {
        sum.check()
            .map_err(|source| StoreError::NotConserved { period, source })?;
    }
    Ok(())
}

/// Adds amounts to those of their currency and owner.
fn add(amounts: &mut Amounts, (of, more): ((Currency, i64), [i128; 2])) {
    let [billed, effective] = amounts.entry(of).or_default();
    *billed += more[0];
    *effective += more[1];
}
