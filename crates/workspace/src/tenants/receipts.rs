//! Receipts of what arrived, and their table.

use tallyport_ledger::ManageTenants;
use tallyport_store::{Receipt, TransferFileId, TransferId};

use crate::{Context, Grant, WorkspaceError};

/// So many receipts are read at once.
const PAGE: u32 = 10_000;

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

/// All receipts of a transfer as a table.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn receipts_table(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TransferId,
) -> Result<Vec<u8>, WorkspaceError> {
    let fault = |error: &dyn std::fmt::Display| WorkspaceError::Fault(error.to_string());
    let mut table = csv::Writer::from_writer(Vec::new());
    let columns = [
        "path",
        "bucket",
        "key",
        "bytes",
        "crc64nvme",
        "sha256",
        "etag",
        "version",
        "confirmed_at",
    ];
    table.write_record(columns).map_err(|error| fault(&error))?;
    let mut after = None;
    loop {
        let page = receipts(cx, by, id, after, PAGE).await?;
        for receipt in &page {
            let (bytes, at) = (receipt.bytes.to_string(), receipt.confirmed_at.to_string());
            table
                .write_record([
                    &receipt.path,
                    &receipt.bucket,
                    &receipt.key,
                    &bytes,
                    &receipt.crc64nvme,
                    &receipt.sha256,
                    &receipt.etag,
                    receipt.version.as_deref().unwrap_or_default(),
                    &at,
                ])
                .map_err(|error| fault(&error))?;
        }
        match page.last() {
            Some(last) => after = Some(last.file),
            None => return table.into_inner().map_err(|error| fault(&error)),
        }
    }
}
