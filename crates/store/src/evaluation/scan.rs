//! One pass over the roll-ups of a month: what each scope was charged.

use std::collections::HashSet;

use rusqlite::Connection;
use tallyport_ledger::Currency;

use super::index::{Fact, Index};
use super::kept::MonthSums;
use super::parts::{part_of_day, part_of_month};
use crate::number::{Currencies, currency_of, joined};
use crate::sql::Sql;
use crate::{Reads, StoreError};

/// A stream that counts, and whose bill it is.
pub(super) struct Stream {
    pub stream: i64,
    account: i64,
    pub client: i64,
}

impl Reads<'_> {
    /// What each scope of `index` was charged in `month`: over the month, or on each of `days` (the first and
    /// the last, in that month).
    pub(super) fn scan(
        &self,
        month: i64,
        index: &Index,
        days: Option<(i64, i64)>,
    ) -> Result<MonthSums, StoreError> {
        let doubted = self.doubted(month)?;
        let mut sums = MonthSums::default();
        for stream in self.streams_that_count(month)? {
            let doubts = |currency| doubted.contains(&(stream.account, currency));
            if index.has_others() {
                scan_days(self.connection, &stream, index, days, &doubts, &mut sums)?;
            }
            if index.has_tags() {
                match days {
                    None => scan_tags(self.connection, &stream, index, &doubts, &mut sums)?,
                    Some(days) => {
                        scan_tagged_days(
                            self.connection,
                            &stream,
                            index,
                            days,
                            &doubts,
                            &mut sums,
                        )?;
                    }
                }
            }
        }
        Ok(sums)
    }

    pub(super) fn streams_that_count(&self, month: i64) -> Result<Vec<Stream>, StoreError> {
        let mut sql = Sql::new(
            "SELECT v.stream, b.id, b.client_id FROM period_version v
             JOIN billing_account b ON b.id = v.billing_account_id",
        );
        sql.bind("WHERE v.counts = 1 AND v.period = ?", month);
        sql.rows(self.connection, |row| {
            Ok(Stream {
                stream: row.get(0)?,
                account: row.get(1)?,
                client: row.get(2)?,
            })
        })
    }

    /// The accounts and currencies that lie in quarantine in `month`.
    fn doubted(&self, month: i64) -> Result<HashSet<(i64, Currency)>, StoreError> {
        let mut sql = Sql::new("SELECT billing_account_id, currency FROM quarantine");
        sql.bind(
            "WHERE lifted_at IS NULL AND released_at IS NULL AND period = ?",
            month,
        );
        let found = sql.rows(self.connection, |row| {
            Ok::<_, StoreError>((row.get(0)?, currency_of(&row.get::<_, String>(1)?)?))
        })?;
        Ok(found.into_iter().collect())
    }
}

fn scan_days(
    connection: &Connection,
    stream: &Stream,
    index: &Index,
    days: Option<(i64, i64)>,
    doubts: &dyn Fn(Currency) -> bool,
    sums: &mut MonthSums,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT day, owner_id, service_id, category, currency, billed_units, billed_rest,
                effective_units, effective_rest
         FROM spend WHERE stream = ?1 AND day BETWEEN ?2 AND ?3",
    )?;
    let (from, to) = days.unwrap_or((0, i64::MAX));
    let mut rows = statement.query((stream.stream, from, to))?;
    let mut currencies = Currencies::default();
    while let Some(row) = rows.next()? {
        let currency = currencies.of(row, 4)?;
        let fact = Fact {
            client: stream.client,
            day: row.get(0)?,
            owner: row.get(1)?,
            service: row.get(2)?,
        };
        let category = row.get(3)?;
        let part = match days {
            Some(_) => part_of_day(category),
            None => part_of_month(category),
        };
        let billed = joined(row.get(5)?, row.get(6)?);
        let effective = joined(row.get(7)?, row.get(8)?);
        let day = days.map_or(0, |_| fact.day);
        let doubted = doubts(currency);
        index.each(&fact, |scope| {
            sums.entry((scope, day, currency, doubted))
                .or_default()
                .note(part, billed, effective);
        });
    }
    Ok(())
}

fn scan_tags(
    connection: &Connection,
    stream: &Stream,
    index: &Index,
    doubts: &dyn Fn(Currency) -> bool,
    sums: &mut MonthSums,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT tag_set_id, category, currency, billed_units, billed_rest, effective_units,
                effective_rest
         FROM resource_spend WHERE stream = ?1",
    )?;
    let mut rows = statement.query([stream.stream])?;
    let mut currencies = Currencies::default();
    while let Some(row) = rows.next()? {
        let scopes = index.each_tagged(row.get(0)?);
        if scopes.is_empty() {
            continue;
        }
        let currency = currencies.of(row, 2)?;
        let part = part_of_month(row.get(1)?);
        let billed = joined(row.get(3)?, row.get(4)?);
        let effective = joined(row.get(5)?, row.get(6)?);
        for scope in scopes {
            sums.entry((*scope, 0, currency, doubts(currency)))
                .or_default()
                .note(part, billed, effective);
        }
    }
    Ok(())
}

/// Tags by day are in no roll-up: the charges of the items that carry them are looked up.
fn scan_tagged_days(
    connection: &Connection,
    stream: &Stream,
    index: &Index,
    days: (i64, i64),
    doubts: &dyn Fn(Currency) -> bool,
    sums: &mut MonthSums,
) -> Result<(), StoreError> {
    let mut sql = Sql::new(
        "SELECT i.tag_set_id, i.category, i.currency, c.day, c.billed, c.effective
         FROM charge c JOIN item i ON i.id = c.item_id",
    );
    sql.bind("WHERE c.stream = ?", stream.stream)
        .push("AND c.until_version IS NULL")
        .bind("AND c.day BETWEEN ?", days.0)
        .bind("AND ?", days.1);
    if index.tag_sets().count() <= 1_000 {
        sql.list("AND i.tag_set_id IN", index.tag_sets());
    }
    let mut currencies = Currencies::default();
    sql.rows(connection, |row| {
        let scopes = index.each_tagged(row.get(0)?);
        if scopes.is_empty() {
            return Ok(());
        }
        let currency = currencies.of(row, 2)?;
        let part = part_of_day(row.get(1)?);
        let day: i64 = row.get(3)?;
        let (billed, effective): (i64, i64) = (row.get(4)?, row.get(5)?);
        for scope in scopes {
            sums.entry((*scope, day, currency, doubts(currency)))
                .or_default()
                .note(part, billed.into(), effective.into());
        }
        Ok::<(), StoreError>(())
    })?;
    Ok(())
}
