//! The periods of budgets: days, months, quarters and years of the calendar, in UTC.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::DayRange;
use crate::charge::words;

words!(
    /// For how long a budget's limit holds.
    BudgetPeriod, "a budget's period (day, month, quarter or year)" {
        /// Each day.
        Day = 1 "day",
        /// Each month.
        Month = 2 "month",
        /// Each quarter of the calendar year.
        Quarter = 3 "quarter",
        /// Each calendar year.
        Year = 4 "year",
    }
);

/// How many days before today are watched: bills come late, and are corrected for some days.
const DAYS_WATCHED: usize = 7;

impl BudgetPeriod {
    /// The period that `day` lies in.
    #[must_use]
    pub fn of(self, day: Date) -> DayRange {
        let (from, to) = match self {
            Self::Day => (day, day),
            Self::Month => (day.first_of_month(), day.last_of_month()),
            Self::Quarter => {
                let first = (day.month() - 1) / 3 * 3 + 1;
                let from = Date::constant(day.year(), first, 1);
                let to = Date::constant(day.year(), first + 2, 1).last_of_month();
                (from, to)
            }
            Self::Year => (day.first_of_year(), day.last_of_year()),
        };
        // From a first day to a last one of the same period: never reversed.
        DayRange::new(from, to).unwrap_or_else(|_| DayRange::day(day))
    }

    /// The period before `span`; `None` before the calendar begins.
    #[must_use]
    pub fn before(self, span: DayRange) -> Option<DayRange> {
        span.from().yesterday().ok().map(|day| self.of(day))
    }

    /// The period after `span`; `None` after the calendar ends.
    #[must_use]
    pub fn after(self, span: DayRange) -> Option<DayRange> {
        span.to().tomorrow().ok().map(|day| self.of(day))
    }

    /// The periods for which somebody is told on `today`, the earliest first: the one that runs and, since
    /// bills come late, the one before it (of days: a week). Never those that ended before `starts`.
    #[must_use]
    pub fn watched(self, today: Date, starts: Date) -> Vec<DayRange> {
        let back = match self {
            Self::Day => DAYS_WATCHED - 1,
            Self::Month | Self::Quarter | Self::Year => 1,
        };
        let mut spans = vec![self.of(today)];
        for _ in 0..back {
            match spans.last().and_then(|span| self.before(*span)) {
                Some(span) => spans.push(span),
                None => break,
            }
        }
        spans.retain(|span| span.to() >= starts && span.from() <= today);
        spans.reverse();
        spans
    }

    /// How many of these are about a year: what a suggestion looks back on.
    #[must_use]
    pub const fn look_back(self) -> usize {
        match self {
            Self::Day => 60,
            Self::Month => 12,
            Self::Quarter => 4,
            Self::Year => 1,
        }
    }
}

impl DayRange {
    /// The months its days lie in, as their first days.
    pub fn months(self) -> impl Iterator<Item = Date> {
        let last = self.to();
        std::iter::successors(Some(self.from().first_of_month()), move |month| {
            month.checked_add(1.month()).ok()
        })
        .take_while(move |month| *month <= last)
    }
}
