//! Holding transfers to how fast they may be.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tallyport_ledger::transfer::Limits;
use tokio::time::Instant;

/// How fast all transfers together may be, and where the clock hangs by which that is told.
#[derive(Debug, Clone)]
pub(crate) struct Timetable {
    pub limits: Limits,
    pub zone: TimeZone,
}

impl Timetable {
    /// The limit at a moment.
    pub fn at(&self, now: Timestamp) -> Option<u64> {
        self.limits.at(now.to_zoned(self.zone.clone()).datetime())
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
    use super::*;

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
