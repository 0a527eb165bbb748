//! How fast all transfers together may be, by the time of the week.

use jiff::civil::{DateTime, Time, Weekday};

/// How fast all transfers of a workspace together may be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// Bytes per second outside the windows; none: as fast as the line.
    pub usual: Option<u64>,
    /// Times with a limit of their own; the first that fits counts.
    pub windows: Vec<LimitWindow>,
}

/// A time of the week with a limit of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitWindow {
    /// The days on which it begins; none: every day.
    pub days: Vec<Weekday>,
    /// From this time on.
    pub from: Time,
    /// Until this time; one that is not later than `from` is on the next day.
    pub to: Time,
    /// Bytes per second; none: as fast as the line.
    pub bytes_per_second: Option<u64>,
}

impl Limits {
    /// The slowest that a limit may be, in bytes per second: below it a line looks as if it were dead.
    pub const SLOWEST: u64 = 1_000;

    /// The limit at a moment, as the clock on the wall says.
    #[must_use]
    pub fn at(&self, here: DateTime) -> Option<u64> {
        let (day, time) = (here.weekday(), here.time());
        let window = self.windows.iter().find(|window| window.holds(day, time));
        window.map_or(self.usual, |window| window.bytes_per_second)
    }
}

impl LimitWindow {
    fn holds(&self, day: Weekday, time: Time) -> bool {
        let begins = |day| self.days.is_empty() || self.days.contains(&day);
        if self.from < self.to {
            begins(day) && self.from <= time && time < self.to
        } else {
            (begins(day) && self.from <= time) || (begins(day.previous()) && time < self.to)
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn a_window_over_midnight_belongs_to_the_day_on_which_it_begins() {
        let limits = Limits {
            usual: Some(1_000),
            windows: vec![LimitWindow {
                days: vec![Weekday::Friday],
                from: time(22, 0, 0, 0),
                to: time(6, 0, 0, 0),
                bytes_per_second: None,
            }],
        };
        let at = |day, hour| limits.at(date(2026, 11, day).at(hour, 0, 0, 0));
        // The 20th is a Friday.
        assert_eq!(at(20, 21), Some(1_000));
        assert_eq!(at(20, 22), None);
        assert_eq!(at(21, 5), None);
        assert_eq!(at(21, 6), Some(1_000));
        assert_eq!(at(21, 23), Some(1_000), "Saturday's night is not meant");
        assert_eq!(at(20, 5), Some(1_000), "nor is Thursday's");
    }
}
