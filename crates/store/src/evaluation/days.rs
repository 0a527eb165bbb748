//! What scopes were charged day by day, which is not kept: for budgets of a day, and for forecasts.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::RandomState;
use jiff::civil::Date;
use tallyport_ledger::{Currency, DayRange};

use super::index::{Index, Of};
use super::kept::MonthSums;
use super::{Parts, SpentAsk, is_day};
use crate::number::{day_number, day_of};
use crate::{Reads, ScopeId, StoreError};

/// What scopes were charged, day by day; `None` where something of it lies in quarantine.
pub type DailyParts = HashMap<(ScopeId, Currency), BTreeMap<Date, Option<Parts>>>;

impl Reads<'_> {
    /// What is asked for about single days.
    pub(super) fn spent_on_days(&self, asks: &[SpentAsk]) -> Result<MonthSums, StoreError> {
        let mut months: BTreeMap<i64, (i64, i64, HashSet<i64, RandomState>)> = BTreeMap::new();
        for ask in asks.iter().filter(|ask| is_day(ask.span)) {
            let day = day_number(ask.span.from());
            let of = months
                .entry(day / 100)
                .or_insert_with(|| (day, day, HashSet::default()));
            of.0 = of.0.min(day);
            of.1 = of.1.max(day);
            of.2.insert(ask.scope.0);
        }
        let mut sums = MonthSums::default();
        for (month, (from, to, scopes)) in months {
            let index = Index::of(self, &Of::These(&scopes))?;
            sums.extend(self.scan(month, &index, Some((from, to)))?);
        }
        Ok(sums)
    }

    /// What each of `scopes` was charged on each of `days`; days without charges are left out. One pass for
    /// all of them.
    ///
    /// # Errors
    /// The file's.
    pub fn daily_parts(
        &self,
        scopes: &[ScopeId],
        days: DayRange,
    ) -> Result<DailyParts, StoreError> {
        let these: HashSet<i64, RandomState> = scopes.iter().map(|scope| scope.0).collect();
        let index = Index::of(self, &Of::These(&these))?;
        let mut daily = DailyParts::new();
        let (first, last) = (day_number(days.from()), day_number(days.to()));
        for month in days.months() {
            let month = day_number(month) / 100;
            let within = (first.max(month * 100 + 1), last.min(month * 100 + 31));
            for ((scope, day, currency, doubted), parts) in
                self.scan(month, &index, Some(within))?
            {
                let of = daily.entry((ScopeId(scope), currency)).or_default();
                let known = of
                    .entry(day_of(day)?)
                    .or_insert_with(|| Some(Parts::default()));
                match known {
                    Some(_) if doubted => *known = None,
                    Some(sum) => sum.plus(&parts),
                    None => {}
                }
            }
        }
        Ok(daily)
    }
}
