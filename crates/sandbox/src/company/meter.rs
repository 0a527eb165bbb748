//! A meter: what one resource uses of one thing on one day.

use super::calendar::Day;
use super::line::{Line, Nano, ONE};
use super::seed::Seed;

/// When a thing is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// All day, every day.
    Steady,
    /// Ten hours on working days, nothing at weekends.
    OfficeHours,
    /// What customers do: less at weekends.
    Traffic,
    /// Month-end work: five times as much on the first three days.
    MonthEnd,
}

impl Pattern {
    fn thousandths(self, day: &Day) -> i128 {
        match (self, day.is_weekend) {
            (Self::Steady, _) | (Self::Traffic, false) => 1_000,
            (Self::OfficeHours, false) => 417,
            (Self::OfficeHours, true) => 0,
            (Self::Traffic, true) => 620,
            (Self::MonthEnd, _) if day.date.day() <= 3 => 5_000,
            (Self::MonthEnd, _) => 1_000,
        }
    }
}

/// How much is used.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Volume {
    /// Hours of a running thing.
    Hours,
    /// So many nano-units each day.
    Daily(Nano),
    /// So many nano-units kept for a month (gigabyte-months, keys).
    Monthly(Nano),
}

/// What covers a meter before on-demand prices apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cover {
    None,
    /// The reservation of that number.
    Reservation(usize),
    SavingsPlan,
}

/// What one resource uses of one thing.
#[derive(Debug, Clone)]
pub(crate) struct Meter {
    pub line: Line,
    pub price: Nano,
    pub volume: Volume,
    pub pattern: Pattern,
    pub cover: Cover,
    /// Thousandths more per thirty days.
    pub growth: i128,
    /// Thousandths of daily wobble, either way.
    pub wobble: i128,
    /// First day and the day after the last, as indexes.
    pub from: i32,
    pub until: i32,
    /// From that day on it uses so many times as much.
    pub runaway: Option<(i32, i128)>,
    /// Normalisation factor in quarters.
    pub factor_quarters: Nano,
}

impl Meter {
    /// Nano-units used on a day, as far as the meter has been read by now.
    pub fn quantity(&self, seed: Seed, day: &Day) -> Nano {
        if day.index < self.from || day.index >= self.until {
            return 0;
        }
        let whole = match self.volume {
            Volume::Hours => 24 * ONE * self.pattern.thousandths(day) / 1_000,
            Volume::Daily(units) => self.wobbled(seed, day, units),
            Volume::Monthly(units) => {
                self.wobbled(seed, day, units) / i128::from(day.days_in_month)
            }
        };
        whole * self.read_thousandths(seed, day) / 1_000
    }

    fn wobbled(&self, seed: Seed, day: &Day, units: Nano) -> Nano {
        let grown = 1_000 + self.growth * i128::from(day.index - self.from) / 30;
        let wobble =
            1_000 + seed.between(&self.line.resource, day.index, -self.wobble, self.wobble);
        let times = self
            .runaway
            .filter(|(from, _)| day.index >= *from)
            .map_or(1, |(_, times)| times);
        units * times * self.pattern.thousandths(day) / 1_000 * grown / 1_000 * wobble / 1_000
    }

    /// Bills lag: today is read in part, the two days before it almost, and what was read is
    /// corrected until it is three days old.
    fn read_thousandths(&self, seed: Seed, day: &Day) -> i128 {
        match day.age {
            ..=0 => seed.between(&self.line.usage_type, day.index, 300, 420),
            1 => seed.between(&self.line.usage_type, day.index, 930, 985),
            2 => seed.between(&self.line.usage_type, day.index, 986, 998),
            _ => 1_000,
        }
    }
}
