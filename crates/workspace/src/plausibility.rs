//! Months that are too costly to be true: shown, kept from invoices, let through by hand.

use serde_json::json;
use tallyport_ledger::{BillingPeriod, Implausible, LoadCosts, OwnerId, ViewCosts};
use tallyport_store::{Quarantine, QuarantineId, Reads, Release};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// A note of a release, at most.
const NOTE: usize = 1_000;

/// Months in quarantine, then those that were let through.
///
/// # Errors
/// The workspace file's.
pub async fn list(cx: &Context, _by: &Grant<ViewCosts>) -> Result<Vec<Quarantine>, WorkspaceError> {
    cx.store.read(|r| Ok(r.quarantines()?)).await
}

/// Lets a month through, and notes who did and why.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; no note; a conflict if it was let through before.
pub async fn release(
    cx: &Context,
    by: &Grant<LoadCosts>,
    id: QuarantineId,
    note: &str,
) -> Result<Quarantine, WorkspaceError> {
    let note = note.trim().to_owned();
    if note.is_empty() || note.chars().count() > NOTE {
        return Err(WorkspaceError::invalid(
            "note",
            format!("a note of up to {NOTE} letters is needed: say why it is let through"),
        ));
    }
    let (trail, at, by) = (Trail::of(cx, by), cx.now(), by.name().to_owned());
    cx.store
        .write(move |w| {
            let released = w.release(id, &Release { by, at, note })?;
            let details = json!({
                "id": id.0,
                "month": released.period.to_string(),
                "reason": released.reason.word(),
                "expected": released.expected.to_string(),
                "actual": released.actual.to_string(),
                "note": released.released.as_ref().map(|release| &release.note),
            });
            trail.keep(
                w,
                "quarantine.released",
                &released.billing_account,
                &details,
            )?;
            Ok(released)
        })
        .await
}

/// What is the matter, in a sentence.
#[must_use]
pub fn sentence(held: &Quarantine) -> String {
    let when = held
        .day
        .map_or_else(|| held.period.to_string(), |day| day.to_string());
    let times = held.actual.nanos() / held.expected.nanos().max(1);
    let (actual, expected) = (
        held.actual.rounded_to_minor(),
        held.expected.rounded_to_minor(),
    );
    let account = &held.billing_account;
    match held.reason {
        Implausible::Leap => format!(
            "The usage of {account} on {when} is {actual}, {times} times the usual {expected}: \
             an estimate that leaps so far is mostly the provider's mistake."
        ),
        Implausible::Price => format!(
            "The usage of {account} on {when} costs {actual}, {times} times what its quantity \
             costs at public prices ({expected})."
        ),
    }
}

/// Refuses to invoice what is in quarantine.
pub(crate) fn not_quarantined(
    r: &Reads<'_>,
    owner: OwnerId,
    month: BillingPeriod,
) -> Result<(), WorkspaceError> {
    match r.quarantined_of(owner, month)?.first() {
        None => Ok(()),
        Some(held) => Err(refusal(held)),
    }
}

pub(crate) fn refusal(held: &Quarantine) -> WorkspaceError {
    WorkspaceError::Conflict {
        code: "invoice.quarantined",
        reason: format!(
            "{} of {} is in quarantine and cannot be invoiced. {}",
            held.period,
            held.client.1,
            sentence(held)
        ),
        hint: Some(format!(
            "Sync again once the provider has corrected it, or release it by hand if it is \
             right (tally quarantine release {} --note WHY).",
            held.id
        )),
    }
}
