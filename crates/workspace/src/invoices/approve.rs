//! Two pairs of eyes: somebody finds a draft right before it is issued.

use serde_json::json;
use tallyport_ledger::IssueInvoices;
use tallyport_store::{Approval, InvoiceId};

use super::InvoiceView;
use super::issue::refuse_issued;
use super::show::{self, Shelf};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// Approves a draft. Where the workspace asks for two pairs of eyes, nobody approves what they had a
/// hand in, whatever their role.
///
/// # Errors
/// A conflict if it is issued or approved already, or for somebody who drafted it.
pub async fn approve(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
) -> Result<InvoiceView, WorkspaceError> {
    let (at, today, trail) = (cx.now(), cx.today(), Trail::of(cx, by));
    let by = by.name().to_owned();
    cx.store
        .write(move |w| {
            let record = w.invoice(id)?;
            refuse_issued(&record)?;
            if let Some(approval) = &record.approval {
                return Err(WorkspaceError::Conflict {
                    code: "invoice.approved",
                    reason: format!("{} approved draft {id} already", approval.by),
                    hint: None,
                });
            }
            if w.settings()?.four_eyes && record.drafted_by.contains(&by) {
                return Err(WorkspaceError::Conflict {
                    code: "invoice.same-eyes",
                    reason: format!("{by} had a hand in draft {id} and cannot approve it"),
                    hint: Some(
                        "Somebody else approves it; Settings say whether two pairs of eyes are asked for."
                            .to_owned(),
                    ),
                });
            }
            w.set_approval(id, Some(&Approval { by, at }))?;
            let details = json!({ "invoice": id.0 });
            trail.keep(w, "invoice.approved", &id.to_string(), &details)?;
            let record = w.invoice(id)?;
            let shelf = Shelf::of(w, &record, today)?;
            show::view(record, &shelf)
        })
        .await
}

/// Takes an approval back: it is a draft again, and can be changed.
///
/// # Errors
/// A conflict if it is issued, or not approved.
pub async fn withdraw(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
) -> Result<InvoiceView, WorkspaceError> {
    let (today, trail) = (cx.today(), Trail::of(cx, by));
    cx.store
        .write(move |w| {
            let record = w.invoice(id)?;
            refuse_issued(&record)?;
            let Some(approval) = &record.approval else {
                return Err(WorkspaceError::Conflict {
                    code: "invoice.not-approved",
                    reason: format!("draft {id} is not approved"),
                    hint: None,
                });
            };
            let details = json!({ "invoice": id.0, "approved_by": approval.by });
            w.set_approval(id, None)?;
            trail.keep(w, "invoice.withdrawn", &id.to_string(), &details)?;
            let record = w.invoice(id)?;
            let shelf = Shelf::of(w, &record, today)?;
            show::view(record, &shelf)
        })
        .await
}
