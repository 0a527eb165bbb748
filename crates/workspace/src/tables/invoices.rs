use jiff::civil::Date;
use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::{BillingPeriod, DocumentKind, DraftLine, Money, ReadInvoices};
use tallyport_store::{InvoiceId, OwnerKey};

use super::column::{Of, column, id, maybe, money, off_paper, summed, text};
use super::facts::Facts;
use super::{Table, listed};
use crate::invoices::{self, AccountResult, AccountRow, InvoiceView, InvoicesAsk};
use crate::{Context, Grant, WorkspaceError};

pub(super) const INVOICES: &[Of<InvoiceView>] = &[
    text("Number", |view| {
        Cell::maybe(view.number.as_ref(), |number| {
            Cell::owned(number.to_string())
        })
    }),
    text("Document", |view| {
        Cell::text(match view.content.kind() {
            DocumentKind::Invoice => "invoice",
            DocumentKind::CreditNote { .. } => "credit note",
        })
    }),
    text("State", |view| Cell::text(view.state.word())),
    text("Month", |view| {
        Cell::owned(view.content.period().to_string())
    }),
    text("For", |view| Cell::text(view.label.as_str())),
    off_paper(text("Kind", |view| Cell::text(view.recipient.kind()))),
    column("Currency", Kind::Currency, |view| {
        Cell::Currency(view.content.currency())
    }),
    // What a credit note takes back stands without a sign: invoices and credit notes are not to be added.
    off_paper(money("Subtotal", |view| Cell::Money(view.totals.subtotal))),
    off_paper(money("Tax", |view| Cell::Money(view.totals.tax))),
    money("Total", |view| Cell::Money(view.totals.total)),
    money("Paid", |view| Cell::Money(view.standing.paid)),
    money("Open", |view| {
        Cell::maybe(view.standing.open().ok(), Cell::Money)
    }),
    column("Days overdue", Kind::Count, |view| {
        let days = view.overdue_days.and_then(|days| u64::try_from(days).ok());
        Cell::maybe(days, Cell::Count)
    }),
    off_paper(money("Costs of the month before", |view| {
        Cell::maybe(view.previous_total, Cell::Money)
    })),
    off_paper(column("Drafted at", Kind::Moment, |view| {
        Cell::Moment(view.drafted_at)
    })),
    column("Issued on", Kind::Day, |view| {
        Cell::maybe(view.issued_on, Cell::Day)
    }),
    column("Due on", Kind::Day, |view| {
        Cell::maybe(view.due_on, Cell::Day)
    }),
    off_paper(text("Warnings", |view| {
        Cell::owned(view.warnings.join(" "))
    })),
    off_paper(column("Id", Kind::Count, |view| id(view.id.0))),
];

/// Invoices, drafts among them.
///
/// # Errors
/// The workspace file's.
pub async fn invoices(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    ask: InvoicesAsk,
) -> Result<Table, WorkspaceError> {
    let mut facts = Facts::default();
    if let Some(month) = ask.month {
        facts = facts.with("Month", month.to_string());
    }
    if let Some(recipient) = ask.recipient {
        facts = facts.with("Only for", recipient.to_string());
    }
    for state in &ask.states {
        facts = facts.with("Only in the state", state.word());
    }
    if let Some(day) = ask.overdue_on {
        facts = facts.with("Only overdue on", day.to_string());
    }
    if let Some(search) = &ask.search {
        facts = facts.with("Only with", search.clone());
    }
    let of = ask
        .month
        .map_or_else(String::new, |month| month.to_string());
    let rows = invoices::list(cx, by, ask).await?;
    Ok(Table::kept(&listed::INVOICES, of, facts, INVOICES, rows))
}

/// A line of an invoice and its amount on the paper.
pub(super) struct InvoiceLine(DraftLine, Money);

pub(super) const INVOICE_LINES: &[Of<InvoiceLine>] = &[
    text("Service", |InvoiceLine(line, _)| Cell::text(&line.service)),
    text("Resource", |InvoiceLine(line, _)| {
        maybe(line.resource.as_deref())
    }),
    column("Currency", Kind::Currency, |InvoiceLine(_, amount)| {
        Cell::Currency(amount.currency())
    }),
    summed("Amount", |InvoiceLine(_, amount)| Cell::Money(*amount)),
    off_paper(summed("To the nano", |InvoiceLine(line, _)| {
        Cell::Money(line.exact)
    })),
];

/// The lines of an invoice.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn invoice_lines(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    id: InvoiceId,
) -> Result<Table, WorkspaceError> {
    let view = invoices::get(cx, by, id).await?;
    let name = view
        .number
        .as_ref()
        .map_or_else(|| format!("draft {id}"), ToString::to_string);
    let money = |amount: Money| amount.to_string();
    let facts = Facts::default()
        .with("Invoice", name.clone())
        .with("State", view.state.word())
        .with("For", view.label.as_str())
        .with("Month", view.content.period().to_string())
        .metric(view.content.metric())
        .with("Subtotal", money(view.totals.subtotal))
        .with("Tax", money(view.totals.tax))
        .with("Total", money(view.totals.total));
    let rows = view
        .content
        .lines()
        .iter()
        .cloned()
        .zip(view.amounts)
        .map(|(line, amount)| InvoiceLine(line, amount))
        .collect();
    let of = super::costs::slug(&name);
    let table = Table::kept(&listed::INVOICE_LINES, of, facts, INVOICE_LINES, rows);
    Ok(table.called(format!("Invoice {name}")))
}

pub(super) const ACCOUNT: &[Of<AccountRow>] = &[
    column("Day", Kind::Day, |row| Cell::Day(row.day)),
    text("What", |row| Cell::text(row.kind.word())),
    text("Number", |row| Cell::owned(row.number.to_string())),
    text("Reference", |row| maybe(row.reference.as_deref())),
    column("Currency", Kind::Currency, |row| {
        Cell::Currency(row.amount.currency())
    }),
    summed("Amount", |row| Cell::Money(row.amount)),
    money("Balance", |row| Cell::Money(row.balance)),
];

/// What a recipient was asked for, was credited and paid.
///
/// # Errors
/// As [`invoices::account`].
pub async fn account(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    recipient: OwnerKey,
    (from, to): (Date, Date),
) -> Result<Table, WorkspaceError> {
    let found = invoices::account(cx, by, recipient, from, to).await?;
    let mut facts = Facts::default()
        .with("Of", found.label.clone())
        .with("Days", format!("{from} to {to}"));
    let mut rows = Vec::new();
    for AccountResult {
        currency: _,
        opening,
        rows: of_currency,
        closing,
    } in found.results
    {
        facts = facts
            .with("Owed before", opening.to_string())
            .with("Owed after", closing.to_string());
        rows.extend(of_currency);
    }
    let of = format!("{}-{from}-to-{to}", super::costs::slug(&found.label));
    let table = Table::kept(&listed::ACCOUNT, of, facts, ACCOUNT, rows);
    Ok(table.called(format!("Account of {}", found.label)))
}

/// A line of a billed month that is not what was billed.
pub(super) struct RestatedLine {
    label: String,
    service: String,
    resource: Option<String>,
    difference: Money,
}

pub(super) const RESTATEMENTS: &[Of<RestatedLine>] = &[
    text("For", |line| Cell::text(&line.label)),
    text("Service", |line| Cell::text(&line.service)),
    text("Resource", |line| maybe(line.resource.as_deref())),
    column("Currency", Kind::Currency, |line| {
        Cell::Currency(line.difference.currency())
    }),
    summed("Difference", |line| Cell::Money(line.difference)),
];

/// What changed of a month after it was billed, by line.
///
/// # Errors
/// The workspace file's.
pub async fn restatements(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    month: BillingPeriod,
) -> Result<Table, WorkspaceError> {
    let mut facts = Facts::default().with("Month", month.to_string());
    let mut rows = Vec::new();
    for found in invoices::restatements(cx, by, month).await? {
        facts = facts.with(
            "Billed and now",
            format!("{}: {} and {}", found.label, found.billed, found.now),
        );
        rows.extend(found.lines.into_iter().map(|line| RestatedLine {
            label: found.label.clone(),
            service: line.service,
            resource: line.resource,
            difference: line.cost,
        }));
    }
    let (of, listed) = (month.to_string(), &listed::RESTATEMENTS);
    Ok(Table::kept(listed, of, facts, RESTATEMENTS, rows))
}
