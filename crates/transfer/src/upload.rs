//! Files on their way into a bucket.
//!
//! One thread reads and hashes, file after file, a little ahead of what is being sent; requests follow on as
//! many lanes as pay. A small file goes with the bytes that were hashed; of a large one as much is kept as there
//! is room for, and the rest is read a second time, a piece at a time, as its request goes out. S3 holds what
//! comes against the checksum that was announced, and the source is looked at after each stretch that was hashed,
//! so that a file which is written to meanwhile never becomes an object.

mod begin;
mod clash;
mod clear;
mod flight;
mod large;
mod read;
mod whole;

use std::sync::Arc;

use tallyport_ledger::transfer::FileState;
use tallyport_store::{StoreError, TransferFile, TransferFileId};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use crate::plan::WHOLE;
use crate::run::{Halt, Run, Stopped};
use crate::walking::Walking;

pub(crate) use clear::{find_unanswered, insist, leftovers};
use flight::Flight;
use read::Work;

/// Rows fetched from the journal at a time.
const ROWS: u32 = 256;
/// Files between the journal and the reading thread, and pieces of work between that and the lanes.
const FILES_AHEAD: usize = 64;
const WORK_AHEAD: usize = 8;
/// More is in work than there are lanes, so that one that waits to try again holds up nobody; but little more,
/// so that what is read ahead is still in memory when it is sent.
const AHEAD: usize = 4;
/// Large files that are looked at before they are read, at the same time.
const LOOKS: usize = 4;

/// Sends everything that is open. Comes back when nothing is left to do, or the run was stopped.
pub(crate) async fn upload(run: &Arc<Run>, walking: &Walking) -> Result<(), StoreError> {
    loop {
        pass(run, walking).await?;
        // What is still on its way into the journal looks as if it were open.
        if run.journal.flush().await.is_err() {
            run.stop(Halt::Journal);
        }
        if run.is_halted() || !anything_open(run).await? {
            return Ok(());
        }
    }
}

async fn anything_open(run: &Run) -> Result<bool, StoreError> {
    for state in [
        FileState::Waiting,
        FileState::Underway,
        FileState::Completing,
    ] {
        if !rows(run, state, None, 1).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn rows(
    run: &Run,
    state: FileState,
    after: Option<TransferFileId>,
    limit: u32,
) -> Result<Vec<TransferFile>, StoreError> {
    let id = run.transfer.id;
    run.store
        .read(move |ledger| ledger.transfer_files(id, Some(state), after, limit))
        .await
}

/// One way through the files that are open now.
async fn pass(run: &Arc<Run>, walking: &Walking) -> Result<(), StoreError> {
    let (files, to_read) = mpsc::channel(FILES_AHEAD);
    let (work, mut to_do) = mpsc::channel(WORK_AHEAD);
    let reader = {
        let run = Arc::clone(run);
        tokio::task::spawn_blocking(move || read::read_files(&run, to_read, &work))
    };
    let feeding = feed(run, walking, files);
    let sending = async {
        let mut tasks = JoinSet::new();
        while let Some(next) = to_do.recv().await {
            let run = Arc::clone(run);
            let most = AHEAD + 2 * run.lanes.allowed() as usize;
            tasks.spawn(async move { work_on(&run, next).await });
            while tasks.try_join_next().is_some() {}
            while tasks.len() >= most {
                tasks.join_next().await;
            }
        }
        while tasks.join_next().await.is_some() {}
    };
    let (fed, ()) = tokio::join!(feeding, sending);
    if reader.await.is_err() {
        tracing::error!("the reading of files panicked");
        run.stop(Halt::Journal);
    }
    fed
}

async fn work_on(run: &Arc<Run>, work: Work) {
    let outcome = match work {
        Work::Whole(whole) => whole::send(run, whole).await,
        Work::Part {
            flight,
            span,
            crc64nvme,
            kept,
        } => large::send_part(run, &flight, span, crc64nvme, kept).await,
        Work::Read { flight, digests } => {
            flight.read(digests);
            large::settle(run, &flight).await
        }
        Work::Unreadable { flight, problem } => large::unreadable(run, &flight, problem).await,
    };
    match outcome {
        // What was under way is found in the journal when it goes on.
        Ok(()) | Err(Stopped::Halted) => {}
        Err(Stopped::Fault(fault)) => run.stop(Halt::Broken(fault.problem())),
    }
}

/// Hands files to the reading thread: those that were begun first, then the others as they are found.
async fn feed(
    run: &Arc<Run>,
    walking: &Walking,
    files: mpsc::Sender<Arc<Flight>>,
) -> Result<(), StoreError> {
    let looks = Arc::new(Semaphore::new(LOOKS));
    let mut looking = JoinSet::new();
    for state in [
        FileState::Completing,
        FileState::Underway,
        FileState::Waiting,
    ] {
        let mut after = None;
        loop {
            // Asked before the rows are: what is found meanwhile is in the next ones.
            let found = walking.found();
            let batch = rows(run, state, after, ROWS).await?;
            let Some(last) = batch.last() else {
                if state != FileState::Waiting || !found.wait(run).await {
                    break;
                }
                continue;
            };
            after = Some(last.id);
            for row in batch {
                if run.is_halted() {
                    break;
                }
                let flight = Arc::new(Flight::new(run, row));
                if flight.row.state == FileState::Waiting
                    && flight.row.bytes <= WHOLE
                    && flight.row.creating_at.is_none()
                {
                    if files.send(flight).await.is_err() {
                        break;
                    }
                    continue;
                }
                let Ok(look) = Arc::clone(&looks).acquire_owned().await else {
                    break;
                };
                let (run, files) = (Arc::clone(run), files.clone());
                looking.spawn(async move {
                    match begin::begin(&run, &flight).await {
                        // A closed channel means that the run halts.
                        Ok(true) => drop(files.send(flight).await),
                        Ok(false) | Err(Stopped::Halted) => {}
                        Err(Stopped::Fault(fault)) => {
                            drop(run.refused(flight.row.id, &fault).await);
                        }
                    }
                    drop(look);
                });
            }
            if run.is_halted() {
                break;
            }
        }
    }
    while looking.join_next().await.is_some() {}
    Ok(())
}
