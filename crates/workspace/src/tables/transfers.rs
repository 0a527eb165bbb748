use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::TenantId;
use tallyport_ledger::transfer::FileState;
use tallyport_store::{Receipt, Transfer, TransferFile, TransferId, TransferQuery};

use super::column::{Of, cells, column, id, maybe, off_paper, text, yes};
use super::facts::Facts;
use super::{Table, finished, listed};
use crate::tenants::{self, Which, scope, tenant_of};
use crate::{Context, Grant, WorkspaceError};

/// Rows that are read at once.
const AT_ONCE: u32 = 5_000;

pub(super) const TRANSFERS: &[Of<Transfer>] = &[
    column("Begun at", Kind::Moment, |one| Cell::Moment(one.created_at)),
    text("What", |one| Cell::text(&one.title)),
    text("Direction", |one| Cell::text(one.direction.word())),
    text("State", |one| Cell::text(one.state.word())),
    column("Files", Kind::Count, |one| Cell::Count(one.files)),
    column("Arrived", Kind::Count, |one| Cell::Count(one.done)),
    off_paper(column("Not arrived", Kind::Count, |one| {
        Cell::Count(one.failed)
    })),
    off_paper(column("Left out", Kind::Count, |one| {
        Cell::Count(one.left_out)
    })),
    off_paper(column("Waiting for an answer", Kind::Count, |one| {
        Cell::Count(one.clashes)
    })),
    off_paper(text("All files known", |one| yes(one.walked))),
    column("Bytes", Kind::Count, |one| Cell::Count(one.bytes)),
    column("Bytes arrived", Kind::Count, |one| {
        Cell::Count(one.done_bytes)
    }),
    off_paper(text("Why it stopped", |one| {
        maybe(one.problem.as_ref().map(|(_, said)| said.as_str()))
    })),
    text("Begun by", |one| Cell::text(&one.started_by)),
    off_paper(column("Ended at", Kind::Moment, |one| {
        Cell::maybe(one.ended_at, Cell::Moment)
    })),
    off_paper(column("Tenant", Kind::Count, |one| {
        Cell::maybe(tenant_of(&one.scope), |tenant| id(tenant.0))
    })),
    off_paper(column("Id", Kind::Count, |one| id(one.id.0))),
];

/// Transfers, the newest first, of one tenant or of all.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn transfers(
    cx: &Context,
    by: &Grant<ManageTenants>,
    of: Option<TenantId>,
    which: Which,
) -> Result<Table, WorkspaceError> {
    let mut facts = Facts::default();
    if let Some(tenant) = of {
        let tenant = tenants::show(cx, by, tenant).await?.stored.tenant;
        facts = facts.with("Tenant", tenant.name.to_string());
    }
    facts = match which {
        Which::Listed => facts,
        Which::Open => facts.with("Only", "those that have not ended"),
        Which::Cleared => facts.with("Only", "those that were cleared"),
    };
    let mut query = TransferQuery {
        scope: of.map(scope),
        open_only: which == Which::Open,
        cleared: which == Which::Cleared,
        before: None,
        limit: AT_ONCE,
    };
    let table = &listed::TRANSFERS;
    Ok(Table::read(
        table,
        "",
        facts,
        TRANSFERS,
        move |r, opening| {
            let mut writer = opening.open(|facts| facts)?;
            loop {
                let page = r.transfers(&query)?;
                let Some(last) = page.last() else { break };
                query.before = Some(last.id);
                for transfer in &page {
                    writer.add(&cells(TRANSFERS, transfer))?;
                }
            }
            finished(writer)
        },
    ))
}

pub(super) const FILES: &[Of<TransferFile>] = &[
    text("Path", |one| Cell::text(&one.path)),
    text("Key", |one| maybe(one.key.as_deref())),
    text("State", |one| Cell::text(one.state.word())),
    column("Bytes", Kind::Count, |one| Cell::Count(one.bytes)),
    off_paper(text("Code", |one| {
        maybe(one.problem.as_ref().map(|(code, _)| code.as_str()))
    })),
    text("Why", |one| {
        maybe(one.problem.as_ref().map(|(_, said)| said.as_str()))
    }),
];

/// The files of a transfer and how each stands, in their order: in one state or in any.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn transfer_files(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TransferId,
    state: Option<FileState>,
) -> Result<Table, WorkspaceError> {
    let transfer = tenants::transfer(cx, by, id).await?;
    let mut facts = Facts::default().with("Transfer", transfer.title);
    if let Some(state) = state {
        facts = facts.with("Only in the state", state.word());
    }
    let (table, of) = (&listed::TRANSFER_FILES, id.0.to_string());
    Ok(Table::read(table, of, facts, FILES, move |r, opening| {
        let mut writer = opening.open(|facts| facts)?;
        let mut after = None;
        loop {
            let page = r.transfer_files(id, state, after, AT_ONCE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for file in &page {
                writer.add(&cells(FILES, file))?;
            }
        }
        finished(writer)
    }))
}

pub(super) const RECEIPTS: &[Of<Receipt>] = &[
    text("Path", |one| Cell::text(&one.path)),
    off_paper(text("Bucket", |one| Cell::text(&one.bucket))),
    text("Key", |one| Cell::text(&one.key)),
    column("Bytes", Kind::Count, |one| Cell::Count(one.bytes)),
    text("CRC-64/NVME", |one| Cell::text(&one.crc64nvme)),
    off_paper(text("SHA-256", |one| Cell::text(&one.sha256))),
    off_paper(text("Entity tag", |one| Cell::text(&one.etag))),
    off_paper(text("Version", |one| maybe(one.version.as_deref()))),
    column("Confirmed at", Kind::Moment, |one| {
        Cell::Moment(one.confirmed_at)
    }),
    off_paper(text("Remark", |one| maybe(one.remark.as_deref()))),
];

/// The receipts of a transfer, in the order of its files, however many there are.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn receipts(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TransferId,
) -> Result<Table, WorkspaceError> {
    let transfer = tenants::transfer(cx, by, id).await?;
    let facts = Facts::default().with("Transfer", transfer.title);
    let (table, of) = (&listed::RECEIPTS, id.0.to_string());
    Ok(Table::read(
        table,
        of,
        facts,
        RECEIPTS,
        move |r, opening| {
            let arrived = r.transfer(id)?.done;
            let says = |facts: Facts| facts.with("Files that arrived", arrived.to_string());
            let mut writer = opening.open(says)?;
            let mut after = None;
            loop {
                let page = r.receipts(id, after, AT_ONCE)?;
                let Some(last) = page.last() else { break };
                after = Some(last.file);
                for receipt in &page {
                    writer.add(&cells(RECEIPTS, receipt))?;
                }
            }
            finished(writer)
        },
    ))
}
