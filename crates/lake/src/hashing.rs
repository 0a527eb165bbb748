//! The hash of a file, taken on a thread of its own: it costs as much as reading the rows.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use blake3::Hasher;

use crate::pool::Pooled;

/// Pieces that may wait to be hashed.
const WAITING: usize = 4;

/// Bytes of a file.
enum Piece {
    Copied(Vec<u8>),
    /// What somebody else reads at the same time.
    Shared(Pooled),
}

/// A BLAKE3 hash that is being taken.
pub(crate) struct Hashing {
    pieces: SyncSender<Piece>,
    /// Buffers that come back to be filled again.
    spare: Receiver<Vec<u8>>,
    thread: JoinHandle<[u8; 32]>,
}

impl Hashing {
    pub(crate) fn start() -> io::Result<Self> {
        let (pieces, to_hash) = sync_channel::<Piece>(WAITING);
        let (back, spare) = sync_channel(WAITING + 2);
        let thread = std::thread::Builder::new()
            .name("hash a cost file".to_owned())
            .spawn(move || {
                let mut hasher = Hasher::new();
                for piece in to_hash {
                    match piece {
                        Piece::Copied(mut bytes) => {
                            hasher.update(&bytes);
                            bytes.clear();
                            // A buffer that nobody wants back is dropped.
                            let _ = back.try_send(bytes);
                        }
                        Piece::Shared(bytes) => {
                            hasher.update(&bytes);
                        }
                    }
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
        let _ = self.pieces.send(Piece::Copied(piece));
    }

    /// As [`Hashing::hash`], without a copy.
    pub(crate) fn hash_shared(&self, bytes: &Pooled) {
        let _ = self.pieces.send(Piece::Shared(bytes.clone()));
    }

    /// The hash of everything.
    pub(crate) fn finish(self) -> io::Result<[u8; 32]> {
        drop(self.pieces);
        self.thread
            .join()
            .map_err(|_| io::Error::other("the hashing thread stopped"))
    }
}
