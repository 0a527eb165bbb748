use std::path::PathBuf;

/// Why a workspace's key is not at hand.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// No keychain on this computer, or no session that has one.
    #[error("this computer has no keychain that Tallyport could use")]
    NoKeychain,
    /// It is there and locked.
    #[error("the keychain of this computer is locked")]
    KeychainLocked,
    /// It is there and says nothing.
    #[error("the keychain did not answer within {0} seconds; it may be waiting to be unlocked")]
    KeychainSilent(u64),
    /// It stopped while it was asked, or refused for a reason of its own.
    #[error("the keychain failed: {0}")]
    KeychainFailed(String),
    /// It works and does not know this workspace.
    #[error("the keychain of this computer has no key for this workspace")]
    NotInKeychain,
    /// Nothing at hand opens it and nobody gave a passphrase.
    #[error("a passphrase is needed: {0}")]
    PassphraseNeeded(Box<Self>),
    /// The passphrase is not the one.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// Too short to protect anything.
    #[error("a passphrase has at least 8 characters")]
    PassphraseTooShort,
    /// It was made without one.
    #[error("this workspace has no passphrase; its key is in a keychain, or use the recovery key")]
    NoPassphrase,
    /// It reads as a recovery key, of another workspace.
    #[error("the recovery key belongs to another workspace")]
    WrongRecoveryKey,
    /// A typing error: the check letters disagree.
    #[error("the recovery key is mistyped: eight groups of five letters and digits are expected")]
    MistypedRecoveryKey,
    /// A demo has nothing to recover.
    #[error("a demo workspace keeps its key in clear and has no recovery key")]
    NoRecoveryKey,
    /// The file beside the workspace is not there.
    #[error("{0} is missing; it holds the wrapped keys and belongs beside the workspace file")]
    EnvelopeMissing(PathBuf),
    /// The file beside the workspace is not what it was.
    #[error("the key file {path} is damaged: {why}")]
    EnvelopeDamaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A newer version wrote it.
    #[error("the key file is of format {0}, which a newer version of Tallyport wrote")]
    EnvelopeNewer(u32),
    /// The disk.
    #[error("the key file {path} cannot be read or written: {cause}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The passphrase could not be worked into a key.
    #[error("not enough memory to check the passphrase")]
    Derivation,
}

impl KeyError {
    /// A stable code for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoKeychain => "key.no-keychain",
            Self::KeychainLocked => "key.keychain-locked",
            Self::KeychainSilent(_) => "key.keychain-silent",
            Self::KeychainFailed(_) => "key.keychain-failed",
            Self::NotInKeychain => "key.not-in-keychain",
            Self::PassphraseNeeded(_) => "key.passphrase-needed",
            Self::WrongPassphrase => "key.wrong-passphrase",
            Self::PassphraseTooShort => "key.passphrase-too-short",
            Self::NoPassphrase => "key.no-passphrase",
            Self::WrongRecoveryKey => "key.wrong-recovery-key",
            Self::MistypedRecoveryKey => "key.mistyped-recovery-key",
            Self::NoRecoveryKey => "key.no-recovery-key",
            Self::EnvelopeMissing(_) => "key.envelope-missing",
            Self::EnvelopeDamaged { .. } => "key.envelope-damaged",
            Self::EnvelopeNewer(_) => "key.envelope-newer",
            Self::Io { .. } => "key.io",
            Self::Derivation => "key.derivation",
        }
    }

    /// What a person can do about it.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NoKeychain
            | Self::KeychainFailed(_)
            | Self::NotInKeychain
            | Self::PassphraseNeeded(_) => {
                "Enter the workspace's passphrase (TALLY_PASSPHRASE on the command line), or open it with the recovery key."
            }
            Self::KeychainLocked | Self::KeychainSilent(_) => {
                "Unlock the keychain (log in to the desktop, or answer its window) and try again; the passphrase or the recovery key opens the workspace too."
            }
            Self::WrongPassphrase | Self::NoPassphrase => {
                "Try again, or use the recovery key that was shown when the workspace was made."
            }
            Self::PassphraseTooShort => "Choose a longer one; four random words are good.",
            Self::WrongRecoveryKey | Self::MistypedRecoveryKey | Self::NoRecoveryKey => {
                "Compare with what was shown when this workspace was made."
            }
            Self::EnvelopeMissing(_) | Self::EnvelopeDamaged { .. } => {
                "Restore the workspace from a backup: a backup holds this file too."
            }
            Self::EnvelopeNewer(_) => "Update Tallyport.",
            Self::Io { .. } => "Check that the disk is there, has room and may be written.",
            Self::Derivation => "Close other programs and try again.",
        }
    }
}
