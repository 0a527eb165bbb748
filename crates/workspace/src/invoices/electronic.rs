use tallyport_documents::einvoice::{self, ElectronicInvoice};
use tallyport_ledger::ReadInvoices;
use tallyport_store::InvoiceId;

use super::frozen::Frozen;
use crate::{Context, Grant, WorkspaceError};

/// In which syntax an electronic invoice is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// UBL 2.1.
    Ubl,
    /// UN/CEFACT CII D16B, which Factur-X and ZUGFeRD embed.
    Cii,
}

/// An issued document by EN 16931, from what is frozen with it: the same bytes whenever it is asked for.
///
/// # Errors
/// A conflict for a draft; [`WorkspaceError::Document`] names what the norm asks for and it lacks.
pub async fn electronic(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    id: InvoiceId,
    syntax: Syntax,
) -> Result<String, WorkspaceError> {
    let record = cx.store.read(move |r| r.invoice(id)).await?;
    let frozen = Frozen::from_json(record.frozen)?;
    let invoice = frozen.invoice()?.ok_or_else(|| WorkspaceError::Conflict {
        code: "invoice.draft",
        reason: "this is a draft: it has no number yet".to_owned(),
        hint: Some("Issue it first.".to_owned()),
    })?;
    let electronic = ElectronicInvoice::of(&invoice)?;
    Ok(match syntax {
        Syntax::Ubl => einvoice::ubl(&electronic)?,
        Syntax::Cii => einvoice::cii(&electronic)?,
    })
}
