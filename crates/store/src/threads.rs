use std::panic::{AssertUnwindSafe, catch_unwind};
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
const WRITER_KIB: i64 = 24_576;

/// One writing thread and a few reading ones, each with its connection.
pub(crate) struct Threads {
    writes: Option<Sender<Work>>,
    reads: Option<Sender<Work>>,
    writer: Option<JoinHandle<()>>,
    readers: Vec<JoinHandle<()>>,
}

impl Threads {
    pub(crate) fn start(
        writer: Connection,
        open: impl Fn() -> Result<Connection, StoreError>,
    ) -> Result<Self, StoreError> {
        writer.pragma_update(None, "cache_size", -WRITER_KIB)?;
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
        let work: Work = Box::new(move |connection| {
            let outcome = begin(connection).map_err(E::from).and_then(|transaction| {
                let done = write(&mut Writes::new(&transaction))?;
                transaction
                    .commit()
                    .map_err(|error| E::from(error.into()))?;
                Ok(done)
            });
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
