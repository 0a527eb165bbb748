//! The sums as they are kept, one row a month, scope and currency.

use std::collections::{BTreeSet, HashMap, HashSet};

use foldhash::fast::RandomState;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use tallyport_ledger::Currency;

use super::index::{Index, Of};
use super::parts::{CREDITS, TAX, USAGE};
use super::{Parts, Settled, SpentAsk, is_day};
use crate::number::{currency_of, day_number, nanos_at, parted};
use crate::sql::Sql;
use crate::{Reads, StoreError, Writes};

/// What scopes were charged in a month, by scope, day (0: over the month), currency and whether it lies in
/// quarantine.
pub(super) type MonthSums = HashMap<(i64, i64, Currency, bool), Parts, RandomState>;

const COLUMNS: &str = "SELECT scope_id, currency, quarantined,
        billed_plain_units, billed_plain_rest, billed_credit_units, billed_credit_rest,
        billed_tax_units, billed_tax_rest, effective_plain_units, effective_plain_rest,
        effective_credit_units, effective_credit_rest, effective_tax_units, effective_tax_rest
     FROM scope_month";

/// The parts in the order of the columns.
const KEPT: [usize; 3] = [USAGE, CREDITS, TAX];

/// From how many scopes on a month is read whole.
const MANY: usize = 200;

impl Reads<'_> {
    /// What is kept of `month` for the scopes of `index`.
    pub(super) fn kept_sums(&self, month: i64, index: &Index) -> Result<MonthSums, StoreError> {
        let mut sums = MonthSums::default();
        let sql = [COLUMNS, " WHERE month = ?1"].concat();
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([month])?;
        while let Some(row) = rows.next()? {
            if index.contains(row.get(0)?) {
                let (key, parts) = kept(row)?;
                sums.insert(key, parts);
            }
        }
        Ok(sums)
    }

    /// What is kept for questions about months, as far as `settled` does not know it.
    pub(super) fn kept_for(
        &self,
        asks: &[SpentAsk],
        settled: &Settled,
    ) -> Result<HashMap<i64, MonthSums, RandomState>, StoreError> {
        let mut wanted: HashMap<i64, BTreeSet<i64>, RandomState> = HashMap::default();
        for ask in asks.iter().filter(|ask| !is_day(ask.span)) {
            for month in ask.span.months() {
                let month = day_number(month) / 100;
                if !settled.sums.contains_key(&month) {
                    wanted.entry(month).or_default().insert(ask.scope.0);
                }
            }
        }
        let whole = [COLUMNS, " WHERE month = ?1"].concat();
        let one = [COLUMNS, " WHERE month = ?1 AND scope_id = ?2"].concat();
        let mut found = HashMap::default();
        for (month, scopes) in wanted {
            let mut sums = MonthSums::default();
            let mut read = |sql: &str, values: &[i64]| -> Result<(), StoreError> {
                let mut statement = self.connection.prepare_cached(sql)?;
                let mut rows = statement.query(params_from_iter(values))?;
                while let Some(row) = rows.next()? {
                    let (key, parts) = kept(row)?;
                    sums.insert(key, parts);
                }
                Ok(())
            };
            if scopes.len() > MANY {
                read(&whole, &[month])?;
            } else {
                for scope in scopes {
                    read(&one, &[month, scope])?;
                }
            }
            found.insert(month, sums);
        }
        Ok(found)
    }
}

impl Reads<'_> {
    /// Months whose kept sums are not what the roll-ups say, though nothing is due; and how many were looked
    /// at.
    pub(crate) fn summed_otherwise(&self) -> Result<(Vec<i64>, i64), StoreError> {
        let index = Index::of(self, &Of::Summed)?;
        let months = Sql::new(
            "SELECT DISTINCT period FROM period_version WHERE counts = 1
             AND period NOT IN (SELECT month FROM evaluation_due) ORDER BY period",
        )
        .rows(self.connection, |row| Ok::<i64, StoreError>(row.get(0)?))?;
        let (mut others, mut looked) = (Vec::new(), 0);
        for month in months {
            if !index.is_empty() {
                looked += 1;
                if self.scan(month, &index, None)? != self.kept_sums(month, &index)? {
                    others.push(month);
                }
            }
        }
        Ok((others, looked))
    }
}

impl Writes<'_> {
    /// Keeps what differs from what is known and answers with the scopes of which something does.
    pub(super) fn keep_sums(
        &mut self,
        month: i64,
        sums: &MonthSums,
        known: &MonthSums,
    ) -> Result<HashSet<i64, RandomState>, StoreError> {
        let mut changed = HashSet::default();
        let mut keep = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO scope_month (month, scope_id, currency, quarantined,
                 billed_plain_units, billed_plain_rest, billed_credit_units, billed_credit_rest,
                 billed_tax_units, billed_tax_rest, effective_plain_units, effective_plain_rest,
                 effective_credit_units, effective_credit_rest, effective_tax_units,
                 effective_tax_rest)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        // In the order of the table, so that its pages are written once.
        let mut others: Vec<_> = sums
            .iter()
            .filter(|(key, parts)| known.get(key) != Some(parts))
            .collect();
        others.sort_unstable_by_key(|(key, _)| **key);
        for ((scope, _, currency, quarantined), parts) in others {
            changed.insert(*scope);
            let mut values: Vec<Value> = vec![
                month.into(),
                (*scope).into(),
                currency.code().to_owned().into(),
                i64::from(*quarantined).into(),
            ];
            for sums in [&parts.billed, &parts.effective] {
                for part in KEPT {
                    let (units, rest) = parted(sums[part])?;
                    values.extend([Value::Integer(units), Value::Integer(rest)]);
                }
            }
            keep.execute(params_from_iter(values))?;
        }
        let mut forget = self.connection.prepare_cached(
            "DELETE FROM scope_month
             WHERE month = ?1 AND scope_id = ?2 AND currency = ?3 AND quarantined = ?4",
        )?;
        for (scope, day, currency, quarantined) in known.keys() {
            if !sums.contains_key(&(*scope, *day, *currency, *quarantined)) {
                changed.insert(*scope);
                forget.execute((month, scope, currency.code(), quarantined))?;
            }
        }
        Ok(changed)
    }
}

/// Scope, day (none), currency, and whether it lies in quarantine.
type Key = (i64, i64, Currency, bool);

fn kept(row: &Row<'_>) -> Result<(Key, Parts), StoreError> {
    let currency = currency_of(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
    let mut parts = Parts::default();
    for (at, part) in KEPT.into_iter().enumerate() {
        parts.billed[part] = nanos_at(row, 3 + 2 * at)?;
        parts.effective[part] = nanos_at(row, 9 + 2 * at)?;
    }
    Ok(((row.get(0)?, 0, currency, row.get(2)?), parts))
}
