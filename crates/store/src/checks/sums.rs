use std::collections::BTreeMap;

use super::{Check, counted};
use crate::number::joined;
use crate::sql::Sql;
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
            "SELECT v.id, i.currency, 0, count(*),
                    sum(c.billed / 1000000000), sum(c.billed % 1000000000),
                    sum(c.effective / 1000000000), sum(c.effective % 1000000000)
             FROM period_version v
             JOIN charge c ON c.stream = v.stream AND c.from_version <= v.id
                 AND ifnull(c.until_version > v.id, 1)
             JOIN item i ON i.id = c.item_id
             GROUP BY v.id, i.currency",
        )?;
        let whole = compare("charges", "the charges of version", &noted, &charged);
        if !whole.ok {
            return Ok(whole);
        }
        let lost: i64 = self.connection.query_row(
            "SELECT count(*) FROM charge c
             WHERE NOT EXISTS (SELECT 1 FROM item i WHERE i.id = c.item_id)
                OR NOT EXISTS (SELECT 1 FROM period_version v
                               WHERE v.id = c.from_version AND v.stream = c.stream)
                OR c.until_version <= c.from_version
                OR (c.until_version IS NULL AND NOT EXISTS (
                        SELECT 1 FROM period_version v WHERE v.stream = c.stream AND v.is_current = 1))",
            [],
            |row| row.get(0),
        )?;
        if lost > 0 {
            return Ok(Check::failed(
                "charges",
                counted(lost, "charge", "of no version"),
            ));
        }
        let apart: i64 = self.connection.query_row(
            "SELECT (SELECT count(*) FROM (
                        SELECT first_charge, last_charge, lag(last_charge, 1, 0) OVER (ORDER BY first_charge) AS before
                        FROM charge_run)
                     WHERE first_charge <> before + 1 OR last_charge < first_charge)
                  + abs((SELECT count(*) FROM charge_row) - (SELECT ifnull(max(last_charge), 0) FROM charge_run))
                  + abs((SELECT ifnull(max(id), 0) FROM charge_row)
                        - (SELECT ifnull(max(last_charge), 0) FROM charge_run))",
            [],
            |row| row.get(0),
        )?;
        Ok(if apart == 0 {
            whole
        } else {
            Check::failed(
                "charges",
                "the runs of charges and the charges do not fit together".to_owned(),
            )
        })
    }

    /// Whether what owners and nobody were given adds up to what was charged, to the nano, for every
    /// current version, in each of the kept roll-ups.
    pub(super) fn check_allocation(&self) -> Result<Check, StoreError> {
        let charged = self.sums(
            "SELECT v.id, s.currency, s.owner_id, count(*),
                    sum(s.billed / 1000000000), sum(s.billed % 1000000000),
                    sum(s.effective / 1000000000), sum(s.effective % 1000000000)
             FROM allocated_charge s
             JOIN period_version v ON v.stream = s.stream AND v.is_current = 1
             WHERE s.until_version IS NULL
             GROUP BY v.id, s.currency, s.owner_id",
        )?;
        for (roll_up, sql) in [
            (
                "what owners were given by day of version",
                "SELECT v.id, s.currency, s.owner_id, sum(s.charges),
                        sum(s.billed_units), sum(s.billed_rest),
                        sum(s.effective_units), sum(s.effective_rest)
                 FROM spend s JOIN period_version v ON v.stream = s.stream AND v.is_current = 1
                 GROUP BY v.id, s.currency, s.owner_id",
            ),
            (
                "what owners were given by resource of version",
                "SELECT v.id, s.currency, s.owner_id, sum(s.charges),
                        sum(s.billed_units), sum(s.billed_rest),
                        sum(s.effective_units), sum(s.effective_rest)
                 FROM resource_spend s JOIN period_version v ON v.stream = s.stream AND v.is_current = 1
                 GROUP BY v.id, s.currency, s.owner_id",
            ),
        ] {
            let check = compare("allocation", roll_up, &charged, &self.sums(sql)?);
            if !check.ok {
                return Ok(check);
            }
        }
        let given = self.sums_by_month()?;
        let check = compare(
            "allocation",
            "what owners were given by service of version",
            &charged,
            &given,
        );
        if !check.ok {
            return Ok(check);
        }
        let noted = self.sums(
            "SELECT t.version_id, t.currency, 0, t.charges, t.billed_units, t.billed_rest,
                    t.effective_units, t.effective_rest
             FROM version_total t JOIN period_version v ON v.id = t.version_id AND v.is_current = 1",
        )?;
        for (roll_up, sql) in [
            (
                "what accounts were charged by day of version",
                "SELECT v.id, s.currency, 0, sum(s.charges), sum(s.billed_units), sum(s.billed_rest),
                        sum(s.effective_units), sum(s.effective_rest)
                 FROM axis_spend s JOIN period_version v ON v.stream = s.stream AND v.is_current = 1
                 WHERE s.axis = 1 GROUP BY v.id, s.currency",
            ),
            (
                "what tags were charged by day of version",
                "SELECT v.id, s.currency, 0, sum(s.charges), sum(s.billed_units), sum(s.billed_rest),
                        sum(s.effective_units), sum(s.effective_rest)
                 FROM axis_spend s JOIN period_version v ON v.stream = s.stream AND v.is_current = 1
                 WHERE s.axis = 2 GROUP BY v.id, s.currency",
            ),
            (
                "what regions were charged by day of version",
                "SELECT v.id, s.currency, 0, sum(s.charges), sum(s.billed_units), sum(s.billed_rest),
                        sum(s.effective_units), sum(s.effective_rest)
                 FROM axis_spend s JOIN period_version v ON v.stream = s.stream AND v.is_current = 1
                 WHERE s.axis = 3 GROUP BY v.id, s.currency",
            ),
            (
                "what categories were charged by day of version",
                "SELECT v.id, s.currency, 0, sum(s.charges), sum(s.billed_units), sum(s.billed_rest),
                        sum(s.effective_units), sum(s.effective_rest)
                 FROM axis_spend s JOIN period_version v ON v.stream = s.stream AND v.is_current = 1
                 WHERE s.axis = 4 GROUP BY v.id, s.currency",
            ),
        ] {
            let check = compare("allocation", roll_up, &noted, &self.sums(sql)?);
            if !check.ok {
                return Ok(check);
            }
        }
        if let Some(stream) = self.usage_otherwise()? {
            let what = "what usage cost a day is not what the charges say, in the month of version";
            return Ok(Check::failed("allocation", format!("{what} {stream}")));
        }
        Ok(compare("allocation", "", &charged, &charged))
    }

    /// What owners were given by current versions, by the roll-up that has a month a row.
    fn sums_by_month(&self) -> Result<Sums, StoreError> {
        let mut sums = Sums::new();
        let current = Sql::new("SELECT id, stream FROM period_version WHERE is_current = 1")
            .rows(self.connection, |row| {
                Ok::<_, StoreError>((row.get(0)?, row.get(1)?))
            })?;
        for (version, stream) in current {
            for ((currency, owner), parts) in self.owner_sums(stream)? {
                sums.insert((version, currency.code().to_owned(), owner), parts);
            }
        }
        Ok(sums)
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
