//! Buffers that are read into, shared by whoever looks at them, and used again after the last.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

/// Buffers that are kept for use.
const MOST: usize = 16;

/// Buffers that nobody uses.
#[derive(Clone, Default)]
pub(crate) struct Pool(Arc<Mutex<Vec<Vec<u8>>>>);

impl Pool {
    /// An empty buffer.
    pub(crate) fn buffer(&self) -> Vec<u8> {
        let mut spare = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spare.pop().unwrap_or_default()
    }

    /// A filled buffer that comes back here after its last use.
    pub(crate) fn share(&self, bytes: Vec<u8>) -> Pooled {
        let pool = self.clone();
        Pooled(Arc::new(Lent { bytes, pool }))
    }
}

struct Lent {
    bytes: Vec<u8>,
    pool: Pool,
}

impl Drop for Lent {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        let mut spare = self.pool.0.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < MOST {
            spare.push(bytes);
        }
    }
}

/// Bytes in a buffer that comes back to its pool. Clones share it.
#[derive(Clone)]
pub(crate) struct Pooled(Arc<Lent>);

impl Deref for Pooled {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0.bytes
    }
}
