use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use sha2::{Digest, Sha256};
use tallyport_ledger::{InvoiceNumber, IssueInvoices};
use tallyport_store::{
    Approval, Billable, Claims, InvoiceId, InvoiceIssue, InvoiceRecord, Settings, Writes,
};

use super::credit;
use super::draft::costs;
use super::frozen::{Frozen, FrozenIssue};
use super::priced::{Pricing, still_priced};
use super::show::{self, Shelf};
use super::{InvoiceView, paper};
use crate::plausibility::not_quarantined;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// Issues a draft: takes the next number, freezes it, keeps its paper and claims what it bills, or
/// frees what it credits. All of it is kept or none, so that numbers have no gap.
///
/// # Errors
/// A conflict if it is issued already, if somebody else has to approve it first, or if the figures
/// have changed since it was drafted; [`WorkspaceError::Document`] names what cannot be printed.
pub async fn issue(
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
            let settings = w.settings()?;
            if record.approval.is_none() {
                if settings.four_eyes {
                    return Err(not_approved(id));
                }
                w.set_approval(id, Some(&Approval { by, at }))?;
            }
            issue_now(w, record, &settings, at, &trail)?;
            let record = w.invoice(id)?;
            let shelf = Shelf::of(w, &record, today)?;
            show::view(record, &shelf)
        })
        .await
}

/// Issues a draft that may be issued, on the day that it is in the workspace's zone, and notes so.
pub(super) fn issue_now(
    w: &mut Writes<'_>,
    record: InvoiceRecord,
    settings: &Settings,
    at: Timestamp,
    trail: &Trail,
) -> Result<InvoiceNumber, WorkspaceError> {
    let zone = TimeZone::get(&settings.zone).unwrap_or(TimeZone::UTC);
    let today = at.to_zoned(zone).date();
    let (id, credits) = (record.id, record.credits);
    let mut frozen = Frozen::from_json(record.frozen.clone())?;
    let claims = match credits {
        Some(of) => credit::freed(w, of, &frozen)?,
        None => billed(w, &record, &frozen)?,
    };
    let series = match credits {
        Some(_) => settings.credit_note_series.as_str(),
        None => settings.invoice_series.as_str(),
    };
    let number = w.take_invoice_number(series)?;
    let versions = w.versions_behind(record.owner, record.month)?;
    frozen.issue = Some(FrozenIssue {
        series: series.to_owned(),
        number,
        issued_on: today.to_string(),
        versions,
        totals: Some(FrozenIssue::totals_of(frozen.draft()?.totals()?)),
    });
    let invoice = frozen
        .invoice()?
        .ok_or_else(|| WorkspaceError::Fault("an issued invoice has no number".to_owned()))?;
    let pdf = paper::issued(w, &invoice, &frozen)?;
    w.issue_invoice(
        id,
        &InvoiceIssue {
            number,
            series,
            issued_on: today,
            frozen: &frozen.to_json()?,
            figures: &frozen.figures()?,
            pdf: &pdf,
            claims: &claims,
        },
    )?;
    let number = invoice.number().clone();
    let total = invoice.totals().total.to_decimal(2);
    let details = json!({
        "invoice": id.0, "total": total, "pdf_sha256": hex(&Sha256::digest(&pdf)),
    });
    trail.keep(w, "invoice.issued", &number.to_string(), &details)?;
    if let Some(of) = credits {
        let credited = w.invoice(of)?.number.map(|number| number.to_string());
        let details = json!({ "invoice": of.0, "credit_note": number.to_string(), "total": total });
        trail.keep(
            w,
            "invoice.credited",
            &credited.unwrap_or_default(),
            &details,
        )?;
    }
    Ok(number)
}

/// What an invoice claims, if what can be billed now is what the draft shows, to the nano.
fn billed(
    w: &Writes<'_>,
    record: &InvoiceRecord,
    frozen: &Frozen,
) -> Result<Claims, WorkspaceError> {
    not_quarantined(w, record.owner, record.month)?;
    let (owner, month, basis) = (record.owner, record.month, frozen.basis());
    let billable = w.billable(owner, month, frozen.metric()?)?.into_iter();
    let mut billable = billable.filter(|billable| billable.currency == record.currency);
    let billable = billable
        .next()
        .unwrap_or(Billable::nothing(month, record.currency));
    let owners = w.owners()?;
    let named = owners.get(&owner).ok_or_else(outdated)?;
    let pricing = Pricing {
        owner,
        recipient: named.key,
        month,
        billable: &billable,
        owners: &owners,
    };
    if costs(&billable) == basis && still_priced(w, &pricing, frozen)? {
        Ok(billable.claims())
    } else {
        Err(outdated())
    }
}

pub(super) fn outdated() -> WorkspaceError {
    WorkspaceError::Conflict {
        code: "invoice.outdated",
        reason: "the figures have changed since this was drafted".to_owned(),
        hint: Some("Draft it again and look at it before issuing.".to_owned()),
    }
}

/// Nothing of what is issued changes.
pub(super) fn refuse_issued(record: &InvoiceRecord) -> Result<(), WorkspaceError> {
    match &record.number {
        None => Ok(()),
        Some(number) => Err(WorkspaceError::Conflict {
            code: "invoice.issued",
            reason: format!("this is invoice {number} already"),
            hint: Some("An issued invoice never changes; a credit note takes it back.".to_owned()),
        }),
    }
}

pub(super) fn not_approved(id: InvoiceId) -> WorkspaceError {
    WorkspaceError::Conflict {
        code: "invoice.not-approved",
        reason: format!(
            "draft {id} is not approved, and this workspace asks for two pairs of eyes"
        ),
        hint: Some("Somebody who had no hand in the draft approves it first.".to_owned()),
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
