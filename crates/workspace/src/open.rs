//! Before there is a door: making a workspace, opening one, restoring one.
//!
//! A demo workspace opens by itself. Any other opens with the key in this computer's keychain, the
//! passphrase or the recovery key; none of them is ever written down in clear.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::json;
use tallyport_store::keys::{
    Envelope, KeyError, Keychain, PassphraseCost, RecoveryKey, Secret, Unlock, WorkspaceId,
    envelope_path,
};
use tallyport_store::{AuditLine, DataKey, NewWorkspace, Restored, Store, StoreError};

use crate::{Random, WorkspaceError};

/// How a new workspace is to be.
#[derive(Debug, Clone)]
pub struct Create {
    /// Where the file shall lie: `NAME.tally`.
    pub path: PathBuf,
    /// What it is called.
    pub name: String,
    /// Whether everything in it is demo data: no keychain, no question asked.
    pub demo: bool,
    /// Whether the keychain of this computer is to be used.
    pub keychain: Keychain,
    /// A passphrase that opens it too; needed where there is no keychain.
    pub passphrase: Option<Secret<String>>,
    /// How hard it is made to guess the passphrase.
    pub cost: PassphraseCost,
}

/// A new workspace.
#[derive(Debug)]
pub struct Created {
    /// The open file.
    pub store: Store,
    /// Opens the workspace when all else is lost. Shown once, kept nowhere; a demo has none.
    pub recovery_key: Option<Secret<String>>,
    /// Whether the keychain has the key; if not, why not.
    pub kept: Result<(), KeyError>,
}

/// How to open a workspace.
#[derive(Debug, Clone)]
pub struct Open {
    /// Where the file lies.
    pub path: PathBuf,
    /// Whether the keychain of this computer is to be used.
    pub keychain: Keychain,
    /// What the person offers.
    pub unlock: Unlock,
}

/// How to restore a backup.
#[derive(Debug, Clone)]
pub struct Restore {
    /// The backup.
    pub backup: PathBuf,
    /// Where the workspace shall lie; nothing may be there.
    pub path: PathBuf,
    /// Whether the keychain of this computer is to be used.
    pub keychain: Keychain,
    /// What the person offers: the keychain, the passphrase or the recovery key of then.
    pub unlock: Unlock,
    /// A new passphrase, for a computer without a keychain.
    pub passphrase: Option<Secret<String>>,
    /// How hard it is made to guess the passphrase.
    pub cost: PassphraseCost,
}

/// Makes a workspace.
///
/// # Errors
/// [`StoreError::Exists`]; [`KeyError::PassphraseNeeded`] where there is neither a keychain nor a
/// passphrase: nothing is left behind then.
pub async fn create(
    ask: Create,
    now: Timestamp,
    random: Random,
) -> Result<Created, WorkspaceError> {
    let name = ask.name.clone();
    let created = blocking(move || create_now(&ask, now, &*random)).await?;
    created
        .store
        .write(move |w| {
            let workspace = w.workspace()?;
            w.audit(&AuditLine {
                at: now,
                actor: "local",
                action: "workspace.created",
                subject: &name,
                details: &json!({ "id": workspace.id.to_string(), "demo": workspace.demo }),
            })
        })
        .await?;
    Ok(created)
}

/// Opens a workspace.
///
/// # Errors
/// [`KeyError`] says which key is missing or wrong; [`StoreError::Damaged`],
/// [`StoreError::Newer`], [`StoreError::Missing`].
pub async fn open(ask: Open) -> Result<Store, WorkspaceError> {
    blocking(move || open_now(&ask)).await
}

/// Restores a backup where nothing is, checks every figure of it, and keeps its key.
///
/// # Errors
/// As [`open`]; [`StoreError::BadBackup`] where it is not whole; [`StoreError::Exists`].
pub async fn restore(ask: Restore, random: Random) -> Result<Restored, WorkspaceError> {
    blocking(move || restore_now(&ask, &*random)).await
}

type Bytes<'a> = &'a (dyn Fn(&mut [u8]) + Send + Sync);

fn create_now(ask: &Create, now: Timestamp, random: Bytes<'_>) -> Result<Created, WorkspaceError> {
    let beside = envelope_path(&ask.path);
    for path in [&ask.path, &beside] {
        if path.exists() {
            return Err(StoreError::Exists(path.clone()).into());
        }
    }
    let mut id = [0; 16];
    random(&mut id);
    let workspace = WorkspaceId(id);
    let key = DataKey::generate(random);
    let (envelope, recovery_key, kept) = if ask.demo {
        let kept = Err(KeyError::NoRecoveryKey);
        (Envelope::demo(workspace, &key), None, kept)
    } else {
        let recovery = RecoveryKey::generate(random);
        let mut envelope = Envelope::seal(workspace, &key, &recovery, random)?;
        if let Some(passphrase) = &ask.passphrase {
            envelope = envelope.with_passphrase(&key, passphrase, ask.cost, random)?;
        }
        let kept = ask.keychain.keep(workspace, &key);
        let kept = reachable(&envelope, kept)?;
        (envelope, Some(recovery.letters()), kept)
    };
    // The keys first: a workspace without them could never be opened.
    envelope.write(&beside)?;
    let new = NewWorkspace {
        id,
        name: ask.name.clone(),
        demo: ask.demo,
        created_at: now,
    };
    let store = Store::create(&ask.path, &new, &key).inspect_err(|_| {
        drop(std::fs::remove_file(&beside));
        if kept.is_ok() {
            drop(ask.keychain.forget(workspace));
        }
    })?;
    Ok(Created {
        store,
        recovery_key,
        kept,
    })
}

fn open_now(ask: &Open) -> Result<Store, WorkspaceError> {
    if !ask.path.is_file() {
        return Err(StoreError::Missing(ask.path.clone()).into());
    }
    let envelope = Envelope::read(&envelope_path(&ask.path))?;
    let key = unlock(&envelope, ask.keychain, &ask.unlock)?;
    let store = Store::open(&ask.path, &key).map_err(|error| match error {
        // The key is known to be right, so it is the file that is not.
        StoreError::WrongKey => {
            StoreError::Damaged("its first page is not what was written".into())
        }
        other => other,
    })?;
    if matches!(ask.unlock, Unlock::RecoveryKey(_)) && !envelope.is_demo() {
        // From here on this computer knows the key, if it has a place for it.
        drop(ask.keychain.keep(envelope.workspace(), &key));
    }
    Ok(store)
}

fn restore_now(ask: &Restore, random: Bytes<'_>) -> Result<Restored, WorkspaceError> {
    let beside = envelope_path(&ask.path);
    for path in [&ask.path, &beside] {
        if path.exists() {
            return Err(StoreError::Exists(path.clone()).into());
        }
    }
    let mut envelope = tallyport_store::read_backup_keys(&ask.backup)?;
    let key = unlock(&envelope, ask.keychain, &ask.unlock)?;
    if !envelope.is_demo() {
        if let Some(passphrase) = &ask.passphrase {
            envelope = envelope.with_passphrase(&key, passphrase, ask.cost, random)?;
        }
        let kept = ask.keychain.keep(envelope.workspace(), &key);
        drop(reachable(&envelope, kept)?);
    }
    let restored = tallyport_store::restore_backup(&ask.backup, &ask.path, &key)?;
    envelope.write(&beside).inspect_err(|_| {
        drop(std::fs::remove_file(&ask.path));
    })?;
    Ok(restored)
}

/// Where the keychain could not keep the key, a passphrase must.
fn reachable(
    envelope: &Envelope,
    kept: Result<(), KeyError>,
) -> Result<Result<(), KeyError>, KeyError> {
    match kept {
        Err(error) if !envelope.has_passphrase() => {
            Err(KeyError::PassphraseNeeded(Box::new(error)))
        }
        other => Ok(other),
    }
}

fn unlock(envelope: &Envelope, keychain: Keychain, offer: &Unlock) -> Result<DataKey, KeyError> {
    if let Some(key) = envelope.clear() {
        return Ok(key.clone());
    }
    match offer {
        Unlock::Passphrase(passphrase) if envelope.has_passphrase() => {
            envelope.open_with_passphrase(passphrase)
        }
        Unlock::RecoveryKey(letters) => {
            envelope.open_with_recovery(&RecoveryKey::parse(letters.reveal())?)
        }
        Unlock::Keychain | Unlock::Passphrase(_) => keychain
            .find(envelope.workspace())
            .and_then(|key| {
                if envelope.fits(&key) {
                    Ok(key)
                } else {
                    Err(KeyError::KeychainFailed(
                        "it holds the key of another workspace".to_owned(),
                    ))
                }
            })
            .map_err(|error| {
                if envelope.has_passphrase() {
                    KeyError::PassphraseNeeded(Box::new(error))
                } else {
                    error
                }
            }),
    }
}

/// Whether the workspace at `path` is a demo, before it is opened.
///
/// # Errors
/// [`KeyError::EnvelopeMissing`], [`KeyError::EnvelopeDamaged`].
pub fn is_demo(path: &Path) -> Result<bool, WorkspaceError> {
    Ok(Envelope::read(&envelope_path(path))?.is_demo())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, WorkspaceError> + Send + 'static,
) -> Result<T, WorkspaceError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| WorkspaceError::Fault(error.to_string()))?
}
