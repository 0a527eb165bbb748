use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use super::{KeyError, Random, Secret};

/// Crockford's alphabet: no I, L, O or U, so that what is written down is read back.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const KEY_BYTES: usize = 22;
const CHECK_BYTES: usize = 3;
const LETTERS: usize = (KEY_BYTES + CHECK_BYTES) * 8 / 5;
const GROUP: usize = 5;

/// A recovery key: 176 random bits and 24 that catch a typing error, shown as eight groups of
/// five.
#[derive(Debug, Clone)]
pub struct RecoveryKey(Secret<[u8; KEY_BYTES]>);

impl RecoveryKey {
    /// A new one.
    #[must_use]
    pub fn generate(random: Random<'_>) -> Self {
        let mut bytes = [0; KEY_BYTES];
        random(&mut bytes);
        Self(Secret::new(bytes))
    }

    /// Reads it as a person types it: any case, with or without dashes and blanks, `O` for `0`
    /// and `I` or `L` for `1`.
    ///
    /// # Errors
    /// [`KeyError::MistypedRecoveryKey`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut bytes = [0_u8; KEY_BYTES + CHECK_BYTES];
        let (mut letters, mut pool, mut bits, mut at) = (0, 0_u32, 0, 0);
        for letter in text
            .chars()
            .filter(|c| !matches!(c, '-' | ' ' | '\t' | '\n' | '\r'))
        {
            let value = value(letter).ok_or(KeyError::MistypedRecoveryKey)?;
            letters += 1;
            if letters > LETTERS {
                return Err(KeyError::MistypedRecoveryKey);
            }
            pool = (pool << 5) | value;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                bytes[at] = u8::try_from((pool >> bits) & 0xff).unwrap_or(0);
                at += 1;
            }
        }
        let mut key = [0; KEY_BYTES];
        key.copy_from_slice(&bytes[..KEY_BYTES]);
        let right = letters == LETTERS && bytes[KEY_BYTES..] == check(&key);
        bytes.zeroize();
        if right {
            Ok(Self(Secret::new(key)))
        } else {
            key.zeroize();
            Err(KeyError::MistypedRecoveryKey)
        }
    }

    /// As it is shown, once.
    #[must_use]
    pub fn letters(&self) -> Secret<String> {
        let key = self.0.reveal();
        let mut text = String::with_capacity(LETTERS + LETTERS / GROUP);
        let (mut pool, mut bits, mut written) = (0_u32, 0, 0);
        for byte in key.iter().chain(&check(key)) {
            pool = (pool << 8) | u32::from(*byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                if written > 0 && written % GROUP == 0 {
                    text.push('-');
                }
                text.push(char::from(ALPHABET[((pool >> bits) & 31) as usize]));
                written += 1;
            }
        }
        Secret::new(text)
    }

    pub(super) const fn bytes(&self) -> &[u8; KEY_BYTES] {
        self.0.reveal()
    }
}

fn value(letter: char) -> Option<u32> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET
        .iter()
        .position(|c| char::from(*c) == letter)
        .and_then(|at| u32::try_from(at).ok())
}

fn check(key: &[u8; KEY_BYTES]) -> [u8; CHECK_BYTES] {
    let mut hash = Sha256::new();
    hash.update(b"tallyport recovery key check");
    hash.update(key);
    let digest = hash.finalize();
    [digest[0], digest[1], digest[2]]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting(start: u8) -> impl Fn(&mut [u8]) + Send + Sync {
        move |bytes| {
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = start
                    .wrapping_mul(31)
                    .wrapping_add(u8::try_from(at * 7 % 251).unwrap());
            }
        }
    }

    #[test]
    fn what_is_shown_is_read_back_however_it_is_typed() {
        for start in 0..=255 {
            let key = RecoveryKey::generate(&counting(start));
            let shown = key.letters();
            assert_eq!(
                shown.reveal().len(),
                47,
                "eight groups of five and seven dashes"
            );
            let sloppy = shown
                .reveal()
                .to_lowercase()
                .replace('-', " ")
                .replace('0', "o")
                .replace('1', "l");
            for typed in [shown.reveal().as_str(), &sloppy] {
                assert_eq!(RecoveryKey::parse(typed).unwrap().bytes(), key.bytes());
            }
        }
    }

    #[test]
    fn any_one_wrong_letter_is_noticed_as_a_typing_error() {
        let shown = RecoveryKey::generate(&counting(9)).letters();
        for at in 0..shown.reveal().len() {
            let mut typed = shown.reveal().clone().into_bytes();
            if typed[at] == b'-' {
                continue;
            }
            typed[at] = if typed[at] == b'7' { b'8' } else { b'7' };
            let typed = String::from_utf8(typed).unwrap();
            assert!(matches!(
                RecoveryKey::parse(&typed),
                Err(KeyError::MistypedRecoveryKey)
            ));
        }
        for typed in [
            "",
            "7",
            &shown.reveal()[..46],
            &[shown.reveal(), "0"].concat(),
            "ü🦀",
        ] {
            assert!(RecoveryKey::parse(typed).is_err(), "{typed} was accepted");
        }
    }
}
