//! Pieces of files in memory, used again and again.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

/// The size of a piece: small enough to stay in a processor's cache between being read and being sent.
pub(crate) const PIECE: usize = 256 << 10;
/// So many pieces may be held by small files that were read ahead.
const AHEAD: usize = 64;
/// So many pieces of large files may be kept between being hashed and being sent.
const KEPT: usize = 64;

/// A pool of pieces. Clones share it.
#[derive(Clone)]
pub(crate) struct Buffers {
    shared: Arc<Shared>,
}

struct Shared {
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Default)]
struct Pool {
    free: Vec<Box<[u8]>>,
    ahead: usize,
    kept: usize,
}

/// What a piece counts as while it is held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Passing,
    Ahead,
    Kept,
}

/// A piece, which goes back to the pool when the last reader of its bytes has gone.
pub(crate) struct Piece {
    bytes: Option<Box<[u8]>>,
    filled: usize,
    held: Held,
    shared: Arc<Shared>,
}

impl Buffers {
    pub fn new() -> Self {
        Self {
            shared: Arc::new(Shared {
                pool: Mutex::new(Pool::default()),
                returned: Condvar::new(),
            }),
        }
    }

    /// A piece for what is being sent.
    pub fn piece(&self) -> Piece {
        let free = self.shared.pool().free.pop();
        self.with(free, Held::Passing)
    }

    /// A piece for what is hashed now and sent soon, which may be kept until then if it says so: there is room for
    /// some, and what is not kept is read again.
    pub fn piece_to_keep(&self) -> Piece {
        let mut pool = self.shared.pool();
        let held = if pool.kept < KEPT {
            pool.kept += 1;
            Held::Kept
        } else {
            Held::Passing
        };
        let free = pool.free.pop();
        drop(pool);
        self.with(free, held)
    }

    /// A piece for what is read ahead; waits while too much was read ahead. Not for async threads.
    pub fn piece_ahead(&self) -> Piece {
        let mut pool = self.shared.pool();
        while pool.ahead >= AHEAD {
            pool = self
                .shared
                .returned
                .wait(pool)
                .unwrap_or_else(PoisonError::into_inner);
        }
        pool.ahead += 1;
        let free = pool.free.pop();
        drop(pool);
        self.with(free, Held::Ahead)
    }

    fn with(&self, free: Option<Box<[u8]>>, held: Held) -> Piece {
        Piece {
            bytes: Some(free.unwrap_or_else(|| vec![0; PIECE].into_boxed_slice())),
            filled: 0,
            held,
            shared: Arc::clone(&self.shared),
        }
    }
}

/// What was kept of a stretch of a file, by where it lies in that. A piece can be had once, so that its memory is
/// free again as soon as it has gone; whoever asks a second time reads it anew.
#[derive(Clone, Default)]
pub(crate) struct Kept(Arc<Mutex<BTreeMap<u64, Bytes>>>);

impl Kept {
    pub fn put(&self, at: u64, bytes: Bytes) {
        self.pieces().insert(at, bytes);
    }

    pub fn take(&self, at: u64) -> Option<Bytes> {
        self.pieces().remove(&at)
    }

    fn pieces(&self) -> MutexGuard<'_, BTreeMap<u64, Bytes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Piece {
    /// Whether there is room to keep it until it is sent.
    pub fn may_be_kept(&self) -> bool {
        self.held == Held::Kept
    }

    /// Room for so many bytes.
    pub fn room(&mut self, bytes: usize) -> &mut [u8] {
        self.filled = bytes.min(PIECE);
        match &mut self.bytes {
            Some(piece) => &mut piece[..self.filled],
            None => &mut [],
        }
    }

    /// What was filled, to be sent; the piece comes back by itself.
    pub fn into_bytes(self) -> Bytes {
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        self.bytes
            .as_ref()
            .map_or(&[], |piece| &piece[..self.filled])
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        let mut pool = self.shared.pool();
        pool.free.extend(self.bytes.take());
        match self.held {
            Held::Passing => {}
            Held::Ahead => {
                pool.ahead -= 1;
                self.shared.returned.notify_one();
            }
            Held::Kept => pool.kept -= 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_much_is_kept_and_what_has_gone_makes_room() {
        let buffers = Buffers::new();
        let mut held: Vec<Piece> = (0..KEPT).map(|_| buffers.piece_to_keep()).collect();
        assert!(held.iter().all(Piece::may_be_kept));
        assert!(!buffers.piece_to_keep().may_be_kept(), "there is no room");
        assert!(!buffers.piece().may_be_kept(), "nobody asked for it");
        held.pop();
        assert!(buffers.piece_to_keep().may_be_kept());
    }

    #[test]
    fn what_is_kept_is_had_once_and_its_memory_used_again() {
        let buffers = Buffers::new();
        let kept = Kept::default();
        let mut piece = buffers.piece_to_keep();
        piece.room(4).copy_from_slice(b"kept");
        kept.put(7, piece.into_bytes());
        assert_eq!(kept.take(3), None);
        assert_eq!(kept.clone().take(7).as_deref(), Some(b"kept".as_slice()));
        assert_eq!(kept.take(7), None);
        let pool = buffers.shared.pool();
        assert_eq!((pool.kept, pool.free.len()), (0, 1));
    }
}
