use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::IssueInvoices;

use super::column::{Of, column, id, maybe, off_paper, text};
use super::facts::Facts;
use super::{Table, listed};
use crate::pricing::{self, EntryAsk};
use crate::{Context, Grant, WorkspaceError};

/// An entry and the book it stands in.
pub(super) struct EntryLine {
    book: String,
    version: u32,
    id: i64,
    entry: EntryAsk,
}

pub(super) const COLUMNS: &[Of<EntryLine>] = &[
    text("Price book", |line| Cell::text(&line.book)),
    column("Version", Kind::Count, |line| {
        Cell::Count(line.version.into())
    }),
    text("For", |line| Cell::text(&line.entry.scope)),
    text("Service", |line| maybe(line.entry.service.as_deref())),
    column("From", Kind::Day, |line| {
        Cell::maybe(line.entry.from, Cell::Day)
    }),
    column("To", Kind::Day, |line| {
        Cell::maybe(line.entry.to, Cell::Day)
    }),
    text("What", |line| Cell::text(&line.entry.kind)),
    column("Percent", Kind::Quantity, |line| {
        Cell::maybe(line.entry.percent.as_deref(), |percent| {
            Cell::Quantity(percent.into())
        })
    }),
    off_paper(text("Tiers", |line| {
        let tiers = line.entry.tiers.iter().map(|tier| match &tier.up_to {
            Some(up_to) => format!("up to {up_to}: {} %", tier.percent),
            None => format!("above: {} %", tier.percent),
        });
        Cell::owned(tiers.collect::<Vec<_>>().join("; "))
    })),
    column("Amount", Kind::Quantity, |line| {
        Cell::maybe(line.entry.amount.as_deref(), |amount| {
            Cell::Quantity(amount.into())
        })
    }),
    text("Label", |line| maybe(line.entry.label.as_deref())),
    off_paper(column("Day", Kind::Day, |line| {
        Cell::maybe(line.entry.day, Cell::Day)
    })),
    off_paper(text("Unit", |line| maybe(line.entry.unit.as_deref()))),
    off_paper(column("Book's id", Kind::Count, |line| id(line.id))),
];

/// Every entry of every price book, as it counts now.
///
/// # Errors
/// The workspace file's.
pub async fn price_books(cx: &Context, by: &Grant<IssueInvoices>) -> Result<Table, WorkspaceError> {
    let rows = pricing::list(cx, by)
        .await?
        .into_iter()
        .flat_map(|book| {
            let (name, version, id) = (book.name, book.version, book.id.0);
            book.entries.into_iter().map(move |(_, entry)| EntryLine {
                book: name.clone(),
                version,
                id,
                entry,
            })
        })
        .collect();
    let facts = Facts::default();
    Ok(Table::kept(&listed::PRICE_BOOKS, "", facts, COLUMNS, rows))
}
