use std::fmt;

/// Why a text cannot be an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} cannot be {why}")]
pub struct IdError {
    what: &'static str,
    why: &'static str,
}

fn opaque(text: &str, what: &'static str) -> Result<String, IdError> {
    let text = text.trim();
    let why = if text.is_empty() {
        "empty"
    } else if text.len() > 2_048 {
        "longer than 2,048 bytes"
    } else if text.chars().any(char::is_control) {
        "a text with control characters"
    } else {
        return Ok(text.to_owned());
    };
    Err(IdError { what, why })
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Parses it: opaque text, trimmed, not empty, no control characters.
            ///
            /// # Errors
            /// [`IdError`] says what is wrong with it.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                opaque(text, $what).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(/// A billing account (payer) as the bill names it: opaque text.
    BillingAccountId, "a billing account id");
id!(/// A sub account as the bill names it: opaque text. AWS writes twelve digits and leading
    /// zeros count; other providers write paths; anonymised bills write eleven digits.
    SubAccountId, "an account id");
id!(/// A resource as the bill names it: an ARN, an id, a path.
    ResourceId, "a resource id");
id!(/// The name of a person, team, client or tenant, as people write it.
    Name, "a name");
