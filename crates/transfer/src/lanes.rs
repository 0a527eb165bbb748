//! How many requests are under way at the same time: few at first, more for as long as that brings more
//! through, fewer at once when the store asks for it.
//!
//! One [`Lanes`] a bucket, for all transfers: what slows one of them down slows them all, and only them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tallyport_ledger::transfer::TransferPriority;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// Where it begins: two connections fill most office lines, and spare the others on them.
const FIRST: u32 = 2;
/// The most, for stores that are far away and lines that are wide.
const MOST: u32 = 32;
/// What a request costs beside its bytes, in bytes: so that many small files count as work too.
const REQUEST: u64 = 32 << 10;
/// The shortest time that says anything about a rate, and the shortest in which so many requests do.
const WINDOW: Duration = Duration::from_millis(40);
const SHORT_WINDOW: Duration = Duration::from_millis(5);
const MANY: u32 = 32;
/// Faults within this time are one.
const ONE_FAULT: Duration = Duration::from_millis(500);
/// Windows between two attempts at one lane more, at first and at most.
const HOLD: u32 = 8;
const LONGEST_HOLD: u32 = 64;

/// The lanes to one bucket.
#[derive(Debug, Default)]
pub(crate) struct Lanes {
    state: Mutex<State>,
}

type Place = (Reverse<i64>, u64);

#[derive(Debug, Default)]
struct State {
    climb: Climb,
    used: u32,
    next: u64,
    waiting: BTreeMap<Place, oneshot::Sender<Lane>>,
    rests_until: Option<Instant>,
    last_fault: Option<Instant>,
}

/// A lane that is held for one request.
#[derive(Debug)]
pub(crate) struct Lane {
    /// Nothing once it has been given back.
    lanes: Option<Arc<Lanes>>,
}

impl Lanes {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many requests may be under way now.
    pub fn allowed(&self) -> u32 {
        self.state().climb.allowed
    }

    /// Waits for a lane; those with a higher priority go first.
    pub async fn lane(self: &Arc<Self>, priority: TransferPriority) -> Lane {
        loop {
            let until = self.state().rests_until;
            if let Some(until) = until.filter(|until| *until > Instant::now()) {
                tokio::time::sleep_until(until).await;
            }
            let turn = {
                let mut state = self.state();
                let (sender, turn) = oneshot::channel();
                state.next += 1;
                let place = (Reverse(priority.number()), state.next);
                state.waiting.insert(place, sender);
                self.admit(state);
                turn
            };
            if let Ok(lane) = turn.await {
                return lane;
            }
        }
    }

    /// Lets in whoever is next, for as long as there is room.
    fn admit(self: &Arc<Self>, mut state: MutexGuard<'_, State>) {
        while state.used < state.climb.allowed
            && let Some((_, waiting)) = state.waiting.pop_first()
        {
            let lane = Lane {
                lanes: Some(Arc::clone(self)),
            };
            state.used += 1;
            if let Err(mut unwanted) = waiting.send(lane) {
                // Whoever waited has gone. A lane gives itself back under the lock that is held here.
                state.used -= 1;
                unwanted.lanes = None;
            }
        }
    }

    /// So many bytes were confirmed by one request.
    pub fn confirmed(self: &Arc<Self>, bytes: u64) {
        let mut state = self.state();
        state.climb.confirmed(bytes + REQUEST, Instant::now());
        self.admit(state);
    }

    /// The store asked for fewer requests, and for a rest if it said so.
    pub fn throttled(&self, rest: Option<Duration>) {
        let mut state = self.state();
        let now = Instant::now();
        if state.is_new_fault(now) {
            let half = state.climb.allowed / 2;
            state.climb.slow_down(half, now);
        }
        let until = now + rest.unwrap_or(Duration::ZERO).min(Duration::from_secs(60));
        state.rests_until = state.rests_until.max(Some(until));
    }

    /// A connection broke.
    pub fn broke(&self) {
        let mut state = self.state();
        let now = Instant::now();
        if state.is_new_fault(now) {
            let less = state.climb.allowed.saturating_sub(1);
            state.climb.slow_down(less, now);
        }
    }
}

impl State {
    fn is_new_fault(&mut self, now: Instant) -> bool {
        let is_new = self.last_fault.is_none_or(|last| now - last >= ONE_FAULT);
        if is_new {
            self.last_fault = Some(now);
        }
        is_new
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        if let Some(lanes) = self.lanes.take() {
            let mut state = lanes.state();
            state.used = state.used.saturating_sub(1);
            lanes.admit(state);
        }
    }
}

/// Climbs for as long as it pays.
#[derive(Debug)]
struct Climb {
    allowed: u32,
    /// What came through in the window that is open, and how many requests.
    work: u64,
    requests: u32,
    since: Option<Instant>,
    /// The best rate so far at the number of lanes that holds, in bytes per millisecond.
    rate: u64,
    step: Step,
    hold: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Doubling, until it no longer pays; from so many lanes.
    Doubling { from: u32 },
    /// As it is, for so many windows.
    Holding { left: u32 },
    /// One lane more than what holds, to see whether it pays.
    Trying { from: u32 },
}

impl Default for Climb {
    fn default() -> Self {
        Self {
            allowed: FIRST,
            work: 0,
            requests: 0,
            since: None,
            rate: 0,
            step: Step::Doubling { from: FIRST },
            hold: HOLD,
        }
    }
}

impl Climb {
    fn confirmed(&mut self, work: u64, now: Instant) {
        let since = *self.since.get_or_insert(now);
        self.work += work;
        self.requests += 1;
        let lasted = now.saturating_duration_since(since);
        let shortest = if self.requests < MANY {
            WINDOW
        } else {
            SHORT_WINDOW
        };
        if self.requests < 2 * self.allowed || lasted < shortest {
            return;
        }
        let micros = u64::try_from(lasted.as_micros()).unwrap_or(u64::MAX).max(1);
        let rate = self.work.saturating_mul(1_000) / micros;
        self.open_window(now);
        self.judge(rate);
    }

    fn open_window(&mut self, now: Instant) {
        (self.work, self.requests, self.since) = (0, 0, Some(now));
    }

    fn judge(&mut self, rate: u64) {
        match self.step {
            Step::Doubling { .. } if pays(rate, self.rate, 10) => {
                self.rate = rate;
                self.step = Step::Doubling { from: self.allowed };
                self.allowed = (self.allowed * 2).min(MOST);
            }
            Step::Doubling { from } => {
                self.allowed = from;
                self.step = Step::Holding { left: self.hold };
            }
            Step::Trying { .. } if pays(rate, self.rate, 4) => {
                self.rate = rate;
                self.hold = HOLD;
                self.step = Step::Trying { from: self.allowed };
                self.allowed = (self.allowed + 1).min(MOST);
            }
            Step::Trying { from } => {
                self.allowed = from;
                self.hold = (self.hold * 2).min(LONGEST_HOLD);
                self.step = Step::Holding { left: self.hold };
            }
            Step::Holding { left: 0 } if self.allowed < MOST => {
                self.rate = rate;
                self.step = Step::Trying { from: self.allowed };
                self.allowed += 1;
            }
            Step::Holding { left } => {
                self.rate = (self.rate * 7 + rate) / 8;
                self.step = Step::Holding {
                    left: left.saturating_sub(1),
                };
            }
        }
    }

    fn slow_down(&mut self, to: u32, now: Instant) {
        self.allowed = to.max(1);
        self.rate = 0;
        self.step = Step::Holding { left: HOLD * 2 };
        self.open_window(now);
    }
}

/// Whether a rate is so many percent above another.
const fn pays(rate: u64, before: u64, percent: u64) -> bool {
    rate.saturating_mul(100) > before.saturating_mul(100 + percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lets requests of one size through a line that carries `line` bytes a millisecond and a store that
    /// answers each lane after `delay` milliseconds at the earliest.
    fn after(seconds: u64, line: u64, delay: u64) -> Climb {
        let mut climb = Climb::default();
        let bytes = 1 << 20;
        let began = Instant::now();
        let mut elapsed = 0;
        while elapsed < seconds * 1_000_000 {
            // Microseconds between two answers: by the line, or by the lanes.
            let by_line = (bytes + REQUEST) * 1_000 / line;
            let by_delay = delay * 1_000 / u64::from(climb.allowed);
            elapsed += by_line.max(by_delay);
            climb.confirmed(bytes + REQUEST, began + Duration::from_micros(elapsed));
        }
        climb
    }

    #[tokio::test]
    async fn a_line_that_two_connections_fill_gets_two_or_little_more() {
        let climb = after(120, 2_500, 40);
        assert!((2..=3).contains(&climb.allowed), "{climb:?}");
    }

    #[tokio::test]
    async fn a_wide_line_to_a_far_store_gets_as_many_as_it_takes() {
        // 100 ms for each MiB on a lane, 100 MB/s in all: ten lanes fill it, and doubling comes to sixteen.
        let climb = after(30, 100_000, 100);
        assert!((9..=16).contains(&climb.allowed), "{climb:?}");
        let climb = after(30, 10_000_000, 100);
        assert_eq!(climb.allowed, MOST);
    }

    #[tokio::test]
    async fn a_burst_of_refusals_halves_once() {
        let lanes = Arc::new(Lanes::default());
        lanes.state().climb.allowed = 16;
        for _ in 0..10 {
            lanes.throttled(None);
        }
        assert_eq!(lanes.allowed(), 8);
    }

    #[tokio::test(start_paused = true)]
    async fn the_higher_priority_goes_first_and_a_rest_is_kept() {
        let lanes = Arc::new(Lanes::default());
        let held = [
            lanes.lane(TransferPriority::Usual).await,
            lanes.lane(TransferPriority::Usual).await,
        ];
        let (order, mut came) = tokio::sync::mpsc::unbounded_channel();
        for priority in [
            TransferPriority::Low,
            TransferPriority::Usual,
            TransferPriority::High,
        ] {
            let (lanes, order) = (Arc::clone(&lanes), order.clone());
            tokio::spawn(async move {
                let lane = lanes.lane(priority).await;
                order.send(priority).unwrap();
                drop(lane);
            });
            tokio::task::yield_now().await;
        }
        // One who waits and gives up is passed over.
        let gone = lanes.lane(TransferPriority::High);
        let waited = tokio::time::timeout(Duration::from_millis(1), gone).await;
        assert!(waited.is_err(), "both lanes are held");
        drop(held);
        let mut seen = Vec::new();
        for _ in 0..3 {
            seen.push(came.recv().await.unwrap());
        }
        assert_eq!(
            seen,
            [
                TransferPriority::High,
                TransferPriority::Usual,
                TransferPriority::Low
            ]
        );
        assert_eq!(lanes.state().used, 0);

        let began = Instant::now();
        lanes.throttled(Some(Duration::from_secs(3)));
        drop(lanes.lane(TransferPriority::High).await);
        assert!(began.elapsed() >= Duration::from_secs(3));
    }
}
