use std::collections::HashMap;

use tallyport_ledger::{InvoiceState, OwnerId};
use tallyport_store::{InvoiceRecord, NamedOwner, StoreError};

use super::InvoiceView;
use super::frozen::Frozen;
use crate::WorkspaceError;

/// An invoice as kept, ready to show. Its figures come from what is frozen, never from today's data.
pub(super) fn view(
    record: InvoiceRecord,
    owners: &HashMap<OwnerId, NamedOwner>,
) -> Result<InvoiceView, WorkspaceError> {
    let frozen = Frozen::from_json(record.frozen)?;
    let recipient = owners
        .get(&record.owner)
        .ok_or_else(|| StoreError::Damaged("an invoice is for nobody".to_owned()))?
        .key;
    let invoice = frozen.invoice()?;
    let content = match &invoice {
        Some(invoice) => invoice.draft().clone(),
        None => frozen.draft()?,
    };
    Ok(InvoiceView {
        id: record.id,
        state: match invoice {
            Some(_) => InvoiceState::Issued,
            None => InvoiceState::Draft,
        },
        number: record.number,
        recipient,
        label: content.buyer().name.clone(),
        amounts: content.amounts()?,
        totals: content.totals()?,
        previous_total: frozen.previous_total()?,
        drafted_at: record.drafted_at,
        issued_on: invoice.as_ref().map(|invoice| invoice.issued_on()),
        due_on: invoice.as_ref().map(|invoice| invoice.due_on()),
        warnings: frozen.warnings,
        mark: frozen.mark,
        content,
    })
}
