use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use crate::WorkspaceError;

/// A zone's clock never moves by more at once.
const MOST_SHIFT: SignedDuration = SignedDuration::from_hours(4);
/// How far is looked for the next time, in days: a leap day comes within eight years.
const AHEAD: [i64; 4] = [2, 40, 400, 3_000];
/// How far is looked back for one that was missed.
const BACK: [i64; 3] = [1, 40, 400];

/// The times of a schedule: five fields, as cron has them, on the clocks of a zone.
///
/// Where clocks are put forward, a time that the day does not have comes as much later as they were put;
/// where they are put back, a time that comes twice counts when it first comes. What is done every hour goes
/// on every hour of such a day too.
#[derive(Debug, Clone)]
pub(super) struct Timetable {
    cron: Cron,
    zone: TimeZone,
}

impl Timetable {
    /// Reads the five fields and finds the zone.
    ///
    /// # Errors
    /// Says what cannot be read, or that the time never comes.
    pub fn parse(cron: &str, zone: &str, now: Timestamp) -> Result<Self, WorkspaceError> {
        let zone = TimeZone::get(zone).map_err(|_| {
            WorkspaceError::invalid(
                "zone",
                "this zone is not known: a name such as Europe/Berlin or UTC is expected",
            )
        })?;
        let unreadable = |why: &str| {
            let shown: String = cron.chars().take(60).collect();
            WorkspaceError::invalid(
                "cron",
                format!(
                    "\"{shown}\" is not a schedule: {why}. Five fields are expected: minute, hour, day of the \
                     month, month, day of the week; \"0 6 * * *\" is every day at six"
                ),
            )
        };
        if cron.len() > 100 {
            return Err(unreadable("it is longer than 100 letters"));
        }
        let parser = CronParser::builder()
            .seconds(Seconds::Disallowed)
            .year(Year::Disallowed)
            .build();
        let read = parser
            .parse(cron)
            .map_err(|error| unreadable(error.to_string().trim_end_matches('.')))?;
        let timetable = Self { cron: read, zone };
        if timetable.next(now).is_none() {
            return Err(unreadable("it never comes"));
        }
        Ok(timetable)
    }

    /// The next time after `moment`.
    pub fn next(&self, moment: Timestamp) -> Option<Timestamp> {
        AHEAD.into_iter().find_map(|days| {
            let until = moment.saturating_add(SignedDuration::from_hours(24 * days));
            self.within(moment, until.ok()?).first().copied()
        })
    }

    /// The last time after `since` and not after `now`.
    pub fn latest(&self, since: Timestamp, now: Timestamp) -> Option<Timestamp> {
        BACK.into_iter().find_map(|days| {
            let from = now.saturating_sub(SignedDuration::from_hours(24 * days));
            self.within(from.ok()?.max(since), now).last().copied()
        })
    }

    /// Every time after `after` and not after `until`, in order.
    pub fn within(&self, after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let mut times = if self.is_every_hour() {
            self.on_the_line(after, until)
        } else {
            self.on_the_clock(after, until)
        };
        times.sort_unstable();
        times.dedup();
        times
    }

    /// In words.
    pub fn words(&self) -> String {
        self.cron.describe().trim_end_matches('.').to_owned()
    }

    fn is_every_hour(&self) -> bool {
        let hours = &self.cron.pattern.hours;
        hours.from_wildcard && hours.step == 1
    }

    /// By the time that passes: an hour that comes twice is two hours.
    fn on_the_line(&self, after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let mut times = Vec::new();
        let mut at = after.to_zoned(self.zone.clone());
        while let Ok(next) = self.cron.find_next_occurrence::<Zoned>(&at, false) {
            if next.timestamp() > until {
                break;
            }
            times.push(next.timestamp());
            at = next;
        }
        times
    }

    /// By what the clock on the wall says.
    fn on_the_clock(&self, after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let wall = |moment: Timestamp| moment.to_zoned(self.zone.clone()).datetime();
        let Ok(mut at) = wall(after).checked_sub(MOST_SHIFT) else {
            return Vec::new();
        };
        let end = wall(until).checked_add(MOST_SHIFT).unwrap_or(DateTime::MAX);
        let mut times = Vec::new();
        while let Ok(next) = self.cron.find_next_occurrence::<DateTime>(&at, false) {
            if next > end {
                break;
            }
            at = next;
            let Ok(moment) = self.zone.to_ambiguous_timestamp(next).compatible() else {
                break;
            };
            if moment > after && moment <= until {
                times.push(moment);
            }
        }
        times
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::{Date, date};

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn table(cron: &str, zone: &str) -> Timetable {
        Timetable::parse(cron, zone, moment("2024-01-01T00:00:00Z")).unwrap()
    }

    fn on(table: &Timetable, day: Date) -> Vec<String> {
        // Not every day begins at midnight.
        let begins = |day: Date| day.to_zoned(table.zone.clone()).unwrap().timestamp() - 1.second();
        table
            .within(begins(day), begins(day.tomorrow().unwrap()))
            .into_iter()
            .map(|at| {
                at.to_zoned(table.zone.clone())
                    .strftime("%H:%M %:z")
                    .to_string()
            })
            .collect()
    }

    #[test]
    fn a_time_that_the_day_does_not_have_comes_once() {
        let berlin = table("30 2 * * *", "Europe/Berlin");
        assert_eq!(on(&berlin, date(2026, 3, 28)), ["02:30 +01:00"]);
        assert_eq!(on(&berlin, date(2026, 3, 29)), ["03:30 +02:00"]);
        assert_eq!(on(&berlin, date(2026, 3, 30)), ["02:30 +02:00"]);
    }

    #[test]
    fn a_time_that_the_day_has_twice_comes_once() {
        let berlin = table("30 2 * * *", "Europe/Berlin");
        assert_eq!(on(&berlin, date(2026, 10, 25)), ["02:30 +02:00"]);
        let twice_a_day = table("30 2,14 * * *", "Europe/Berlin");
        assert_eq!(
            on(&twice_a_day, date(2026, 10, 25)),
            ["02:30 +02:00", "14:30 +01:00"]
        );
        assert_eq!(
            on(&twice_a_day, date(2026, 3, 29)),
            ["03:30 +02:00", "14:30 +02:00"]
        );
    }

    #[test]
    fn what_is_done_every_hour_is_done_in_each_hour_that_passes() {
        let hourly = table("5 * * * *", "Europe/Berlin");
        for (day, hours) in [
            (date(2026, 3, 28), 24),
            (date(2026, 3, 29), 23),
            (date(2026, 10, 25), 25),
        ] {
            assert_eq!(on(&hourly, day).len(), hours, "{day}");
        }
    }

    /// Every zone that puts its clocks in a way of its own: by half an hour, at midnight, a day left out.
    #[test]
    fn a_daily_time_comes_once_on_every_day_of_every_zone() {
        for zone in [
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "America/Santiago",
            "Africa/Cairo",
            "Asia/Beirut",
            "Australia/Lord_Howe",
            "Asia/Kolkata",
        ] {
            for cron in ["0 0 * * *", "30 2 * * *", "0 6 * * *", "45 23 * * *"] {
                let table = table(cron, zone);
                let mut day = date(2024, 1, 1);
                let mut times = 0;
                while day < date(2028, 1, 1) {
                    assert_eq!(on(&table, day).len(), 1, "{cron} on {day} in {zone}");
                    times += 1;
                    day = day.tomorrow().unwrap();
                }
                let all = table.within(
                    date(2024, 1, 1)
                        .to_zoned(table.zone.clone())
                        .unwrap()
                        .timestamp()
                        - 1.second(),
                    date(2028, 1, 1)
                        .to_zoned(table.zone.clone())
                        .unwrap()
                        .timestamp()
                        - 1.second(),
                );
                assert_eq!(all.len(), times, "none is counted to two days");
            }
        }
    }

    #[test]
    fn month_ends_and_leap_days_are_found() {
        let last = table("0 6 L * *", "UTC");
        assert_eq!(
            last.next(moment("2028-02-10T00:00:00Z")),
            Some(moment("2028-02-29T06:00:00Z"))
        );
        assert_eq!(
            last.next(moment("2028-02-29T06:00:00Z")),
            Some(moment("2028-03-31T06:00:00Z"))
        );
        let leap = table("0 6 29 2 *", "UTC");
        assert_eq!(
            leap.next(moment("2028-02-29T06:00:00Z")),
            Some(moment("2032-02-29T06:00:00Z"))
        );
        let quarter = table("0 6 1 1,4,7,10 *", "UTC");
        assert_eq!(
            quarter.latest(
                moment("2026-01-01T00:00:00Z"),
                moment("2026-06-20T00:00:00Z")
            ),
            Some(moment("2026-04-01T06:00:00Z")),
            "one that was missed long ago is still found"
        );
    }

    #[test]
    fn the_last_time_is_not_before_what_counts() {
        let daily = table("0 6 * * *", "UTC");
        let now = moment("2026-11-22T05:59:59Z");
        let latest = |since| daily.latest(moment(since), now);
        assert_eq!(
            latest("2026-11-20T00:00:00Z"),
            Some(moment("2026-11-21T06:00:00Z"))
        );
        assert_eq!(latest("2026-11-21T06:00:00Z"), None);
        assert_eq!(latest("2026-11-23T00:00:00Z"), None, "the clock went back");
    }

    #[test]
    fn what_is_no_schedule_is_refused_by_name() {
        let refused = |cron: &str, zone: &str| {
            Timetable::parse(cron, zone, moment("2026-11-22T00:00:00Z"))
                .unwrap_err()
                .to_string()
        };
        assert!(refused("0 6 * *", "UTC").contains("\"0 6 * *\" is not a schedule"));
        assert!(refused("0 25 * * *", "UTC").contains("is not a schedule"));
        assert!(refused("0 0 6 * * *", "UTC").contains("Five fields"));
        assert!(refused("0 6 30 2 *", "UTC").contains("it never comes"));
        assert!(refused("", "UTC").contains("is not a schedule"));
        assert!(refused(&"9".repeat(200), "UTC").contains("longer"));
        assert!(refused("0 6 * * *", "Mars/Olympus").contains("this zone is not known"));
    }
}
