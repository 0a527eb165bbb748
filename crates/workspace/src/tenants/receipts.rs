//! Receipts of what arrived.

use tallyport_ledger::ManageTenants;
use tallyport_store::{Receipt, TransferFileId, TransferId};

use crate::{Context, Grant, WorkspaceError};

/// Receipts of what arrived, in the order of the files, after one of them.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn receipts(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TransferId,
    after: Option<TransferFileId>,
    limit: u32,
) -> Result<Vec<Receipt>, WorkspaceError> {
    cx.store
        .read(move |r| Ok(r.receipts(id, after, limit)?))
        .await
}
