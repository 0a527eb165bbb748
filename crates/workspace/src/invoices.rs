//! Invoices: a month per person, drafted from what they own, issued once, never changed.
//!
//! A draft can be thrown away and made anew. Issuing takes the next number of its series, freezes
//! everything on it, keeps the bytes of its paper and claims what it bills, in one transaction: an
//! amount is billed once, whoever owns it later and whatever version of the month counts then.

mod draft;
mod frozen;
mod issue;
mod show;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use tallyport_documents::{InvoicePaper, render_invoice};
use tallyport_ledger::{
    BillingPeriod, DraftInvoice, Invoice, InvoiceNumber, InvoiceState, InvoiceTotals,
    IssueInvoices, Money, Name, ReadInvoices,
};
use tallyport_store::{InvoiceId, OwnerKey};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};
use frozen::Frozen;

pub use draft::{Drafted, NothingToBill, draft};
pub use issue::issue;

/// An invoice or a draft, ready to show.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceView {
    /// Its identity, from the draft on.
    pub id: InvoiceId,
    /// Whether it is a draft or issued.
    pub state: InvoiceState,
    /// Its number, once it is issued.
    pub number: Option<InvoiceNumber>,
    /// Whom it is for.
    pub recipient: OwnerKey,
    /// Their name, as on the paper.
    pub label: Name,
    /// Everything on it.
    pub content: DraftInvoice,
    /// The amount of each line, rounded so that they add up.
    pub amounts: Vec<Money>,
    /// Subtotal, tax and total.
    pub totals: InvoiceTotals,
    /// What the recipient had in the month before, in the same currency and metric.
    pub previous_total: Option<Money>,
    /// When it was drafted.
    pub drafted_at: Timestamp,
    /// The day it was issued.
    pub issued_on: Option<Date>,
    /// The day it is due.
    pub due_on: Option<Date>,
    /// What to look at before it is issued.
    pub warnings: Vec<String>,
    /// Printed on every page, such as "Demo data".
    pub mark: Option<String>,
}

/// Invoices and drafts, the newest month first.
///
/// # Errors
/// The workspace file's.
pub async fn list(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    month: Option<BillingPeriod>,
    state: Option<InvoiceState>,
) -> Result<Vec<InvoiceView>, WorkspaceError> {
    cx.store
        .read(move |r| {
            let owners = r.owners()?;
            r.invoices(month, state)?
                .into_iter()
                .map(|record| show::view(record, &owners))
                .collect()
        })
        .await
}

/// One invoice or draft.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn get(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    id: InvoiceId,
) -> Result<InvoiceView, WorkspaceError> {
    cx.store
        .read(move |r| show::view(r.invoice(id)?, &r.owners()?))
        .await
}

/// The paper: of an issued invoice the bytes that were issued, of a draft a preview that says so.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; [`WorkspaceError::Document`] names what cannot be printed.
pub async fn paper(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    id: InvoiceId,
) -> Result<Vec<u8>, WorkspaceError> {
    let found = cx
        .store
        .read(move |r| Ok::<_, WorkspaceError>((r.invoice_paper(id)?, r.invoice(id)?)))
        .await?;
    let (paper, record) = found;
    if let Some(paper) = paper {
        return Ok(paper);
    }
    let work = move || {
        let frozen = Frozen::from_json(record.frozen)?;
        preview(&frozen)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| WorkspaceError::Fault(error.to_string()))?
}

/// Throws a draft away.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; a conflict for an issued invoice.
pub async fn discard(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            w.drop_draft(id)?;
            Ok(trail.keep(w, "invoice.discarded", &id.to_string(), &json!({}))?)
        })
        .await
}

fn preview(frozen: &Frozen) -> Result<Vec<u8>, WorkspaceError> {
    let draft = frozen.draft()?;
    Ok(render_invoice(&marked(
        InvoicePaper::draft(&draft),
        frozen,
    ))?)
}

fn final_paper(invoice: &Invoice, frozen: &Frozen) -> Result<Vec<u8>, WorkspaceError> {
    Ok(render_invoice(&marked(
        InvoicePaper::issued(invoice),
        frozen,
    ))?)
}

fn marked<'a>(paper: InvoicePaper<'a>, frozen: &Frozen) -> InvoicePaper<'a> {
    match &frozen.mark {
        Some(mark) => paper.marked(mark.clone()),
        None => paper,
    }
}
