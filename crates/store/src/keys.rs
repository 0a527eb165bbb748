//! The key of a workspace: where it lives and who may have it.
//!
//! A workspace file is keyed by 32 random bytes, its [`DataKey`](crate::DataKey). They are kept in the keychain of
//! the operating system under the workspace's id; where there is none, wrapped by a passphrase; a
//! recovery key, shown once, opens them too. The wrapped copies lie in the [`Envelope`] beside the
//! workspace file. A demo workspace holds nothing real and keeps its key there in clear.
//!
//! Invariants: a key is never written in clear for a workspace that is not a demo, whatever fails;
//! nothing here can be printed; randomness comes in from the caller; a call to the keychain ends
//! within [`keychain::PATIENCE`].

mod envelope;
mod error;
mod file;
pub mod keychain;
mod recovery;
mod seal;
mod secret;

pub(crate) use envelope::sync_folder;
pub use envelope::{Envelope, WorkspaceId, envelope_path};
pub use error::KeyError;
pub use keychain::Keychain;
pub use recovery::RecoveryKey;
pub use seal::PassphraseCost;
pub use secret::Secret;

/// A source of random bytes: fills the slice. Only the top of the program has one.
pub type Random<'a> = &'a (dyn Fn(&mut [u8]) + Send + Sync);

/// What a person offers to open a workspace with.
#[derive(Debug, Clone)]
pub enum Unlock {
    /// Nothing: the keychain of this computer has the key, or the workspace is a demo.
    Keychain,
    /// The passphrase.
    Passphrase(Secret<String>),
    /// The recovery key, as it was shown.
    RecoveryKey(Secret<String>),
}
