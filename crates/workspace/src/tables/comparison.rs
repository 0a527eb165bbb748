use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::{BillingPeriod, ReadInvoices};
use tallyport_store::RecipientKind;

use super::column::{Of, column, id, maybe, money, off_paper, summed, text};
use super::facts::Facts;
use super::{Table, listed};
use crate::invoices::{self, ComparisonRow, RULE};
use crate::{Context, Grant, WorkspaceError};

pub(super) const COMPARISON: &[Of<ComparisonRow>] = &[
    text("For", |row| Cell::text(&row.whom.name)),
    column("Currency", Kind::Currency, |row| {
        Cell::Currency(row.compared.change.currency())
    }),
    money("Month before", |row| Cell::maybe(row.before, Cell::Money)),
    money("This month", |row| Cell::maybe(row.now, Cell::Money)),
    summed("Change", |row| Cell::Money(row.compared.change)),
    text("Percent", |row| {
        Cell::maybe(row.compared.percent(), Cell::owned)
    }),
    text("Worth a look", |row| maybe(row.why.as_deref())),
    off_paper(text("Basis", |row| Cell::text(row.basis.word()))),
    off_paper(column("Invoice", Kind::Count, |row| {
        Cell::maybe(row.invoice, |invoice| id(invoice.0))
    })),
];

/// A month beside the one before it.
///
/// # Errors
/// As [`invoices::comparison`].
pub async fn invoice_comparison(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    month: BillingPeriod,
    kind: Option<RecipientKind>,
) -> Result<Table, WorkspaceError> {
    let found = invoices::comparison(cx, by, month, kind).await?;
    let facts = Facts::default()
        .with("Month", found.month.to_string())
        .with("Month before", found.before.to_string())
        .with("Rule", RULE);
    let (of, listed) = (found.month.to_string(), &listed::INVOICE_COMPARISON);
    Ok(Table::kept(listed, of, facts, COMPARISON, found.rows))
}
