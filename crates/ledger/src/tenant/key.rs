use ssh_key::public::KeyData;
use ssh_key::{EcdsaCurve, HashAlg, PublicKey};

use crate::charge::words;

/// A public key that Transfer Family takes, with the facts that people compare it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshPublicKey {
    text: String,
    fingerprint: String,
    algorithm: KeyAlgorithm,
    bits: u32,
    comment: String,
}

words!(
    /// What kind of key it is.
    KeyAlgorithm, "a kind of key (ed25519, ecdsa or rsa)" {
        /// Ed25519.
        Ed25519 = 1 "ed25519",
        /// ECDSA over one of NIST's curves.
        Ecdsa = 2 "ecdsa",
        /// RSA.
        Rsa = 3 "rsa",
    }
);

/// Why a text is not a key that may be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Somebody offered the wrong half.
    #[error(
        "this is a private key: it belongs to its owner alone. Offer the file that ends with .pub; if the private \
         key was sent anywhere, make a new pair"
    )]
    Private,
    /// Not a key at all.
    #[error(
        "this is not a public key of OpenSSH: one line such as `ssh-ed25519 AAAA… name` is expected"
    )]
    Unreadable,
    /// A kind that Transfer Family does not take.
    #[error("keys of the kind {0} cannot be used: make an ed25519 key, or an ECDSA or RSA one")]
    Kind(String),
    /// Too short to be safe.
    #[error(
        "this RSA key has {0} bits: 3072 at least are asked for. `ssh-keygen -t ed25519` makes a better one"
    )]
    Short(u32),
    /// Longer than AWS takes.
    #[error("this key has {0} characters: AWS takes 2,048 at most")]
    Long(usize),
}

/// The shortest RSA key that is taken.
const RSA_BITS: u32 = 3_072;
/// The longest text that AWS takes.
const LONGEST: usize = 2_048;

impl SshPublicKey {
    /// Reads one line of OpenSSH and checks that the key is one to be used.
    ///
    /// # Errors
    /// [`KeyError`] says what to offer instead.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if text.contains("PRIVATE KEY") {
            return Err(KeyError::Private);
        }
        if text.lines().count() != 1 {
            return Err(KeyError::Unreadable);
        }
        let key = PublicKey::from_openssh(text).map_err(|_| match text.split(' ').next() {
            Some(kind) if kind.starts_with("sk-") || kind == "ssh-dss" => {
                KeyError::Kind(kind.to_owned())
            }
            _ => KeyError::Unreadable,
        })?;
        let (algorithm, bits) = match key.key_data() {
            KeyData::Ed25519(_) => (KeyAlgorithm::Ed25519, 256),
            KeyData::Ecdsa(point) => (
                KeyAlgorithm::Ecdsa,
                match point.curve() {
                    EcdsaCurve::NistP256 => 256,
                    EcdsaCurve::NistP384 => 384,
                    EcdsaCurve::NistP521 => 521,
                },
            ),
            KeyData::Rsa(rsa) => {
                let modulus = rsa.n.as_positive_bytes().ok_or(KeyError::Unreadable)?;
                (KeyAlgorithm::Rsa, bits_of(modulus))
            }
            other => return Err(KeyError::Kind(other.algorithm().as_str().to_owned())),
        };
        if algorithm == KeyAlgorithm::Rsa && bits < RSA_BITS {
            return Err(KeyError::Short(bits));
        }
        let fingerprint = key.fingerprint(HashAlg::Sha256).to_string();
        let text = key.to_openssh().map_err(|_| KeyError::Unreadable)?;
        if text.len() > LONGEST {
            return Err(KeyError::Long(text.len()));
        }
        Ok(Self {
            fingerprint,
            algorithm,
            bits,
            comment: key.comment().to_owned(),
            text,
        })
    }

    /// The key as OpenSSH writes it, in one line.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What people compare it by: `SHA256:` and 43 characters.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// What kind of key it is.
    #[must_use]
    pub const fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// How long it is.
    #[must_use]
    pub const fn bits(&self) -> u32 {
        self.bits
    }

    /// What its owner wrote behind it.
    #[must_use]
    pub fn comment(&self) -> &str {
        &self.comment
    }
}

/// The bits of a number without leading zero bytes.
fn bits_of(number: &[u8]) -> u32 {
    let Some((first, rest)) = number.split_first() else {
        return 0;
    };
    let below = u32::try_from(rest.len()).unwrap_or(u32::MAX / 8) * 8;
    below + (8 - first.leading_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF1SrrF5cWDJMlOuNX1QhfJqEwvBo742bRpgUgS2H9bu anna@example";
    const ECDSA: &str = "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBDEjvzsp7Uc7RgO4DhvCImWZi7azKeLSQWo64+VcmeaGlz/K+/rc5VoARAM5yWPrzUQ1g82QQzrSwTgiXOkn7mtBR/Nf4OW2+ecOluff7NPyjzCfZ6rrD8vKTAea0rNBjw==";
    const RSA_3072: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC2cI0anGP9ybxgmStDVjSur5n4IBaFlvzXpXrXjwSWal7QVqMK+iljIAFLV6nIQFIQ76wmVh35p4hYZd7+sXZcmo6rpdJUulyavV2ItkO/I1hv+B0FCDAHIcJfXlRzu5NJYqNH5d5HNS0JdMPqj5E/9nhgXkaD4T03J9tVbN25oDjqWqNIb+IUerTZb//khfUTPHUq6YGmo+FtqOK3iYK0PpBPQtnUWUOSK9aB9xerxEYcW+sCstTTXAdawvfRl7/EwdDTDP0DaQchwNzIiQy87nMbIw9sZE18h4pZhzFDRGWJ07K+iDi6SmRnoRNQOaBFUL05SR2cwcKwmI1W1crE2CAgtDVQkOZVwXI8/PFD+alq0JPAo0F+aNgW2Omz+GC85LPqrqeBZCnaQKXsm1wBDECwkuaD1YtAQ7JYo2tjwV2uzGsKD2KBsUjsq/LxvkSwh5TO3HNHKzzc41iz+eFgztLkU0Z8rHfg4Dd5WwV/r6GpcpAq67eJMYMh1F3rK7c= root@vm";
    const RSA_2048: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDLdWwTGzfKszPOUElxPp74xQdgpIh4tx866yKGHO2mTAu0sQTEBunkzO20LBgCk9gSF0icBkF/hTmso2RryZMCD+0If0hUNMGsNVd1EJpMg2NVnETg5aKpMdk6wDZFMtCNbBblJLFZeJdipi/LCxW6Tq3gS0Ff7ffY5CKKzhcIbPXIfYiI34hNXXyZJpvFD4guAswdxZQJuTM9oadNozns9stvpbcyvQvuv107xgXxEm5i56GeU05yeOKHqUrJVpDm7Au4/XZw2UK9X0A5ZcGetlAW/ybphY3LTlaI6ckEK3Mej//WX68X37UvXV8do5XYk5bguCAFmncLvTVNYAAX root@vm";

    /// The fingerprints are what OpenSSH's `ssh-keygen -l` says of the same keys.
    #[test]
    fn keys_are_told_by_the_fingerprints_that_openssh_shows() {
        for (text, algorithm, bits, fingerprint) in [
            (
                ED25519,
                KeyAlgorithm::Ed25519,
                256,
                "SHA256:XGFTi0l3lZzxSeIis7NaGDYhW4ueYw1MhFJY4Fzpfbs",
            ),
            (
                ECDSA,
                KeyAlgorithm::Ecdsa,
                384,
                "SHA256:zjcGq5bHS1yKH/+KFgx9HMP1ZLrkR4HTFQ2A3Zq9vSc",
            ),
            (
                RSA_3072,
                KeyAlgorithm::Rsa,
                3_072,
                "SHA256:YNqtNdlDDdnJc9CCGtBap6vHVHn/Pj9H5Mq4L+qZAbg",
            ),
        ] {
            let key = SshPublicKey::parse(&format!("  {text}\n")).unwrap();
            assert_eq!((key.algorithm(), key.bits()), (algorithm, bits));
            assert_eq!(key.fingerprint(), fingerprint);
            assert_eq!(
                SshPublicKey::parse(key.text()).as_ref(),
                Ok(&key),
                "read back"
            );
        }
        assert_eq!(
            SshPublicKey::parse(ED25519).unwrap().comment(),
            "anna@example"
        );
    }

    #[test]
    fn what_is_no_key_to_use_is_refused_with_what_to_offer_instead() {
        let private =
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn==\n-----END OPENSSH PRIVATE KEY-----";
        let two = format!("{ED25519}\n{ECDSA}");
        for (text, error) in [
            (RSA_2048, KeyError::Short(2_048)),
            (private, KeyError::Private),
            (two.as_str(), KeyError::Unreadable),
            ("", KeyError::Unreadable),
            (&ED25519[..40], KeyError::Unreadable),
            (
                "sk-ssh-ed25519@openssh.com AAAA x",
                KeyError::Kind("sk-ssh-ed25519@openssh.com".to_owned()),
            ),
            (
                "ssh-dss AAAAB3NzaC1kc3MAAACB x",
                KeyError::Kind("ssh-dss".to_owned()),
            ),
        ] {
            assert_eq!(SshPublicKey::parse(text), Err(error), "{text}");
        }
    }
}
