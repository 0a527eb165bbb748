//! How fast transfers may be, and when.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use tokio::time::Instant;

/// How fast all transfers together may be, by the time of day.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes per second outside the windows; none: as fast as the line.
    pub usual: Option<u64>,
    /// Times with a limit of their own; the first that fits counts.
    pub windows: Vec<LimitWindow>,
    /// The zone of the times.
    pub zone: TimeZone,
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

impl Default for Limits {
    fn default() -> Self {
        Self {
            usual: None,
            windows: Vec::new(),
            zone: TimeZone::UTC,
        }
    }
}

impl Limits {
    /// The limit at a moment.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Option<u64> {
        let here = now.to_zoned(self.zone.clone());
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

/// Lets bytes through at a rate. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Bytes per second; 0 for any.
    rate: AtomicU64,
    /// When the next byte may go.
    next: Mutex<Option<Instant>>,
}

/// What may go at once after a time in which nothing went.
const BURST: Duration = Duration::from_millis(100);

impl Gate {
    pub fn new(rate: Option<u64>) -> Self {
        Self {
            shared: Arc::new(Shared {
                rate: AtomicU64::new(rate.unwrap_or(0)),
                next: Mutex::new(None),
            }),
        }
    }

    pub fn set(&self, rate: Option<u64>) {
        let rate = rate.unwrap_or(0);
        if self.shared.rate.swap(rate, Ordering::Relaxed) != rate {
            *self
                .shared
                .next
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// Takes room for so many bytes and answers when they may go, if not at once.
    fn take(&self, bytes: u64) -> Option<Instant> {
        let rate = self.shared.rate.load(Ordering::Relaxed);
        if rate == 0 {
            return None;
        }
        let now = Instant::now();
        let mut next = self
            .shared
            .next
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let earliest = now.checked_sub(BURST).unwrap_or(now);
        let start = next.map_or(earliest, |next| next.max(earliest));
        let lasts = u128::from(bytes) * 1_000_000_000 / u128::from(rate);
        *next = Some(start + Duration::from_nanos(u64::try_from(lasts).unwrap_or(u64::MAX)));
        (start > now).then_some(start)
    }
}

/// The gates that the bytes of one transfer go through: that of all, and its own.
#[derive(Debug, Clone)]
pub(crate) struct Gates {
    pub all: Gate,
    pub own: Gate,
}

impl Gates {
    /// Whether there is any limit now.
    pub fn hold(&self) -> bool {
        [&self.all, &self.own]
            .iter()
            .any(|gate| gate.shared.rate.load(Ordering::Relaxed) > 0)
    }

    /// When so many bytes may go, if not at once.
    pub fn take(&self, bytes: u64) -> Option<Instant> {
        self.all.take(bytes).max(self.own.take(bytes))
    }

    /// Waits until so many bytes may go.
    pub async fn pass(&self, bytes: u64) {
        if let Some(at) = self.take(bytes) {
            tokio::time::sleep_until(at).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn nights() -> Limits {
        Limits {
            usual: Some(1_000),
            windows: vec![LimitWindow {
                days: vec![Weekday::Friday],
                from: time(22, 0, 0, 0),
                to: time(6, 0, 0, 0),
                bytes_per_second: None,
            }],
            zone: TimeZone::UTC,
        }
    }

    #[test]
    fn a_window_over_midnight_belongs_to_the_day_on_which_it_begins() {
        let limits = nights();
        let at = |day, hour| {
            let moment = date(2026, 11, day).at(hour, 0, 0, 0);
            limits.at(moment.to_zoned(TimeZone::UTC).unwrap().timestamp())
        };
        // The 20th is a Friday.
        assert_eq!(at(20, 21), Some(1_000));
        assert_eq!(at(20, 22), None);
        assert_eq!(at(21, 5), None);
        assert_eq!(at(21, 6), Some(1_000));
        assert_eq!(at(21, 23), Some(1_000), "Saturday's night is not meant");
        assert_eq!(at(20, 5), Some(1_000), "nor is Thursday's");
    }

    #[tokio::test(start_paused = true)]
    async fn a_gate_keeps_its_rate_over_time() {
        let gates = Gates {
            all: Gate::new(Some(1_000_000)),
            own: Gate::new(None),
        };
        let began = Instant::now();
        for _ in 0..100 {
            gates.pass(65_536).await;
        }
        let took = began.elapsed().as_millis();
        assert!(
            (6_300..6_600).contains(&took),
            "6.5 MB at 1 MB/s took {took} ms"
        );
    }
}
