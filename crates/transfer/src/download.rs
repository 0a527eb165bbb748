//! Objects on their way to this computer.
//!
//! Each goes into a file of its own beside where it belongs, in parts that may come in any order, and takes
//! its name only when all of it has been read back from the disk and has the checksum that the store keeps.

mod fetch;
mod land;

use std::future::Future;
use std::sync::Arc;

use tallyport_ledger::transfer::FileState;
use tallyport_store::{FoundFile, SourceMarks, StoreError, TransferFile, TransferFileId};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::names;
use crate::run::{Halt, Run, Stopped};
use crate::walking::Walking;

pub(crate) use land::leftovers;

/// Rows fetched from the journal at a time.
const ROWS: u32 = 256;
/// Files that are fetched at the same time; the parts of each share the lanes with those of the others.
const FILES: usize = 32;

/// Finds what is to be fetched: an object, or all below a prefix. Answers whether it came to the end.
pub(crate) async fn list<F>(
    run: &Run,
    found: impl Fn(Vec<FoundFile>) -> F,
) -> Result<bool, StoreError>
where
    F: Future<Output = Result<(), StoreError>>,
{
    for (number, root) in (0..).zip(&run.roots) {
        let is_folder = root.is_empty() || root.ends_with('/');
        let mut continuation: Option<String> = None;
        loop {
            let asked = run
                .ask(|| run.wire.list(root, continuation.as_deref()))
                .await;
            let (objects, next) = match asked {
                Ok(page) => page,
                Err(Stopped::Halted) => return Ok(false),
                Err(Stopped::Fault(fault)) => {
                    run.stop(Halt::Broken(fault.problem()));
                    return Ok(false);
                }
            };
            let batch = objects
                .into_iter()
                .filter(|object| is_folder || object.key == *root)
                // What stands for an empty folder is no file.
                .filter(|object| !object.key.ends_with('/'))
                .map(|object| found_file(number, root, object));
            let batch: Vec<FoundFile> = batch.collect();
            // A key is the first of all that begin with it.
            let is_complete = next.is_none() || !is_folder;
            if is_complete && !is_folder && batch.is_empty() {
                found(vec![missing(number, root)]).await?;
            }
            found(batch).await?;
            if is_complete {
                break;
            }
            continuation = next;
        }
    }
    Ok(true)
}

/// A folder comes with its name, and what lies in it below that.
fn found_file(root: u32, asked: &str, object: crate::wire::Listed) -> FoundFile {
    let folder = asked.trim_end_matches('/');
    let above = folder.rfind('/').map_or(0, |slash| slash + 1);
    let (path, left_out) = match names::local_path(&object.key[above..]) {
        Ok(path) => (path, None),
        Err(problem) => (object.key.clone(), Some((problem.code, problem.said))),
    };
    FoundFile {
        root,
        path,
        key: left_out.is_none().then_some(object.key),
        bytes: object.bytes,
        marks: SourceMarks {
            modified: object
                .modified
                .and_then(|at| i64::try_from(at.as_nanosecond()).ok()),
            ..SourceMarks::default()
        },
        expected: Some(object.etag),
        left_out,
    }
}

fn missing(root: u32, key: &str) -> FoundFile {
    FoundFile {
        root,
        path: key.to_owned(),
        key: None,
        bytes: 0,
        marks: SourceMarks::default(),
        expected: None,
        left_out: Some(("transfer.missing", "there is no such object".to_owned())),
    }
}

/// Fetches everything that is open. Comes back when nothing is left to do, or the run was stopped.
pub(crate) async fn download(run: &Arc<Run>, walking: &Walking) -> Result<(), StoreError> {
    let room = Arc::new(Semaphore::new(FILES));
    let mut tasks = JoinSet::new();
    for state in [
        FileState::Completing,
        FileState::Underway,
        FileState::Waiting,
    ] {
        let mut after: Option<TransferFileId> = None;
        while !run.is_halted() {
            // Asked before the rows are: what is found meanwhile is in the next ones.
            let found = walking.found();
            let batch = rows(run, state, after).await?;
            let Some(last) = batch.last() else {
                if state != FileState::Waiting || !found.wait(run).await {
                    break;
                }
                continue;
            };
            after = Some(last.id);
            for row in batch {
                let Ok(place) = Arc::clone(&room).acquire_owned().await else {
                    break;
                };
                if run.is_halted() {
                    break;
                }
                let run = Arc::clone(run);
                tasks.spawn(async move {
                    fetch_one(&run, row).await;
                    drop(place);
                });
                while tasks.try_join_next().is_some() {}
            }
        }
    }
    while tasks.join_next().await.is_some() {}
    Ok(())
}

async fn fetch_one(run: &Arc<Run>, row: TransferFile) {
    let file = row.id;
    run.is_at(&row.path);
    let outcome = match fetch::fetch(run, row).await {
        Ok(()) => Ok(()),
        Err(fetch::Failed::Stopped(Stopped::Halted)) => Err(Stopped::Halted),
        Err(fetch::Failed::Stopped(Stopped::Fault(fault))) => run.refused(file, &fault).await,
        Err(fetch::Failed::Problem(problem)) => run.ended(file, FileState::Failed, problem).await,
    };
    if let Err(Stopped::Fault(fault)) = outcome {
        run.stop(Halt::Broken(fault.problem()));
    }
}

async fn rows(
    run: &Run,
    state: FileState,
    after: Option<TransferFileId>,
) -> Result<Vec<TransferFile>, StoreError> {
    let id = run.transfer.id;
    run.store
        .read(move |ledger| ledger.transfer_files(id, Some(state), after, ROWS))
        .await
}
