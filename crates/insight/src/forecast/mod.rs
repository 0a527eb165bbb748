//! What the next days cost: methods compete in a rolling back-test, the winner must beat the same weekday of
//! last week, and the bands are what the back-test was wrong by (conformal), for days and for sums.

mod bands;
mod candidate;
mod course;
mod drift;
mod fill;
mod method;
mod months;
mod naive;
mod prepared;
mod scheduled;
mod smoothing;
mod stl;
mod theta;
mod trial;
mod weekly;
mod yearly;

use jiff::civil::Date;
use tallyport_ledger::{Currency, Money};

use crate::border::{money, units};
use crate::calendar;
use crate::series::{Series, days_between};
use bands::Errors;
pub use method::{Method, Reason};
pub use scheduled::{Scheduled, ScheduledKind, recurring};
pub use trial::{Backtest, Trial, try_methods};

/// Parts of a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PerMille(pub u16);

/// What is expected, and the bands that 80 and 95 of a hundred outcomes lie in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Expected.
    pub expected: Money,
    /// The lower end of the 80 % band.
    pub low80: Money,
    /// The upper end of the 80 % band.
    pub high80: Money,
    /// The lower end of the 95 % band.
    pub low95: Money,
    /// The upper end of the 95 % band.
    pub high95: Money,
}

/// A day to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastDay {
    /// The day.
    pub day: Date,
    /// What it may cost, with what is scheduled for it.
    pub band: Band,
}

/// What the days after a series may cost.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// By which method.
    pub method: Method,
    /// Why there is none, if there is none.
    pub reason: Option<Reason>,
    /// Day by day, from the day after the series; none without a method.
    pub days: Vec<ForecastDay>,
    /// How far off the method was on the days that are known; `None` without a method.
    pub backtest: Option<Backtest>,
    currency: Currency,
    errors: Errors,
}

/// What the days after `history` until `last_day` may cost. What is `scheduled` for them is added as it is:
/// `history` must not hold charges of that kind.
#[must_use]
pub fn forecast(history: &Series, scheduled: &[Scheduled], last_day: Date) -> Forecast {
    try_methods(history)
        .forecast(history, last_day)
        .with(scheduled)
}

impl Trial {
    /// As [`forecast()`] by the method that won this trial, with nothing scheduled. The history may have grown
    /// by some days since.
    #[must_use]
    pub fn forecast(&self, history: &Series, last_day: Date) -> Forecast {
        let currency = history.currency();
        let mut forecast = Forecast {
            method: self.method,
            reason: self.reason,
            days: Vec::new(),
            backtest: self.backtest,
            currency,
            errors: Errors::default(),
        };
        let horizon = usize::try_from(days_between(history.last_day(), last_day)).unwrap_or(0);
        if self.method == Method::None || horizon == 0 {
            return forecast;
        }
        let Some(known) = fill::known(history) else {
            forecast.method = Method::None;
            forecast.reason = Some(Reason::TooShort { days: 0 });
            return forecast;
        };
        let facts = calendar::days(known.first_day, known.values.len() + horizon);
        let horizon = horizon.min(facts.len() - known.values.len());
        let expected = self.predict(&facts, &known.values, horizon);
        forecast.errors = self.errors.scaled(bands::scale(&known.values));
        for (at, expected) in expected.into_iter().enumerate() {
            forecast.days.push(ForecastDay {
                day: history.day(history.amounts().len() + at),
                band: forecast.errors.around(at, at, expected, currency),
            });
        }
        forecast
    }
}

impl Forecast {
    /// With what is scheduled added to its days, as it is.
    #[must_use]
    pub fn with(mut self, scheduled: &[Scheduled]) -> Self {
        for event in scheduled {
            if let Some(day) = self.days.iter_mut().find(|day| day.day == event.day) {
                day.band = day.band.plus(event.amount);
            }
        }
        self
    }

    /// What the days from `from` to `to` cost together, of those that are forecast. The bands are of such
    /// sums in the back-test, which are narrower than the sums of the days' bands. `None` without a method.
    #[must_use]
    pub fn total(&self, from: Date, to: Date) -> Option<Band> {
        if self.method == Method::None {
            return None;
        }
        let Some((first, last)) = self.places(from, to) else {
            let nothing = Money::zero(self.currency);
            return Some(Band::exactly(nothing));
        };
        let expected = self.expected(first, last);
        let mut band = self
            .errors
            .around(first, last, units(expected), self.currency);
        // To the letter the sum of the days that are shown.
        band.expected = expected;
        Some(band)
    }

    /// How likely the days from `from` to `to` cost more than `limit` together: a budget's limit less what
    /// was spent already. `None` without a method.
    #[must_use]
    pub fn chance_of_exceeding(&self, from: Date, to: Date, limit: Money) -> Option<PerMille> {
        if self.method == Method::None {
            return None;
        }
        let Some((first, last)) = self.places(from, to) else {
            return Some(PerMille(if limit.nanos() < 0 { 1000 } else { 0 }));
        };
        let expected = units(self.expected(first, last));
        Some(self.errors.chance(first, last, units(limit) - expected))
    }

    fn expected(&self, first: usize, last: usize) -> Money {
        let days = self.days.iter().take(last + 1).skip(first);
        let nanos = days.fold(0_i128, |sum, day| {
            sum.saturating_add(day.band.expected.nanos())
        });
        Money::from_nanos(nanos, self.currency)
    }

    /// The places of the first and last forecast day within.
    fn places(&self, from: Date, to: Date) -> Option<(usize, usize)> {
        let first = self.days.iter().position(|day| day.day >= from)?;
        let last = self.days.iter().rposition(|day| day.day <= to)?;
        (first <= last).then_some((first, last))
    }
}

impl Band {
    /// The band of what is known.
    #[must_use]
    pub const fn exactly(amount: Money) -> Self {
        Self {
            expected: amount,
            low80: amount,
            high80: amount,
            low95: amount,
            high95: amount,
        }
    }

    /// The band a known amount further up. An amount in another currency moves nothing.
    #[must_use]
    pub fn plus(self, by: Money) -> Self {
        let moved = |amount: Money| amount.plus(by).unwrap_or(amount);
        Self {
            expected: moved(self.expected),
            low80: moved(self.low80),
            high80: moved(self.high80),
            low95: moved(self.low95),
            high95: moved(self.high95),
        }
    }

    fn of(expected: f64, errors: [f64; 4], currency: Currency) -> Self {
        let [low95, low80, high80, high95] = errors.map(|error| money(expected + error, currency));
        Self {
            expected: money(expected, currency),
            low80,
            high80,
            low95,
            high95,
        }
    }
}
