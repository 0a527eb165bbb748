//! Values to choose from: services, accounts, regions, tags.

use jiff::civil::Date;
use tallyport_ledger::ViewCosts;
use tallyport_store::{RowName, Values};

use crate::filters::known_on;
use crate::{Context, Grant, WorkspaceError};

/// Values in one answer at most.
const LIMIT: u32 = 1_000;

/// Values whose text holds `search`, in order; only those that were known on a day if asked for.
///
/// # Errors
/// The workspace file's.
pub async fn values(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    of: Values,
    search: String,
    limit: u32,
    as_of: Option<Date>,
) -> Result<Vec<RowName>, WorkspaceError> {
    cx.store
        .read(move |r| {
            let known = known_on(r, as_of)?;
            Ok(r.values_in(&of, &search, limit.min(LIMIT), known.as_deref())?)
        })
        .await
}
