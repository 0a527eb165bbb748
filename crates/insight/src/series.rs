use jiff::ToSpan;
use jiff::civil::Date;
use tallyport_ledger::{Currency, Money};

/// Days before today that may not be billed in full.
const UNSETTLED: usize = 3;

/// One amount a day, in one currency, without a day left out. A day that nothing is known about (a source
/// that is missing, a month in quarantine) is a gap and not a day of nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    first_day: Date,
    currency: Currency,
    amounts: Vec<Option<Money>>,
}

/// Why amounts are no series.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeriesError {
    /// Not one day.
    #[error("a series needs a day")]
    Empty,
    /// Currencies met.
    #[error("{0} and {1} cannot be in one series: currencies are never mixed")]
    Mixed(Currency, Currency),
    /// Its days run out of the calendar.
    #[error("a series of {0} days from {1} does not end within the calendar")]
    TooLong(usize, Date),
}

impl Series {
    /// The amounts of consecutive days from `first_day` on.
    ///
    /// # Errors
    /// No amount, two currencies, or days beyond the calendar.
    pub fn new(first_day: Date, amounts: Vec<Money>) -> Result<Self, SeriesError> {
        let currency = amounts.first().ok_or(SeriesError::Empty)?.currency();
        Self::with_gaps(first_day, currency, amounts.into_iter().map(Some).collect())
    }

    /// The amounts of consecutive days from `first_day` on; `None` where nothing is known.
    ///
    /// # Errors
    /// As [`Series::new`].
    pub fn with_gaps(
        first_day: Date,
        currency: Currency,
        amounts: Vec<Option<Money>>,
    ) -> Result<Self, SeriesError> {
        let days = amounts.len();
        if days == 0 {
            return Err(SeriesError::Empty);
        }
        if let Some(other) = amounts.iter().flatten().find(|a| a.currency() != currency) {
            return Err(SeriesError::Mixed(currency, other.currency()));
        }
        let span = i32::try_from(days).ok().map(|days| days.days());
        if span.is_none_or(|span| first_day.checked_add(span).is_err()) {
            return Err(SeriesError::TooLong(days, first_day));
        }
        Ok(Self {
            first_day,
            currency,
            amounts,
        })
    }

    /// Its first day.
    #[must_use]
    pub const fn first_day(&self) -> Date {
        self.first_day
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.day(self.amounts.len() - 1)
    }

    /// Its currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Day by day; `None` where nothing is known.
    #[must_use]
    pub fn amounts(&self) -> &[Option<Money>] {
        &self.amounts
    }

    /// The day of place `at`, also beyond its end.
    #[must_use]
    pub fn day(&self, at: usize) -> Date {
        let span = i32::try_from(at).unwrap_or(i32::MAX).days();
        self.first_day.saturating_add(span)
    }

    /// The amount of `day`, if it lies within and is known.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<Money> {
        let at = usize::try_from(days_between(self.first_day, day)).ok()?;
        self.amounts.get(at).copied().flatten()
    }

    /// The part that can be believed on the day `today`: that day and later ones are not over, and of the last
    /// three before, those that cost far less than such weekdays did have not been billed in full yet. (AWS's
    /// figures are up to a day behind and are refreshed for two more.) Nothing if no day is left.
    #[must_use]
    pub fn settled(&self, today: Date) -> Option<Self> {
        let known = days_between(self.first_day, today).max(0);
        let mut days = usize::try_from(known).ok()?.min(self.amounts.len());
        let last = days;
        for at in (last.saturating_sub(UNSETTLED)..last).rev() {
            if self.is_unfinished(at) {
                days = at;
            }
        }
        self.before(self.day(days))
    }

    /// Whether the day costs less than three quarters of the least of the same weekdays of four weeks.
    fn is_unfinished(&self, at: usize) -> bool {
        let weeks = (1..=4).filter_map(|weeks| at.checked_sub(weeks * 7));
        let before: Vec<i128> = weeks
            .filter_map(|at| Some(self.amounts.get(at).copied().flatten()?.nanos()))
            .collect();
        let Some(least) = before.iter().min().filter(|_| before.len() >= 2) else {
            return false;
        };
        let amount = self.amounts.get(at).copied().flatten();
        *least > 0 && amount.is_none_or(|amount| amount.nanos() < *least / 4 * 3)
    }

    /// What lies before `day`; nothing if that is not a day.
    #[must_use]
    pub fn before(&self, day: Date) -> Option<Self> {
        let days = usize::try_from(days_between(self.first_day, day)).ok()?;
        if days == 0 {
            return None;
        }
        let mut part = self.clone();
        part.amounts.truncate(days);
        Some(part)
    }
}

/// Days from one day to another; negative if the other is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn amounts(texts: &[&str], currency: Currency) -> Vec<Money> {
        let amount = |text: &&str| Money::parse(text, currency).expect("an amount");
        texts.iter().map(amount).collect()
    }

    #[test]
    fn a_series_knows_its_days_through_a_leap_day() {
        let dollars: Currency = "USD".parse().expect("a currency");
        let series = Series::new(date(2024, 2, 27), amounts(&["1", "2", "3", "4"], dollars));
        let series = series.expect("a series");
        assert_eq!(series.last_day(), date(2024, 3, 1));
        assert_eq!(
            series.on(date(2024, 2, 29)).map(|a| a.to_decimal(0)),
            Some("3".into())
        );
        assert_eq!(series.on(date(2024, 3, 2)), None);
        let before = series.before(date(2024, 2, 29)).expect("two days");
        assert_eq!(before.last_day(), date(2024, 2, 28));
        assert_eq!(series.before(date(2024, 2, 27)), None);
    }

    #[test]
    fn amounts_of_two_currencies_or_of_no_day_are_no_series() {
        let dollars: Currency = "USD".parse().expect("a currency");
        let euros: Currency = "EUR".parse().expect("a currency");
        let mut both = amounts(&["1"], dollars);
        both.extend(amounts(&["1"], euros));
        assert_eq!(
            Series::new(date(2026, 1, 1), both),
            Err(SeriesError::Mixed(dollars, euros))
        );
        assert_eq!(
            Series::new(date(2026, 1, 1), Vec::new()),
            Err(SeriesError::Empty)
        );
        let long = amounts(&["1"; 40], dollars);
        assert_eq!(
            Series::new(date(9999, 12, 1), long),
            Err(SeriesError::TooLong(40, date(9999, 12, 1)))
        );
    }
}
