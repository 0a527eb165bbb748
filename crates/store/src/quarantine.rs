use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rusqlite::{OptionalExtension, Row, params};
use tallyport_ledger::{
    BillingPeriod, Charge, ChargeCategory, Currency, Implausible, Metric, Money, OwnerId,
    PeriodStatus, beyond_price, day_leaps, month_leaps,
};

use crate::grain::Grain;
use crate::number::{currency_of, day_number, day_of, money_at, nanos_at, parted, period_of};
use crate::rollups::Axis;
use crate::sql::Sql;
use crate::{ClientId, QuarantineId, Reads, StoreError, VersionId, Writes};

/// A month whose figures are too much to be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantine {
    /// Its identity.
    pub id: QuarantineId,
    /// The client.
    pub client: (ClientId, String),
    /// The payer.
    pub billing_account: String,
    /// The month.
    pub period: BillingPeriod,
    /// Why.
    pub reason: Implausible,
    /// The day at fault, where it is one.
    pub day: Option<Date>,
    /// What was to be expected.
    pub expected: Money,
    /// What is there.
    pub actual: Money,
    /// Since when.
    pub since: Timestamp,
    /// Who let it through, when and why.
    pub released: Option<Release>,
}

/// Somebody looked at it and let it through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub note: String,
}

/// What is not believed.
#[derive(Debug, Clone, Copy)]
struct Doubt {
    day: Option<Date>,
    expected: Money,
    actual: Money,
}

/// Months that the median of months looks back.
const MONTHS_BACK: i32 = 12;
/// Days that the median of days looks back.
const DAYS_BACK: i32 = 28;
/// What was let through stays so up to this many times the figure of then.
const GROWTH: i128 = 2;

const COLUMNS: &str =
    "SELECT q.id, b.client_id, c.name, b.key, q.period, q.currency, q.reason, q.day,
        q.expected_units, q.expected_rest, q.actual_units, q.actual_rest, q.since, q.released_at,
        q.released_by, q.note
     FROM quarantine q
     JOIN billing_account b ON b.id = q.billing_account_id
     JOIN client c ON c.id = b.client_id
     WHERE q.lifted_at IS NULL";

impl Reads<'_> {
    /// Months in quarantine, and those that were let through; the latest month first.
    ///
    /// # Errors
    /// The file's.
    pub fn quarantines(&self) -> Result<Vec<Quarantine>, StoreError> {
        let mut sql = Sql::new(COLUMNS);
        sql.push("ORDER BY q.released_at IS NOT NULL, q.period DESC, b.key, q.currency, q.reason");
        sql.rows(self.connection, quarantine)
    }

    /// Months in quarantine, not let through, that have charges of `owner` in `month`.
    ///
    /// # Errors
    /// The file's.
    pub fn quarantined_of(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
    ) -> Result<Vec<Quarantine>, StoreError> {
        let mut sql = Sql::new(COLUMNS);
        sql.push("AND q.released_at IS NULL")
            .bind("AND q.period = ?", i64::from(month.number()));
        if let Some(client) = self.billed_client(owner)? {
            sql.bind("AND b.client_id = ?", client.0);
        } else {
            sql.push("AND (b.id, q.currency) IN (SELECT v.billing_account_id, s.currency")
                .push(Grain::Day.table());
            Grain::Day.counted(&mut sql, month.days());
            sql.bind("AND s.owner_id = ?)", owner.0);
        }
        sql.push("ORDER BY b.key, q.currency, q.reason");
        sql.rows(self.connection, quarantine)
    }

    /// What each day's usage of an account was.
    fn usage_by_day(
        &self,
        account: i64,
        from: Date,
        to: Date,
    ) -> Result<BTreeMap<Currency, BTreeMap<Date, i128>>, StoreError> {
        let days = tallyport_ledger::DayRange::new(from, to)
            .map_err(|_| StoreError::unreadable("days"))?;
        let mut sql = Sql::new("SELECT s.currency, s.day");
        let grain = Grain::Axis(Axis::Category);
        sql.push(grain.sums(Metric::Billed)).push(grain.table());
        grain.counted(&mut sql, days);
        sql.bind("AND v.billing_account_id = ?", account)
            .bind("AND s.category = ?", ChargeCategory::Usage.number())
            .push("GROUP BY 1, 2");
        let mut usage: BTreeMap<Currency, BTreeMap<Date, i128>> = BTreeMap::new();
        sql.rows(self.connection, |row| {
            let currency = currency_of(&row.get::<_, String>(0)?)?;
            let day = day_of(row.get(1)?)?;
            *usage.entry(currency).or_default().entry(day).or_default() += nanos_at(row, 2)?;
            Ok::<(), StoreError>(())
        })?;
        Ok(usage)
    }

    /// What an account's counted months before `period` added up to.
    fn months_before(
        &self,
        account: i64,
        period: BillingPeriod,
    ) -> Result<BTreeMap<Currency, Vec<Money>>, StoreError> {
        let mut from = period;
        for _ in 0..MONTHS_BACK {
            from = from.previous().unwrap_or(from);
        }
        let mut sql = Sql::new(
            "SELECT t.currency, v.period, sum(t.billed_units), sum(t.billed_rest)
             FROM period_version v JOIN version_total t ON t.version_id = v.id
             WHERE v.counts = 1",
        );
        sql.bind("AND v.billing_account_id = ?", account)
            .bind("AND v.period >= ?", i64::from(from.number()))
            .bind("AND v.period < ?", i64::from(period.number()))
            .push("GROUP BY 1, 2");
        let mut months: BTreeMap<Currency, Vec<Money>> = BTreeMap::new();
        sql.rows(self.connection, |row| {
            let currency = currency_of(&row.get::<_, String>(0)?)?;
            let total = money_at(row, 2, currency)?;
            months.entry(currency).or_default().push(total);
            Ok::<(), StoreError>(())
        })?;
        Ok(months)
    }
}

impl Writes<'_> {
    /// Judges a version that was just loaded, by what the account usually costs: what is too much
    /// to be true comes into quarantine, what no longer is comes out. What the provider says is
    /// final is believed.
    ///
    /// # Errors
    /// The file's.
    pub fn judge(
        &mut self,
        version: VersionId,
        charges: &[Charge],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (account, month, status, counts): (i64, i64, i64, bool) = self
            .connection
            .prepare_cached(
                "SELECT billing_account_id, period, status, counts FROM period_version
                 WHERE id = ?1",
            )?
            .query_row([version.0], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        if !counts {
            return Ok(());
        }
        let period = period_of(month)?;
        let open = [PeriodStatus::Estimated, PeriodStatus::PendingInvoice];
        let doubts = if open.iter().any(|open| open.number() == status) {
            self.doubts(account, period, charges)?
        } else {
            BTreeMap::new()
        };
        self.keep_doubts(account, period, &doubts, at)
    }

    fn doubts(
        &self,
        account: i64,
        period: BillingPeriod,
        charges: &[Charge],
    ) -> Result<BTreeMap<(Currency, Implausible), Doubt>, StoreError> {
        let mut doubts = BTreeMap::new();
        let first = period.first_day();
        let from = first.checked_sub(DAYS_BACK.days()).unwrap_or(first);
        let months = self.months_before(account, period)?;
        for (currency, days) in self.usage_by_day(account, from, period.last_day())? {
            let before = months.get(&currency).map_or(&[][..], Vec::as_slice);
            if let Some(doubt) = leap(currency, first, &days, before) {
                doubts.insert((currency, Implausible::Leap), doubt);
            }
        }
        for (currency, doubt) in beyond_prices(charges) {
            doubts.insert((currency, Implausible::Price), doubt);
        }
        Ok(doubts)
    }

    fn keep_doubts(
        &mut self,
        account: i64,
        period: BillingPeriod,
        doubts: &BTreeMap<(Currency, Implausible), Doubt>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut sql = Sql::new(COLUMNS);
        sql.bind("AND q.billing_account_id = ?", account)
            .bind("AND q.period = ?", i64::from(period.number()));
        let mut known = BTreeMap::new();
        for held in sql.rows(self.connection, quarantine)? {
            known.insert((held.actual.currency(), held.reason), held);
        }
        for (key, held) in &known {
            let stays = doubts.get(key).is_some_and(|doubt| {
                // What was let through covers what has grown since, but not another leap.
                held.released.is_none() || covers(held.actual, doubt.actual)
            });
            if !stays {
                self.connection.execute(
                    "UPDATE quarantine SET lifted_at = ?2 WHERE id = ?1",
                    (held.id.0, at.as_millisecond()),
                )?;
            } else if let (None, Some(doubt)) = (&held.released, doubts.get(key)) {
                self.change_doubt(held.id, doubt)?;
            }
        }
        for ((currency, reason), doubt) in doubts {
            let held = known.get(&(*currency, *reason));
            let covered = held
                .is_some_and(|held| held.released.is_none() || covers(held.actual, doubt.actual));
            if !covered {
                self.add_doubt(account, period, *reason, doubt, at)?;
            }
        }
        Ok(())
    }

    fn change_doubt(&mut self, id: QuarantineId, doubt: &Doubt) -> Result<(), StoreError> {
        let (expected, actual) = (
            parted(doubt.expected.nanos())?,
            parted(doubt.actual.nanos())?,
        );
        self.connection.execute(
            "UPDATE quarantine SET day = ?2, expected_units = ?3, expected_rest = ?4,
                 actual_units = ?5, actual_rest = ?6 WHERE id = ?1",
            params![
                id.0,
                doubt.day.map(day_number),
                expected.0,
                expected.1,
                actual.0,
                actual.1
            ],
        )?;
        Ok(())
    }

    fn add_doubt(
        &mut self,
        account: i64,
        period: BillingPeriod,
        reason: Implausible,
        doubt: &Doubt,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (expected, actual) = (
            parted(doubt.expected.nanos())?,
            parted(doubt.actual.nanos())?,
        );
        self.connection.execute(
            "INSERT INTO quarantine (billing_account_id, period, currency, reason, day,
                 expected_units, expected_rest, actual_units, actual_rest, since)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                account,
                period.number(),
                doubt.actual.currency().code(),
                reason.number(),
                doubt.day.map(day_number),
                expected.0,
                expected.1,
                actual.0,
                actual.1,
                at.as_millisecond()
            ],
        )?;
        Ok(())
    }

    /// Lets a month in quarantine through.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::InUse`] if it was let through before.
    pub fn release(
        &mut self,
        id: QuarantineId,
        release: &Release,
    ) -> Result<Quarantine, StoreError> {
        let held = self.quarantine(id)?;
        if let Some(before) = &held.released {
            return Err(StoreError::InUse {
                what: format!("quarantine {id}"),
                why: format!("{} released it already", before.by),
            });
        }
        self.connection.execute(
            "UPDATE quarantine SET released_at = ?2, released_by = ?3, note = ?4 WHERE id = ?1",
            params![id.0, release.at.as_millisecond(), release.by, release.note],
        )?;
        self.quarantine(id)
    }

    fn quarantine(&self, id: QuarantineId) -> Result<Quarantine, StoreError> {
        let sql = [COLUMNS, " AND q.id = ?1"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        query
            .query_row([id.0], |row| Ok(quarantine(row)))
            .optional()?
            .ok_or_else(|| StoreError::NotFound {
                what: "quarantine",
                name: id.to_string(),
            })?
    }
}

/// A day beyond the days before it, or the month beyond the months before it: the one that is
/// further beyond.
fn leap(
    currency: Currency,
    first: Date,
    days: &BTreeMap<Date, i128>,
    months: &[Money],
) -> Option<Doubt> {
    let money = |nanos| Money::from_nanos(nanos, currency);
    let mut worst: Option<Doubt> = None;
    for (day, nanos) in days.range(first..) {
        let from = day.checked_sub(DAYS_BACK.days()).unwrap_or(*day);
        let before: Vec<Money> = days.range(from..*day).map(|(_, n)| money(*n)).collect();
        if let Some(expected) = day_leaps(money(*nanos), &before)
            && worst.is_none_or(|worst| worst.actual.nanos() < *nanos)
        {
            worst = Some(Doubt {
                day: Some(*day),
                expected,
                actual: money(*nanos),
            });
        }
    }
    let total = money(days.range(first..).map(|(_, nanos)| nanos).sum());
    worst.or_else(|| {
        month_leaps(total, months).map(|expected| Doubt {
            day: None,
            expected,
            actual: total,
        })
    })
}

/// Days whose usage costs many times what it does at public prices, where those are known; the
/// worst of each currency.
fn beyond_prices(charges: &[Charge]) -> BTreeMap<Currency, Doubt> {
    let mut days: BTreeMap<(Currency, Date), (i128, i128)> = BTreeMap::new();
    // Charges of one day mostly come together.
    for day in charges.chunk_by(|one, next| (one.day, one.currency) == (next.day, next.currency)) {
        let (mut billed, mut list) = (0, 0);
        for charge in day {
            if charge.category == ChargeCategory::Usage && charge.amounts.list > 0 {
                billed += i128::from(charge.amounts.billed);
                list += i128::from(charge.amounts.list);
            }
        }
        if list > 0 {
            let sums = days.entry((day[0].currency, day[0].day)).or_default();
            *sums = (sums.0 + billed, sums.1 + list);
        }
    }
    let mut doubts: BTreeMap<Currency, Doubt> = BTreeMap::new();
    for ((currency, day), (billed, list)) in days {
        let (actual, expected) = (
            Money::from_nanos(billed, currency),
            Money::from_nanos(list, currency),
        );
        let worse = doubts
            .get(&currency)
            .is_none_or(|known| known.actual.nanos() < billed);
        if worse && beyond_price(actual, expected) {
            let day = Some(day);
            doubts.insert(
                currency,
                Doubt {
                    day,
                    expected,
                    actual,
                },
            );
        }
    }
    doubts
}

fn covers(released: Money, now: Money) -> bool {
    now.nanos() <= released.nanos().saturating_mul(GROWTH)
}

fn quarantine(row: &Row<'_>) -> Result<Quarantine, StoreError> {
    let unreadable = || StoreError::unreadable("a quarantine");
    let moment = |number| Timestamp::from_millisecond(number).map_err(|_| unreadable());
    let currency = currency_of(&row.get::<_, String>(5)?)?;
    let released = match (row.get::<_, Option<i64>>(13)?, row.get(14)?) {
        (Some(at), Some(by)) => Some(Release {
            by,
            at: moment(at)?,
            note: row.get::<_, Option<String>>(15)?.unwrap_or_default(),
        }),
        _ => None,
    };
    Ok(Quarantine {
        id: QuarantineId(row.get(0)?),
        client: (ClientId(row.get(1)?), row.get(2)?),
        billing_account: row.get(3)?,
        period: period_of(row.get(4)?)?,
        reason: Implausible::from_number(row.get(6)?).ok_or_else(unreadable)?,
        day: row.get::<_, Option<i64>>(7)?.map(day_of).transpose()?,
        expected: money_at(row, 8, currency)?,
        actual: money_at(row, 10, currency)?,
        since: moment(row.get(12)?)?,
        released,
    })
}
