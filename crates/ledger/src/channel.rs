//! The ways on which notices go out, and when.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::charge::words;

words!(
    /// What a channel is.
    ChannelKind, "a kind of channel (mail, ses, slack, teams, webhook or sms)" {
        /// Mail over SMTP.
        Mail = 1 "mail",
        /// Mail through Amazon SES.
        Ses = 2 "ses",
        /// A chat that takes Slack's webhooks.
        Slack = 3 "slack",
        /// Microsoft Teams.
        Teams = 4 "teams",
        /// Any program.
        Webhook = 5 "webhook",
        /// Text messages through Amazon SNS.
        Sms = 6 "sms",
    }
);

/// The time of day at which notices that can wait go out as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigestTime {
    minute: u16,
}

/// Minutes in a day.
const DAY: u16 = 24 * 60;

impl DigestTime {
    /// The time so many minutes after midnight, if that is one.
    #[must_use]
    pub const fn from_minute(minute: u16) -> Option<Self> {
        if minute < DAY {
            Some(Self { minute })
        } else {
            None
        }
    }

    /// Reads `08:00`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let number = |part: &str, below: u16| {
            let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<u16>().ok().filter(|n| digits && *n < below)
        };
        Self::from_minute(number(hour, 24)? * 60 + number(minute, 60)?)
    }

    /// Minutes after midnight.
    #[must_use]
    pub const fn minute(self) -> u16 {
        self.minute
    }

    /// The first such moment after `moment` on the clocks of `zone`: one a day, also on the day that has
    /// this hour twice, and a little later on the day that lacks it.
    #[must_use]
    pub fn after(self, moment: Timestamp, zone: &TimeZone) -> Timestamp {
        let today = moment.to_zoned(zone.clone()).date();
        (0..3)
            .filter_map(|days| self.on(today.checked_add(days.days()).ok()?, zone))
            .find(|at| *at > moment)
            .unwrap_or(moment)
    }

    fn on(self, day: Date, zone: &TimeZone) -> Option<Timestamp> {
        let hour = i8::try_from(self.minute / 60).ok()?;
        let minute = i8::try_from(self.minute % 60).ok()?;
        let time = Time::new(hour, minute, 0, 0).ok()?;
        zone.to_timestamp(day.to_datetime(time)).ok()
    }
}

impl std::fmt::Display for DigestTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.minute / 60, self.minute % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vienna() -> TimeZone {
        TimeZone::get("Europe/Vienna").unwrap()
    }

    fn digests(time: &str, from: &str, count: usize) -> Vec<String> {
        let time = DigestTime::parse(time).unwrap();
        let mut at: Timestamp = from.parse().unwrap();
        let mut found = Vec::new();
        for _ in 0..count {
            at = time.after(at, &vienna());
            found.push(at.to_string());
        }
        found
    }

    #[test]
    fn there_is_one_digest_a_day_also_where_clocks_are_changed() {
        // 2026-03-29 has no 02:30; 2026-10-25 has it twice.
        assert_eq!(
            digests("02:30", "2026-03-27T12:00:00Z", 3),
            [
                "2026-03-28T01:30:00Z",
                "2026-03-29T01:30:00Z",
                "2026-03-30T00:30:00Z"
            ]
        );
        assert_eq!(
            digests("02:30", "2026-10-23T12:00:00Z", 3),
            [
                "2026-10-24T00:30:00Z",
                "2026-10-25T00:30:00Z",
                "2026-10-26T01:30:00Z"
            ]
        );
        assert_eq!(
            digests("08:00", "2026-10-24T06:00:00Z", 2),
            ["2026-10-25T07:00:00Z", "2026-10-26T07:00:00Z"],
            "the moment itself is not after itself"
        );
    }

    #[test]
    fn only_times_of_day_are_read() {
        for wrong in [
            "8:00", "24:00", "08:60", "0800", "", "08:00:00", "-1:00", "+8:00",
        ] {
            assert_eq!(DigestTime::parse(wrong), None, "{wrong}");
        }
        assert_eq!(DigestTime::parse("23:59").unwrap().to_string(), "23:59");
    }
}
