use std::fmt;

use zeroize::Zeroize;

/// The 32 bytes that a workspace file is encrypted with. It is wiped from memory when dropped and
/// cannot be printed.
#[derive(Clone)]
pub struct DataKey([u8; 32]);

impl DataKey {
    /// The key of these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for the ciphers of this room.
    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Drop for DataKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey([redacted])")
    }
}
