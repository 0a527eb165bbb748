//! The envelope as it is written: JSON, bytes in hexadecimal.

use serde::{Deserialize, Serialize};

use super::envelope::{Copies, FORMAT};
use super::seal::Sealed;
use super::{Envelope, PassphraseCost, WorkspaceId};
use crate::DataKey;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    format: u32,
    workspace: String,
    demo: bool,
    mark: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery: Option<Copy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passphrase: Option<Copy>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Copy {
    function: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    memory_kib: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passes: Option<u32>,
    /// Not said in the first format, which has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    lanes: Option<u32>,
    salt: String,
    nonce: String,
    sealed: String,
}

impl File {
    pub(super) fn of(envelope: &Envelope) -> Self {
        let (key, recovery, passphrase) = match &envelope.copies {
            Copies::Clear(key) => (Some(hex(key.bytes())), None, None),
            Copies::Wrapped {
                recovery,
                passphrase,
            } => (
                None,
                Some(Copy::of("hkdf-sha256", None, recovery)),
                passphrase
                    .as_ref()
                    .map(|(cost, sealed)| Copy::of("argon2id", Some(*cost), sealed)),
            ),
        };
        Self {
            format: FORMAT,
            workspace: envelope.workspace.to_string(),
            demo: envelope.is_demo(),
            mark: hex(&envelope.mark),
            key,
            recovery,
            passphrase,
        }
    }

    pub(super) fn into_envelope(self) -> Option<Envelope> {
        let copies = match (self.demo, self.key, self.recovery) {
            (true, Some(key), None) => Copies::Clear(DataKey::from_bytes(bytes(&key)?)),
            (false, None, Some(recovery)) => {
                let passphrase = match self.passphrase {
                    Some(copy) => {
                        let cost = PassphraseCost {
                            memory: copy.memory_kib?,
                            passes: copy.passes?,
                            lanes: copy.lanes.unwrap_or(1),
                        };
                        if !cost.is_honest() {
                            return None;
                        }
                        Some((cost, copy.into_sealed()?))
                    }
                    None => None,
                };
                Copies::Wrapped {
                    recovery: recovery.into_sealed()?,
                    passphrase,
                }
            }
            _ => return None,
        };
        Some(Envelope {
            workspace: WorkspaceId(bytes(&self.workspace)?),
            mark: bytes(&self.mark)?,
            copies,
        })
    }
}

impl Copy {
    fn of(function: &str, cost: Option<PassphraseCost>, sealed: &Sealed) -> Self {
        Self {
            function: function.to_owned(),
            memory_kib: cost.map(|cost| cost.memory),
            passes: cost.map(|cost| cost.passes),
            lanes: cost.map(|cost| cost.lanes),
            salt: hex(&sealed.salt),
            nonce: hex(&sealed.nonce),
            sealed: hex(&sealed.text),
        }
    }

    fn into_sealed(self) -> Option<Sealed> {
        Some(Sealed {
            salt: bytes(&self.salt)?,
            nonce: bytes(&self.nonce)?,
            text: bytes::<48>(&self.sealed)?.to_vec(),
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != N * 2 {
        return None;
    }
    let nibble = |digit: u8| {
        char::from(digit)
            .to_digit(16)
            .and_then(|n| u8::try_from(n).ok())
    };
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = (nibble(pair[0])? << 4) | nibble(pair[1])?;
    }
    Some(bytes)
}
