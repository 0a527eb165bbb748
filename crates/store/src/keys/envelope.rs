use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::file::File;
use super::seal::{Sealed, from_passphrase, from_recovery, seal, unseal};
use super::{KeyError, PassphraseCost, Random, RecoveryKey, Secret};
use crate::DataKey;

/// The format that this version writes. The first did not say how many lanes a passphrase's function has.
pub(super) const FORMAT: u32 = 2;
/// No honest envelope is longer.
const MOST_BYTES: u64 = 64 * 1_024;

/// The identity of a workspace.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct WorkspaceId(pub [u8; 16]);

impl fmt::Display for WorkspaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for WorkspaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The wrapped copies of a workspace's key: the file `NAME.tally.keys` beside it.
#[derive(Debug, Clone)]
pub struct Envelope {
    pub(super) workspace: WorkspaceId,
    pub(super) mark: [u8; 8],
    pub(super) copies: Copies,
}

#[derive(Debug, Clone)]
pub(super) enum Copies {
    /// Nothing in the workspace is real.
    Clear(DataKey),
    Wrapped {
        recovery: Sealed,
        passphrase: Option<(PassphraseCost, Sealed)>,
    },
}

/// Where the envelope of the workspace at `path` lies.
#[must_use]
pub fn envelope_path(workspace: &Path) -> PathBuf {
    let mut name = workspace.as_os_str().to_owned();
    name.push(".keys");
    PathBuf::from(name)
}

impl Envelope {
    /// The envelope of a demo workspace: its key in clear.
    #[must_use]
    pub fn demo(workspace: WorkspaceId, key: &DataKey) -> Self {
        Self {
            workspace,
            mark: key.mark(),
            copies: Copies::Clear(key.clone()),
        }
    }

    /// An envelope that `recovery` opens.
    ///
    /// # Errors
    /// [`KeyError::Derivation`].
    pub fn seal(
        workspace: WorkspaceId,
        key: &DataKey,
        recovery: &RecoveryKey,
        random: Random<'_>,
    ) -> Result<Self, KeyError> {
        let about = about(workspace, "recovery");
        let sealed = seal(key, random, &about, |salt| from_recovery(recovery, salt))?;
        Ok(Self {
            workspace,
            mark: key.mark(),
            copies: Copies::Wrapped {
                recovery: sealed,
                passphrase: None,
            },
        })
    }

    /// The same, opened by `passphrase` too; another passphrase no longer opens it.
    ///
    /// # Errors
    /// [`KeyError::PassphraseTooShort`], [`KeyError::Derivation`].
    pub fn with_passphrase(
        mut self,
        key: &DataKey,
        passphrase: &Secret<String>,
        cost: PassphraseCost,
        random: Random<'_>,
    ) -> Result<Self, KeyError> {
        if passphrase.reveal().chars().count() < 8 {
            return Err(KeyError::PassphraseTooShort);
        }
        if let Copies::Wrapped {
            passphrase: copy, ..
        } = &mut self.copies
        {
            let about = about(self.workspace, "passphrase");
            let sealed = seal(key, random, &about, |salt| {
                from_passphrase(passphrase, cost, salt)
            })?;
            *copy = Some((cost, sealed));
        }
        Ok(self)
    }

    /// Which workspace it belongs to.
    #[must_use]
    pub const fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Whether the workspace is a demo.
    #[must_use]
    pub const fn is_demo(&self) -> bool {
        matches!(self.copies, Copies::Clear(_))
    }

    /// Whether a passphrase opens it.
    #[must_use]
    pub const fn has_passphrase(&self) -> bool {
        matches!(
            self.copies,
            Copies::Wrapped {
                passphrase: Some(_),
                ..
            }
        )
    }

    /// Whether `key` is the workspace's: tells a wrong key from a damaged file.
    #[must_use]
    pub fn fits(&self, key: &DataKey) -> bool {
        self.mark == key.mark()
    }

    /// The key in clear, of a demo workspace.
    #[must_use]
    pub const fn clear(&self) -> Option<&DataKey> {
        match &self.copies {
            Copies::Clear(key) => Some(key),
            Copies::Wrapped { .. } => None,
        }
    }

    /// The key, by passphrase.
    ///
    /// # Errors
    /// [`KeyError::WrongPassphrase`], [`KeyError::NoPassphrase`], [`KeyError::Derivation`].
    pub fn open_with_passphrase(&self, passphrase: &Secret<String>) -> Result<DataKey, KeyError> {
        match &self.copies {
            Copies::Clear(key) => Ok(key.clone()),
            Copies::Wrapped {
                passphrase: Some((cost, sealed)),
                ..
            } => unseal(sealed, &about(self.workspace, "passphrase"), |salt| {
                from_passphrase(passphrase, *cost, salt)
            })?
            .filter(|key| self.fits(key))
            .ok_or(KeyError::WrongPassphrase),
            Copies::Wrapped { .. } => Err(KeyError::NoPassphrase),
        }
    }

    /// The key, by recovery key.
    ///
    /// # Errors
    /// [`KeyError::WrongRecoveryKey`], [`KeyError::NoRecoveryKey`].
    pub fn open_with_recovery(&self, recovery: &RecoveryKey) -> Result<DataKey, KeyError> {
        match &self.copies {
            Copies::Clear(_) => Err(KeyError::NoRecoveryKey),
            Copies::Wrapped { recovery: copy, .. } => {
                unseal(copy, &about(self.workspace, "recovery"), |salt| {
                    from_recovery(recovery, salt)
                })?
                .filter(|key| self.fits(key))
                .ok_or(KeyError::WrongRecoveryKey)
            }
        }
    }

    /// Reads the envelope at `path`.
    ///
    /// # Errors
    /// [`KeyError::EnvelopeMissing`], [`KeyError::EnvelopeDamaged`], [`KeyError::EnvelopeNewer`].
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let io = |cause| io_error(path, cause);
        match std::fs::metadata(path) {
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                return Err(KeyError::EnvelopeMissing(path.to_owned()));
            }
            Err(cause) => return Err(io(cause)),
            Ok(facts) if facts.len() > MOST_BYTES => {
                return Err(damaged(path, "it is too long"));
            }
            Ok(_) => {}
        }
        Self::parse(&std::fs::read(path).map_err(io)?, path)
    }

    /// Reads an envelope from its text; `path` is for messages.
    ///
    /// # Errors
    /// As [`Envelope::read`].
    pub fn parse(text: &[u8], path: &Path) -> Result<Self, KeyError> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let unreadable = |_| damaged(path, "it is not what Tallyport writes");
        let Format { format } = serde_json::from_slice(text).map_err(unreadable)?;
        if format > FORMAT {
            return Err(KeyError::EnvelopeNewer(format));
        }
        let file: File = serde_json::from_slice(text).map_err(unreadable)?;
        file.into_envelope()
            .ok_or_else(|| damaged(path, "a field of it has the wrong length"))
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(&File::of(self)).unwrap_or_default();
        text.push(b'\n');
        text
    }

    /// Writes it to `path`, whole or not at all, readable by the owner alone.
    ///
    /// # Errors
    /// [`KeyError::Io`].
    pub fn write(&self, path: &Path) -> Result<(), KeyError> {
        write_aside(path, &self.text()).map_err(|cause| io_error(path, cause))
    }
}

fn write_aside(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside)?;
    file.write_all(text)?;
    file.sync_all()?;
    std::fs::rename(&aside, path)?;
    sync_folder(path)
}

/// Makes a rename last: the folder's own entry is flushed, where the system has such a thing.
pub(crate) fn sync_folder(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn io_error(path: &Path, cause: std::io::Error) -> KeyError {
    KeyError::Io {
        path: path.to_owned(),
        cause,
    }
}

fn damaged(path: &Path, why: &str) -> KeyError {
    KeyError::EnvelopeDamaged {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}

/// What a sealed copy is about: moved to another workspace or place in the file, it does not open.
fn about(workspace: WorkspaceId, copy: &str) -> Vec<u8> {
    [
        b"tallyport data key 1 ",
        workspace.0.as_slice(),
        copy.as_bytes(),
    ]
    .concat()
}
