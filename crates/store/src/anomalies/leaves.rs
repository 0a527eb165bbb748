use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;
use rusqlite::Row;
use tallyport_ledger::{BillingPeriod, Currency, Money, PeriodStatus};

use super::{AccountNumber, LeafId, LeafMonth, LeafMonths, StaleMonth, WatchedMonth};
use crate::bulk::Bulk;
use crate::number::{currency_of, period_of};
use crate::rollups::days::{DAYS, Month, packed, unpacked};
use crate::sql::Sql;
use crate::{Reads, StoreError, Writes};

/// What tells leaves of a billing account apart: sub account, service, usage type and currency.
type LeafKey = (i64, i64, String, Currency);

/// A key from the first four columns.
fn leaf_key(row: &Row<'_>) -> Result<LeafKey, StoreError> {
    let currency = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        currency_of(currency)?,
    ))
}

/// What the counted versions of each month are, and which currencies are held.
const RESTS_ON: &str = "WITH counted AS (
        SELECT billing_account_id, period, count(*) || '.' || sum(id) || '.' || max(id) AS versions,
               min(status) AS status
        FROM period_version WHERE counts = 1 GROUP BY billing_account_id, period),
    held AS (
        SELECT billing_account_id, period, group_concat(DISTINCT currency) AS currencies
        FROM quarantine WHERE lifted_at IS NULL AND released_at IS NULL
        GROUP BY billing_account_id, period),
    now AS (
        SELECT c.billing_account_id, c.period, c.status, ifnull(h.currencies, '') AS held,
               c.versions || ' ' || ifnull(h.currencies, '') AS rests_on
        FROM counted c LEFT JOIN held h USING (billing_account_id, period))";

impl Reads<'_> {
    /// Months whose bill is another than the one that was last looked at.
    ///
    /// # Errors
    /// The file's.
    pub fn stale_months(&self) -> Result<Vec<StaleMonth>, StoreError> {
        let mut sql = Sql::new(RESTS_ON);
        sql.push(
            "SELECT n.billing_account_id, n.period, n.rests_on
             FROM now n LEFT JOIN watched_month w USING (billing_account_id, period)
             WHERE w.rests_on IS NOT n.rests_on
             UNION ALL
             SELECT w.billing_account_id, w.period, ''
             FROM watched_month w LEFT JOIN now n USING (billing_account_id, period)
             WHERE n.period IS NULL
             ORDER BY 1, 2",
        );
        sql.rows(self.connection, |row| {
            Ok(StaleMonth {
                account: AccountNumber(row.get(0)?),
                period: period_of(row.get(1)?)?,
                rests_on: row.get(2)?,
            })
        })
    }

    /// The months of an account as they are watched, in order.
    ///
    /// # Errors
    /// The file's.
    pub fn watched_months(&self, account: AccountNumber) -> Result<Vec<WatchedMonth>, StoreError> {
        let mut sql = Sql::new(RESTS_ON);
        sql.push(
            "SELECT w.period, w.used, n.status, n.held
             FROM watched_month w JOIN now n USING (billing_account_id, period)",
        )
        .bind("WHERE w.billing_account_id = ?", account.0)
        .push("ORDER BY w.period");
        sql.rows(self.connection, |row| {
            let held: String = row.get(3)?;
            let held = held.split(',').filter(|code| !code.is_empty());
            Ok(WatchedMonth {
                period: period_of(row.get(0)?)?,
                used: row.get(1)?,
                estimated: row.get::<_, i64>(2)? == PeriodStatus::Estimated.number(),
                held: held.map(currency_of).collect::<Result<_, _>>()?,
            })
        })
    }

    /// What leaves of an account cost in the months from `first` on, by leaf; in one question for all of them.
    ///
    /// # Errors
    /// The file's.
    pub fn leaf_months(
        &self,
        account: AccountNumber,
        leaves: &[LeafId],
        first: BillingPeriod,
    ) -> Result<Vec<LeafMonths>, StoreError> {
        let mut sql = Sql::new(
            "SELECT l.id, l.currency, m.period, m.days
             FROM leaf l LEFT JOIN leaf_month m ON m.leaf_id = l.id",
        );
        sql.bind("AND m.billing_account_id = ?", account.0)
            .bind("AND m.period >= ?", i64::from(first.number()))
            .list("WHERE l.id IN", leaves.iter().map(|leaf| leaf.0))
            .push("ORDER BY l.id, m.period");
        let mut found: Vec<LeafMonths> = Vec::with_capacity(leaves.len());
        sql.rows(self.connection, |row| {
            let leaf = LeafId(row.get(0)?);
            if found.last().is_none_or(|last| last.leaf != leaf) {
                let code = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
                found.push(LeafMonths {
                    leaf,
                    currency: currency_of(code)?,
                    months: Vec::new(),
                });
            }
            if let (Some(of), Some(period)) = (found.last_mut(), row.get::<_, Option<i64>>(2)?) {
                let bytes = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
                let money = |nanos| Money::from_nanos(nanos, of.currency);
                of.months.push(LeafMonth {
                    period: period_of(period)?,
                    days: unpacked(bytes)?.map(money).to_vec(),
                });
            }
            Ok::<(), StoreError>(())
        })?;
        Ok(found)
    }

    /// The leaves of an account that cost anything in the months from `first` on.
    ///
    /// # Errors
    /// The file's.
    pub fn leaves_since(
        &self,
        account: AccountNumber,
        first: BillingPeriod,
    ) -> Result<Vec<LeafId>, StoreError> {
        let mut sql = Sql::new("SELECT DISTINCT leaf_id FROM leaf_month");
        sql.bind("WHERE billing_account_id = ?", account.0)
            .bind("AND period >= ?", i64::from(first.number()));
        sql.rows(self.connection, |row| Ok(LeafId(row.get(0)?)))
    }
}

impl Writes<'_> {
    /// Reads what the leaves of a month cost a day from its counted charges, and keeps it. Answers which
    /// leaves that changes, all of the month's if what is believed of it has.
    ///
    /// # Errors
    /// The file's.
    pub fn watch_month(&mut self, stale: &StaleMonth) -> Result<BTreeSet<LeafId>, StoreError> {
        let (account, period) = (stale.account.0, stale.period.number());
        let (leaves, used) = self.usage_by_leaf(stale)?;
        let mut known = self.kept_days(account, period)?;
        let before: Option<String> = {
            let mut sql = Sql::new("SELECT rests_on FROM watched_month");
            sql.bind("WHERE billing_account_id = ?", account)
                .bind("AND period = ?", i64::from(period));
            sql.rows(self.connection, |row| Ok::<_, StoreError>(row.get(0)?))?
                .pop()
        };
        let held = |rests_on: &str| rests_on.split_once(' ').map(|(_, held)| held.to_owned());
        let believed = before
            .as_deref()
            .is_none_or(|text| held(text) == held(&stale.rests_on));
        let mut changed = BTreeSet::new();
        let mut keep = Bulk::new(
            self.connection,
            "INSERT OR FAIL INTO leaf_month (billing_account_id, leaf_id, period, days) VALUES",
            "(?, ?, ?, ?)",
            "ON CONFLICT DO UPDATE SET days = excluded.days",
        );
        for (leaf, month) in leaves {
            let days = packed(&month);
            let same = known.remove(&leaf).is_some_and(|kept| kept == days);
            if !same {
                keep.row([
                    account.into(),
                    leaf.into(),
                    i64::from(period).into(),
                    days.into(),
                ])?;
            }
            if !same || !believed {
                changed.insert(LeafId(leaf));
            }
        }
        keep.finish()?;
        let mut forget = self.connection.prepare_cached(
            "DELETE FROM leaf_month WHERE billing_account_id = ?1 AND leaf_id = ?2 AND period = ?3",
        )?;
        for leaf in known.into_keys() {
            forget.execute((account, leaf, period))?;
            changed.insert(LeafId(leaf));
        }
        let key = (account, period, &stale.rests_on, used);
        self.connection
            .prepare_cached(if stale.rests_on.is_empty() {
                "DELETE FROM watched_month
                 WHERE billing_account_id = ?1 AND period = ?2 AND ?3 = '' AND ?4 IS NOT NULL"
            } else {
                "INSERT INTO watched_month (billing_account_id, period, rests_on, used)
                 VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET rests_on = excluded.rests_on, used = excluded.used"
            })?
            .execute(key)?;
        Ok(changed)
    }

    /// The counted usage of a month by leaf, and the days that have any.
    fn usage_by_leaf(
        &mut self,
        stale: &StaleMonth,
    ) -> Result<(Vec<(i64, Month)>, u32), StoreError> {
        let mut sql = Sql::new(
            "SELECT u.sub_account_id, u.service_id, k.key, u.currency, u.days
             FROM period_version v CROSS JOIN usage_month u ON u.stream = v.stream
             CROSS JOIN sku k ON k.id = u.sku_id WHERE v.counts = 1",
        );
        sql.bind("AND v.billing_account_id = ?", stale.account.0)
            .bind("AND v.period = ?", i64::from(stale.period.number()));
        let mut leaves = self.leaves(stale.account.0)?;
        let mut months: Vec<(i64, Month)> = Vec::new();
        let mut places: HashMap<i64, usize, RandomState> = HashMap::default();
        let mut new = Vec::new();
        let mut used = 0_u32;
        let mut last: i64 =
            self.connection
                .query_row("SELECT ifnull(max(id), 0) FROM leaf", [], |row| row.get(0))?;
        sql.rows(self.connection, |row| {
            let key = leaf_key(row)?;
            let leaf = *leaves.entry(key).or_insert_with_key(|key| {
                last += 1;
                new.push((last, key.clone()));
                last
            });
            // SKUs that differ in their description only are one leaf.
            let place = *places.entry(leaf).or_insert_with(|| {
                months.push((leaf, [0; DAYS]));
                months.len() - 1
            });
            let (_, month) = &mut months[place];
            let days = unpacked(row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?)?;
            for (day, (sum, nanos)) in month.iter_mut().zip(days).enumerate() {
                *sum += nanos;
                used |= u32::from(nanos != 0) << day;
            }
            Ok::<(), StoreError>(())
        })?;
        let mut add = Bulk::new(
            self.connection,
            "INSERT OR FAIL INTO leaf (id, billing_account_id, sub_account_id, service_id, usage_type, currency) VALUES",
            "(?, ?, ?, ?, ?, ?)",
            "",
        );
        for (id, (sub_account, service, usage_type, currency)) in new {
            add.row([
                id.into(),
                stale.account.0.into(),
                sub_account.into(),
                service.into(),
                usage_type.into(),
                currency.into(),
            ])?;
        }
        add.finish()?;
        months.sort_unstable_by_key(|(leaf, _)| *leaf);
        Ok((months, used))
    }

    /// The leaves of an account.
    fn leaves(&self, account: i64) -> Result<HashMap<LeafKey, i64, RandomState>, StoreError> {
        let mut sql =
            Sql::new("SELECT sub_account_id, service_id, usage_type, currency, id FROM leaf");
        sql.bind("WHERE billing_account_id = ?", account);
        let leaves = sql.rows(self.connection, |row| {
            Ok::<_, StoreError>((leaf_key(row)?, row.get(4)?))
        })?;
        Ok(leaves.into_iter().collect())
    }

    fn kept_days(
        &self,
        account: i64,
        period: i32,
    ) -> Result<HashMap<i64, Vec<u8>, RandomState>, StoreError> {
        let mut sql = Sql::new("SELECT leaf_id, days FROM leaf_month");
        sql.bind("WHERE billing_account_id = ?", account)
            .bind("AND period = ?", i64::from(period));
        let kept = sql.rows(self.connection, |row| {
            Ok::<_, StoreError>((row.get(0)?, row.get(1)?))
        })?;
        Ok(kept.into_iter().collect())
    }
}
