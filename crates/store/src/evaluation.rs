//! What budgets are about, summed by month and kept, so that one changed month is summed anew and no
//! other. The sums come from the roll-ups, never from differences, so that they cannot drift.

mod days;
mod families;
mod forecasts;
mod index;
mod kept;
mod parts;
mod scan;

use std::collections::{BTreeSet, HashMap, HashSet};

use foldhash::fast::RandomState;
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::OptionalExtension;
use tallyport_ledger::{BillingPeriod, Currency, DayRange, PeriodStatus};

pub use self::days::DailyParts;
pub use self::families::{Family, FamilyAsk};
pub use self::forecasts::KeptForecast;
pub use self::parts::{Parts, Spent};

use self::index::{Index, Of};
use self::kept::MonthSums;
use crate::number::{day_number, day_of, period_of};
use crate::sql::Sql;
use crate::{Reads, ScopeId, StoreError, Writes};

/// What bringing the sums up to date changed.
#[derive(Debug, Default)]
pub struct Settled {
    /// Scopes and months whose sums are others now.
    changed: HashSet<(i64, i64), RandomState>,
    /// The months that were summed anew.
    due: BTreeSet<i64>,
    sums: HashMap<i64, MonthSums, RandomState>,
}

/// A question: what a scope was charged on some days, which are one day or whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpentAsk {
    /// The scope.
    pub scope: ScopeId,
    /// The currency.
    pub currency: Currency,
    /// The days.
    pub span: DayRange,
}

/// Why an evaluation has something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Due {
    /// Months changed, or budgets did.
    pub sums: bool,
    /// It is another day than at the last evaluation.
    pub day: bool,
    /// Somebody wants to hear of an alert again.
    pub snoozed: bool,
}

impl Due {
    /// Whether there is anything to do.
    #[must_use]
    pub const fn any(self) -> bool {
        self.sums || self.day || self.snoozed
    }
}

impl Settled {
    /// Whether the sums of `scope` changed in a month that has days of `span`. Days are not kept, so any
    /// day of a changed month may have.
    #[must_use]
    pub fn touches(&self, scope: ScopeId, span: DayRange) -> bool {
        let month = |day: Date| day_number(day) / 100;
        (self.due.range(month(span.from())..=month(span.to())))
            .any(|due| self.changed.contains(&(scope.0, *due)))
    }

    /// How many sums changed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.changed.len()
    }

    /// Whether none did.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty()
    }
}

impl Reads<'_> {
    /// Whether budgets are to be evaluated, and why.
    ///
    /// # Errors
    /// The file's.
    pub fn evaluation_due(&self, today: Date, now: Timestamp) -> Result<Due, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM evaluation_due)
                    OR EXISTS (SELECT 1 FROM budget WHERE is_due = 1),
                    EXISTS (SELECT 1 FROM budget WHERE archived = 0)
                    AND NOT EXISTS (SELECT 1 FROM evaluation WHERE on_day = ?1),
                    EXISTS (SELECT 1 FROM alert WHERE state = 3 AND snoozed_until <= ?2)",
        )?;
        let today = day_number(today);
        Ok(query.query_row((today, now.as_millisecond()), |row| {
            Ok(Due {
                sums: row.get(0)?,
                day: row.get(1)?,
                snoozed: row.get(2)?,
            })
        })?)
    }

    /// The day of the last evaluation.
    ///
    /// # Errors
    /// The file's.
    pub fn evaluated_on(&self) -> Result<Option<Date>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT on_day FROM evaluation")?;
        let day: Option<i64> = query.query_row([], |row| row.get(0)).optional()?;
        day.map(day_of).transpose()
    }

    /// The months that have counted charges, with whether some of them are an estimate.
    ///
    /// # Errors
    /// The file's.
    pub fn counted_months(&self) -> Result<HashMap<BillingPeriod, bool>, StoreError> {
        let mut sql = Sql::new("SELECT period,");
        sql.bind("max(status = ?)", PeriodStatus::Estimated.number())
            .push("FROM period_version WHERE counts = 1 GROUP BY period");
        let months = sql.rows(self.connection, |row| {
            Ok::<_, StoreError>((period_of(row.get(0)?)?, row.get(1)?))
        })?;
        Ok(months.into_iter().collect())
    }

    /// The last day that has counted charges.
    ///
    /// # Errors
    /// The file's.
    pub fn last_counted_day(&self) -> Result<Option<Date>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT max(s.day) FROM axis_spend s
             JOIN period_version v ON v.stream = s.stream AND v.counts = 1
             WHERE s.axis = 4 AND v.period = (SELECT max(period) FROM period_version WHERE counts = 1)",
        )?;
        let day: Option<i64> = query.query_row([], |row| row.get(0))?;
        day.map(day_of).transpose()
    }

    /// What each question asks for, in the same order. Months as they were last settled.
    ///
    /// # Errors
    /// The file's.
    pub fn spent(&self, asks: &[SpentAsk]) -> Result<Vec<Spent>, StoreError> {
        self.spent_after(asks, &Settled::default())
    }

    /// As [`Reads::spent`], in the transaction that settled the sums.
    ///
    /// # Errors
    /// The file's.
    pub fn spent_after(
        &self,
        asks: &[SpentAsk],
        settled: &Settled,
    ) -> Result<Vec<Spent>, StoreError> {
        let by_day = self.spent_on_days(asks)?;
        let by_month = self.kept_for(asks, settled)?;
        let mut answers = Vec::with_capacity(asks.len());
        for ask in asks {
            let mut spent = Spent::default();
            if is_day(ask.span) {
                spent.add(
                    &by_day,
                    (ask.scope.0, day_number(ask.span.from())),
                    ask.currency,
                );
            } else {
                for month in ask.span.months() {
                    let month = day_number(month) / 100;
                    if let Some(sums) = settled.sums.get(&month).or_else(|| by_month.get(&month)) {
                        spent.add(sums, (ask.scope.0, 0), ask.currency);
                    }
                }
            }
            answers.push(spent);
        }
        Ok(answers)
    }
}

/// Whether a span is one day: a month never is.
fn is_day(span: DayRange) -> bool {
    span.from() == span.to()
}

impl Writes<'_> {
    /// Sums anew what is due: changed months for every scope that a live budget is about, all months
    /// for those that were never summed.
    ///
    /// # Errors
    /// The file's.
    pub fn settle_sums(&mut self) -> Result<Settled, StoreError> {
        let mut settled = Settled::default();
        let due: BTreeSet<i64> = Sql::new("SELECT month FROM evaluation_due")
            .rows(self.connection, |row| Ok::<i64, StoreError>(row.get(0)?))?
            .into_iter()
            .collect();
        let live = Index::of(self, &Of::Live)?;
        let fresh = Index::of(self, &Of::Unsummed)?;
        let counted = Sql::new("SELECT DISTINCT period FROM period_version WHERE counts = 1")
            .rows(self.connection, |row| Ok::<i64, StoreError>(row.get(0)?))?;
        let months: BTreeSet<i64> = due.iter().copied().chain(counted).collect();
        for month in months {
            let index = if due.contains(&month) { &live } else { &fresh };
            if index.is_empty() {
                continue;
            }
            let sums = self.scan(month, index, None)?;
            let known = self.kept_sums(month, index)?;
            let changed = self.keep_sums(month, &sums, &known)?;
            let changed = changed.into_iter().map(|scope| (scope, month));
            settled.changed.extend(changed);
            settled.due.insert(month);
            if due.contains(&month) {
                settled.sums.insert(month, sums);
            }
        }
        if !fresh.is_empty() {
            self.connection.execute(
                "UPDATE budget_scope SET is_summed = 1 WHERE is_summed = 0 AND EXISTS
                     (SELECT 1 FROM budget b WHERE b.scope_id = budget_scope.id AND b.archived = 0)",
                [],
            )?;
        }
        Ok(settled)
    }

    /// Notes that what was due is done.
    ///
    /// # Errors
    /// The disk's.
    pub fn evaluated(&mut self, today: Date, now: Timestamp) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM evaluation_due", [])?;
        self.connection
            .execute("UPDATE budget SET is_due = 0 WHERE is_due = 1", [])?;
        self.connection.execute(
            "INSERT INTO evaluation (one, on_day, at) VALUES (1, ?1, ?2)
             ON CONFLICT (one) DO UPDATE SET on_day = excluded.on_day, at = excluded.at",
            (day_number(today), now.as_millisecond()),
        )?;
        Ok(())
    }

    /// Notes that the charges of a stream have other owners.
    pub(crate) fn note_due(&mut self, stream: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO evaluation_due
                 SELECT DISTINCT period FROM period_version WHERE stream = ?1",
            )?
            .execute([stream])?;
        Ok(())
    }
}
