//! How a notice gets to where it is to go: tried again later and later, given up at last, and several as
//! one where they can wait.

use std::time::Duration;

use jiff::Timestamp;

use crate::alert::{Notice, Severity};
use crate::charge::words;

words!(
    /// How far a notice is on its way.
    DeliveryState, "a state of a delivery (waiting, sent, failed or dropped)" {
        /// It has not been sent.
        Waiting = 0 "waiting",
        /// The other side took it.
        Sent = 1 "sent",
        /// It could not be sent, and is not tried again.
        Failed = 2 "failed",
        /// It was not sent on purpose.
        Dropped = 3 "dropped",
    }
);

/// The first wait, and the longest.
const FIRST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_secs(3_600);
/// How long a notice is worth trying to send: a long weekend.
const WORTH: Duration = Duration::from_secs(72 * 3_600);

/// How long to wait after so many attempts that failed. `chance` is random: a quarter more or less of the
/// wait, so that what failed together is not repeated together. What the other side asks for is heeded
/// within reason.
#[must_use]
pub fn wait_after(attempts: u32, chance: u8, asked: Option<Duration>) -> Duration {
    let doubled = FIRST.saturating_mul(1 << attempts.saturating_sub(1).min(16));
    let plain = asked
        .map_or(doubled, |asked| asked.max(doubled))
        .min(LONGEST);
    // From three quarters to five quarters.
    plain.saturating_mul(384 + u32::from(chance)) / 512
}

/// The longest wait that [`wait_after`] gives: one that is longer was given by a clock that has been set back.
pub const LONGEST_WAIT: Duration = Duration::from_secs(3_600 * 5 / 4);

/// Whether a notice of `created` is not tried any more.
#[must_use]
pub fn is_given_up(created: Timestamp, now: Timestamp) -> bool {
    now.duration_since(created).as_secs() >= i64::try_from(WORTH.as_secs()).unwrap_or(i64::MAX)
}

/// Lines in a notice made of several, at most.
const LINES: usize = 100;

/// Several notices as one; none of none.
#[must_use]
pub fn merged(mut notices: Vec<Notice>) -> Option<Notice> {
    if notices.len() < 2 {
        return notices.pop();
    }
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.severity));
    let severity = notices.first()?.severity;
    let mut alerts: Vec<_> = notices
        .iter()
        .flat_map(|notice| notice.alerts.clone())
        .collect();
    alerts.sort();
    alerts.dedup();
    let of = |severity: Severity| {
        notices
            .iter()
            .filter(|notice| notice.severity == severity)
            .count()
    };
    let (urgent, warnings) = (of(Severity::Urgent), of(Severity::Warning));
    let mut title = format!("{} notices", notices.len());
    for (count, words) in [(urgent, "urgent"), (warnings, "to look at")] {
        if count > 0 {
            title.push_str(&format!(", {count} {words}"));
        }
    }
    let text: Vec<String> = notices
        .iter()
        .map(|notice| match notice.text.lines().next() {
            Some(first) if !first.is_empty() => format!("{}: {first}", notice.title),
            _ => notice.title.clone(),
        })
        .collect();
    Some(Notice {
        title,
        text: text.join("\n"),
        severity,
        alerts,
        place: "/alerts".to_owned(),
        lines: notices
            .into_iter()
            .flat_map(|notice| notice.lines)
            .take(LINES)
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::AlertId;

    #[test]
    fn waits_double_up_to_an_hour_and_never_agree_on_a_second() {
        let plain: Vec<u64> = (1..10)
            .map(|n| wait_after(n, 128, None).as_secs())
            .collect();
        assert_eq!(plain, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
        assert_eq!(wait_after(1, 0, None).as_millis(), 22_500);
        assert!(wait_after(1, 255, None).as_millis() > 37_000);
        assert!(wait_after(99, 255, None) <= LONGEST_WAIT);
        let asked = |seconds| wait_after(1, 128, Some(Duration::from_secs(seconds))).as_secs();
        assert_eq!((asked(5), asked(300), asked(86_400)), (30, 300, 3_600));
    }

    #[test]
    fn a_channel_that_is_down_for_a_day_is_tried_to_the_end_and_one_down_for_a_week_is_not() {
        let created: Timestamp = "2026-11-20T17:00:00Z".parse().unwrap();
        let mut now = created;
        let mut attempts = 0;
        while !is_given_up(created, now) {
            attempts += 1;
            now = now.saturating_add(wait_after(attempts, 128, None)).unwrap();
        }
        assert!((70..90).contains(&attempts), "{attempts}");
        assert!(now.duration_since(created).as_hours() < 74);
    }

    #[test]
    fn several_notices_become_one_that_names_each_and_is_as_urgent_as_the_worst() {
        let notice = |title: &str, severity, alert| Notice {
            title: title.to_owned(),
            text: format!("{title} in words.\nMore."),
            severity,
            alerts: vec![AlertId(alert)],
            place: format!("/budgets/{alert}"),
            lines: Vec::new(),
        };
        let both = merged(vec![
            notice("Ada at 80 %", Severity::Warning, 2),
            notice("All over", Severity::Urgent, 1),
        ])
        .unwrap();
        assert_eq!(both.title, "2 notices, 1 urgent, 1 to look at");
        assert_eq!(
            both.text,
            "All over: All over in words.\nAda at 80 %: Ada at 80 % in words."
        );
        assert_eq!(both.alerts, [AlertId(1), AlertId(2)]);
        assert_eq!(
            (both.severity, both.place.as_str()),
            (Severity::Urgent, "/alerts")
        );
        assert_eq!(merged(vec![]), None);
        let one = notice("Alone", Severity::Notice, 3);
        assert_eq!(merged(vec![one.clone()]), Some(one));
    }
}
