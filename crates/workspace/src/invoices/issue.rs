use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use tallyport_ledger::{InvoiceNumber, IssueInvoices};
use tallyport_store::{Billable, InvoiceId, InvoiceIssue, InvoiceRecord, Writes};

use super::frozen::{Frozen, FrozenIssue, FrozenLine};
use super::{InvoiceView, final_paper, show};
use crate::plausibility::not_quarantined;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// Issues a draft: takes the next number, freezes it, keeps its paper and claims what it bills. All
/// of it is kept or none, so that numbers have no gap.
///
/// # Errors
/// A conflict if it is issued already, or if the figures have changed since it was drafted;
/// [`WorkspaceError::Document`] names what cannot be printed.
pub async fn issue(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
) -> Result<InvoiceView, WorkspaceError> {
    let (at, trail) = (cx.now(), Trail::of(cx, by));
    cx.store
        .write(move |w| {
            let record = w.invoice(id)?;
            if let Some(number) = record.number {
                return Err(WorkspaceError::Conflict {
                    code: "invoice.issued",
                    reason: format!("this is invoice {number} already"),
                    hint: Some("An issued invoice never changes.".to_owned()),
                });
            }
            not_quarantined(w, record.owner, record.month)?;
            let settings = w.settings()?;
            let zone = TimeZone::get(&settings.zone).unwrap_or(TimeZone::UTC);
            let today = at.to_zoned(zone).date();
            let (number, total) = issue_now(w, record, &settings.invoice_series, today)?;
            let details = json!({ "invoice": id.0, "total": total });
            trail.keep(w, "invoice.issued", &number.to_string(), &details)?;
            show::view(w.invoice(id)?, &w.owners()?)
        })
        .await
}

fn issue_now(
    w: &mut Writes<'_>,
    record: InvoiceRecord,
    series: &str,
    today: Date,
) -> Result<(InvoiceNumber, String), WorkspaceError> {
    let mut frozen = Frozen::from_json(record.frozen)?;
    let billable = w
        .billable(record.owner, record.month, frozen.metric()?)?
        .into_iter()
        .find(|billable| billable.currency == record.currency)
        .filter(|billable| is_still(&frozen, billable))
        .ok_or_else(|| WorkspaceError::Conflict {
            code: "invoice.outdated",
            reason: "the figures have changed since this was drafted".to_owned(),
            hint: Some("Draft the month again and look at it before issuing.".to_owned()),
        })?;
    let number = w.take_invoice_number(series)?;
    frozen.issue = Some(FrozenIssue {
        series: series.to_owned(),
        number,
        issued_on: today.to_string(),
        versions: w.versions_behind(record.owner, record.month)?,
    });
    let invoice = frozen
        .invoice()?
        .ok_or_else(|| WorkspaceError::Fault("an issued invoice has no number".to_owned()))?;
    let pdf = final_paper(&invoice, &frozen)?;
    w.issue_invoice(
        record.id,
        &InvoiceIssue {
            number,
            series,
            issued_on: today,
            frozen: &frozen.to_json()?,
            pdf: &pdf,
            billable: &billable,
        },
    )?;
    let total = invoice.totals().total.to_decimal(2);
    Ok((invoice.number().clone(), total))
}

/// Whether what can be billed now is what the draft shows, to the nano.
fn is_still(frozen: &Frozen, billable: &Billable) -> bool {
    let now = billable.lines.iter().map(|line| FrozenLine {
        service: line.service.clone(),
        resource: line.resource.clone(),
        exact: line.exact.to_decimal(0),
    });
    now.eq(frozen.lines.iter().cloned())
}
