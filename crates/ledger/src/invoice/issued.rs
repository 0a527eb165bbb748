use jiff::civil::Date;

use super::{DraftInvoice, InvoiceError, InvoiceNumber, InvoiceTotals};
use crate::Money;

/// An issued document. It never changes: there are no setters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    draft: DraftInvoice,
    number: InvoiceNumber,
    issued_on: Date,
    due_on: Date,
    totals: InvoiceTotals,
    amounts: Vec<Money>,
}

impl Invoice {
    /// Issues `draft` under `number`: consumes the draft, freezes its figures.
    ///
    /// # Errors
    /// [`InvoiceError`].
    pub fn issue(
        draft: DraftInvoice,
        number: InvoiceNumber,
        issued_on: Date,
        payment_days: i32,
    ) -> Result<Self, InvoiceError> {
        let span = jiff::Span::new()
            .try_days(payment_days)
            .map_err(|_| InvoiceError::DueDate)?;
        let due_on = issued_on
            .checked_add(span)
            .map_err(|_| InvoiceError::DueDate)?;
        let (totals, amounts) = (draft.totals()?, draft.amounts()?);
        Ok(Self {
            draft,
            number,
            issued_on,
            due_on,
            totals,
            amounts,
        })
    }

    /// What it was made from.
    #[must_use]
    pub const fn draft(&self) -> &DraftInvoice {
        &self.draft
    }

    /// Its number.
    #[must_use]
    pub const fn number(&self) -> &InvoiceNumber {
        &self.number
    }

    /// The day it was issued, in the workspace's zone.
    #[must_use]
    pub const fn issued_on(&self) -> Date {
        self.issued_on
    }

    /// The day by which it is to be paid.
    #[must_use]
    pub const fn due_on(&self) -> Date {
        self.due_on
    }

    /// Its figures.
    #[must_use]
    pub const fn totals(&self) -> InvoiceTotals {
        self.totals
    }

    /// The amount of each line of the draft, in order.
    #[must_use]
    pub fn amounts(&self) -> &[Money] {
        &self.amounts
    }
}
