use std::fmt;

use super::InvoiceError;

/// A gap-free number of a series, taken at issue.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InvoiceNumber {
    series: String,
    number: u32,
}

/// What kind of document it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum DocumentKind {
    /// Somebody is to pay.
    #[default]
    Invoice,
    /// Takes back what an invoice asked for. Its amounts are positive: the document says that they
    /// are credited.
    CreditNote {
        /// The invoice it refers to.
        of: InvoiceNumber,
    },
}

impl InvoiceNumber {
    /// Number `number` of `series`.
    ///
    /// # Errors
    /// [`InvoiceError::Series`].
    pub fn new(series: &str, number: u32) -> Result<Self, InvoiceError> {
        let fits = (1..=12).contains(&series.len())
            && series
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits {
            Ok(Self {
                series: series.to_owned(),
                number,
            })
        } else {
            Err(InvoiceError::Series)
        }
    }

    /// The series it belongs to.
    #[must_use]
    pub fn series(&self) -> &str {
        &self.series
    }

    /// Its place in the series, from one.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:05}", self.series, self.number)
    }
}

impl DocumentKind {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote { .. } => "credit_note",
        }
    }

    /// Whether it takes back instead of asking.
    #[must_use]
    pub const fn is_credit_note(&self) -> bool {
        matches!(self, Self::CreditNote { .. })
    }
}
