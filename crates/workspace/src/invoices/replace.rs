//! An invoice that another one stands in for: the wrong buyer, the wrong terms.

use tallyport_ledger::IssueInvoices;
use tallyport_store::{Approval, InvoiceId};

use super::InvoiceView;
use super::credit::{Credit, draft_note};
use super::draft::{Drafting, Outcome};
use super::issue::issue_now;
use super::left::Left;
use crate::plausibility::not_quarantined;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// Takes all that is left of an invoice back by a credit note, and drafts its month anew for the same
/// recipient; the draft says which invoice it stands in for. Both or none. Where the workspace asks for
/// two pairs of eyes, the credit note is to be approved and issued before.
///
/// # Errors
/// A conflict if it is not issued, not credited where that takes two, or if there is nothing to bill then.
pub async fn replace(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
    reason: &str,
) -> Result<InvoiceView, WorkspaceError> {
    let (at, today, trail) = (cx.now(), cx.today(), Trail::of(cx, by));
    let (by, reason) = (by.name().to_owned(), reason.to_owned());
    cx.store
        .write(move |w| {
            let left = Left::of(w, id)?;
            let (owner, month) = (left.record.owner, left.record.month);
            not_quarantined(w, owner, month)?;
            if !left.standing.left()?.is_zero() {
                let settings = w.settings()?;
                if settings.four_eyes {
                    return Err(WorkspaceError::Conflict {
                        code: "invoice.not-credited",
                        reason: "it is not credited, and this workspace asks for two pairs of eyes"
                            .to_owned(),
                        hint: Some(
                            "Credit it whole, have that approved, then replace it.".to_owned(),
                        ),
                    });
                }
                let note = draft_note(w, id, &reason, &Credit::Whole, (at, by.clone()), &trail)?;
                let approval = Approval { by: by.clone(), at };
                w.set_approval(note, Some(&approval))?;
                let note = w.invoice(note)?;
                issue_now(w, note, &settings, at, &trail)?;
            }
            let currency = left.record.currency;
            let replaced = w.invoice(id)?;
            let drafting = Drafting::of(w, month, (at, today, by), Some(replaced))?;
            let mut outcome = Outcome::default();
            drafting.one(w, owner, &mut outcome)?;
            let mut drafted = drafting.shown(w, outcome)?;
            let mut of = drafted
                .invoices
                .into_iter()
                .filter(|view| view.cost.currency() == currency);
            of.next().ok_or_else(|| WorkspaceError::Conflict {
                code: "invoice.nothing-to-bill",
                reason: drafted.nothing.pop().map_or_else(
                    || "there is nothing to bill".to_owned(),
                    |nothing| nothing.reason,
                ),
                hint: None,
            })
        })
        .await
}
