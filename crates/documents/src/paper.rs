use jiff::civil::Date;
use tallyport_ledger::{DraftInvoice, Invoice, InvoiceTotals, Money, MoneyError};

use crate::Look;

/// What is to be put on paper: an issued invoice or a draft, with what the ledger does not hold.
#[derive(Debug, Clone)]
pub struct InvoicePaper<'a> {
    subject: Subject<'a>,
    mark: Option<String>,
    payment: Vec<String>,
    look: Option<Look>,
}

/// A draft has no number and no dates.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'a> {
    Issued(&'a Invoice),
    Draft(&'a DraftInvoice),
}

impl<'a> InvoicePaper<'a> {
    /// The paper of an issued invoice.
    #[must_use]
    pub const fn issued(invoice: &'a Invoice) -> Self {
        Self::of(Subject::Issued(invoice))
    }

    /// A preview of a draft, marked on every page as being no invoice.
    #[must_use]
    pub const fn draft(draft: &'a DraftInvoice) -> Self {
        Self::of(Subject::Draft(draft))
    }

    const fn of(subject: Subject<'a>) -> Self {
        Self {
            subject,
            mark: None,
            payment: Vec::new(),
            look: None,
        }
    }

    /// Prints `mark` (such as "Demo data") on every page.
    #[must_use]
    pub fn marked(mut self, mark: impl Into<String>) -> Self {
        self.mark = Some(mark.into());
        self
    }

    /// Prints how to pay, such as the bank and the account, a line each.
    #[must_use]
    pub fn payable(mut self, lines: Vec<String>) -> Self {
        self.payment = lines;
        self
    }

    /// Prints it in the second layout, with this look. Without a look it is the first layout, in which
    /// everything was issued before there was a second one.
    #[must_use]
    pub fn looking(mut self, look: Look) -> Self {
        self.look = Some(look);
        self
    }

    pub(crate) const fn look(&self) -> Option<&Look> {
        self.look.as_ref()
    }

    pub(crate) fn mark(&self) -> Option<&str> {
        self.mark.as_deref()
    }

    pub(crate) const fn is_draft(&self) -> bool {
        matches!(self.subject, Subject::Draft(_))
    }

    /// What was, or would be, issued.
    pub(crate) const fn content(&self) -> &'a DraftInvoice {
        match self.subject {
            Subject::Issued(invoice) => invoice.draft(),
            Subject::Draft(draft) => draft,
        }
    }

    /// The number, the day of issue and the day it is due.
    pub(crate) fn issue(&self) -> Option<(String, Date, Date)> {
        match self.subject {
            Subject::Issued(invoice) => Some((
                invoice.number().to_string(),
                invoice.issued_on(),
                invoice.due_on(),
            )),
            Subject::Draft(_) => None,
        }
    }

    pub(crate) fn amounts(&self) -> Result<Vec<Money>, MoneyError> {
        match self.subject {
            Subject::Issued(invoice) => Ok(invoice.amounts().to_vec()),
            Subject::Draft(draft) => draft.amounts(),
        }
    }

    pub(crate) fn totals(&self) -> Result<InvoiceTotals, MoneyError> {
        match self.subject {
            Subject::Issued(invoice) => Ok(invoice.totals()),
            Subject::Draft(draft) => draft.totals(),
        }
    }

    pub(crate) fn payment(&self) -> &[String] {
        &self.payment
    }

    /// The labels printed at the head of every page.
    pub(crate) fn marks(&self) -> Vec<&str> {
        let draft = self.is_draft().then_some("Draft — not an invoice");
        draft.into_iter().chain(self.mark.as_deref()).collect()
    }

    /// What it is called in running heads and in the document's title.
    pub(crate) fn title(&self) -> String {
        match self.issue() {
            Some((number, ..)) => format!("Invoice {number}"),
            None => "Draft invoice".to_owned(),
        }
    }

    /// The day the document bears: a draft has none, so that its month's last day stands in.
    pub(crate) fn day(&self) -> Date {
        match self.issue() {
            Some((_, issued_on, _)) => issued_on,
            None => self.content().period().last_day(),
        }
    }
}
