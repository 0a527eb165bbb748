//! What days are: their weekday and their place in the month, which is when bills have their charges.

use jiff::ToSpan;
use jiff::civil::Date;

/// Facts of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    /// Monday is 0.
    pub weekday: usize,
    /// 1 to 31.
    pub of_month: usize,
    /// Days left in the month: 0 on its last.
    pub left: usize,
    /// Whether it is the month's first day from Monday to Friday.
    pub first_working: bool,
    /// Whether it is the month's last day from Monday to Friday.
    pub last_working: bool,
}

/// A place in a month where bills may have a charge of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// This day of the month.
    Day(usize),
    /// So many days before its end.
    Left(usize),
    /// Its first day from Monday to Friday.
    FirstWorking,
    /// Its last day from Monday to Friday.
    LastWorking,
}

/// Every place, the likelier first.
pub(crate) const PLACES: [Place; 35] = {
    let mut places = [Place::Day(1); 35];
    let mut at = 1;
    while at < 28 {
        places[at] = Place::Day(at + 1);
        at += 1;
    }
    while at < 33 {
        places[at] = Place::Left(at - 28);
        at += 1;
    }
    places[33] = Place::FirstWorking;
    places[34] = Place::LastWorking;
    places
};

impl Place {
    /// Whether `day` is at this place.
    pub fn holds(self, day: Day) -> bool {
        match self {
            Self::Day(of_month) => day.of_month == of_month,
            Self::Left(left) => day.left == left,
            Self::FirstWorking => day.first_working,
            Self::LastWorking => day.last_working,
        }
    }
}

/// The facts of `count` days from `first` on, fewer at the end of the calendar.
pub(crate) fn days(first: Date, count: usize) -> Vec<Day> {
    first.series(1.day()).take(count).map(facts).collect()
}

fn facts(day: Date) -> Day {
    let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
    let of_month = usize::try_from(day.day()).unwrap_or(1);
    let left = usize::try_from(day.days_in_month() - day.day()).unwrap_or(0);
    let works = weekday < 5;
    Day {
        weekday,
        of_month,
        left,
        // The first is it, or the weekend before it took the first days.
        first_working: works && (of_month == 1 || (weekday == 0 && of_month <= 3)),
        last_working: works && (left == 0 || (weekday == 4 && left <= 2)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_month_of_a_decade_has_one_first_and_one_last_working_day() {
        let all = days(date(2020, 1, 1), 3653);
        let months = all.iter().filter(|day| day.of_month == 1).count();
        assert_eq!(months, 120);
        assert_eq!(all.iter().filter(|day| day.first_working).count(), months);
        assert_eq!(all.iter().filter(|day| day.last_working).count(), months);
    }

    #[test]
    fn a_leap_day_is_the_last_of_its_month() {
        let february = days(date(2024, 2, 28), 3);
        assert_eq!(
            february.iter().map(|d| d.left).collect::<Vec<_>>(),
            [1, 0, 30]
        );
        let short = days(date(2023, 2, 28), 2);
        assert_eq!(short.iter().map(|d| d.left).collect::<Vec<_>>(), [0, 30]);
    }

    #[test]
    fn the_last_working_day_is_the_friday_before_a_weekend() {
        // 31 May 2026 is a Sunday.
        let may = days(date(2026, 5, 29), 3);
        assert_eq!(
            may.iter().map(|d| d.last_working).collect::<Vec<_>>(),
            [true, false, false]
        );
        // 1 August 2026 is a Saturday.
        let august = days(date(2026, 8, 1), 3);
        assert_eq!(
            august.iter().map(|d| d.first_working).collect::<Vec<_>>(),
            [false, false, true]
        );
    }
}
