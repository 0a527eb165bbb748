use std::collections::HashMap;

use tallyport_ledger::{
    BillingPeriod, ChargeCategory, Conservation, Currency, Metric, Money, Owner, OwnerId,
};

use crate::number::{currency_of, joined, nanos_at, parted};
use crate::{StoreError, VersionId, Writes};

/// What the roll-ups know of a charge. Numbers are 0 where a charge has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RolledUp {
    pub day: i64,
    pub owner: i64,
    pub service: i64,
    pub sub_account: i64,
    pub region: i64,
    pub resource: i64,
    pub tag_set: i64,
    pub category: ChargeCategory,
    pub currency: Currency,
}

/// How many charges and how much, in nano-units; negative where charges go away.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    pub charges: i64,
    pub billed: i128,
    pub effective: i128,
}

impl Sum {
    pub fn add(&mut self, charges: i64, billed: i128, effective: i128) {
        self.charges += charges;
        self.billed += billed;
        self.effective += effective;
    }
}

/// Changes to the two roll-ups of one version.
#[derive(Debug, Default)]
pub(crate) struct RollUps {
    by_day: HashMap<RolledUp, Sum>,
    by_resource: HashMap<RolledUp, Sum>,
}

impl RollUps {
    /// Notes that `charges` (1 or −1) of this kind come or go.
    pub fn note(&mut self, at: RolledUp, charges: i64, billed: i64, effective: i64) {
        let sign = i128::from(charges);
        let (billed, effective) = (sign * i128::from(billed), sign * i128::from(effective));
        let by_day = RolledUp {
            resource: 0,
            tag_set: 0,
            ..at
        };
        self.by_day
            .entry(by_day)
            .or_default()
            .add(charges, billed, effective);
        let by_resource = RolledUp { day: 0, ..at };
        self.by_resource
            .entry(by_resource)
            .or_default()
            .add(charges, billed, effective);
    }
}

impl Writes<'_> {
    /// Adds changes to the kept roll-ups of `version`; rows that stand for no charge any more go.
    pub(crate) fn roll_up(
        &mut self,
        version: VersionId,
        changes: RollUps,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO spend (version_id, day, owner_id, service_id, sub_account_id, region_id, category,
                                currency, charges, billed_units, billed_rest, effective_units, effective_rest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT DO UPDATE SET
                charges = charges + excluded.charges,
                billed_units = billed_units + excluded.billed_units,
                billed_rest = billed_rest + excluded.billed_rest,
                effective_units = effective_units + excluded.effective_units,
                effective_rest = effective_rest + excluded.effective_rest",
        )?;
        for (at, sum) in sorted(changes.by_day) {
            let (billed, effective) = (parted(sum.billed)?, parted(sum.effective)?);
            statement.execute(rusqlite::params![
                version.0,
                at.day,
                at.owner,
                at.service,
                at.sub_account,
                at.region,
                at.category.number(),
                at.currency.code(),
                sum.charges,
                billed.0,
                billed.1,
                effective.0,
                effective.1
            ])?;
        }
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO resource_spend (version_id, owner_id, service_id, resource_id, tag_set_id,
                                         sub_account_id, region_id, category, currency, charges,
                                         billed_units, billed_rest, effective_units, effective_rest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT DO UPDATE SET
                charges = charges + excluded.charges,
                billed_units = billed_units + excluded.billed_units,
                billed_rest = billed_rest + excluded.billed_rest,
                effective_units = effective_units + excluded.effective_units,
                effective_rest = effective_rest + excluded.effective_rest",
        )?;
        for (at, sum) in sorted(changes.by_resource) {
            let (billed, effective) = (parted(sum.billed)?, parted(sum.effective)?);
            statement.execute(rusqlite::params![
                version.0,
                at.owner,
                at.service,
                at.resource,
                at.tag_set,
                at.sub_account,
                at.region,
                at.category.number(),
                at.currency.code(),
                sum.charges,
                billed.0,
                billed.1,
                effective.0,
                effective.1
            ])?;
        }
        // A row without charges that still holds an amount stays: the check below must find it.
        self.connection
            .prepare_cached(
                "DELETE FROM spend WHERE version_id = ?1 AND charges = 0
                 AND billed_units * 1000000000 + billed_rest = 0
                 AND effective_units * 1000000000 + effective_rest = 0",
            )?
            .execute([version.0])?;
        self.connection
            .prepare_cached(
                "DELETE FROM resource_spend WHERE version_id = ?1 AND charges = 0
                 AND billed_units * 1000000000 + billed_rest = 0
                 AND effective_units * 1000000000 + effective_rest = 0",
            )?
            .execute([version.0])?;
        Ok(())
    }

    /// Checks, per currency and metric, that what the roll-ups give to owners and to nobody is what the
    /// version was charged, to the nano.
    pub(crate) fn conserved(
        &self,
        version: VersionId,
        period: BillingPeriod,
    ) -> Result<(), StoreError> {
        for sql in [
            "SELECT currency, owner_id, sum(billed_units), sum(billed_rest), sum(effective_units),
                    sum(effective_rest) FROM spend WHERE version_id = ?1 GROUP BY currency, owner_id",
            "SELECT currency, owner_id, sum(billed_units), sum(billed_rest), sum(effective_units),
                    sum(effective_rest) FROM resource_spend WHERE version_id = ?1
             GROUP BY currency, owner_id",
        ] {
            self.conserved_in(sql, version, period)?;
        }
        Ok(())
    }

    fn conserved_in(
        &self,
        given: &'static str,
        version: VersionId,
        period: BillingPeriod,
    ) -> Result<(), StoreError> {
        let mut sums: HashMap<(Currency, Metric), Conservation> = HashMap::new();
        let mut each = |sql, owned: bool| -> Result<(), StoreError> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([version.0])?;
            while let Some(row) = rows.next()? {
                let code: String = row.get(0)?;
                let currency = currency_of(&code)?;
                let owner: i64 = row.get(1)?;
                for (metric, at) in [(Metric::Billed, 2), (Metric::Effective, 4)] {
                    let amount = Money::from_nanos(nanos_at(row, at)?, currency);
                    let sum = sums
                        .entry((currency, metric))
                        .or_insert_with(|| Conservation::new(currency));
                    if owned {
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
        };
        each(given, true)?;
        each(
            "SELECT currency, 0, billed_units, billed_rest, effective_units, effective_rest
             FROM version_total WHERE version_id = ?1",
            false,
        )?;
        for sum in sums.into_values() {
            sum.check()
                .map_err(|source| StoreError::NotConserved { period, source })?;
        }
        Ok(())
    }

    /// Sums the charges of `version` as they were written, and keeps the sums with it.
    pub(crate) fn sum_charges(&mut self, version: VersionId) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT currency, count(*), sum(billed / 1000000000), sum(billed % 1000000000),
                    sum(effective / 1000000000), sum(effective % 1000000000)
             FROM charge WHERE version_id = ?1 GROUP BY currency",
        )?;
        let mut keep = self.connection.prepare_cached(
            "INSERT INTO version_total (version_id, currency, charges, billed_units, billed_rest,
                                        effective_units, effective_rest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let mut rows = statement.query([version.0])?;
        while let Some(row) = rows.next()? {
            let code: String = row.get(0)?;
            let charges: i64 = row.get(1)?;
            let billed = parted(joined(row.get(2)?, row.get(3)?))?;
            let effective = parted(joined(row.get(4)?, row.get(5)?))?;
            keep.execute((
                version.0,
                code,
                charges,
                billed.0,
                billed.1,
                effective.0,
                effective.1,
            ))?;
        }
        Ok(())
    }
}

/// In the order of the table's key, so that pages are written once.
fn sorted(changes: HashMap<RolledUp, Sum>) -> Vec<(RolledUp, Sum)> {
    let mut changes: Vec<_> = changes.into_iter().collect();
    changes.sort_unstable_by_key(|(at, _)| *at);
    changes
}
