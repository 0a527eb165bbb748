//! What each owner was charged on each service, day by day, a stream's month a row: the smallest roll-up, for
//! a year at a glance.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use tallyport_ledger::{Currency, DayRange, Metric};

use super::daily::{Daily, Days};
use super::days::{Month, packed, place, unpacked};
use super::{RollUps, Sum};
use crate::bulk::Bulk;
use crate::grain::counted_versions;
use crate::number::{Currencies, currency_of, day_number, joined, number_at};
use crate::sql::Sql;
use crate::teams_of::TeamsOf;
use crate::{By, Filter, Reads, StoreError, Writes};

/// What tells it apart: the owner, 0 for nobody, the service and the currency.
type Key = (i64, i64, Currency);

/// A month by day: how many charges, billed and effective in nano-units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct OwnerMonth {
    charges: Month,
    billed: Month,
    effective: Month,
}

/// What an owner was charged on a service on a day, as a question about days meets it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnerDay {
    pub client: i64,
    /// 0 for nobody.
    pub owner: i64,
    /// The first team of the owner on the day, if the question is about teams.
    pub team: Option<i64>,
    pub service: i64,
    pub currency: Currency,
    /// YYYYMMDD.
    pub day: i64,
    pub charges: i64,
    pub nanos: i128,
}

/// Charges, billed and effective by currency and owner.
pub(crate) type OwnerSums = HashMap<(Currency, i64), [i128; 3], RandomState>;

/// Whether this roll-up knows what a question is about: its rows, if it tells any apart, and what narrows it.
pub(crate) fn owners_know(by: Option<&By>, filter: &Filter) -> bool {
    let beyond = matches!(
        by,
        Some(By::Tag(_) | By::Resource | By::Account | By::Region | By::Category)
    );
    !(beyond || filter.needs_tags() || filter.needs_resources() || filter.needs_details())
}

impl OwnerMonth {
    fn add(&mut self, days: &Days<Sum>) {
        for (day, sum) in days.iter() {
            let at = place(day);
            self.charges[at] += i128::from(sum.charges);
            self.billed[at] += sum.billed;
            self.effective[at] += sum.effective;
        }
    }

    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Reads<'_> {
    /// Shows `each` day of `days` on which an owner was charged on a service what `filter` lets pass, in no
    /// order. Counted versions only, or those of `filter`, which must be current. `teams` says that the
    /// teams of owners are wanted. Only for what [`owners_know`].
    pub(crate) fn each_owner_day(
        &self,
        days: DayRange,
        metric: Metric,
        filter: &Filter,
        teams: bool,
        mut each: impl FnMut(OwnerDay) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut sql = Sql::new(
            "SELECT v.period, b.client_id, s.owner_id, s.service_id, s.currency, s.charges,",
        );
        sql.push(match metric {
            Metric::Billed => "s.billed",
            Metric::Effective => "s.effective",
        });
        sql.push("FROM owner_month s");
        counted_versions(&mut sql, days, filter);
        filter.narrow_but_teams(&mut sql);
        let teams = (teams || filter.needs_days())
            .then(|| TeamsOf::read(self))
            .transpose()?;
        let (from, to) = (day_number(days.from()), day_number(days.to()));
        let mut currencies = Currencies::default();
        sql.rows(self.connection, |row| {
            let blob = |at| {
                Ok::<_, StoreError>(row.get_ref(at)?.as_blob().map_err(rusqlite::Error::from)?)
            };
            let charges = unpacked(blob(5)?)?;
            let amounts = unpacked(blob(6)?)?;
            let first = number_at(row, 0)? * 100 + 1;
            let mut of = OwnerDay {
                client: number_at(row, 1)?,
                owner: number_at(row, 2)?,
                team: None,
                service: number_at(row, 3)?,
                currency: currencies.of(row, 4)?,
                day: first,
                charges: 0,
                nanos: 0,
            };
            for (day, (charges, nanos)) in (first..).zip(charges.into_iter().zip(amounts)) {
                if (charges == 0 && nanos == 0) || day < from || day > to {
                    continue;
                }
                if let Some(teams) = &teams {
                    of.team = teams.on(of.owner, day);
                    if !filter.lets_team_pass(of.owner, of.team) {
                        continue;
                    }
                }
                (of.day, of.nanos) = (day, nanos);
                of.charges = i64::try_from(charges)
                    .map_err(|_| StoreError::unreadable("a number of charges"))?;
                each(of)?;
            }
            Ok::<_, StoreError>(())
        })?;
        Ok(())
    }

    /// What the rows of a stream add up to by currency and owner (0 for nobody): charges, billed, effective.
    pub(crate) fn owner_sums(&self, stream: i64) -> Result<OwnerSums, StoreError> {
        let mut sums = OwnerSums::default();
        let mut statement = self.connection.prepare_cached(
            "SELECT currency, owner_id, charges, billed, effective FROM owner_month WHERE stream = ?1",
        )?;
        let mut rows = statement.query([stream])?;
        let mut currencies = Currencies::default();
        while let Some(row) = rows.next()? {
            let of = (currencies.of(row, 0)?, row.get(1)?);
            let month = month_at(row, 2)?;
            let parts = [month.charges, month.billed, month.effective];
            for (sum, days) in sums.entry(of).or_default().iter_mut().zip(parts) {
                *sum += days.iter().sum::<i128>();
            }
        }
        Ok(sums)
    }

    /// What is kept of a row; nothing where there is none.
    fn owner_month(
        &self,
        stream: i64,
        (owner, service, currency): Key,
    ) -> Result<OwnerMonth, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT charges, billed, effective FROM owner_month
             WHERE stream = ?1 AND owner_id = ?2 AND service_id = ?3 AND currency = ?4",
        )?;
        let mut rows = statement.query((stream, owner, service, currency.code()))?;
        match rows.next()? {
            Some(row) => month_at(row, 0),
            None => Ok(OwnerMonth::default()),
        }
    }
}

/// The month whose parts stand in the columns from `at`.
fn month_at(row: &rusqlite::Row<'_>, at: usize) -> Result<OwnerMonth, StoreError> {
    let part = |at| unpacked(row.get_ref(at)?.as_blob().map_err(rusqlite::Error::from)?);
    Ok(OwnerMonth {
        charges: part(at)?,
        billed: part(at + 1)?,
        effective: part(at + 2)?,
    })
}

impl Writes<'_> {
    /// Adds changes to what owners were charged; `fresh` says that the stream has no rows yet.
    pub(super) fn roll_up_owners(
        &mut self,
        stream: i64,
        changes: &RollUps,
        fresh: bool,
    ) -> Result<(), StoreError> {
        let mut owners: Daily<Key, Sum> = Daily::default();
        for (group, days) in changes.groups.iter() {
            owners.take_in((group.owner, group.service, group.currency), days);
        }
        self.add_owner_months(stream, &owners, fresh)
    }

    fn add_owner_months(
        &mut self,
        stream: i64,
        owners: &Daily<Key, Sum>,
        fresh: bool,
    ) -> Result<(), StoreError> {
        let mut bulk = Bulk::new(
            self.connection,
            "INSERT OR FAIL INTO owner_month (stream, owner_id, service_id, currency, charges, billed, effective) VALUES",
            "(?, ?, ?, ?, ?, ?, ?)",
            "ON CONFLICT DO UPDATE SET charges = excluded.charges, billed = excluded.billed,
                 effective = excluded.effective",
        );
        // In the order of the table's key, so that pages are written once.
        for (key, days) in owners.by_key() {
            let mut month = if fresh {
                OwnerMonth::default()
            } else {
                self.owner_month(stream, *key)?
            };
            month.add(days);
            if fresh && month.is_nothing() {
                continue;
            }
            let (owner, service, currency) = *key;
            bulk.row([
                stream.into(),
                owner.into(),
                service.into(),
                currency.into(),
                packed(&month.charges).into(),
                packed(&month.billed).into(),
                packed(&month.effective).into(),
            ])?;
        }
        bulk.finish()?;
        if !fresh {
            // A row without charges that still holds an amount stays: the check must find it.
            self.connection
                .prepare_cached(
                    "DELETE FROM owner_month WHERE stream = ?1
                     AND charges = x'' AND billed = x'' AND effective = x''",
                )?
                .execute([stream])?;
        }
        Ok(())
    }

    /// Fills the rows from those by day that older files have, and lets these go.
    pub(crate) fn pack_owner_spend(&mut self) -> Result<(), StoreError> {
        let mut query = self.connection.prepare(
            "SELECT stream, day, owner_id, service_id, currency, charges, billed_units, billed_rest,
                    effective_units, effective_rest
             FROM owner_spend ORDER BY stream, day",
        )?;
        let mut rows = query.query([])?;
        let mut streams: Vec<(i64, Daily<Key, Sum>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let stream = row.get(0)?;
            if streams.last().is_none_or(|(last, _)| *last != stream) {
                streams.push((stream, Daily::default()));
            }
            let Some((_, owners)) = streams.last_mut() else {
                continue;
            };
            let currency: String = row.get(4)?;
            let number = owners.number((row.get(2)?, row.get(3)?, currency_of(&currency)?));
            let sum = Sum {
                charges: row.get(5)?,
                billed: joined(row.get(6)?, row.get(7)?),
                effective: joined(row.get(8)?, row.get(9)?),
            };
            owners.add(number, row.get(1)?, sum);
        }
        drop(rows);
        drop(query);
        for (stream, owners) in &streams {
            self.add_owner_months(*stream, owners, true)?;
        }
        self.connection.execute_batch("DROP TABLE owner_spend")?;
        Ok(())
    }
}
