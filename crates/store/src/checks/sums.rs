use std::collections::BTreeMap;

use super::{Check, counted};
use crate::number::joined;
use crate::{Reads, StoreError};

/// Charges, billed and effective by version, currency and owner.
type Sums = BTreeMap<(i64, String, i64), [i128; 3]>;

impl Reads<'_> {
    /// Whether the charges of every version still add up to what was noted when it was loaded.
    pub(super) fn check_charges(&self) -> Result<Check, StoreError> {
        let noted = self.sums(
            "SELECT version_id, currency, 0, charges, billed_units, billed_rest, effective_units,
                    effective_rest
             FROM version_total",
        )?;
        let charged = self.sums(
            "SELECT version_id, currency, 0, count(*),
                    sum(billed / 1000000000), sum(billed % 1000000000),
                    sum(effective / 1000000000), sum(effective % 1000000000)
             FROM charge GROUP BY version_id, currency",
        )?;
        Ok(compare(
            "charges",
            "the charges of version",
            &noted,
            &charged,
        ))
    }

    /// Whether what owners and nobody were given adds up to what was charged, to the nano, for every
    /// version that counts.
    pub(super) fn check_allocation(&self) -> Result<Check, StoreError> {
        let charged = self.sums(
            "SELECT c.version_id, c.currency, coalesce(c.owner_id, 0), count(*),
                    sum(c.billed / 1000000000), sum(c.billed % 1000000000),
                    sum(c.effective / 1000000000), sum(c.effective % 1000000000)
             FROM charge c JOIN period_version v ON v.id = c.version_id AND v.counts = 1
             GROUP BY c.version_id, c.currency, coalesce(c.owner_id, 0)",
        )?;
        let given = self.sums(
            "SELECT s.version_id, s.currency, s.owner_id, sum(s.charges),
                    sum(s.billed_units), sum(s.billed_rest),
                    sum(s.effective_units), sum(s.effective_rest)
             FROM spend s JOIN period_version v ON v.id = s.version_id AND v.counts = 1
             GROUP BY s.version_id, s.currency, s.owner_id",
        )?;
        Ok(compare(
            "allocation",
            "what owners were given of version",
            &charged,
            &given,
        ))
    }

    fn sums(&self, sql: &'static str) -> Result<Sums, StoreError> {
        let mut query = self.connection.prepare(sql)?;
        let mut rows = query.query([])?;
        let mut sums = Sums::new();
        while let Some(row) = rows.next()? {
            let count: i64 = row.get(3)?;
            let parts = [
                i128::from(count),
                joined(row.get(4)?, row.get(5)?),
                joined(row.get(6)?, row.get(7)?),
            ];
            sums.insert((row.get(0)?, row.get(1)?, row.get(2)?), parts);
        }
        Ok(sums)
    }
}

fn compare(name: &'static str, what: &str, wanted: &Sums, found: &Sums) -> Check {
    let differs = wanted
        .keys()
        .chain(found.keys())
        .find(|key| wanted.get(*key) != found.get(*key));
    match differs {
        None => {
            let sums = i64::try_from(wanted.len()).unwrap_or(i64::MAX);
            Check::passed(name, counted(sums, "sum", "exact to the nano"))
        }
        Some((version, currency, _)) => Check::failed(
            name,
            format!("{what} {version} do not add up in {currency}"),
        ),
    }
}
