//! What is unusual in the daily cost of one thing: an account's use of one usage type of a service.
//!
//! Each day is laid beside what the days before lead one to expect: the level of the last days, times the
//! weekday's usual part of it, in units of the series' own noise. Medians throughout, so that what was
//! unusual does not become what is expected. What comes back on the same days of each month is expected,
//! and so is a new level once it has stood for a month.

mod baseline;
mod cause;
mod days;
mod drift;
mod feedback;
mod follow;
mod gather;
mod learning;
mod recurring;
mod sparse;
mod statistics;
mod watch;

use jiff::civil::Date;
use tallyport_ledger::Money;

pub use cause::{Cause, Part, causes};
pub use days::Days;
pub use feedback::{Judged, Verdict};
pub use gather::{Gathered, gather};

/// What kind of unusual it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A few days that cost more, and then no longer.
    Spike,
    /// A few days that cost less.
    Drop,
    /// More or less from a day on, for a week at least.
    Level,
    /// Something that was never used before.
    New,
    /// More or less, little by little.
    Drift,
    /// A single charge where there usually is none.
    OneOff,
}

/// Something unusual in one series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anomaly {
    /// The first day.
    pub from: Date,
    /// The last day; a new level is told for thirty days at most, then it is what is usual.
    pub to: Date,
    /// What kind.
    pub kind: Kind,
    /// What these days were expected to cost.
    pub expected: Money,
    /// What they cost.
    pub actual: Money,
}

/// A series to look at: one amount a day.
#[derive(Debug, Clone, Copy)]
pub struct Watched<'a> {
    /// The days.
    pub days: &'a Days,
    /// What each day cost.
    pub amounts: &'a [Money],
    /// Whether the bill of each day is there at all: a month that was not loaded did not cost nothing.
    pub known: &'a [bool],
    /// How many of the days are told whole. What comes after them still grows: it can be too much
    /// already, but never too little.
    pub finished: usize,
    /// Less than this at stake is not worth a word.
    pub least: Money,
    /// What people said of earlier ones in this series.
    pub judged: &'a [Judged],
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Spike,
        Self::Drop,
        Self::Level,
        Self::New,
        Self::Drift,
        Self::OneOff,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Spike => "spike",
            Self::Drop => "drop",
            Self::Level => "level",
            Self::New => "new",
            Self::Drift => "drift",
            Self::OneOff => "one_off",
        }
    }

    /// The number it is stored as.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Spike => 1,
            Self::Drop => 2,
            Self::Level => 3,
            Self::New => 4,
            Self::Drift => 5,
            Self::OneOff => 6,
        }
    }

    /// The one stored as `number`.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

impl Anomaly {
    /// The money at stake: what it cost beyond what was expected, negative if it cost less.
    #[must_use]
    pub fn impact(&self) -> Money {
        let zero = Money::zero(self.actual.currency());
        self.actual.minus(self.expected).unwrap_or(zero)
    }

    /// Whether it cost more than expected.
    #[must_use]
    pub fn is_rise(&self) -> bool {
        self.actual.nanos() > self.expected.nanos()
    }

    /// How many percent more than expected; negative if less, `None` where nothing was expected.
    #[must_use]
    pub fn percent(&self) -> Option<i64> {
        let expected = self.expected.nanos();
        if expected <= 0 {
            return None;
        }
        let percent = self.impact().nanos().checked_mul(100)? / expected;
        i64::try_from(percent).ok()
    }

    /// Whether `day` is one of its days.
    #[must_use]
    pub fn overlaps(&self, from: Date, to: Date) -> bool {
        self.from <= to && from <= self.to
    }
}

/// Known days before anything is told: five weeks hold each weekday five times and a month's first day.
pub const FEWEST_DAYS: usize = 35;

/// What is unusual in a series, in the order of days. The same series gives the same answer.
#[must_use]
pub fn anomalies(series: &Watched<'_>) -> Vec<Anomaly> {
    if series.known.iter().filter(|known| **known).count() < FEWEST_DAYS {
        return Vec::new();
    }
    let keen = feedback::is_keen(series.judged);
    let found = watch::Watch::new(series, keen).run();
    feedback::unlike_expected(found, series.judged)
}
