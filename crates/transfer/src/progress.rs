//! How far a transfer is: read, sent, and confirmed by the store. Only what is confirmed counts.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tallyport_ledger::transfer::TransferState;
use tallyport_store::Transfer;
use tokio::time::Instant;

/// How far a transfer is. Bytes that were sent and then lost count once more when they are sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// How it stands.
    pub state: TransferState,
    /// Bytes read and hashed.
    pub read: u64,
    /// Bytes handed to the connection.
    pub sent: u64,
    /// Bytes that the store confirmed. A download: bytes that lie here.
    pub confirmed: u64,
    /// Bytes of all files known so far that are to arrive.
    pub total: u64,
    /// Files known so far.
    pub files: u64,
    /// Files that arrived.
    pub files_done: u64,
    /// Files that did not.
    pub files_failed: u64,
    /// Files left out.
    pub files_skipped: u64,
    /// Files that wait for an answer.
    pub clashes: u64,
    /// Whether more files may turn up.
    pub walking: bool,
    /// Seconds to the end by what was confirmed of late; nothing while that is not known.
    pub eta_seconds: Option<u64>,
    /// Requests that may be under way at the same time.
    pub lanes: u32,
    /// What it is doing, or waiting for.
    pub message: String,
    /// A file that is under way.
    pub current: Option<String>,
}

/// What the parts of a run count.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub read: AtomicU64,
    pub sent: Arc<AtomicU64>,
    pub confirmed: AtomicU64,
}

impl Counters {
    /// Counts on from what arrived before.
    pub fn from(done_bytes: u64) -> Self {
        Self {
            read: AtomicU64::new(done_bytes),
            sent: Arc::new(AtomicU64::new(done_bytes)),
            confirmed: AtomicU64::new(done_bytes),
        }
    }

    pub fn add(counter: &AtomicU64, bytes: u64) {
        counter.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Takes back what was counted and did not hold.
    pub fn take(counter: &AtomicU64, bytes: u64) {
        let less = |now: u64| Some(now.saturating_sub(bytes));
        // The closure always answers something, so there is nothing that could fail.
        let _ = counter.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
    }
}

/// What was confirmed within this time says how fast it goes.
const SPAN: Duration = Duration::from_secs(45);

/// How fast it goes, from the moments at which something was confirmed: a part is confirmed whole, so that
/// only the time between two confirmations says anything.
#[derive(Debug, Default)]
pub(crate) struct Speed {
    steps: VecDeque<(Instant, u64)>,
}

impl Speed {
    /// Notes how much is confirmed now.
    pub fn note(&mut self, now: Instant, confirmed: u64) {
        if self
            .steps
            .back()
            .is_some_and(|(_, last)| confirmed <= *last)
        {
            return;
        }
        self.steps.push_back((now, confirmed));
        while self.steps.len() > 3 && self.steps.front().is_some_and(|(at, _)| now - *at > SPAN) {
            self.steps.pop_front();
        }
    }

    /// Seconds until `total` is confirmed, if it goes on like this.
    pub fn seconds_left(&self, now: Instant, total: u64) -> Option<u64> {
        let ((first_at, first), (last_at, last)) = (self.steps.front()?, self.steps.back()?);
        let lasted = u64::try_from((*last_at - *first_at).as_millis()).ok()?;
        let came = last.checked_sub(*first).filter(|came| *came > 0)?;
        if lasted == 0 {
            return None;
        }
        let left = u128::from(total.saturating_sub(*last));
        let millis = left * u128::from(lasted) / u128::from(came);
        let waited = (now - *last_at).as_millis();
        u64::try_from(millis.saturating_sub(waited).div_ceil(1_000)).ok()
    }
}

/// Puts together what is counted and what the journal says.
pub(crate) fn progress(
    transfer: &Transfer,
    counters: &Counters,
    speed: &mut Speed,
    lanes: u32,
    message: String,
    current: Option<String>,
) -> Progress {
    let now = Instant::now();
    let total = transfer.bytes.saturating_sub(transfer.lost_bytes);
    let at_most = |counter: &AtomicU64| counter.load(Ordering::Relaxed).min(total);
    let confirmed = at_most(&counters.confirmed);
    speed.note(now, confirmed);
    Progress {
        state: transfer.state,
        read: at_most(&counters.read),
        sent: at_most(&counters.sent),
        confirmed,
        total,
        files: transfer.files,
        files_done: transfer.done,
        files_failed: transfer.failed,
        files_skipped: transfer.left_out,
        clashes: transfer.clashes,
        walking: !transfer.walked,
        eta_seconds: transfer
            .walked
            .then(|| speed.seconds_left(now, total))
            .flatten(),
        lanes,
        message,
        current,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_what_is_confirmed_and_not_how_large_the_parts_are() {
        // 2.5 MB/s in parts of 8 MiB: one every 3.36 s.
        let began = Instant::now();
        let mut speed = Speed::default();
        let part = 8 << 20;
        let mut confirmed = 0;
        let mut now = began;
        for tick in 0..150_u64 {
            now = began + Duration::from_millis(200 * tick);
            confirmed = 2_500 * 200 * tick / part * part;
            speed.note(now, confirmed);
        }
        let total = 1 << 30;
        let left = speed.seconds_left(now, total).unwrap();
        let truth = (total - 2_500 * 200 * 149) / 2_500_000;
        assert!(
            left.abs_diff(truth) * 100 <= truth * 3,
            "{left} s instead of {truth} s"
        );
        assert_eq!(speed.seconds_left(now, confirmed), Some(0));
        assert_eq!(Speed::default().seconds_left(now, total), None);
    }
}
