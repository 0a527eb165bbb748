mod steer;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use aws_config::SdkConfig;
use jiff::tz::TimeZone;
use tallyport_ledger::transfer::{Limits, TransferDirection, TransferState};
use tallyport_store::{NewTransfer, Store, StoreError, Transfer, TransferId};
use tokio::time::{Instant, MissedTickBehavior};

use crate::buffers::Buffers;
use crate::journal::Journal;
use crate::lanes::Lanes;
use crate::limits::{Gate, Gates, Timetable};
use crate::progress::{Speed, progress};
use crate::run::{Halt, Parts, Run};
use crate::walking::Walking;
use crate::wire::Wire;
use crate::{
    Clock, DownloadAsk, Ended, Problem, Progress, Random, Target, TransferError, UploadAsk, Wanted,
    download, upload,
};

/// How often progress is told, and the journal asked whether somebody wants something else.
const TICK: Duration = Duration::from_millis(200);
/// For so long a store may be silent before a transfer stops and waits for a better moment.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// Moves files, as the journal says. One for each open workspace; clones share lanes and limits.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

struct Shared {
    store: Store,
    clock: Clock,
    random: Random,
    lanes: Mutex<HashMap<String, Arc<Lanes>>>,
    timetable: RwLock<Timetable>,
    gate: Gate,
    buffers: Buffers,
    patience: Duration,
}

impl Engine {
    /// An engine over the journal in an open workspace.
    #[must_use]
    pub fn new(store: Store, clock: Clock, random: Random) -> Self {
        Self::with_patience(store, clock, random, PATIENCE)
    }

    /// As [`Engine::new`], with another patience for stores that are silent.
    #[must_use]
    pub fn with_patience(store: Store, clock: Clock, random: Random, patience: Duration) -> Self {
        Self {
            shared: Arc::new(Shared {
                store,
                clock,
                random,
                lanes: Mutex::default(),
                timetable: RwLock::new(Timetable {
                    limits: Limits::default(),
                    zone: TimeZone::UTC,
                }),
                gate: Gate::new(None),
                buffers: Buffers::new(),
                patience,
            }),
        }
    }

    /// Writes down what is to be sent. Nothing is looked at or moved before [`Engine::run`].
    ///
    /// # Errors
    /// [`TransferError::Asked`] if it makes no sense, or the journal's.
    pub async fn begin_upload(&self, ask: UploadAsk) -> Result<TransferId, TransferError> {
        let roots = ask.sources.iter().map(|source| absolute(source));
        let roots: Vec<String> = roots.collect::<Result<_, _>>()?;
        self.add(NewTransfer {
            token: self.token(),
            direction: TransferDirection::Up,
            title: ask.title,
            scope: ask.scope,
            started_by: ask.by,
            bucket: ask.to.bucket,
            prefix: ask.to.prefix,
            region: ask.to.region,
            key_id: ask.to.key_id,
            folder: None,
            on_clash: ask.on_clash,
            priority: ask.priority,
            bytes_per_second: ask.limit,
            roots,
            at: (self.shared.clock)(),
        })
        .await
    }

    /// Writes down what is to be fetched.
    ///
    /// # Errors
    /// [`TransferError::Asked`] if it makes no sense, or the journal's.
    pub async fn begin_download(&self, ask: DownloadAsk) -> Result<TransferId, TransferError> {
        let Target {
            bucket,
            prefix,
            region,
            key_id,
        } = ask.from;
        for wanted in &ask.wanted {
            let (Wanted::File(key) | Wanted::Folder(key)) = wanted;
            if !key.starts_with(&prefix) {
                let said = format!("\"{key}\" does not lie below \"{prefix}\"");
                return Err(asked("transfer.outside", said));
            }
        }
        let roots = ask.wanted.into_iter().map(|wanted| match wanted {
            Wanted::File(key) => key,
            Wanted::Folder(key) if key.is_empty() || key.ends_with('/') => key,
            Wanted::Folder(key) => key + "/",
        });
        self.add(NewTransfer {
            token: self.token(),
            direction: TransferDirection::Down,
            title: ask.title,
            scope: ask.scope,
            started_by: ask.by,
            bucket,
            prefix,
            region,
            key_id,
            folder: Some(absolute(&ask.into)?),
            on_clash: ask.on_clash,
            priority: ask.priority,
            bytes_per_second: ask.limit,
            roots: roots.collect(),
            at: (self.shared.clock)(),
        })
        .await
    }

    fn token(&self) -> [u8; 16] {
        let mut token = [0; 16];
        (self.shared.random)(&mut token);
        token
    }

    async fn add(&self, new: NewTransfer) -> Result<TransferId, TransferError> {
        if new.roots.is_empty() {
            return Err(asked("transfer.nothing", "there is nothing to transfer"));
        }
        if !new.prefix.is_empty() && !new.prefix.ends_with('/') {
            let said = format!("the prefix \"{}\" does not end with a slash", new.prefix);
            return Err(asked("transfer.prefix", said));
        }
        self.change(move |ledger| ledger.add_transfer(&new)).await
    }

    async fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut tallyport_store::Writes<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, TransferError> {
        Ok(self.shared.store.write(change).await?)
    }

    /// How fast all transfers of this engine together may be, from now on, by the clock of a zone.
    pub fn set_limits(&self, limits: Limits, zone: TimeZone) {
        let timetable = Timetable { limits, zone };
        self.shared.gate.set(timetable.at((self.shared.clock)()));
        let shared = &self.shared.timetable;
        *shared.write().unwrap_or_else(PoisonError::into_inner) = timetable;
    }

    /// Moves what is left to move of a transfer, or clears up one that was cancelled, and says how that
    /// ended. To be called again after whatever ended it early: what has arrived is not sent twice.
    /// `process` names this program for others that look at the journal.
    ///
    /// # Errors
    /// The journal's. What the store or the disk says, says the answer.
    pub async fn run(
        &self,
        id: TransferId,
        config: &SdkConfig,
        process: &str,
        mut on_progress: impl FnMut(&Progress) + Send,
    ) -> Result<Ended, TransferError> {
        let process = process.to_owned();
        let (transfer, roots) = self
            .change(move |ledger| {
                let transfer = ledger.take_transfer(id, &process)?;
                Ok((transfer, ledger.transfer_roots(id)?))
            })
            .await?;
        if transfer.state != TransferState::Running {
            return Ok(Ended::of(&transfer, None));
        }
        let (journal, writing) = Journal::open(self.shared.store.clone());
        let run = Arc::new(self.prepare(transfer, roots, config, journal));
        // Whoever lets go of this future ends what goes on in threads of its own.
        let stopping = StopAtEnd(Arc::clone(&run));
        follow(&run, run.transfer.asked);
        let walking = Walking::begin(&run);
        let mut speed = Speed::default();
        let outcome = {
            let work = async {
                match run.transfer.direction {
                    TransferDirection::Up => upload::upload(&run, &walking).await,
                    TransferDirection::Down => download::download(&run, &walking).await,
                }
            };
            tokio::pin!(work);
            let mut ticks = tokio::time::interval_at(Instant::now() + TICK, TICK);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    outcome = &mut work => break outcome,
                    _ = ticks.tick() => {
                        let now = self.look(&run).await?;
                        on_progress(&told(&run, &now, &mut speed));
                    }
                }
            }
        };
        walking.end().await;
        let halt = run.halt();
        let cleared = match (&outcome, &halt) {
            (Ok(()), Some(Halt::Cancel)) => clear_up(&run).await,
            (Ok(()), None) => leftovers(&run).await,
            _ => Ok(()),
        };
        // A journal that takes nothing says so itself, below.
        let _ = run.journal.flush().await;
        let mut last = |transfer: &Transfer| told(&run, transfer, &mut speed);
        let ended = match outcome.and(cleared) {
            Ok(()) if halt != Some(Halt::Journal) => {
                self.leave(id, halt).await.map(|(transfer, ended)| {
                    on_progress(&last(&transfer));
                    ended
                })
            }
            Ok(()) => Err(StoreError::Closed.into()),
            Err(error) => Err(error.into()),
        };
        drop(stopping);
        drop(run);
        // What the journal could not write says more than that it was closed.
        match writing.await {
            Ok(Err(error)) => Err(error.into()),
            _ => ended,
        }
    }

    fn prepare(
        &self,
        transfer: Transfer,
        roots: Vec<String>,
        config: &SdkConfig,
        journal: Journal,
    ) -> Run {
        let shared = &self.shared;
        let mut lanes = shared.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let lanes = Arc::clone(lanes.entry(transfer.bucket.clone()).or_default());
        Run::new(Parts {
            wire: Wire::new(config, &transfer.bucket, transfer.region.as_deref()),
            gates: Gates {
                all: shared.gate.clone(),
                own: Gate::new(transfer.bytes_per_second),
            },
            store: shared.store.clone(),
            buffers: shared.buffers.clone(),
            clock: Arc::clone(&shared.clock),
            random: Arc::clone(&shared.random),
            patience: shared.patience,
            transfer,
            roots,
            journal,
            lanes,
        })
    }

    /// Looks into the journal for what somebody asked for meanwhile, and at the clock for the limits.
    async fn look(&self, run: &Run) -> Result<Transfer, TransferError> {
        let id = run.transfer.id;
        let now = self
            .shared
            .store
            .read(move |ledger| ledger.transfer(id))
            .await?;
        follow(run, now.asked);
        run.prioritise(now.priority);
        run.gates.own.set(now.bytes_per_second);
        let timetable = &self.shared.timetable;
        let timetable = timetable.read().unwrap_or_else(PoisonError::into_inner);
        self.shared.gate.set(timetable.at((self.shared.clock)()));
        Ok(now)
    }

    /// Notes how a run ended.
    async fn leave(
        &self,
        id: TransferId,
        halt: Option<Halt>,
    ) -> Result<(Transfer, Ended), TransferError> {
        let at = (self.shared.clock)();
        self.change(move |ledger| {
            let found = ledger.transfer(id)?;
            let (state, reason) = match halt {
                Some(Halt::Cancel) => (TransferState::Cancelled, None),
                Some(Halt::Broken(problem)) => (TransferState::Paused, Some(problem)),
                Some(Halt::Pause | Halt::Journal) => (TransferState::Paused, None),
                None if found.clashes > 0 => (TransferState::Paused, Some(waits(found.clashes))),
                None if found.failed > 0 => (TransferState::Failed, None),
                None => (TransferState::Done, None),
            };
            let noted = reason
                .as_ref()
                .map(|reason| (reason.code, reason.said.as_str()));
            ledger.leave_transfer(id, state, noted, at)?;
            let transfer = ledger.transfer(id)?;
            let ended = Ended::of(&transfer, reason);
            Ok((transfer, ended))
        })
        .await
    }
}

struct StopAtEnd(Arc<Run>);

impl Drop for StopAtEnd {
    fn drop(&mut self) {
        self.0.stop(Halt::Pause);
    }
}

/// Ends every file of a transfer that was cancelled, and clears away what is half there.
async fn clear_up(run: &Arc<Run>) -> Result<(), StoreError> {
    if run.transfer.direction == TransferDirection::Up {
        upload::find_unanswered(run).await?;
    }
    // A journal that takes no more says so to whoever waits for its end.
    if run.journal.flush().await.is_err() {
        return Ok(());
    }
    let id = run.transfer.id;
    run.store
        .write(move |ledger| ledger.cancel_transfer_files(id))
        .await?;
    leftovers(run).await
}

/// Clears away what is half there of files that are not moved any more.
async fn leftovers(run: &Arc<Run>) -> Result<(), StoreError> {
    match run.transfer.direction {
        TransferDirection::Up => upload::leftovers(run).await,
        TransferDirection::Down => download::leftovers(run).await,
    }
}

fn waits(clashes: u64) -> Problem {
    let said = if clashes == 1 {
        "one file waits: something else is where it is to go".to_owned()
    } else {
        format!("{clashes} files wait: something else is where they are to go")
    };
    Problem::new("transfer.clash", said)
}

/// Does what somebody asked for in the journal.
fn follow(run: &Run, asked: Option<TransferState>) {
    match asked {
        Some(TransferState::Cancelled) => run.stop(Halt::Cancel),
        Some(TransferState::Paused) => run.stop(Halt::Pause),
        _ => {}
    }
}

fn told(run: &Run, transfer: &Transfer, speed: &mut Speed) -> Progress {
    let (current, waits_for) = run.current();
    let message = match (waits_for, transfer.walked, transfer.direction) {
        (Some(waits_for), ..) => format!("Trying again: {waits_for}"),
        (None, false, _) => "Looking for files and moving them".to_owned(),
        (None, true, TransferDirection::Up) => "Sending".to_owned(),
        (None, true, TransferDirection::Down) => "Fetching".to_owned(),
    };
    let lanes = run.lanes.allowed();
    progress(transfer, &run.counters, speed, lanes, message, current)
}

fn asked(code: &'static str, said: impl Into<String>) -> TransferError {
    TransferError::Asked(Problem::new(code, said))
}

fn absolute(path: &Path) -> Result<String, TransferError> {
    let shown = path.display();
    let Some(text) = path.to_str() else {
        let said = format!("\"{shown}\" is not text in UTF-8, which the journal keeps");
        return Err(asked("transfer.path", said));
    };
    if !path.is_absolute() {
        let said = format!("\"{shown}\" does not say from the root where it is");
        return Err(asked("transfer.path", said));
    }
    Ok(text.to_owned())
}
