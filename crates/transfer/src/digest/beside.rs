//! SHA-256 on a thread of its own: it takes longer than reading and the other checksum together, and who
//! reads need not wait for it before a part may go.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use super::{Digests, Parts};

/// Pieces that may wait to be hashed.
const AHEAD: usize = 8;

enum Step {
    Begin,
    Piece(Bytes),
    End,
}

/// The thread. It ends when this is dropped.
pub(crate) struct Beside {
    steps: SyncSender<Step>,
    ended: Receiver<[u8; 32]>,
}

impl Beside {
    /// Starts it among the threads for what blocks.
    pub fn start() -> Self {
        let (steps, to_do) = sync_channel(AHEAD);
        let (end, ended) = channel();
        tokio::task::spawn_blocking(move || {
            let mut sha256 = Sha256::new();
            for step in to_do {
                match step {
                    Step::Begin => sha256.reset(),
                    Step::Piece(piece) => sha256.update(&piece),
                    Step::End => {
                        if end.send(sha256.finalize_reset().into()).is_err() {
                            return;
                        }
                    }
                }
            }
        });
        Self { steps, ended }
    }

    /// Begins a file. One at a time.
    pub fn begin(&mut self) -> HashingBeside<'_> {
        self.step(Step::Begin);
        HashingBeside {
            parts: Parts::default(),
            sha256: self,
        }
    }

    fn step(&self, step: Step) {
        // That the thread has gone is said at the end of the file.
        let _ = self.steps.send(step);
    }
}

/// As [`super::Hashing`], with SHA-256 on the other thread.
pub(crate) struct HashingBeside<'a> {
    parts: Parts,
    sha256: &'a Beside,
}

impl HashingBeside<'_> {
    pub fn take(&mut self, piece: Bytes) {
        self.parts.update(&piece);
        self.sha256.step(Step::Piece(piece));
    }

    /// Ends a part and answers its checksum.
    pub fn end_part(&mut self) -> u64 {
        self.parts.end_part()
    }

    /// Waits for the thread. Nothing if that has gone.
    pub fn end(self) -> Option<Digests> {
        self.sha256.step(Step::End);
        Some(Digests {
            crc64nvme: self.parts.end(),
            sha256: self.sha256.ended.recv().ok()?,
        })
    }
}
