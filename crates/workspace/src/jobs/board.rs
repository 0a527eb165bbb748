use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::future::Future;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tallyport_store::{Job, JobId, JobState, RunId, Store, StoreError};
use tokio::sync::{broadcast, watch};

use super::mark::{Mark, is_alive};
use super::{JobHandle, problem_of};
use crate::{Clock, ErrorKind, WorkspaceError};

/// Progress is passed on at most this often, in milliseconds.
const EVENT_EVERY: i64 = 100;
/// Progress is written down at most this often, in milliseconds: it waits behind the import's own
/// transaction, and nobody reads it but another process.
const NOTE_EVERY: i64 = 1_000;
/// How long after a failure the end of a job is written down again.
const END_AGAIN: [Duration; 3] = [
    Duration::from_millis(50),
    Duration::from_millis(250),
    Duration::from_secs(1),
];
/// Events that a slow listener may lag behind.
const BACKLOG: usize = 1_024;

/// The jobs of this process, and a view of those of others. Clones share it.
#[derive(Clone)]
pub struct Jobs(Arc<Board>);

struct Board {
    store: Store,
    clock: Clock,
    process: String,
    path: PathBuf,
    mark: Mutex<Mark>,
    live: Mutex<BTreeMap<JobId, Live>>,
    runs: Mutex<BTreeSet<RunId>>,
    events: broadcast::Sender<Job>,
}

struct Live {
    job: Job,
    cancelled: bool,
    told: i64,
    noted: i64,
    noting: bool,
    runtime: tokio::runtime::Handle,
    ended: watch::Sender<bool>,
}

impl Jobs {
    /// The board of an open workspace; `process` is a random name of this process.
    #[must_use]
    pub fn new(store: Store, clock: Clock, process: [u8; 8]) -> Self {
        let process: String = process
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|nibble| char::from_digit(nibble.into(), 16))
            .collect();
        let path = store.path();
        Self(Arc::new(Board {
            mark: Mutex::new(Mark::new(&path, &process)),
            store,
            clock,
            process,
            path,
            live: Mutex::new(BTreeMap::new()),
            runs: Mutex::new(BTreeSet::new()),
            events: broadcast::channel(BACKLOG).0,
        }))
    }

    /// Starts a job and answers at once; `body` runs on. What it answers is the job's result, its
    /// error the job's problem; [`WorkspaceError::Cancelled`] ends it as cancelled.
    ///
    /// # Errors
    /// The job could not be written down; `body` is not run then.
    pub async fn start<B, F>(
        &self,
        by: &str,
        kind: &'static str,
        title: impl Into<String>,
        unit: &'static str,
        body: B,
    ) -> Result<Job, WorkspaceError>
    where
        B: FnOnce(JobHandle) -> F + Send + 'static,
        F: Future<Output = Result<Value, WorkspaceError>> + Send + 'static,
    {
        self.show()?;
        let mut job = Job {
            id: JobId(0),
            kind: kind.to_owned(),
            title: title.into(),
            state: JobState::Running,
            done: 0,
            total: 0,
            unit: unit.to_owned(),
            message: String::new(),
            started_by: by.to_owned(),
            started_at: self.now(),
            ended_at: None,
            result: None,
            problem: None,
            process: self.0.process.clone(),
        };
        let row = job.clone();
        job.id = self
            .0
            .store
            .write(move |w| w.add_job(&row).map_err(WorkspaceError::from))
            .await?;
        let live = Live {
            job: job.clone(),
            cancelled: false,
            told: 0,
            noted: job.started_at.as_millisecond(),
            noting: false,
            runtime: tokio::runtime::Handle::current(),
            ended: watch::channel(false).0,
        };
        self.live().insert(job.id, live);
        self.tell(&job);
        let handle = JobHandle {
            board: self.clone(),
            id: job.id,
        };
        let (board, id) = (self.clone(), job.id);
        tokio::spawn(async move {
            // A body of its own task: if it panics, the job still ends.
            let outcome = tokio::spawn(async move { body(handle).await }).await;
            let outcome = outcome.unwrap_or_else(|error| {
                tracing::error!(%error, "a job panicked");
                Err(WorkspaceError::Fault(
                    "the work stopped half way".to_owned(),
                ))
            });
            board.end(id, outcome).await;
        });
        Ok(job)
    }

    /// As [`Jobs::start`], for work that blocks: it runs on a thread of its own.
    ///
    /// # Errors
    /// As [`Jobs::start`].
    pub async fn start_blocking<B>(
        &self,
        by: &str,
        kind: &'static str,
        title: impl Into<String>,
        unit: &'static str,
        body: B,
    ) -> Result<Job, WorkspaceError>
    where
        B: FnOnce(JobHandle) -> Result<Value, WorkspaceError> + Send + 'static,
    {
        self.start(by, kind, title, unit, |handle| async move {
            let outcome = tokio::task::spawn_blocking(move || body(handle)).await;
            outcome.map_err(|error| WorkspaceError::Fault(error.to_string()))?
        })
        .await
    }

    /// The newest jobs, newest first. Jobs whose process has died are interrupted.
    ///
    /// # Errors
    /// The workspace file's.
    pub async fn list(&self, limit: u32) -> Result<Vec<Job>, WorkspaceError> {
        self.sweep().await?;
        let mut jobs = self
            .0
            .store
            .read(move |r| r.jobs(limit).map_err(WorkspaceError::from))
            .await?;
        let live = self.live();
        for job in &mut jobs {
            if let Some(now) = live.get(&job.id) {
                *job = now.job.clone();
            }
        }
        Ok(jobs)
    }

    /// One job.
    ///
    /// # Errors
    /// [`WorkspaceError::NotFound`].
    pub async fn get(&self, id: JobId) -> Result<Job, WorkspaceError> {
        if let Some(live) = self.live().get(&id) {
            return Ok(live.job.clone());
        }
        self.sweep().await?;
        self.0
            .store
            .read(move |r| r.job(id).map_err(WorkspaceError::from))
            .await
    }

    /// Asks a job to stop, whichever process does it, and answers how it stands.
    ///
    /// # Errors
    /// [`WorkspaceError::NotFound`].
    pub async fn cancel(&self, id: JobId) -> Result<Job, WorkspaceError> {
        if let Some(live) = self.live().get_mut(&id) {
            live.cancelled = true;
            return Ok(live.job.clone());
        }
        let job = self.get(id).await?;
        if job.state.is_open() {
            self.0
                .store
                .write(move |w| w.ask_to_cancel(id).map_err(WorkspaceError::from))
                .await?;
        }
        Ok(job)
    }

    /// Waits until a job of this process has ended.
    ///
    /// # Errors
    /// [`WorkspaceError::NotFound`].
    pub async fn wait(&self, id: JobId) -> Result<Job, WorkspaceError> {
        let ended = self.live().get(&id).map(|live| live.ended.subscribe());
        if let Some(mut ended) = ended {
            // An error says that the sender is gone, and with it the job.
            drop(ended.wait_for(|ended| *ended).await);
        }
        self.get(id).await
    }

    /// Every change of every job of this process, from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Job> {
        self.0.events.subscribe()
    }

    /// The name of this process.
    pub(crate) fn process(&self) -> &str {
        &self.0.process
    }

    /// Shows other processes from now on that this one is alive.
    pub(crate) fn show(&self) -> Result<(), WorkspaceError> {
        self.lock_mark()
            .show()
            .map_err(|error| WorkspaceError::Fault(error.to_string()))
    }

    /// Says that this process is at a run, until what is answered is dropped.
    pub(crate) fn hold(&self, run: RunId) -> HeldRun {
        self.runs().insert(run);
        HeldRun {
            board: self.clone(),
            run,
        }
    }

    /// Whether the process that makes a run is still at it.
    pub(crate) fn is_at(&self, run: RunId, process: &str) -> bool {
        if process == self.0.process {
            self.runs().contains(&run)
        } else {
            is_alive(&self.0.path, process)
        }
    }

    /// Whether a process that has the workspace open is alive; this one is.
    pub(crate) fn is_alive(&self, process: &str) -> bool {
        process == self.0.process || is_alive(&self.0.path, process)
    }

    fn runs(&self) -> MutexGuard<'_, BTreeSet<RunId>> {
        self.0.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_cancelled(&self, id: JobId) -> bool {
        self.live().get(&id).is_none_or(|live| live.cancelled)
    }

    /// How far an open job is. It is told at once when it begins to wait or to work, else a few times a second.
    pub(super) fn progress(
        &self,
        id: JobId,
        state: JobState,
        (done, total): (u64, u64),
        message: &str,
    ) -> ControlFlow<()> {
        let now = self.now().as_millisecond();
        let mut all = self.live();
        let Some(live) = all.get_mut(&id) else {
            return ControlFlow::Break(());
        };
        live.job.done = done;
        live.job.total = total;
        if live.job.message != message {
            message.clone_into(&mut live.job.message);
        }
        let turned = live.job.state != state;
        live.job.state = state;
        if turned || now - live.told >= EVENT_EVERY || now < live.told {
            live.told = now;
            self.tell(&live.job);
        }
        if !live.noting && (now - live.noted >= NOTE_EVERY || now < live.noted) {
            live.noting = true;
            let (board, job) = (self.clone(), live.job.clone());
            live.runtime.spawn(async move { board.note(job).await });
        }
        if live.cancelled {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    pub(super) fn keep(&self, id: JobId, result: Value) {
        if let Some(live) = self.live().get_mut(&id) {
            live.job.result = Some(result);
        }
    }

    async fn note(&self, job: Job) {
        let id = job.id;
        let noted = self.0.store.write(move |w| w.note_job(&job)).await;
        let now = self.now().as_millisecond();
        if let Some(live) = self.live().get_mut(&id) {
            live.noting = false;
            live.noted = now;
            live.cancelled |= noted.unwrap_or(false);
        }
    }

    async fn end(&self, id: JobId, outcome: Result<Value, WorkspaceError>) {
        let Some(mut job) = self.live().get(&id).map(|live| live.job.clone()) else {
            return;
        };
        job.ended_at = Some(self.now());
        match outcome {
            Ok(result) => {
                job.state = JobState::Done;
                job.done = job.total.max(job.done);
                job.result = Some(result);
            }
            Err(error) if error.kind() == ErrorKind::Cancelled => job.state = JobState::Cancelled,
            Err(error) => {
                tracing::warn!(job = %id, %error, "a job failed");
                job.state = JobState::Failed;
                job.problem = Some(problem_of(&error));
            }
        }
        if let Err(error) = self.write_end(&job).await {
            tracing::error!(job = %id, %error, "the end of a job could not be written down");
            // The file goes on saying that it runs; who asks this process hears how it ended.
            if let Some(live) = self.live().get_mut(&id) {
                live.job = job.clone();
                live.ended.send_replace(true);
            }
        } else if let Some(live) = self.live().remove(&id) {
            live.ended.send_replace(true);
        }
        self.tell(&job);
    }

    /// Writes down how a job ended; again a little later where the disk says no.
    async fn write_end(&self, job: &Job) -> Result<(), StoreError> {
        let mut waits = END_AGAIN.into_iter();
        loop {
            let row = job.clone();
            let written = self.0.store.write(move |w| w.end_job(&row)).await;
            match (written, waits.next()) {
                (Err(error), Some(wait)) if !matches!(error, StoreError::Closed) => {
                    tracing::warn!(job = %job.id, %error, "the end of a job is written down once more");
                    tokio::time::sleep(wait).await;
                }
                (written, _) => return written,
            }
        }
    }

    /// Marks the jobs of dead processes as interrupted.
    async fn sweep(&self) -> Result<(), WorkspaceError> {
        let open = self
            .0
            .store
            .read(|r| r.open_jobs().map_err(WorkspaceError::from))
            .await?;
        let dead: Vec<Job> = open
            .into_iter()
            .filter(|job| job.process != self.0.process && !is_alive(&self.0.path, &job.process))
            .map(|job| Job {
                state: JobState::Interrupted,
                ended_at: Some(self.now()),
                ..job
            })
            .collect();
        if dead.is_empty() {
            return Ok(());
        }
        self.0
            .store
            .write(move |w| {
                dead.iter()
                    .try_for_each(|job| w.end_job(job).map_err(WorkspaceError::from))
            })
            .await
    }

    fn tell(&self, job: &Job) {
        // Nobody may be listening.
        drop(self.0.events.send(job.clone()));
    }

    fn now(&self) -> Timestamp {
        (self.0.clock)()
    }

    fn live(&self) -> MutexGuard<'_, BTreeMap<JobId, Live>> {
        self.0.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_mark(&self) -> MutexGuard<'_, Mark> {
        self.0.mark.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A run that this process is at.
#[derive(Debug)]
pub(crate) struct HeldRun {
    board: Jobs,
    run: RunId,
}

impl Drop for HeldRun {
    fn drop(&mut self) {
        self.board.runs().remove(&self.run);
    }
}

impl fmt::Debug for Jobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jobs")
            .field("live", &self.live().len())
            .finish()
    }
}
