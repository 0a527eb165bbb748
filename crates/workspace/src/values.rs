//! Values to choose from: services, accounts, regions, tags.

use tallyport_ledger::ViewCosts;
use tallyport_store::{RowName, Values};

use crate::{Context, Grant, WorkspaceError};

/// Values in one answer at most.
const LIMIT: u32 = 1_000;

/// Values whose text holds `search`, in order.
///
/// # Errors
/// The workspace file's.
pub async fn values(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    of: Values,
    search: String,
    limit: u32,
) -> Result<Vec<RowName>, WorkspaceError> {
    cx.store
        .read(move |r| Ok(r.values(&of, &search, limit.min(LIMIT))?))
        .await
}
