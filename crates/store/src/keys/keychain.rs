//! The keychain of the operating system: Secret Service, Keychain or Credential Manager.
//!
//! It may be missing, locked, slow or die while it is asked, and its client blocks. Each call runs
//! on a thread of its own and is given up after [`PATIENCE`]; a thread that hangs is left behind.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use zeroize::Zeroize;

use super::{KeyError, Secret, WorkspaceId};
use crate::DataKey;

/// How long a call may take.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// The name under which keys are kept.
pub const SERVICE: &str = "Tallyport";

/// Whether the keychain of this computer is to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keychain {
    /// Use it.
    #[default]
    System,
    /// Behave as if there were none: passphrases only.
    Unused,
}

impl Keychain {
    /// Keeps the key of `workspace`.
    ///
    /// # Errors
    /// [`KeyError::NoKeychain`], [`KeyError::KeychainLocked`], [`KeyError::KeychainSilent`],
    /// [`KeyError::KeychainFailed`].
    pub fn keep(self, workspace: WorkspaceId, key: &DataKey) -> Result<(), KeyError> {
        let secret = Secret::new(*key.bytes());
        self.ask(move || {
            let entry = entry(workspace)?;
            entry.set_secret(secret.reveal())?;
            // Some keychains say yes and forget: what cannot be read back was not kept.
            let mut kept = entry.get_secret()?;
            let same = kept == secret.reveal();
            kept.zeroize();
            if same {
                Ok(())
            } else {
                Err(keyring_core::Error::BadStoreFormat(
                    "it gave back something else than it was given".to_owned(),
                ))
            }
        })
    }

    /// The key of `workspace`.
    ///
    /// # Errors
    /// As [`Keychain::keep`], and [`KeyError::NotInKeychain`].
    pub fn find(self, workspace: WorkspaceId) -> Result<DataKey, KeyError> {
        let mut secret = self.ask(move || entry(workspace)?.get_secret())?;
        let key = <[u8; 32]>::try_from(secret.as_slice())
            .map(DataKey::from_bytes)
            .map_err(|_| KeyError::KeychainFailed("what it holds is not a key".to_owned()));
        secret.zeroize();
        key
    }

    /// Removes the key of `workspace`, if it is there.
    ///
    /// # Errors
    /// As [`Keychain::keep`].
    pub fn forget(self, workspace: WorkspaceId) -> Result<(), KeyError> {
        match self.ask(move || entry(workspace)?.delete_credential()) {
            Err(KeyError::NotInKeychain) => Ok(()),
            other => other,
        }
    }

    fn ask<T: Send + 'static>(
        self,
        question: impl FnOnce() -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, KeyError> {
        if self == Self::Unused {
            return Err(KeyError::NoKeychain);
        }
        let (answer, receiver) = sync_channel(1);
        std::thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(move || drop(answer.send(question())))
            .map_err(|error| KeyError::KeychainFailed(error.to_string()))?;
        match receiver.recv_timeout(PATIENCE) {
            Ok(outcome) => outcome.map_err(|error| explain(&error)),
            Err(RecvTimeoutError::Timeout) => Err(KeyError::KeychainSilent(PATIENCE.as_secs())),
            Err(RecvTimeoutError::Disconnected) => Err(KeyError::KeychainFailed(
                "its client stopped half way".to_owned(),
            )),
        }
    }
}

/// A fresh connection every time: a keychain that was started or unlocked later is found without
/// a restart of the program.
#[cfg(all(
    unix,
    not(any(target_os = "macos", target_os = "ios", target_os = "android"))
))]
fn entry(workspace: WorkspaceId) -> keyring_core::Result<keyring_core::Entry> {
    use keyring_core::api::CredentialStoreApi as _;

    let store = zbus_secret_service_keyring_store::Store::new()
        .map_err(|_| keyring_core::Error::NoDefaultStore)?;
    store.build(SERVICE, &workspace.to_string(), None)
}

#[cfg(not(all(
    unix,
    not(any(target_os = "macos", target_os = "ios", target_os = "android"))
)))]
fn entry(workspace: WorkspaceId) -> keyring_core::Result<keyring_core::Entry> {
    keyring::Entry::new(SERVICE, &workspace.to_string()).map(|entry| entry.inner)
}

fn explain(error: &keyring_core::Error) -> KeyError {
    use keyring_core::Error as E;
    match error {
        E::NoDefaultStore => KeyError::NoKeychain,
        E::NoStorageAccess(_) => KeyError::KeychainLocked,
        E::NoEntry => KeyError::NotInKeychain,
        other => KeyError::KeychainFailed(other.to_string()),
    }
}
