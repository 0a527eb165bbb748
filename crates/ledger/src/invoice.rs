//! Documents that ask for money, and those that take it back: what stands on them, how it is rounded and
//! taxed, and how they stand once they are issued.

mod compared;
mod draft;
mod issued;
mod line;
mod number;
mod standing;

pub use compared::{Compared, Outlier, compare};
pub use draft::{DraftInvoice, InvoiceContent};
pub use issued::Invoice;
pub use line::{DraftLine, LineKind, PricedBy, Quantity};
pub use number::{DocumentKind, InvoiceNumber};
pub use standing::{InvoiceState, PaymentError, Standing};

use std::fmt;

use crate::charge::words;
use crate::{Money, MoneyError};

words!(
    /// What goes with an invoice for the buyer's own program.
    Electronic, "a kind of electronic invoice (ubl, cii or factur_x)" {
        /// UBL 2.1.
        Ubl = 1 "ubl",
        /// UN/CEFACT CII D16B.
        Cii = 2 "cii",
        /// The paper with CII inside, in place of the plain one: Factur-X and ZUGFeRD.
        FacturX = 3 "factur_x",
    }
);

/// A tax rate in parts per million: 200 000 is 20 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TaxRate(u32);

impl TaxRate {
    /// A rate of at most 100 %.
    ///
    /// # Errors
    /// [`InvoiceError::TaxRate`].
    pub fn from_parts_per_million(parts: u32) -> Result<Self, InvoiceError> {
        if parts <= 1_000_000 {
            Ok(Self(parts))
        } else {
            Err(InvoiceError::TaxRate)
        }
    }

    /// The rate in parts per million.
    #[must_use]
    pub const fn parts_per_million(self) -> u32 {
        self.0
    }
}

impl fmt::Display for TaxRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:04}", self.0 % 10_000);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{}{point}{fraction} %", self.0 / 10_000)
    }
}

/// The figures of an invoice: all in the smallest unit of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvoiceTotals {
    /// Sum of the lines as charged.
    pub subtotal: Money,
    /// The tax on it, rounded once per treatment.
    pub tax: Money,
    /// What is to be paid.
    pub total: Money,
}

/// Why an invoice cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// Nothing to bill.
    #[error("there is nothing to bill")]
    Empty,
    /// A tax rate over 100 %.
    #[error("a tax rate lies between 0 and 100 %")]
    TaxRate,
    /// A series that is not a short name.
    #[error("an invoice series has 1 to 12 letters, digits or dashes")]
    Series,
    /// A line that is taxed in no way the document knows.
    #[error("a line names a tax treatment that the document does not have")]
    Treatment,
    /// Payment terms without end.
    #[error("the due date lies beyond what a calendar holds")]
    DueDate,
    /// An amount too large, or currencies mixed.
    #[error(transparent)]
    Money(#[from] MoneyError),
}
