//! A month whose bill names no invoices is final when AWS says so: its invoices are out, Cost Explorer no
//! longer calls the month an estimate, and what is loaded is what was invoiced or came after it.

use jiff::tz::TimeZone;
use serde_json::json;
use tallyport_ledger::{BillingAccountId, BillingPeriod};
use tallyport_store::{ObservedSource, Writes};

use super::figures::FigureSource;
use super::{Reconciled, compared};
use crate::WorkspaceError;
use crate::trail::Trail;

/// Settles what is loaded of a month, if it is. The calendar alone never settles anything.
pub(super) fn settle(
    w: &mut Writes<'_>,
    trail: &Trail,
    account: &BillingAccountId,
    month: BillingPeriod,
) -> Result<(), WorkspaceError> {
    let observed = w.observations(account, month)?;
    let of = |source| observed.iter().find(|seen| seen.source == source);
    let (Some(explorer), Some(invoices)) = (
        of(ObservedSource::CostExplorer),
        of(ObservedSource::Invoices),
    ) else {
        return Ok(());
    };
    let estimated = explorer.found.iter().any(|month| !month.settled);
    if explorer.found.is_empty() || estimated || invoices.found.is_empty() {
        return Ok(());
    }
    let issued = invoices.found.iter().map(|month| month.issued_on).max();
    let reconciled: Vec<Reconciled> = compared(w, month, None)?
        .accounts
        .into_iter()
        .filter(|one| one.billing_account == account.as_str())
        .collect();
    let as_invoiced = !reconciled.is_empty() && reconciled.iter().all(agrees_with_invoice);
    // What was loaded on a later day than the last invoice is what AWS closed the month with.
    let loaded_after = match issued.flatten() {
        _ if as_invoiced => None,
        Some(day) => {
            let next = day.tomorrow().map_err(|_| no_day())?;
            let start = next.to_zoned(TimeZone::UTC).map_err(|_| no_day())?;
            Some(start.timestamp())
        }
        None => return Ok(()),
    };
    let numbers: Vec<&String> = invoices
        .found
        .iter()
        .flat_map(|month| &month.invoices)
        .collect();
    for version in w.settle(account, month, loaded_after)? {
        let details = json!({
            "billing_account": account.as_str(),
            "month": month.to_string(),
            "version": version,
            "invoices": numbers,
        });
        trail.keep(w, "period.settled", &month.to_string(), &details)?;
    }
    Ok(())
}

fn agrees_with_invoice(reconciled: &Reconciled) -> bool {
    let mut differences = reconciled.differences.iter();
    differences.any(|one| one.to == FigureSource::Invoice && one.difference.agrees())
}

fn no_day() -> WorkspaceError {
    WorkspaceError::Fault("an invoice of the last day there is".to_owned())
}
