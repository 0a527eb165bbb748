//! The hash of a file, taken on a thread of its own: it costs as much as cutting the rows.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use sha2::{Digest, Sha256};

/// Pieces that may wait to be hashed.
const WAITING: usize = 4;

/// A SHA-256 that is being taken.
pub(crate) struct Hashing {
    pieces: SyncSender<Vec<u8>>,
    /// Buffers that come back to be filled again.
    spare: Receiver<Vec<u8>>,
    thread: JoinHandle<[u8; 32]>,
}

impl Hashing {
    pub(crate) fn start() -> io::Result<Self> {
        let (pieces, to_hash) = sync_channel::<Vec<u8>>(WAITING);
        let (back, spare) = sync_channel(WAITING + 2);
        let thread = std::thread::Builder::new()
            .name("hash a cost file".to_owned())
            .spawn(move || {
                let mut hasher = Sha256::new();
                for mut piece in to_hash {
                    hasher.update(&piece);
                    piece.clear();
                    // A buffer that nobody wants back is dropped.
                    let _ = back.try_send(piece);
                }
                hasher.finalize().into()
            })?;
        Ok(Self {
            pieces,
            spare,
            thread,
        })
    }

    /// Takes in the next bytes.
    pub(crate) fn hash(&self, bytes: &[u8]) {
        let mut piece = self.spare.try_recv().unwrap_or_default();
        piece.extend_from_slice(bytes);
        // Only a thread that panicked no longer listens, and `finish` tells.
        let _ = self.pieces.send(piece);
    }

    /// The hash of everything.
    pub(crate) fn finish(self) -> io::Result<[u8; 32]> {
        drop(self.pieces);
        self.thread
            .join()
            .map_err(|_| io::Error::other("the hashing thread stopped"))
    }
}
