use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Row, params};
use tallyport_ledger::{ChargeCategory, DayRange, Money};

use super::parts::{AnomalyPart, parts_of};
use super::{AccountNumber, Leaf, LeafId};
use crate::grain::Grain;
use crate::number::{currency_of, day_number, day_of, money_at, parted};
use crate::sql::Sql;
use crate::{AnomalyId, ClientId, Filter, Reads, StoreError, Writes};

/// Something unusual, as it was found in a leaf. Which kind its number means, the caller knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAnomaly {
    /// The kind's number.
    pub kind: i64,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// What was expected of these days.
    pub expected: Money,
    /// What they cost.
    pub actual: Money,
}

/// Something unusual, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnomalyRecord {
    /// Its identity.
    pub id: AnomalyId,
    /// Where it was found.
    pub leaf: Leaf,
    /// What was found.
    pub found: FoundAnomaly,
    /// What it is made of, by resource and region.
    pub parts: Vec<AnomalyPart>,
    /// Whether it is still found.
    pub stands: bool,
    /// The number of what a person said of it.
    pub verdict: Option<i64>,
    /// What they noted.
    pub note: String,
}

const COLUMNS: &str =
    "SELECT n.id, n.kind, n.from_day, n.to_day, n.expected_units, n.expected_rest, n.actual_units,
        n.actual_rest, n.parts, n.stands, n.verdict, n.note, l.id, l.usage_type, l.currency, c.id, c.name,
        b.id, b.key, a.key, a.name, e.name,
        ifnull((SELECT k.description FROM sku k WHERE k.key = l.usage_type AND k.description <> '' LIMIT 1), '')
     FROM anomaly n
     JOIN leaf l ON l.id = n.leaf_id
     JOIN billing_account b ON b.id = l.billing_account_id
     JOIN client c ON c.id = b.client_id
     JOIN service e ON e.id = l.service_id
     LEFT JOIN sub_account a ON a.id = l.sub_account_id
     WHERE 1";

impl Reads<'_> {
    /// What stands that has any of `days`.
    ///
    /// # Errors
    /// The file's.
    pub fn anomalies(&self, days: DayRange) -> Result<Vec<AnomalyRecord>, StoreError> {
        let mut sql = Sql::new(COLUMNS);
        sql.push("AND n.stands = 1")
            .bind("AND n.to_day >= ?", day_number(days.from()))
            .bind("AND n.from_day <= ?", day_number(days.to()))
            .push("ORDER BY n.id");
        sql.rows(self.connection, record)
    }

    /// One of them, if it stands.
    ///
    /// # Errors
    /// The file's.
    pub fn anomaly(&self, id: AnomalyId) -> Result<Option<AnomalyRecord>, StoreError> {
        let mut sql = Sql::new(COLUMNS);
        sql.bind("AND n.id = ?", id.0).push("AND n.stands = 1");
        Ok(sql.rows(self.connection, record)?.pop())
    }

    /// All that is kept of the leaves of an account, by leaf.
    ///
    /// # Errors
    /// The file's.
    pub fn anomalies_of(
        &self,
        account: AccountNumber,
    ) -> Result<BTreeMap<LeafId, Vec<AnomalyRecord>>, StoreError> {
        let mut sql = Sql::new(COLUMNS);
        sql.bind("AND l.billing_account_id = ?", account.0)
            .push("ORDER BY n.id");
        let mut by_leaf: BTreeMap<LeafId, Vec<AnomalyRecord>> = BTreeMap::new();
        for found in sql.rows(self.connection, record)? {
            by_leaf.entry(found.leaf.id).or_default().push(found);
        }
        Ok(by_leaf)
    }

    /// Whether an alert was raised about this subject.
    ///
    /// # Errors
    /// The file's.
    pub fn is_alerted(&self, subject: &str) -> Result<bool, StoreError> {
        let mut sql = Sql::new("SELECT EXISTS (SELECT 1 FROM alert");
        sql.bind("WHERE subject = ?)", subject.to_owned());
        sql.one(self.connection, |row| row.get(0))
    }

    /// The leaves that have counted charges of `filter` on `days`.
    ///
    /// # Errors
    /// The file's.
    pub fn leaves_of(
        &self,
        days: DayRange,
        filter: &Filter,
    ) -> Result<HashSet<LeafId>, StoreError> {
        let mut sql = Sql::new("SELECT DISTINCT l.id");
        sql.push(
            "FROM (SELECT DISTINCT b.id AS account, s.sub_account_id, s.service_id, s.sku_id, s.currency
             FROM allocated_charge s",
        );
        Grain::Charge.counted_in(&mut sql, days, filter);
        sql.bind("AND s.category = ?", ChargeCategory::Usage.number());
        filter.narrow(&mut sql);
        sql.push(
            ") f JOIN sku k ON k.id = f.sku_id
             JOIN leaf l ON l.billing_account_id = f.account AND l.sub_account_id = f.sub_account_id
                 AND l.service_id = f.service_id AND l.usage_type = k.key AND l.currency = f.currency",
        );
        let leaves = sql.rows(self.connection, |row| {
            Ok::<_, StoreError>(LeafId(row.get(0)?))
        })?;
        Ok(leaves.into_iter().collect())
    }
}

impl Writes<'_> {
    /// Keeps what was newly found in a leaf.
    ///
    /// # Errors
    /// The disk's.
    pub fn add_anomaly(
        &mut self,
        leaf: LeafId,
        found: &FoundAnomaly,
        at: Timestamp,
    ) -> Result<AnomalyId, StoreError> {
        let (expected, actual) = (
            parted(found.expected.nanos())?,
            parted(found.actual.nanos())?,
        );
        let id = self
            .connection
            .prepare_cached(
                "INSERT INTO anomaly (leaf_id, kind, from_day, to_day, expected_units, expected_rest,
                     actual_units, actual_rest, parts, found_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '[]', ?9) RETURNING id",
            )?
            .query_row(
                params![
                    leaf.0,
                    found.kind,
                    day_number(found.from),
                    day_number(found.to),
                    expected.0,
                    expected.1,
                    actual.0,
                    actual.1,
                    at.as_millisecond(),
                ],
                |row| row.get(0),
            )?;
        Ok(AnomalyId(id))
    }

    /// What is known of an anomaly is now this; it is found.
    ///
    /// # Errors
    /// The disk's.
    pub fn change_anomaly(
        &mut self,
        id: AnomalyId,
        found: &FoundAnomaly,
    ) -> Result<(), StoreError> {
        let (expected, actual) = (
            parted(found.expected.nanos())?,
            parted(found.actual.nanos())?,
        );
        self.connection
            .prepare_cached(
                "UPDATE anomaly SET kind = ?2, from_day = ?3, to_day = ?4, expected_units = ?5,
                     expected_rest = ?6, actual_units = ?7, actual_rest = ?8, stands = 1
                 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                found.kind,
                day_number(found.from),
                day_number(found.to),
                expected.0,
                expected.1,
                actual.0,
                actual.1,
            ])?;
        Ok(())
    }

    /// It is found no longer: it goes, or stays for what was said of it.
    ///
    /// # Errors
    /// The disk's.
    pub fn drop_anomaly(&mut self, id: AnomalyId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE anomaly SET stands = 0 WHERE id = ?1 AND verdict IS NOT NULL")?
            .execute([id.0])?;
        self.connection
            .prepare_cached("DELETE FROM anomaly WHERE id = ?1 AND verdict IS NULL")?
            .execute([id.0])?;
        Ok(())
    }

    /// What a person says of it; `None` takes back what was said.
    ///
    /// # Errors
    /// The disk's.
    pub fn judge_anomaly(
        &mut self,
        id: AnomalyId,
        verdict: Option<i64>,
        note: &str,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE anomaly SET verdict = ?2, note = ?3 WHERE id = ?1 AND stands = 1",
            )?
            .execute((id.0, verdict, note))?;
        Ok(())
    }
}

fn record(row: &Row<'_>) -> Result<AnomalyRecord, StoreError> {
    let currency = currency_of(&row.get::<_, String>(14)?)?;
    let account: Option<String> = row.get(19)?;
    Ok(AnomalyRecord {
        id: AnomalyId(row.get(0)?),
        found: FoundAnomaly {
            kind: row.get(1)?,
            from: day_of(row.get(2)?)?,
            to: day_of(row.get(3)?)?,
            expected: money_at(row, 4, currency)?,
            actual: money_at(row, 6, currency)?,
        },
        parts: parts_of(&row.get::<_, String>(8)?, currency)?,
        stands: row.get(9)?,
        verdict: row.get(10)?,
        note: row.get(11)?,
        leaf: Leaf {
            id: LeafId(row.get(12)?),
            usage_type: row.get(13)?,
            currency,
            client: (ClientId(row.get(15)?), row.get(16)?),
            billing_account: (AccountNumber(row.get(17)?), row.get(18)?),
            account: match account {
                Some(key) => Some((key, row.get(20)?)),
                None => None,
            },
            service: row.get(21)?,
            description: row.get(22)?,
        },
    })
}
