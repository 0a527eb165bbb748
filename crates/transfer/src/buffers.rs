//! Pieces of files in memory, used again and again.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use bytes::Bytes;

/// The size of a piece: small enough to stay in a processor's cache between being read and being sent.
pub(crate) const PIECE: usize = 256 << 10;
/// So many pieces may be held by what was read ahead.
const AHEAD: usize = 64;

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
}

/// A piece, which goes back to the pool when the last reader of its bytes has gone.
pub(crate) struct Piece {
    bytes: Option<Box<[u8]>>,
    filled: usize,
    ahead: bool,
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
        let mut pool = self
            .shared
            .pool
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let free = pool.free.pop();
        drop(pool);
        self.with(free, false)
    }

    /// A piece for what is read ahead; waits while too much was read ahead. Not for async threads.
    pub fn piece_ahead(&self) -> Piece {
        let mut pool = self
            .shared
            .pool
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
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
        self.with(free, true)
    }

    fn with(&self, free: Option<Box<[u8]>>, ahead: bool) -> Piece {
        Piece {
            bytes: Some(free.unwrap_or_else(|| vec![0; PIECE].into_boxed_slice())),
            filled: 0,
            ahead,
            shared: Arc::clone(&self.shared),
        }
    }
}

impl Piece {
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
        let mut pool = self
            .shared
            .pool
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        pool.free.extend(self.bytes.take());
        if self.ahead {
            pool.ahead -= 1;
            self.shared.returned.notify_one();
        }
    }
}
