use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use super::{KeyError, Random, RecoveryKey, Secret};
use crate::DataKey;

/// How hard it is made to guess a passphrase (Argon2id).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassphraseCost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// How many threads may work on it at a time.
    pub lanes: u32,
}

impl PassphraseCost {
    /// 64 MiB, three passes, four lanes: RFC 9106's second choice.
    pub const USUAL: Self = Self {
        memory: 64 * 1_024,
        passes: 3,
        lanes: 4,
    };
    /// As little as the function allows: for tests only.
    pub const LEAST: Self = Self {
        memory: 8,
        passes: 1,
        lanes: 1,
    };
    /// More than this in a file is no honest file.
    const MOST: Self = Self {
        memory: 1_024 * 1_024,
        passes: 16,
        lanes: 64,
    };

    pub(super) const fn is_honest(self) -> bool {
        self.memory <= Self::MOST.memory
            && self.passes <= Self::MOST.passes
            && self.lanes <= Self::MOST.lanes
    }
}

impl DataKey {
    /// A new one.
    #[must_use]
    pub fn generate(random: Random<'_>) -> Self {
        let mut bytes = [0; 32];
        random(&mut bytes);
        Self::from_bytes(bytes)
    }

    /// A mark by which a wrong key is told from a damaged file. It says nothing about the key:
    /// eight bytes of a hash of 256 random bits.
    pub(super) fn mark(&self) -> [u8; 8] {
        let mut hash = Sha256::new();
        hash.update(b"tallyport data key mark");
        hash.update(self.bytes());
        let mut mark = [0; 8];
        mark.copy_from_slice(&hash.finalize()[..8]);
        mark
    }
}

/// A data key, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sealed {
    pub salt: [u8; 16],
    pub nonce: [u8; 24],
    pub text: Vec<u8>,
}

pub(super) fn seal(
    key: &DataKey,
    random: Random<'_>,
    about: &[u8],
    wrap: impl FnOnce(&[u8; 16]) -> Result<Secret<[u8; 32]>, KeyError>,
) -> Result<Sealed, KeyError> {
    let (mut salt, mut nonce) = ([0; 16], [0; 24]);
    random(&mut salt);
    random(&mut nonce);
    let wrapping = wrap(&salt)?;
    let text = XChaCha20Poly1305::new(Key::from_slice(wrapping.reveal()))
        .encrypt(
            XNonce::from_slice(&nonce),
            Payload {
                msg: key.bytes(),
                aad: about,
            },
        )
        .map_err(|_| KeyError::Derivation)?;
    Ok(Sealed { salt, nonce, text })
}

/// The key in `sealed`, or `None` if the wrapping key or what it is about is another.
pub(super) fn unseal(
    sealed: &Sealed,
    about: &[u8],
    wrap: impl FnOnce(&[u8; 16]) -> Result<Secret<[u8; 32]>, KeyError>,
) -> Result<Option<DataKey>, KeyError> {
    let wrapping = wrap(&sealed.salt)?;
    let opened = XChaCha20Poly1305::new(Key::from_slice(wrapping.reveal())).decrypt(
        XNonce::from_slice(&sealed.nonce),
        Payload {
            msg: &sealed.text,
            aad: about,
        },
    );
    let Ok(mut bytes) = opened else {
        return Ok(None);
    };
    let key = <[u8; 32]>::try_from(bytes.as_slice())
        .ok()
        .map(DataKey::from_bytes);
    bytes.zeroize();
    Ok(key)
}

pub(super) fn from_passphrase(
    passphrase: &Secret<String>,
    cost: PassphraseCost,
    salt: &[u8; 16],
) -> Result<Secret<[u8; 32]>, KeyError> {
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(32))
        .map_err(|_| KeyError::Derivation)?;
    let mut wrapping = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.reveal().as_bytes(), salt, &mut wrapping)
        .map_err(|_| KeyError::Derivation)?;
    Ok(Secret::new(wrapping))
}

/// A recovery key is random enough to need no slow function.
pub(super) fn from_recovery(
    recovery: &RecoveryKey,
    salt: &[u8; 16],
) -> Result<Secret<[u8; 32]>, KeyError> {
    let mut wrapping = [0; 32];
    Hkdf::<Sha256>::new(Some(salt), recovery.bytes())
        .expand(b"tallyport recovery key", &mut wrapping)
        .map_err(|_| KeyError::Derivation)?;
    Ok(Secret::new(wrapping))
}
