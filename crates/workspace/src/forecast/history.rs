//! What is known of each row, day by day: usage as a series, the rest as events.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use tallyport_insight::{Scheduled, ScheduledKind, Series};
use tallyport_ledger::{BillingPeriod, ChargeCategory, Currency, DayRange, Money};
use tallyport_store::{DailyRows, KnownMonth, RowName};

use crate::WorkspaceError;

/// What is known of a row in one currency.
#[derive(Debug, Clone)]
pub struct History {
    /// The row.
    pub name: RowName,
    /// Its usage on the days that can be believed; `None` if there are none.
    pub usage: Option<Series>,
    /// Its other charges on all days.
    pub events: Vec<Scheduled>,
    /// All its charges on all days that have some.
    pub actual: BTreeMap<Date, Money>,
    /// The last day that bills reach to.
    pub known_to: Date,
    currency: Currency,
}

/// Which days of a scope are known.
#[derive(Debug, Clone)]
pub struct Known {
    first: Date,
    last: Date,
    gaps: BTreeSet<BillingPeriod>,
}

impl Known {
    /// The days that `months` of billing accounts make known. A month is a gap if one of the accounts lacks it
    /// that has months before and after it, or is the newest and lacks it only yet, or if it is in quarantine.
    pub fn of(months: &[KnownMonth], within: DayRange) -> Option<Self> {
        let newest = months.iter().map(|month| month.period).max()?;
        let oldest = months.iter().map(|month| month.period).min()?;
        let last = months.iter().filter_map(|month| month.known_to).max()?;
        let mut by_account: BTreeMap<i64, BTreeSet<BillingPeriod>> = BTreeMap::new();
        let mut gaps = BTreeSet::new();
        for month in months {
            let of_account = by_account.entry(month.billing_account).or_default();
            of_account.insert(month.period);
            if month.quarantined {
                gaps.insert(month.period);
            }
        }
        for has in by_account.values() {
            let (Some(first), Some(until)) = (has.first().copied(), has.last().copied()) else {
                continue;
            };
            // A bill that is a month behind the others is late; what is further behind has ended.
            let until = if until.next().ok() == Some(newest) {
                newest
            } else {
                until
            };
            let mut month = first;
            while month < until {
                let Ok(next) = month.next() else { break };
                month = next;
                if !has.contains(&month) {
                    gaps.insert(month);
                }
            }
        }
        Some(Self {
            first: oldest.first_day().max(within.from()),
            last: last.min(within.to()),
            gaps,
        })
    }

    fn has(&self, day: Date) -> bool {
        BillingPeriod::of(day).is_ok_and(|month| !self.gaps.contains(&month))
    }
}

/// The history of each row in each currency.
pub fn histories(
    rows: &DailyRows,
    known: &Known,
    today: Date,
) -> Result<Vec<History>, WorkspaceError> {
    /// Sums of a row on their way.
    #[derive(Default)]
    struct Sums {
        usage: BTreeMap<Date, i128>,
        events: BTreeMap<(Date, ScheduledKind), i128>,
        actual: BTreeMap<Date, i128>,
    }
    let mut found: BTreeMap<(usize, Currency), Sums> = BTreeMap::new();
    for sum in &rows.sums {
        let (nanos, currency) = (sum.amount.nanos(), sum.amount.currency());
        let sums = found.entry((sum.row, currency)).or_default();
        *sums.actual.entry(sum.day).or_default() += nanos;
        match kind(sum.category) {
            None => *sums.usage.entry(sum.day).or_default() += nanos,
            Some(kind) => *sums.events.entry((sum.day, kind)).or_default() += nanos,
        }
    }
    found
        .into_iter()
        .map(|((row, currency), sums)| {
            let money = |nanos| Money::from_nanos(nanos, currency);
            let days = known
                .first
                .series(1.day())
                .take_while(|day| *day <= known.last);
            let amounts: Vec<Option<Money>> = days
                .map(|day| {
                    let nanos = sums.usage.get(&day).copied().unwrap_or(0);
                    known.has(day).then_some(money(nanos))
                })
                .collect();
            let usage = believed(known.first, currency, amounts, today);
            let event = |((day, kind), nanos)| Scheduled {
                day,
                amount: money(nanos),
                kind,
            };
            Ok(History {
                name: rows
                    .rows
                    .get(row)
                    .cloned()
                    .unwrap_or_else(RowName::everything),
                usage,
                events: sums.events.into_iter().map(event).collect(),
                actual: sums
                    .actual
                    .into_iter()
                    .map(|(day, n)| (day, money(n)))
                    .collect(),
                known_to: known.last,
                currency,
            })
        })
        .collect()
}

/// The series up to the last day that is known and billed in full.
fn believed(
    first: Date,
    currency: Currency,
    mut amounts: Vec<Option<Money>>,
    today: Date,
) -> Option<Series> {
    while amounts.last().is_some_and(Option::is_none) {
        amounts.pop();
    }
    let series = Series::with_gaps(first, currency, amounts).ok()?;
    series.settled(today)
}

/// What kind of event a charge is; usage is none.
const fn kind(category: ChargeCategory) -> Option<ScheduledKind> {
    match category {
        ChargeCategory::Usage => None,
        ChargeCategory::Purchase => Some(ScheduledKind::Purchase),
        ChargeCategory::Tax => Some(ScheduledKind::Tax),
        ChargeCategory::Credit => Some(ScheduledKind::Credit),
        ChargeCategory::Adjustment => Some(ScheduledKind::Adjustment),
    }
}

impl History {
    /// Its currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// What it cost in the last sixty days, for the order of rows.
    #[must_use]
    pub fn lately(&self) -> i128 {
        let from = self.known_to.saturating_sub(60.days());
        self.actual
            .range(from..)
            .map(|(_, amount)| amount.nanos())
            .sum()
    }

    /// What the days from `from` to `to` cost.
    #[must_use]
    pub fn spent(&self, from: Date, to: Date) -> Money {
        if from > to {
            return Money::zero(self.currency);
        }
        let nanos = self
            .actual
            .range(from..=to)
            .map(|(_, amount)| amount.nanos());
        Money::from_nanos(nanos.sum(), self.currency)
    }
}
