//! Two versions of a billing period beside each other: which charges are the same.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rusqlite::Row;
use rusqlite::types::Value;

use crate::number::nanos_at;
use crate::{Reads, StoreError, VersionId};

/// What was counted when two versions were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// Charges.
    Charges,
    /// Sums by day, account, service and category: sources of different kinds know no more in common.
    DailySums,
}

/// How many charges two versions share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChargeDiff {
    /// What was counted.
    pub compared: Compared,
    /// The same in both.
    pub same: u64,
    /// In both, with other amounts.
    pub changed: u64,
    /// In the later one only.
    pub added: u64,
    /// In the earlier one only.
    pub removed: u64,
}

/// A charge: what and when, and its amounts.
type Charge = ((i64, i64, i64, i64), [i64; 4], String);

/// What both sources of a month know of a charge: day, sub account, service, category, currency.
type DailySum = (i64, String, String, i64, String);

impl Reads<'_> {
    /// Counts what is the same in two versions of one account and month, and what is not.
    ///
    /// # Errors
    /// The file's.
    pub fn charge_diff(
        &self,
        (from, to): (VersionId, VersionId),
        compared: Compared,
    ) -> Result<ChargeDiff, StoreError> {
        let mut diff = ChargeDiff {
            compared,
            same: 0,
            changed: 0,
            added: 0,
            removed: 0,
        };
        match compared {
            Compared::Charges => {
                diff.same = self.shared(from, to)?;
                let before = self.apart(from, to)?;
                let after = self.apart(to, from)?;
                diff.count(before, after);
            }
            Compared::DailySums => {
                let (before, after) = (self.daily_sums(from)?, self.daily_sums(to)?);
                diff.count(before, after);
            }
        }
        Ok(diff)
    }

    /// How many charges are in both, untouched.
    fn shared(&self, one: VersionId, other: VersionId) -> Result<u64, StoreError> {
        let shared: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM period_version a
                 JOIN period_version b ON b.id = max(?1, ?2) AND b.stream = a.stream
                 JOIN charge c ON c.stream = a.stream AND c.from_version <= a.id
                     AND ifnull(c.until_version > b.id, 1)
                 WHERE a.id = min(?1, ?2)",
            )?
            .query_row((one.0, other.0), |row| row.get(0))?;
        Ok(u64::try_from(shared).unwrap_or(0))
    }

    /// The charges of a version that are not in `other` untouched, in order.
    fn apart(&self, of: VersionId, other: VersionId) -> Result<Vec<Charge>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.item_id, c.day, ifnull(c.first_day, 0), ifnull(c.last_day, 0), c.billed, c.effective,
                    ifnull(c.list, c.billed), ifnull(c.contracted, c.billed), c.quantity
             FROM period_version a
             JOIN charge c ON c.stream = a.stream AND c.from_version <= a.id
                 AND ifnull(c.until_version > a.id, 1)
             JOIN period_version b ON b.id = ?2
             WHERE a.id = ?1 AND NOT (a.stream = b.stream AND c.from_version <= b.id
                 AND ifnull(c.until_version > b.id, 1))",
        )?;
        let mut rows = statement.query((of.0, other.0))?;
        let mut charges = Vec::new();
        while let Some(row) = rows.next()? {
            charges.push(charge(row)?);
        }
        charges.sort_unstable();
        Ok(charges)
    }

    fn daily_sums(&self, of: VersionId) -> Result<BTreeMap<DailySum, (i128, i128)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.day, ifnull(a.key, ''), e.name, s.category, s.currency,
                    sum(s.billed / 1000000000), sum(s.billed % 1000000000),
                    sum(s.effective / 1000000000), sum(s.effective % 1000000000)
             FROM allocated_charge s
             JOIN period_version v ON v.stream = s.stream AND s.from_version <= v.id
                 AND ifnull(s.until_version > v.id, 1)
             JOIN service e ON e.id = s.service_id
             LEFT JOIN sub_account a ON a.id = s.sub_account_id
             WHERE v.id = ?1 GROUP BY 1, 2, 3, 4, 5",
        )?;
        let mut rows = statement.query([of.0])?;
        let mut sums = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let key = (
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            );
            sums.insert(key, (nanos_at(row, 5)?, nanos_at(row, 7)?));
        }
        Ok(sums)
    }
}

/// What and when apart from how much.
trait Keyed {
    type Key: Ord;
    type Content: PartialEq;
    fn parts(self) -> (Self::Key, Self::Content);
}

impl Keyed for Charge {
    type Key = (i64, i64, i64, i64);
    type Content = ([i64; 4], String);
    fn parts(self) -> (Self::Key, Self::Content) {
        (self.0, (self.1, self.2))
    }
}

impl<K: Ord, V: PartialEq> Keyed for (K, V) {
    type Key = K;
    type Content = V;
    fn parts(self) -> (K, V) {
        self
    }
}

impl ChargeDiff {
    /// Counts two lists in the order of their keys against each other.
    fn count<T: Keyed>(
        &mut self,
        before: impl IntoIterator<Item = T>,
        after: impl IntoIterator<Item = T>,
    ) {
        let mut before = before.into_iter().map(Keyed::parts).peekable();
        let mut after = after.into_iter().map(Keyed::parts).peekable();
        loop {
            let order = match (before.peek(), after.peek()) {
                (None, None) => return,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((old, _)), Some((new, _))) => old.cmp(new),
            };
            let old = order.is_le().then(|| before.next()).flatten();
            let new = order.is_ge().then(|| after.next()).flatten();
            match (old, new) {
                (Some((_, old)), Some((_, new))) if old == new => self.same += 1,
                (Some(_), Some(_)) => self.changed += 1,
                (Some(_), None) => self.removed += 1,
                (None, _) => self.added += 1,
            }
        }
    }
}

fn charge(row: &Row<'_>) -> Result<Charge, StoreError> {
    let quantity = match row.get(8)? {
        Value::Integer(nanos) => nanos.to_string(),
        Value::Text(text) => text,
        _ => return Err(StoreError::unreadable("a quantity")),
    };
    Ok((
        (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?),
        [row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?],
        quantity,
    ))
}
