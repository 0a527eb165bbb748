//! The billing periods that are loaded, every version of them.

use tallyport_ledger::ViewCosts;
use tallyport_store::{PeriodVersion, VersionQuery};

use crate::{Context, Grant, WorkspaceError};

/// Every version, the latest month first and within it the current version first; of one client only
/// if asked for.
///
/// # Errors
/// An unknown client.
pub async fn list(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    client: Option<String>,
) -> Result<Vec<PeriodVersion>, WorkspaceError> {
    cx.store
        .read(move |r| {
            let client = client.map(|name| r.client_named(&name)).transpose()?;
            Ok(r.versions(VersionQuery {
                client,
                days: None,
                counting_only: false,
            })?)
        })
        .await
}
