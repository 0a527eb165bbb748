//! Files that go out piece by piece as they are made: neither what is in them nor the file is held.

use std::io::{self, Write};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc};

use crate::WorkspaceError;

/// A file's pieces; the last one may say why it is not whole.
pub type Pieces = mpsc::Receiver<Result<Vec<u8>, WorkspaceError>>;

/// How much goes out at once.
const PIECE: usize = 256 * 1024;
/// How many pieces wait for whoever takes them.
const PIECES: usize = 4;
/// How long a piece waits.
const PATIENCE: Duration = Duration::from_secs(60);

/// One file at a time reads the workspace for as long as it goes out, since it holds a view of it.
pub(crate) static TURN: Semaphore = Semaphore::const_new(1);

/// Takes bytes and hands them on in pieces, from the thread that makes them to whoever waits for them. A file
/// that nobody takes the pieces of is given up.
#[derive(Debug)]
pub(crate) struct Outgoing {
    waiting: Vec<u8>,
    sender: mpsc::Sender<Result<Vec<u8>, WorkspaceError>>,
    runtime: Handle,
}

impl Outgoing {
    /// Where the bytes go in, where a failure is told, and where both come out. To be called in the runtime.
    pub fn new() -> (Self, mpsc::Sender<Result<Vec<u8>, WorkspaceError>>, Pieces) {
        let (sender, pieces) = mpsc::channel(PIECES);
        let outgoing = Self {
            waiting: Vec::with_capacity(PIECE),
            sender: sender.clone(),
            runtime: Handle::current(),
        };
        (outgoing, sender, pieces)
    }

    fn send(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.waiting, Vec::with_capacity(PIECE));
        let sender = &self.sender;
        // The clock of a runtime is asked from within it only.
        let sent = self
            .runtime
            .block_on(async { tokio::time::timeout(PATIENCE, sender.send(Ok(piece))).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            // Nobody is there, or nobody takes it.
            Ok(Err(_)) | Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}
