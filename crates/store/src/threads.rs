use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use crate::{Reads, StoreError, Writes, closing};

type Work = Box<dyn FnOnce(&mut Connection) + Send>;

/// How many reads run at the same time.
const READERS: usize = 3;
/// How often the write lock is asked for; each time SQLite waits for its busy timeout.
const PATIENCE: u32 = 24;

/// KiB of pages that the writer holds. A load writes in the order of the keys, nearly every page once, while
/// what it loads takes its memory: what no longer fits goes to the log before the commit.
const WRITER_KIB: i64 = 16_384;

/// Rows that change before the log is copied into the file. A reading thread does it, while the writer goes
/// on; beyond so many pages, because readers were busy, the writer does.
const COPIED_AFTER: u64 = 1_000;
const MOST_PAGES: i64 = 32_768;

/// One writing thread and a few reading ones, each with its connection.
pub(crate) struct Threads {
    writes: Option<Sender<Work>>,
    reads: Option<Sender<Work>>,
    writer: Option<JoinHandle<()>>,
    readers: Vec<JoinHandle<()>>,
    /// Rows that were changed since the log was copied.
    changed: Arc<AtomicU64>,
}

impl Threads {
    pub(crate) fn start(
        writer: Connection,
        open: impl Fn() -> Result<Connection, StoreError>,
    ) -> Result<Self, StoreError> {
        writer.pragma_update(None, "cache_size", -WRITER_KIB)?;
        writer.pragma_update_and_check(None, "wal_autocheckpoint", MOST_PAGES, |_| Ok(()))?;
        let (writes, write_queue) = channel::<Work>();
        let (reads, read_queue) = channel::<Work>();
        let read_queue = Arc::new(Mutex::new(read_queue));
        let write_queue = Arc::new(Mutex::new(write_queue));
        let writer = spawn("store-writer", writer, write_queue, closing::close)?;
        let mut readers = Vec::new();
        for _ in 0..READERS {
            let connection = open()?;
            connection.pragma_update(None, "query_only", true)?;
            readers.push(spawn(
                "store-reader",
                connection,
                Arc::clone(&read_queue),
                drop,
            )?);
        }
        Ok(Self {
            writes: Some(writes),
            reads: Some(reads),
            writer: Some(writer),
            readers,
            changed: Arc::default(),
        })
    }

    pub(crate) fn read<T, E>(
        &self,
        read: impl FnOnce(&Reads<'_>) -> Result<T, E> + Send + 'static,
    ) -> oneshot::Receiver<Result<T, E>>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, receiver) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let outcome = connection
                .transaction()
                .map_err(|error| E::from(error.into()))
                .and_then(|snapshot| {
                    read(&Reads {
                        connection: &snapshot,
                    })
                });
            // Nobody waits any more: the answer is not needed.
            drop(answer.send(outcome));
        });
        if let Some(queue) = &self.reads {
            // A closed queue drops the work and with it the sender: the caller sees Closed.
            drop(queue.send(work));
        }
        receiver
    }

    pub(crate) fn write<T, E>(
        &self,
        write: impl FnOnce(&mut Writes<'_>) -> Result<T, E> + Send + 'static,
    ) -> oneshot::Receiver<Result<T, E>>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, receiver) = oneshot::channel();
        let (changed, reads) = (Arc::clone(&self.changed), self.reads.clone());
        let work: Work = Box::new(move |connection| {
            let before = connection.total_changes();
            let outcome = begin(connection).map_err(E::from).and_then(|transaction| {
                let done = write(&mut Writes::new(&transaction))?;
                transaction
                    .commit()
                    .map_err(|error| E::from(error.into()))?;
                Ok(done)
            });
            let more = connection.total_changes().saturating_sub(before);
            let all = changed.fetch_add(more, Ordering::Relaxed) + more;
            if all >= COPIED_AFTER {
                changed.store(0, Ordering::Relaxed);
                let copy: Work = Box::new(|connection| closing::copy_log(connection));
                if let Some(queue) = &reads {
                    drop(queue.send(copy));
                }
            }
            drop(answer.send(outcome));
        });
        if let Some(queue) = &self.writes {
            drop(queue.send(work));
        }
        receiver
    }
}

/// Takes the write lock; another process may hold it for as long as a large import takes.
fn begin(connection: &Connection) -> Result<Transaction<'_>, StoreError> {
    let mut refused = StoreError::Busy;
    for _ in 0..PATIENCE {
        match Transaction::new_unchecked(connection, TransactionBehavior::Immediate) {
            Ok(transaction) => return Ok(transaction),
            Err(error) => refused = error.into(),
        }
        if !matches!(refused, StoreError::Busy) {
            break;
        }
    }
    Err(refused)
}

fn spawn(
    name: &str,
    mut connection: Connection,
    queue: Arc<Mutex<Receiver<Work>>>,
    close: fn(Connection),
) -> Result<JoinHandle<()>, StoreError> {
    let work = move || {
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(work) = next else { break };
            // A panic rolls its transaction back and reaches the caller as Closed; the thread
            // lives on for the others.
            if catch_unwind(AssertUnwindSafe(|| work(&mut connection))).is_err() {
                tracing::error!("a query panicked; its transaction was rolled back");
            }
        }
        close(connection);
    };
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map_err(|error| StoreError::Disk(error.to_string()))
}

impl Drop for Threads {
    /// Waits until the connections are closed, the writer's last, so that the file is whole without
    /// its log.
    fn drop(&mut self) {
        let wait = |handle: JoinHandle<()>| {
            // The last clone may be dropped by a query itself: a thread cannot wait for itself.
            if handle.thread().id() != std::thread::current().id() {
                drop(handle.join());
            }
        };
        self.reads = None;
        self.readers.drain(..).for_each(wait);
        self.writes = None;
        self.writer.take().into_iter().for_each(wait);
    }
}
