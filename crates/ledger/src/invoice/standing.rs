use jiff::civil::Date;

use crate::charge::words;
use crate::{Money, MoneyError};

words!(
    /// Where a document is in its life. What an issued invoice is follows from what was credited and
    /// paid of it.
    InvoiceState, "a state of an invoice (draft, approved, issued, partly_paid, paid or credited)" {
        /// Being prepared.
        Draft = 1 "draft",
        /// Found right; it can be issued.
        Approved = 2 "approved",
        /// Numbered, frozen, sent out.
        Issued = 3 "issued",
        /// Some of it is paid.
        PartlyPaid = 4 "partly_paid",
        /// Nothing is left to pay.
        Paid = 5 "paid",
        /// Taken back whole.
        Credited = 6 "credited",
    }
);

/// How an issued invoice stands: what it asked for, and what became of it. One currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What was to be paid.
    pub total: Money,
    /// What its credit notes took back.
    pub credited: Money,
    /// What was paid, less what was paid back.
    pub paid: Money,
}

/// Why a payment cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaymentError {
    /// Nothing.
    #[error("a payment of nothing is none")]
    Nothing,
    /// More than the currency's smallest unit can say.
    #[error("{0} has more decimals than its currency")]
    TooFine(Money),
    /// More than is left to pay.
    #[error("{paid} is more than the {open} that is left to pay")]
    TooMuch {
        /// What was to be recorded.
        paid: Money,
        /// What is left.
        open: Money,
    },
    /// More back than was paid too much.
    #[error("{back} is more than the {owed} that was paid too much")]
    TooMuchBack {
        /// What was to be paid back.
        back: Money,
        /// What can be.
        owed: Money,
    },
    /// An amount too large, or of another currency.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl InvoiceState {
    /// Whether it has a number.
    #[must_use]
    pub const fn is_issued(self) -> bool {
        !matches!(self, Self::Draft | Self::Approved)
    }
}

impl Standing {
    /// An invoice of `total` of which nothing was credited or paid.
    #[must_use]
    pub const fn untouched(total: Money) -> Self {
        let nothing = Money::zero(total.currency());
        Self {
            total,
            credited: nothing,
            paid: nothing,
        }
    }

    /// What is left of it after its credit notes.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn left(&self) -> Result<Money, MoneyError> {
        self.total.minus(self.credited)
    }

    /// What is left to pay; below nothing where it was paid before it was credited.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn open(&self) -> Result<Money, MoneyError> {
        self.left()?.minus(self.paid)
    }

    /// Where it is in its life.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn state(&self) -> Result<InvoiceState, MoneyError> {
        Ok(if self.left()?.is_zero() && !self.credited.is_zero() {
            InvoiceState::Credited
        } else if self.open()?.nanos() <= 0 {
            InvoiceState::Paid
        } else if self.paid.nanos() > 0 {
            InvoiceState::PartlyPaid
        } else {
            InvoiceState::Issued
        })
    }

    /// By how many days it is overdue on `day`, if anything is left to pay.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn overdue(&self, due_on: Date, day: Date) -> Result<Option<i32>, MoneyError> {
        if day <= due_on || self.open()?.nanos() <= 0 {
            return Ok(None);
        }
        Ok(due_on.until(day).ok().map(|span| span.get_days()))
    }

    /// Whether `amount` can be recorded as paid: no more than is left, and paid back (an amount
    /// below nothing) no more than was paid too much.
    ///
    /// # Errors
    /// [`PaymentError`] says why not.
    pub fn takes(&self, amount: Money) -> Result<(), PaymentError> {
        if amount.is_zero() {
            return Err(PaymentError::Nothing);
        }
        if amount.rounded_to_minor() != amount {
            return Err(PaymentError::TooFine(amount));
        }
        let open = self.open()?;
        let nothing = Money::zero(open.currency());
        let after = open.minus(amount)?;
        if amount.nanos() > 0 && after.nanos() < 0 {
            let open = if open.nanos() < 0 { nothing } else { open };
            return Err(PaymentError::TooMuch { paid: amount, open });
        }
        if amount.nanos() < 0 && after.nanos() > 0 {
            let owed = if open.nanos() < 0 {
                open.negated()
            } else {
                nothing
            };
            return Err(PaymentError::TooMuchBack {
                back: amount.negated(),
                owed,
            });
        }
        Ok(())
    }
}
