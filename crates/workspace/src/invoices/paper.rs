//! Documents on paper.

use tallyport_documents::{Attached, InvoicePaper, Look, Profile, render_hybrid, render_invoice};
use tallyport_ledger::{Invoice, ReadInvoices};
use tallyport_store::{InvoiceId, Reads};

use super::Syntax;
use super::frozen::Frozen;
use crate::{Context, Grant, WorkspaceError};

/// The paper: of an issued document the bytes that were issued, of a draft a preview that says so.
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
        .read(move |r| {
            if let Some(paper) = r.invoice_paper(id)? {
                return Ok::<_, WorkspaceError>(Err(paper));
            }
            let frozen = Frozen::from_json(r.invoice(id)?.frozen)?;
            let look = look(r, &frozen)?;
            Ok(Ok((frozen, look)))
        })
        .await?;
    let (frozen, look) = match found {
        Ok(drawn_now) => drawn_now,
        Err(paper) => return Ok(paper),
    };
    let work = move || {
        let draft = frozen.draft()?;
        Ok(render_invoice(&dressed(
            InvoicePaper::draft(&draft),
            &frozen,
            look,
        ))?)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| WorkspaceError::Fault(error.to_string()))?
}

/// The paper of an issued document with its data for programs inside: Factur-X and ZUGFeRD, as PDF/A-3.
///
/// # Errors
/// As [`super::electronic`] and [`paper`].
pub async fn hybrid(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    id: InvoiceId,
) -> Result<Vec<u8>, WorkspaceError> {
    let xml = super::electronic(cx, by, id, Syntax::Cii).await?;
    let found = cx.store.read(move |r| {
        let frozen = Frozen::from_json(r.invoice(id)?.frozen)?;
        let look = look(r, &frozen)?;
        Ok::<_, WorkspaceError>((frozen, look))
    });
    let (frozen, look) = found.await?;
    let work = move || {
        let invoice = frozen.invoice()?;
        let invoice = invoice
            .ok_or_else(|| WorkspaceError::Fault("an issued invoice has no number".to_owned()))?;
        let paper = dressed(InvoicePaper::issued(&invoice), &frozen, look);
        let attached = Attached::factur_x(&xml, Profile::En16931);
        Ok(render_hybrid(&paper, &attached)?)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| WorkspaceError::Fault(error.to_string()))?
}

/// The bytes of an issued document: the same for the same.
pub(super) fn issued(
    r: &Reads<'_>,
    invoice: &Invoice,
    frozen: &Frozen,
) -> Result<Vec<u8>, WorkspaceError> {
    let paper = InvoicePaper::issued(invoice);
    Ok(render_invoice(&dressed(paper, frozen, look(r, frozen)?))?)
}

fn look(r: &Reads<'_>, frozen: &Frozen) -> Result<Option<Look>, WorkspaceError> {
    frozen.look.as_ref().map(|look| look.look(r)).transpose()
}

/// The paper with its mark and its look.
fn dressed<'a>(paper: InvoicePaper<'a>, frozen: &Frozen, look: Option<Look>) -> InvoicePaper<'a> {
    let paper = match &frozen.mark {
        Some(mark) => paper.marked(mark.clone()),
        None => paper,
    };
    match look {
        Some(look) => paper.looking(look),
        None => paper,
    }
}
