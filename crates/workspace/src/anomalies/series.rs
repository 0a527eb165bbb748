//! The days of an account as they are watched: which are known, and which are told whole.

use jiff::ToSpan;
use jiff::civil::Date;
use tallyport_insight::anomaly::{Days, FEWEST_DAYS};
use tallyport_ledger::{BillingPeriod, Currency, Money};
use tallyport_store::{LeafMonth, WatchedMonth};

/// Days at the end of an estimate that the provider still adds to.
const UNFINISHED: usize = 3;
/// Months that are looked back at most.
const MONTHS: usize = 26;

/// The days of an account.
pub(super) struct AccountDays {
    pub first: BillingPeriod,
    pub last: Date,
    pub days: Days,
    pub finished: usize,
    months: Vec<WatchedMonth>,
    known: Vec<bool>,
}

impl AccountDays {
    /// The days that the bills of these months tell of, to the last that has anything; `None` if none has.
    pub fn of(months: Vec<WatchedMonth>) -> Option<Self> {
        let begin = months.len().saturating_sub(MONTHS);
        let months = months.into_iter().skip(begin).collect::<Vec<_>>();
        let first = months.first()?.period;
        let latest = months.iter().rev().find(|month| month.used != 0)?;
        let last = if latest.estimated {
            last_used(latest)
        } else {
            latest.period.last_day()
        };
        let count = first.first_day().until(last).ok()?.get_days() + 1;
        let count = usize::try_from(count).ok()?;
        let days = Days::new(first.first_day(), count);
        let mut known = vec![false; count];
        let (mut told, mut used) = (0, 0);
        for day in months.iter().flat_map(loaded_days) {
            if let Some(place) = days.place(day.0) {
                known[place] = true;
                told += 1;
                used += usize::from(day.1);
            }
        }
        // Where something is used nearly every day, a day without anything is one that is missing.
        if 3 * used > 2 * told {
            for (day, _) in months.iter().flat_map(loaded_days).filter(|day| !day.1) {
                if let Some(place) = days.place(day) {
                    known[place] = false;
                }
            }
        }
        let finished = if latest.estimated {
            count.saturating_sub(UNFINISHED)
        } else {
            count
        };
        Some(Self {
            first,
            last,
            days,
            finished,
            months,
            known,
        })
    }

    /// Which days are known and believed in a currency.
    pub fn known_in(&self, currency: Currency) -> Vec<bool> {
        let mut known = self.known.clone();
        let held = |month: &&WatchedMonth| month.held.contains(&currency);
        for (day, _) in self.months.iter().filter(held).flat_map(loaded_days) {
            if let Some(place) = self.days.place(day) {
                known[place] = false;
            }
        }
        known
    }

    /// Whether so few days are known that nothing can be told of any leaf.
    pub fn are_few(&self) -> bool {
        self.known.iter().filter(|known| **known).count() < FEWEST_DAYS
    }

    /// What a leaf cost on each of the days.
    pub fn amounts(&self, currency: Currency, months: &[LeafMonth]) -> Vec<Money> {
        let mut amounts = vec![Money::zero(currency); self.days.len()];
        for month in months {
            let Some(begin) = self.days.place(month.period.first_day()) else {
                continue;
            };
            for (amount, there) in month.days.iter().zip(&mut amounts[begin..]) {
                // A short month has nothing on days that it does not have.
                if !amount.is_zero() {
                    *there = *amount;
                }
            }
        }
        amounts
    }

    /// The month before the last, from which on leaves may still change their story.
    pub fn lately(&self) -> BillingPeriod {
        let last = BillingPeriod::of(self.last).unwrap_or(self.first);
        last.previous().unwrap_or(last)
    }
}

/// The days of a month and whether anything was used on them.
fn loaded_days(month: &WatchedMonth) -> impl Iterator<Item = (Date, bool)> + '_ {
    let first = month.period.first_day();
    let count = i32::from(first.days_in_month());
    (0..count).map(move |day| {
        let used = month.used >> day & 1 == 1;
        (first.saturating_add(day.days()), used)
    })
}

fn last_used(month: &WatchedMonth) -> Date {
    let day = i32::try_from(31 - month.used.leading_zeros()).unwrap_or(0);
    month.period.first_day().saturating_add(day.days())
}
