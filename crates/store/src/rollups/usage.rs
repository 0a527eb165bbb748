//! What usage costs a day, by sub account, service and SKU, a stream's month a row: the search for what is
//! unusual reads it instead of the charges.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use tallyport_ledger::{ChargeCategory, ChargeClass, Currency};

use super::RollUps;
use super::daily::{Daily, Days};
use super::days::{DAYS, Month, packed, place, unpacked};
use crate::bulk::Bulk;
use crate::item::Item;
use crate::number::currency_of;
use crate::{Reads, StoreError, Writes};

/// The resources that are commitments.
pub(crate) type Commitments = Arc<HashSet<i64, RandomState>>;

/// What a commitment leaves unused is charged as usage of the commitment itself, all of a month on its first
/// day; nothing was used.
pub(crate) const COMMITMENTS: &str = "SELECT id FROM resource WHERE substr(key, 1, 7) = 'arn:aws'
        AND (instr(key, ':savingsplans:') OR instr(key, ':reserved-') OR instr(key, ':ri:'))";

/// What tells usage apart: sub account, service, SKU and currency.
type Use = (i64, i64, i64, Currency);

/// Usage, amortised, without corrections of invoiced months.
#[derive(Debug, Default)]
pub(super) struct Usage(Daily<Use, i128>);

impl Usage {
    /// Where charges of an item are summed, if they are usage.
    pub(super) fn row(&mut self, item: &Item, commitments: &Commitments) -> Option<u32> {
        let is_usage = item.category == ChargeCategory::Usage
            && item.class == ChargeClass::Regular
            && !commitments.contains(&item.resource);
        is_usage.then(|| {
            let of = (item.sub_account, item.service, item.sku, item.currency);
            self.0.number(of)
        })
    }

    /// Adds what a day of a row costs.
    pub(super) fn add(&mut self, row: u32, day: u32, nanos: i128) {
        self.0.add(row, day, nanos);
    }

    /// What was used on any day, in the order of the table's key.
    fn months(&self) -> impl Iterator<Item = (Use, Month)> {
        let months = self.0.by_key().map(|(of, days)| (*of, month(days)));
        months.filter(|(_, month)| month.iter().any(|nanos| *nanos != 0))
    }
}

fn month(days: &Days<i128>) -> Month {
    let mut month = [0; DAYS];
    for (day, nanos) in days.iter() {
        month[place(day)] += nanos;
    }
    month
}

impl Reads<'_> {
    /// The first stream of which something else is kept than its charges say.
    pub(crate) fn usage_otherwise(&self) -> Result<Option<i64>, StoreError> {
        let mut wanted: BTreeMap<(i64, Use), Month> = BTreeMap::new();
        for (stream, roll_ups) in self.usage_of_charges()? {
            let months = roll_ups.usage.months();
            wanted.extend(months.map(|(of, month)| ((stream, of), month)));
        }
        let mut statement = self.connection.prepare(
            "SELECT sub_account_id, service_id, sku_id, currency, days, stream FROM usage_month
             WHERE stream IN (SELECT stream FROM period_version WHERE is_current = 1)",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let currency = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
            let of = (
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                currency_of(currency)?,
            );
            let stream = row.get(5)?;
            let days = row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?;
            if wanted.remove(&(stream, of)) != Some(unpacked(days)?) {
                return Ok(Some(stream));
            }
        }
        Ok(wanted.into_keys().next().map(|(stream, _)| stream))
    }

    /// The resources that are commitments.
    pub(crate) fn commitments(&self) -> Result<Commitments, StoreError> {
        let mut statement = self.connection.prepare_cached(COMMITMENTS)?;
        let found = statement.query_map([], |row| row.get(0))?;
        Ok(Arc::new(found.collect::<Result<_, _>>()?))
    }
}

impl Writes<'_> {
    /// Adds changes to what usage costs a day; `fresh` says that the stream has no rows yet.
    pub(crate) fn roll_up_usage(
        &mut self,
        stream: i64,
        changes: &RollUps,
        fresh: bool,
    ) -> Result<(), StoreError> {
        let mut bulk = Bulk::new(
            self.connection,
            "INSERT OR FAIL INTO usage_month (stream, sub_account_id, service_id, sku_id, currency, days) VALUES",
            "(?, ?, ?, ?, ?, ?)",
            "ON CONFLICT DO UPDATE SET days = excluded.days",
        );
        for (of, mut month) in changes.usage.months() {
            if !fresh {
                for (nanos, before) in month.iter_mut().zip(self.usage_month(stream, of)?) {
                    *nanos += before;
                }
            }
            let (sub_account, service, sku, currency) = of;
            bulk.row([
                stream.into(),
                sub_account.into(),
                service.into(),
                sku.into(),
                currency.into(),
                packed(&month).into(),
            ])?;
        }
        bulk.finish()?;
        if !fresh {
            self.connection
                .prepare_cached("DELETE FROM usage_month WHERE stream = ?1 AND days = x''")?
                .execute([stream])?;
        }
        Ok(())
    }

    /// What is kept of a row; nothing on any day where there is none.
    fn usage_month(&self, stream: i64, of: Use) -> Result<Month, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT days FROM usage_month WHERE stream = ?1 AND sub_account_id = ?2 AND service_id = ?3
             AND sku_id = ?4 AND currency = ?5",
        )?;
        let (sub_account, service, sku, currency) = of;
        let mut rows = statement.query((stream, sub_account, service, sku, currency.code()))?;
        match rows.next()? {
            Some(row) => unpacked(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?),
            None => Ok([0; DAYS]),
        }
    }
}
