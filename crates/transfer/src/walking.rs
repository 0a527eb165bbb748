//! Finding the files of a transfer while those that were found first are moved already.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use tallyport_ledger::transfer::TransferDirection;
use tallyport_store::{FoundFile, StoreError};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::run::Run;
use crate::{download, walk};

/// Files in one transaction, and in the first one, so that the first byte is not kept waiting.
const BATCH: usize = 2_000;
const FIRST: usize = 64;
/// A batch is written after so long, however small it is.
const LATEST: Duration = Duration::from_millis(250);

/// The search for files, under way or done.
pub(crate) struct Walking {
    state: watch::Receiver<State>,
    task: JoinHandle<()>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct State {
    batches: u64,
    ended: bool,
}

/// What had been found at a moment.
pub(crate) struct Found {
    state: watch::Receiver<State>,
    then: State,
}

impl Walking {
    /// Begins to look for the files of a transfer, unless all of them are known.
    pub fn begin(run: &Arc<Run>) -> Self {
        let (sender, state) = watch::channel(State {
            batches: 0,
            ended: run.transfer.walked,
        });
        let run = Arc::clone(run);
        let task = tokio::spawn(async move {
            if !run.transfer.walked
                && let Err(error) = find(&run, &sender).await
            {
                // Whoever waits for more is woken by the stop.
                drop(run.journal_failed(&error));
            }
            sender.send_modify(|state| state.ended = true);
        });
        Self { state, task }
    }

    pub fn found(&self) -> Found {
        Found {
            then: *self.state.borrow(),
            state: self.state.clone(),
        }
    }

    /// Waits until the search has ended.
    pub async fn end(self) {
        drop(self.task.await);
    }
}

impl Found {
    /// Waits until more than that has been found; whether there may be more to look at.
    pub async fn wait(mut self, run: &Run) -> bool {
        if self.then.ended {
            return false;
        }
        let then = self.then;
        tokio::select! {
            () = run.halted() => false,
            changed = self.state.wait_for(|now| *now != then) => changed.is_ok(),
        }
    }
}

async fn find(run: &Arc<Run>, found: &watch::Sender<State>) -> Result<(), StoreError> {
    let id = run.transfer.id;
    run.store
        .write(move |ledger| ledger.forget_left_out(id))
        .await?;
    let complete = match run.transfer.direction {
        TransferDirection::Up => walk_folders(run, found.clone()).await?,
        TransferDirection::Down => download::list(run, |batch| add(run, found, batch)).await?,
    };
    if complete {
        run.store
            .write(move |ledger| ledger.transfer_is_walked(id))
            .await?;
    }
    Ok(())
}

async fn add(
    run: &Run,
    found: &watch::Sender<State>,
    batch: Vec<FoundFile>,
) -> Result<(), StoreError> {
    let id = run.transfer.id;
    run.store
        .write(move |ledger| ledger.add_transfer_files(id, &batch))
        .await?;
    found.send_modify(|state| state.batches += 1);
    Ok(())
}

/// Walks through the folders off the async threads; whether to their end.
async fn walk_folders(run: &Arc<Run>, found: watch::Sender<State>) -> Result<bool, StoreError> {
    let (run, runtime) = (Arc::clone(run), Handle::current());
    let walking = tokio::task::spawn_blocking(move || {
        let mut outcome = Ok(());
        let mut batch = Vec::new();
        let (mut largest, mut since) = (FIRST, Instant::now());
        let flow = walk::walk(&run.roots, &run.transfer.prefix, &mut |file| {
            batch.push(file);
            if batch.len() >= largest || since.elapsed() >= LATEST {
                outcome = runtime.block_on(add(&run, &found, std::mem::take(&mut batch)));
                (largest, since) = (BATCH, Instant::now());
            }
            if outcome.is_err() || run.is_halted() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        outcome?;
        if flow.is_break() {
            return Ok(false);
        }
        runtime.block_on(add(&run, &found, batch))?;
        Ok(true)
    });
    match walking.await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::error!(%error, "the walk through folders panicked");
            Ok(false)
        }
    }
}
