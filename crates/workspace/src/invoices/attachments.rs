//! Files that lie with an invoice, such as a signed order.

use serde_json::json;
use tallyport_ledger::{IssueInvoices, ReadInvoices};
use tallyport_store::{Attachment, InvoiceId, NewAttachment};

use super::issue::{hex, refuse_issued};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// A file has at most so many bytes, and an invoice so many files.
pub const LARGEST: usize = 5 << 20;
const MOST: usize = 20;
/// So many characters of a name are kept.
const NAME: usize = 120;

/// The files of an invoice.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn attachments(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    id: InvoiceId,
) -> Result<Vec<Attachment>, WorkspaceError> {
    cx.store
        .read(move |r| {
            r.invoice(id)?;
            Ok(r.attachments(id)?)
        })
        .await
}

/// One of them with its bytes, as they were attached.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; a damaged one is told.
pub async fn attachment(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    id: InvoiceId,
    number: u32,
) -> Result<(Attachment, Vec<u8>), WorkspaceError> {
    cx.store.read(move |r| Ok(r.attachment(id, number)?)).await
}

/// Puts a file with an invoice, a draft or an issued one: it is no part of the paper.
///
/// # Errors
/// [`WorkspaceError::Invalid`] for an empty or too large file, or too many.
pub async fn attach(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
    name: &str,
    media_type: &str,
    content: Vec<u8>,
) -> Result<Attachment, WorkspaceError> {
    if content.is_empty() || content.len() > LARGEST {
        return Err(WorkspaceError::invalid(
            "file",
            format!("a file of 1 byte to {} MiB can be attached", LARGEST >> 20),
        ));
    }
    let (at, trail, by) = (cx.now(), Trail::of(cx, by), by.name().to_owned());
    let (name, media_type) = (cleaned(name), plain(media_type));
    cx.store
        .write(move |w| {
            w.invoice(id)?;
            if w.attachments(id)?.len() >= MOST {
                return Err(WorkspaceError::invalid(
                    "file",
                    format!("an invoice has at most {MOST} attachments"),
                ));
            }
            let new = NewAttachment {
                name: &name,
                media_type: &media_type,
                content: &content,
                by: &by,
                at,
            };
            let number = w.add_attachment(id, &new)?;
            let (kept, _) = w.attachment(id, number)?;
            let details = json!({
                "invoice": id.0, "attachment": number, "name": name, "sha256": hex(&kept.sha256),
            });
            trail.keep(w, "invoice.attached", &id.to_string(), &details)?;
            Ok(kept)
        })
        .await
}

/// Takes a file away from a draft. With an issued invoice it stays.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; a conflict for an issued invoice.
pub async fn detach(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
    number: u32,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            refuse_issued(&w.invoice(id)?)?;
            w.drop_attachment(id, number)?;
            let details = json!({ "invoice": id.0, "attachment": number });
            Ok(trail.keep(w, "invoice.detached", &id.to_string(), &details)?)
        })
        .await
}

/// The name of a file without folders, control characters and marks that turn the direction of writing,
/// so that what is shown is what it is.
fn cleaned(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = last.chars().filter(|c| !c.is_control() && !turns(*c));
    let kept: String = plain.take(NAME).collect();
    let kept = kept.trim().trim_start_matches('.');
    if kept.is_empty() {
        "attachment".to_owned()
    } else {
        kept.to_owned()
    }
}

/// A media type of letters that a header can carry; bytes of any kind otherwise.
fn plain(media_type: &str) -> String {
    let fits = media_type.len() <= 100
        && media_type.split('/').count() == 2
        && media_type
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/.+-".contains(&b));
    if fits {
        media_type.to_owned()
    } else {
        "application/octet-stream".to_owned()
    }
}
