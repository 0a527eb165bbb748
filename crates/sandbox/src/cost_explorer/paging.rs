//! Pages. A token belongs to one request and one state of the data.

use sha2::{Digest as _, Sha256};

use super::Refusal;

/// Where a page begins, for a request with this text.
pub(crate) struct Pages {
    pub fingerprint: String,
    pub from: usize,
}

impl Pages {
    /// Reads the token of a request, whose `text` is what it asks without the token.
    pub fn read(
        text: &[u8],
        today: jiff::civil::Date,
        token: Option<&str>,
    ) -> Result<Self, Refusal> {
        let digest = Sha256::digest(text);
        let fingerprint: String = digest
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let from = match token {
            None => 0,
            Some(token) => {
                let invalid = || Refusal {
                    code: "InvalidNextTokenException",
                    message:
                        "The pagination token is invalid. Try again without a pagination token."
                            .into(),
                };
                let mut parts = token.split('.');
                let (Some("demo"), Some(day), Some(owner), Some(from)) =
                    (parts.next(), parts.next(), parts.next(), parts.next())
                else {
                    return Err(invalid());
                };
                if owner != fingerprint {
                    return Err(Refusal {
                        code: "RequestChangedException",
                        message: "Your request parameters changed between pages. Try again with the old parameters or without a pagination token.".into(),
                    });
                }
                if day != today.to_string() {
                    return Err(invalid());
                }
                from.parse().map_err(|_| invalid())?
            }
        };
        Ok(Self { fingerprint, from })
    }

    /// The token of the page that begins at `next`, if there is anything left.
    pub fn token(&self, next: usize, total: usize, today: jiff::civil::Date) -> Option<String> {
        (next < total).then(|| format!("demo.{today}.{}.{next}", self.fingerprint))
    }
}
