//! One transfer at work: what its tasks share, when it stops, and how often it asks.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tallyport_ledger::transfer::{FileState, TransferPriority};
use tallyport_store::{FileNote, Store, StoreError, Transfer, TransferFileId};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::buffers::Buffers;
use crate::digest::Digests;
use crate::journal::{Closed, Journal};
use crate::lanes::Lanes;
use crate::limits::Gates;
use crate::progress::Counters;
use crate::wire::{Fault, Kind, Wire};
use crate::{Clock, Problem, Random};

/// Why a run stops before everything is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Halt {
    /// Somebody asked for a pause.
    Pause,
    /// Somebody asked for its end.
    Cancel,
    /// Every other file would come to the same.
    Broken(Problem),
    /// The journal takes no more notes.
    Journal,
}

/// Why a task did not get what it asked for.
#[derive(Debug)]
pub(crate) enum Stopped {
    /// The run halts: nothing is to be noted any more.
    Halted,
    /// The store says no.
    Fault(Fault),
}

impl From<Closed> for Stopped {
    fn from(_: Closed) -> Self {
        Self::Halted
    }
}

/// A file sent in one request whose answer has not come.
#[derive(Debug, Clone)]
pub(crate) struct Unanswered {
    pub key: String,
    pub bytes: u64,
    pub digests: Digests,
}

/// What the tasks of one run share.
pub(crate) struct Run {
    pub transfer: Transfer,
    pub roots: Vec<String>,
    pub store: Store,
    pub wire: Wire,
    pub journal: Journal,
    pub lanes: Arc<Lanes>,
    pub gates: Gates,
    pub buffers: Buffers,
    pub counters: Counters,
    pub clock: Clock,
    pub random: Random,
    pub patience: Duration,
    halt: watch::Sender<Option<Halt>>,
    priority: AtomicI64,
    marks: Mutex<Marks>,
}

#[derive(Default)]
struct Marks {
    confirmed_at: Option<Instant>,
    /// Files that were refused while none had been taken.
    refused: u32,
    /// Set when the store was silent for too long.
    is_silent: bool,
    current: Option<String>,
    waits_for: Option<String>,
    begun_anew: HashMap<TransferFileId, u32>,
    unanswered: BTreeMap<TransferFileId, Unanswered>,
}

/// Attempts at one request that the store answers with an error, or that breaks while others succeed.
const ATTEMPTS: u32 = 10;
/// How often one file is begun anew, of itself.
const ANEW: u32 = 3;
/// Refusals in a row from the first file on, after which the rest is not tried.
const REFUSALS: u32 = 3;
/// The first wait between two attempts, and the longest.
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// Attempts after a checksum that did not fit, and with renewed credentials.
const CORRUPTIONS: u32 = 3;
const RENEWALS: u32 = 3;

/// What was tried at one request.
#[derive(Debug, Default)]
struct Tries {
    failed: u32,
    corrupt: u32,
    renewed: u32,
    clock_set: bool,
}

pub(crate) struct Parts {
    pub transfer: Transfer,
    pub roots: Vec<String>,
    pub store: Store,
    pub wire: Wire,
    pub journal: Journal,
    pub lanes: Arc<Lanes>,
    pub gates: Gates,
    pub buffers: Buffers,
    pub clock: Clock,
    pub random: Random,
    pub patience: Duration,
}

impl Run {
    pub fn new(parts: Parts) -> Self {
        Self {
            counters: Counters::from(parts.transfer.done_bytes),
            halt: watch::Sender::new(None),
            priority: AtomicI64::new(parts.transfer.priority.number()),
            marks: Mutex::default(),
            transfer: parts.transfer,
            roots: parts.roots,
            store: parts.store,
            wire: parts.wire,
            journal: parts.journal,
            lanes: parts.lanes,
            gates: parts.gates,
            buffers: parts.buffers,
            clock: parts.clock,
            random: parts.random,
            patience: parts.patience,
        }
    }

    fn marks(&self) -> MutexGuard<'_, Marks> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is written on an object, so that it is known as the one of this file.
    pub fn token(&self, file: TransferFileId) -> String {
        format!("{}-{file}", self.transfer.token)
    }

    /// Stops the run; the first reason counts, but an end that was asked for comes before a pause.
    pub fn stop(&self, why: Halt) {
        self.halt.send_if_modified(|halt| {
            let stronger = halt.is_none() || (why == Halt::Cancel && *halt == Some(Halt::Pause));
            if stronger {
                *halt = Some(why);
            }
            stronger
        });
    }

    pub fn halt(&self) -> Option<Halt> {
        self.halt.borrow().clone()
    }

    pub fn is_halted(&self) -> bool {
        self.halt.borrow().is_some()
    }

    /// Comes back when the run is to stop.
    pub async fn halted(&self) {
        let mut halt = self.halt.subscribe();
        // The sender lives in this very value.
        drop(halt.wait_for(Option::is_some).await);
    }

    pub fn prioritise(&self, priority: TransferPriority) {
        self.priority.store(priority.number(), Ordering::Relaxed);
    }

    fn priority(&self) -> TransferPriority {
        let number = self.priority.load(Ordering::Relaxed);
        TransferPriority::from_number(number).unwrap_or(TransferPriority::Usual)
    }

    /// So many bytes are where they belong, by one request.
    pub fn confirmed(&self, bytes: u64) {
        Counters::add(&self.counters.confirmed, bytes);
        self.lanes.confirmed(bytes);
        let mut marks = self.marks();
        marks.confirmed_at = Some(Instant::now());
        marks.waits_for = None;
    }

    /// So many bytes were where they belong before this run.
    pub fn arrived_before(&self, bytes: u64) {
        Counters::add(&self.counters.sent, bytes);
        Counters::add(&self.counters.confirmed, bytes);
    }

    /// The workspace file says no: nothing can be noted any more.
    pub fn journal_failed(&self, error: &StoreError) -> Stopped {
        tracing::error!(%error, "the journal of a transfer cannot be read or written");
        self.stop(Halt::Journal);
        Stopped::Halted
    }

    pub fn is_at(&self, name: &str) {
        self.marks().current = Some(name.to_owned());
    }

    /// A file that is under way, and what is being waited for.
    pub fn current(&self) -> (Option<String>, Option<String>) {
        let marks = self.marks();
        (marks.current.clone(), marks.waits_for.clone())
    }

    /// Asks until there is an answer or no sense in asking.
    pub async fn ask<T, F>(&self, attempt: impl Fn() -> F) -> Result<T, Stopped>
    where
        F: Future<Output = Result<T, Fault>>,
    {
        self.asking(attempt, false).await
    }

    /// As [`Run::ask`], but a request that is under way is never dropped: its answer has to be noted.
    pub async fn ask_to_the_end<T, F>(&self, attempt: impl Fn() -> F) -> Result<T, Stopped>
    where
        F: Future<Output = Result<T, Fault>>,
    {
        self.asking(attempt, true).await
    }

    async fn asking<T, F>(&self, attempt: impl Fn() -> F, to_the_end: bool) -> Result<T, Stopped>
    where
        F: Future<Output = Result<T, Fault>>,
    {
        let mut tries = Tries::default();
        loop {
            let lane = tokio::select! {
                biased;
                () = self.halted() => return Err(Stopped::Halted),
                lane = self.lanes.lane(self.priority()) => lane,
            };
            let answer = tokio::select! {
                biased;
                () = self.halted(), if !to_the_end => return Err(Stopped::Halted),
                answer = attempt() => answer,
            };
            drop(lane);
            let fault = match answer {
                Ok(answer) => return Ok(answer),
                Err(fault) => fault,
            };
            let Some(wait) = self.wait_after(&fault, &mut tries) else {
                return Err(Stopped::Fault(fault));
            };
            tokio::select! {
                () = self.halted() => return Err(Stopped::Halted),
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// How long to wait before the next attempt; nothing if there is to be none.
    fn wait_after(&self, fault: &Fault, tries: &mut Tries) -> Option<Duration> {
        tries.failed += 1;
        match fault.kind {
            Kind::Throttled => self.lanes.throttled(fault.wait),
            Kind::Passing => self.lanes.broke(),
            Kind::Conflict => {}
            Kind::Corrupt => {
                tries.corrupt += 1;
                if tries.corrupt >= CORRUPTIONS {
                    return None;
                }
            }
            Kind::Expired => {
                tries.renewed += 1;
                if tries.renewed > RENEWALS {
                    return None;
                }
                self.wire.renew_credentials();
            }
            Kind::ClockOff(by) => {
                if std::mem::replace(&mut tries.clock_set, true) {
                    return None;
                }
                // The SDK has heard it too, and signs with the time of the store from now on.
                tracing::warn!(seconds = by, "the clock is not that of the store");
                return Some(Duration::ZERO);
            }
            _ => return None,
        }
        let mut marks = self.marks();
        let now = Instant::now();
        let quiet = now - *marks.confirmed_at.get_or_insert(now);
        if quiet > self.patience {
            marks.is_silent = true;
            return None;
        }
        let others_succeed = quiet < Duration::from_secs(60);
        let is_hopeless = fault.kind != Kind::Throttled && (fault.answered || others_succeed);
        if tries.failed >= ATTEMPTS && is_hopeless {
            return None;
        }
        marks.waits_for = Some(fault.problem().said);
        drop(marks);
        let doubled = FIRST_WAIT.saturating_mul(1 << tries.failed.saturating_sub(1).min(10));
        let plain = doubled
            .min(LONGEST_WAIT)
            .max(fault.wait.unwrap_or_default());
        let mut chance = [0];
        (self.random)(&mut chance);
        // From half to three halves, so that what failed together is not repeated together.
        Some(plain.saturating_mul(256 + 2 * u32::from(chance[0])) / 512)
    }

    /// Whether every other file would come to the same.
    pub fn concerns_all(&self, fault: &Fault) -> bool {
        fault.concerns_all() || (fault.kind == Kind::Passing && self.marks().is_silent)
    }

    /// Notes that a file does not arrive, and why; stops everything where every other file would come to
    /// the same.
    pub async fn refused(&self, file: TransferFileId, fault: &Fault) -> Result<(), Stopped> {
        let problem = fault.problem();
        let none_taken = {
            let mut marks = self.marks();
            let denied = matches!(fault.kind, Kind::Denied | Kind::KeyDenied | Kind::Refused);
            let none = self.counters.confirmed.load(Ordering::Relaxed) == self.transfer.done_bytes;
            marks.refused += u32::from(denied && none);
            marks.refused >= REFUSALS
        };
        if self.concerns_all(fault) || none_taken {
            self.stop(Halt::Broken(problem));
            return Err(Stopped::Halted);
        }
        self.ended(file, FileState::Failed, problem).await
    }

    /// Notes that a file is not moved, or not any more, or waits for an answer.
    pub async fn ended(
        &self,
        file: TransferFileId,
        state: FileState,
        problem: Problem,
    ) -> Result<(), Stopped> {
        let note = FileNote::Ended {
            state,
            problem: problem.code.to_owned(),
            said: problem.said,
        };
        Ok(self.journal.note(file, note).await?)
    }

    /// Lets a file be begun anew in this run; whether it may be.
    pub async fn anew(&self, file: TransferFileId) -> Result<bool, Stopped> {
        let times = {
            let mut marks = self.marks();
            let times = marks.begun_anew.entry(file).or_default();
            *times += 1;
            *times
        };
        self.journal.keep(file, FileNote::Anew).await?;
        Ok(times <= ANEW)
    }

    pub fn expect_answer(&self, file: TransferFileId, sent: Unanswered) {
        self.marks().unanswered.insert(file, sent);
    }

    pub fn answered(&self, file: TransferFileId) {
        self.marks().unanswered.remove(&file);
    }

    pub fn unanswered(&self) -> BTreeMap<TransferFileId, Unanswered> {
        std::mem::take(&mut self.marks().unanswered)
    }
}
