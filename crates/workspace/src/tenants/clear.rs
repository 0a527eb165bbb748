//! Taking transfers that have ended off the list. Receipts are proof: they stay, unless somebody says otherwise.

use serde_json::json;
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_store::{Transfer, TransferId, TransferQuery};

use super::transfers::scope;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// Files that are forgotten in one transaction.
const AT_ONCE: u32 = 20_000;
/// Transfers that are looked at in one go.
const LISTED: u32 = 500;

/// What becomes of the receipts of what is cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipts {
    /// They stay.
    Keep,
    /// They go as well: nothing proves any more what arrived.
    Erase,
}

/// Takes a transfer that has ended off the list.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; it has not ended.
pub async fn clear_transfer(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TransferId,
    receipts: Receipts,
) -> Result<(), WorkspaceError> {
    let transfer = cx.store.read(move |r| r.transfer(id)).await?;
    if transfer.state.is_open() {
        return Err(WorkspaceError::Conflict {
            code: "transfer.open",
            reason: "this transfer has not ended".to_owned(),
            hint: Some("Cancel it first, or wait for its end.".to_owned()),
        });
    }
    clear(cx, by, &transfer, receipts).await
}

/// Takes all transfers that have ended off the list, of one tenant or of all; how many.
///
/// # Errors
/// The workspace file's.
pub async fn clear_ended(
    cx: &Context,
    by: &Grant<ManageTenants>,
    of: Option<TenantId>,
    receipts: Receipts,
) -> Result<u64, WorkspaceError> {
    let (mut cleared, mut before) = (0, None);
    loop {
        let query = TransferQuery {
            scope: of.map(scope),
            before,
            limit: LISTED,
            ..TransferQuery::default()
        };
        let page = cx.store.read(move |r| r.transfers(&query)).await?;
        let Some(last) = page.last() else {
            return Ok(cleared);
        };
        before = Some(last.id);
        for transfer in page.iter().filter(|one| !one.state.is_open()) {
            clear(cx, by, transfer, receipts).await?;
            cleared += 1;
        }
    }
}

async fn clear(
    cx: &Context,
    by: &Grant<ManageTenants>,
    transfer: &Transfer,
    receipts: Receipts,
) -> Result<(), WorkspaceError> {
    let (id, erase) = (transfer.id, receipts == Receipts::Erase);
    let forget = || {
        cx.store
            .write(move |w| w.forget_transfer_files(id, erase, AT_ONCE))
    };
    while forget().await? > 0 {}
    let (trail, title, now) = (Trail::of(cx, by), transfer.title.clone(), cx.now());
    let kept = if erase { 0 } else { transfer.done };
    let details = json!({ "id": id.0, "files": transfer.files, "receipts_kept": kept });
    cx.store
        .write(move |w| {
            w.clear_transfer(id, now)?;
            trail.keep(w, "transfer.cleared", &title, &details)
        })
        .await?;
    Ok(())
}
