//! Days as the model counts them: from the first day of the company's history.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::error::SandboxError;

/// Where the company's history begins, and the day it was founded on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    pub first_day: Date,
    pub founded_on: Date,
}

/// One day of the history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day {
    pub date: Date,
    /// Days since the first day.
    pub index: i32,
    /// How many days ago it is.
    pub age: i32,
    pub days_in_month: i32,
    pub is_weekend: bool,
}

impl Calendar {
    pub fn before(founded_on: Date) -> Result<Self, SandboxError> {
        let first_day = founded_on
            .first_of_month()
            .checked_sub(12.months())
            .map_err(|_| SandboxError::Date(founded_on))?;
        Ok(Self {
            first_day,
            founded_on,
        })
    }

    /// Days from the first day to `date`.
    pub fn index(&self, date: Date) -> i32 {
        days_between(self.first_day, date)
    }

    /// The day that many days after the first.
    pub fn date(&self, index: i32) -> Date {
        self.first_day.saturating_add(index.days())
    }

    /// A day of which all is known.
    pub fn settled(&self, date: Date) -> Day {
        Day {
            date,
            index: self.index(date),
            age: i32::MAX,
            days_in_month: i32::from(date.days_in_month()),
            is_weekend: date.weekday().to_monday_zero_offset() >= 5,
        }
    }

    /// Every day until today, today included.
    pub fn until(&self, today: Date) -> Vec<Day> {
        let last = self.index(today);
        (0..=last)
            .map(|index| {
                let date = self.date(index);
                Day {
                    index,
                    age: last - index,
                    ..self.settled(date)
                }
            })
            .collect()
    }
}

/// Days from `from` to `to`.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
