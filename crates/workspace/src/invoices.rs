//! Invoices: a month per recipient, drafted from what they own or what is on a client's bills, approved,
//! issued once, never changed, paid or taken back.
//!
//! A draft can be thrown away and made anew. Issuing takes the next number of its series, freezes
//! everything on it, keeps the bytes of its paper and claims what it bills, in one transaction: an
//! amount is billed once, whoever owns it later and whatever version of the month counts then. A credit
//! note is a document of the same life, which frees what it takes back.

mod account;
mod actions;
mod approve;
mod attachments;
mod batch;
mod change;
mod comparison;
mod credit;
mod draft;
mod electronic;
mod frozen;
mod frozen_line;
mod frozen_terms;
mod issue;
mod left;
mod listed;
mod paper;
mod payments;
mod priced;
mod replace;
mod restate;
mod send;
mod show;
mod terms;
mod verify;

use serde_json::json;
use tallyport_ledger::{IssueInvoices, ReadInvoices};
use tallyport_store::{Attachment, AuditRecord, InvoiceId, Payment};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};
use change::refuse_fixed;
use show::Shelf;

pub use account::{Account, AccountKind, AccountResult, AccountRow, account};
pub use actions::InvoiceAction;
pub use approve::{approve, withdraw};
pub use attachments::{LARGEST as LARGEST_ATTACHMENT, attach, attachment, attachments, detach};
pub use batch::{BatchAction, BatchAsk, BatchOver, KIND as BATCH, batch};
pub use change::{DraftChange, change};
pub use comparison::{Basis, Comparison, ComparisonRow, RULE, comparison};
pub use credit::{Credit, credit};
pub use draft::{Drafted, NothingToBill, draft};
pub use electronic::{Syntax, electronic};
pub use issue::issue;
pub use listed::{InvoicesAsk, InvoicesPage, list, page};
pub use paper::{hybrid, paper};
pub use payments::{PaymentAsk, pay, unpay};
pub(crate) use priced::credits_used;
pub use replace::replace;
pub use restate::{Difference, Proposal, Restatement, restatements};
pub(crate) use send::enclosed;
pub use send::{LetterAsk, Message, deliveries, mailing, message, send, set_mailing};
pub use show::{InvoiceView, Related};
pub use verify::{VerifiedInvoices, VerifiedSeries, start_verifying, verify};

/// A document with all that lies with it.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceDetail {
    /// The document.
    pub view: InvoiceView,
    /// What was done with it, the first thing first.
    pub history: Vec<AuditRecord>,
    /// What was paid.
    pub payments: Vec<Payment>,
    /// The files that lie with it.
    pub attachments: Vec<Attachment>,
}

/// One document or draft with all that lies with it.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn detail(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    id: InvoiceId,
) -> Result<InvoiceDetail, WorkspaceError> {
    let today = cx.today();
    cx.store
        .read(move |r| {
            let record = r.invoice(id)?;
            let shelf = Shelf::of(r, &record, today)?;
            let view = show::view(record, &shelf)?;
            Ok(InvoiceDetail {
                history: r.invoice_trail(id)?,
                payments: r.payments(id, view.content.currency())?,
                attachments: r.attachments(id)?,
                view,
            })
        })
        .await
}

/// One document or draft.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn get(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    id: InvoiceId,
) -> Result<InvoiceView, WorkspaceError> {
    Ok(detail(cx, by, id).await?.view)
}

/// Throws a draft away.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; a conflict for what is approved or issued.
pub async fn discard(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            refuse_fixed(&w.invoice(id)?)?;
            w.drop_draft(id)?;
            let details = json!({ "invoice": id.0 });
            Ok(trail.keep(w, "invoice.discarded", &id.to_string(), &details)?)
        })
        .await
}
