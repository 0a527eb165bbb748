use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;

/// A billing period: one month, in UTC, as bills have it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BillingPeriod {
    year: i16,
    month: i8,
}

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayRange {
    from: Date,
    to: Date,
}

/// Why something is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Not `YYYY-MM`.
    #[error("\"{0}\" is not a month: YYYY-MM between 2006-01 and 2199-12 is expected")]
    NotAMonth(String),
    /// The last day lies before the first.
    #[error("{0} lies after {1}: the first day must not be later than the last")]
    Reversed(Date, Date),
}

impl BillingPeriod {
    /// The month `month` (1 to 12) of `year`. AWS has billed since 2006.
    ///
    /// # Errors
    /// [`PeriodError::NotAMonth`].
    pub fn new(year: i16, month: i8) -> Result<Self, PeriodError> {
        if (2006..=2199).contains(&year) && (1..=12).contains(&month) {
            Ok(Self { year, month })
        } else {
            Err(PeriodError::NotAMonth(format!("{year}-{month:02}")))
        }
    }

    /// The month that `day` lies in.
    ///
    /// # Errors
    /// [`PeriodError::NotAMonth`] for a day before 2006 or after 2199.
    pub fn of(day: Date) -> Result<Self, PeriodError> {
        Self::new(day.year(), day.month())
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        Date::constant(self.year, self.month, 1)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// All its days.
    #[must_use]
    pub fn days(self) -> DayRange {
        DayRange {
            from: self.first_day(),
            to: self.last_day(),
        }
    }

    /// The month before.
    ///
    /// # Errors
    /// [`PeriodError::NotAMonth`] before January 2006.
    pub fn previous(self) -> Result<Self, PeriodError> {
        if self.month == 1 {
            Self::new(self.year - 1, 12)
        } else {
            Self::new(self.year, self.month - 1)
        }
    }

    /// The month after.
    ///
    /// # Errors
    /// [`PeriodError::NotAMonth`] after December 2199.
    pub fn next(self) -> Result<Self, PeriodError> {
        if self.month == 12 {
            Self::new(self.year + 1, 1)
        } else {
            Self::new(self.year, self.month + 1)
        }
    }

    /// The number YYYYMM.
    #[must_use]
    pub fn number(self) -> i32 {
        i32::from(self.year) * 100 + i32::from(self.month)
    }

    /// The period of the number YYYYMM.
    ///
    /// # Errors
    /// [`PeriodError::NotAMonth`].
    pub fn from_number(number: i32) -> Result<Self, PeriodError> {
        let refused = || PeriodError::NotAMonth(number.to_string());
        let year = i16::try_from(number / 100).map_err(|_| refused())?;
        let month = i8::try_from(number % 100).map_err(|_| refused())?;
        Self::new(year, month)
    }
}

impl FromStr for BillingPeriod {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let refused = || PeriodError::NotAMonth(text.chars().take(40).collect());
        let (year, month) = text.split_once('-').ok_or_else(refused)?;
        if year.len() != 4 || month.len() != 2 || !text.is_ascii() {
            return Err(refused());
        }
        Self::new(
            year.parse().map_err(|_| refused())?,
            month.parse().map_err(|_| refused())?,
        )
        .map_err(|_| refused())
    }
}

impl fmt::Display for BillingPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Debug for BillingPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl DayRange {
    /// The days `from` to `to`, both included.
    ///
    /// # Errors
    /// [`PeriodError::Reversed`].
    pub fn new(from: Date, to: Date) -> Result<Self, PeriodError> {
        if from <= to {
            Ok(Self { from, to })
        } else {
            Err(PeriodError::Reversed(from, to))
        }
    }

    /// One day.
    #[must_use]
    pub const fn day(day: Date) -> Self {
        Self { from: day, to: day }
    }

    /// The first day.
    #[must_use]
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day.
    #[must_use]
    pub fn to(self) -> Date {
        self.to
    }

    /// Whether `day` is one of them.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Each of them, in order.
    pub fn each(self) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.from), move |day| {
            day.tomorrow().ok().filter(|next| *next <= self.to)
        })
    }

    /// How many days.
    #[must_use]
    pub fn len(self) -> i32 {
        self.from.until(self.to).map_or(0, |span| span.get_days()) + 1
    }

    /// Never: a range has at least one day.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        false
    }

    /// The range of the same kind just before: a whole month's is the month before, any other's
    /// has as many days.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        let end = self.from.yesterday().ok()?;
        let whole_month = self.from.day() == 1 && self.to == self.from.last_of_month();
        let start = if whole_month {
            end.first_of_month()
        } else {
            end.checked_sub((self.len() - 1).days()).ok()?
        };
        Some(Self {
            from: start,
            to: end,
        })
    }
}
