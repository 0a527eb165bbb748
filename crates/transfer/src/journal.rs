//! Notes on their way into the journal: many become one transaction, because what takes time is telling the
//! disk to keep it.

use std::time::Duration;

use tallyport_store::{FileNote, Store, StoreError, TransferFileId};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

/// Notes that may wait to be written.
const QUEUE: usize = 1_024;
/// Notes in one transaction.
const MOST: usize = 2_048;
/// So long notes that nobody waits for are gathered before they are written. What a crash takes of them is
/// found out again by asking the store, at one request a file.
const GATHER: Duration = Duration::from_millis(50);

struct Entry {
    note: Option<(TransferFileId, FileNote)>,
    kept: Option<oneshot::Sender<()>>,
}

/// Where notes go in. Clones share it; the writing ends when the last one is gone.
#[derive(Clone)]
pub(crate) struct Journal {
    entries: mpsc::Sender<Entry>,
}

/// The journal takes no more notes; why, says whoever wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Closed;

impl Journal {
    /// Begins to write, and answers what tells how that ended.
    pub fn open(store: Store) -> (Self, JoinHandle<Result<(), StoreError>>) {
        let (entries, queue) = mpsc::channel(QUEUE);
        (Self { entries }, tokio::spawn(write(store, queue)))
    }

    /// Notes something that may be lost if the program ends now: it is found out again.
    pub async fn note(&self, file: TransferFileId, note: FileNote) -> Result<(), Closed> {
        self.send(Some((file, note)), None).await
    }

    /// Notes something and waits until the disk has it.
    pub async fn keep(&self, file: TransferFileId, note: FileNote) -> Result<(), Closed> {
        self.until_kept(Some((file, note))).await
    }

    /// Waits until the disk has everything that was noted before.
    pub async fn flush(&self) -> Result<(), Closed> {
        self.until_kept(None).await
    }

    async fn until_kept(&self, note: Option<(TransferFileId, FileNote)>) -> Result<(), Closed> {
        let (kept, is_kept) = oneshot::channel();
        self.send(note, Some(kept)).await?;
        is_kept.await.map_err(|_| Closed)
    }

    async fn send(
        &self,
        note: Option<(TransferFileId, FileNote)>,
        kept: Option<oneshot::Sender<()>>,
    ) -> Result<(), Closed> {
        let entry = Entry { note, kept };
        self.entries.send(entry).await.map_err(|_| Closed)
    }
}

async fn write(store: Store, mut queue: mpsc::Receiver<Entry>) -> Result<(), StoreError> {
    let mut entries = Vec::new();
    while gather(&mut queue, &mut entries).await {
        let mut notes = Vec::with_capacity(entries.len());
        let mut waiting = Vec::new();
        for entry in entries.drain(..) {
            notes.extend(entry.note);
            waiting.extend(entry.kept);
        }
        if !notes.is_empty() {
            store.write(move |ledger| ledger.note_files(&notes)).await?;
        }
        for kept in waiting {
            // Whoever waited may have been told to stop meanwhile.
            let _ = kept.send(());
        }
    }
    Ok(())
}

/// Takes what is to be written next: what is there, and, for as long as nobody waits for it, what comes soon
/// after. Whether there was anything.
async fn gather(queue: &mut mpsc::Receiver<Entry>, entries: &mut Vec<Entry>) -> bool {
    if queue.recv_many(entries, MOST).await == 0 {
        return false;
    }
    let until = Instant::now() + GATHER;
    let mut looked_at = 0;
    while entries.len() < MOST
        && entries[looked_at..]
            .iter()
            .all(|entry| entry.kept.is_none())
    {
        looked_at = entries.len();
        match timeout_at(until, queue.recv_many(entries, MOST - looked_at)).await {
            Ok(came) if came > 0 => {}
            _ => break,
        }
    }
    true
}
