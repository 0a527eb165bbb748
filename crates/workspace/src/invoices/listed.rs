//! Lists of documents. Which of them are wanted is decided by what is kept for lists; what stands on a document
//! is read of those alone that are shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, InvoiceState, Money, OwnerId, ReadInvoices, Standing};
use tallyport_store::{InvoiceFigures, InvoiceId, InvoiceQuery, InvoiceRow, OwnerKey, Page, Reads};

use super::InvoiceView;
use super::frozen::Frozen;
use super::show::{self, Shelf};
use crate::{Context, Grant, WorkspaceError};

/// Which documents are listed.
#[derive(Debug, Clone, Default)]
pub struct InvoicesAsk {
    /// Only of this month.
    pub month: Option<BillingPeriod>,
    /// Only for this recipient.
    pub recipient: Option<OwnerKey>,
    /// Only in one of these states; any where there are none.
    pub states: Vec<InvoiceState>,
    /// Only those that were to be paid before this day and are not.
    pub overdue_on: Option<Date>,
    /// Only those whose number or recipient has this in it, whatever the case.
    pub search: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoicesPage {
    /// What is on it.
    pub views: Vec<InvoiceView>,
    /// How many there are on all pages.
    pub total: usize,
    /// How many there are in each state, whichever states were asked for.
    pub by_state: BTreeMap<InvoiceState, usize>,
}

/// Documents and drafts, the newest month first; overdue ones the longest first.
///
/// # Errors
/// The workspace file's.
pub async fn list(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    ask: InvoicesAsk,
) -> Result<Vec<InvoiceView>, WorkspaceError> {
    let all = Page {
        offset: 0,
        limit: u64::MAX,
    };
    Ok(page(cx, by, ask, all).await?.views)
}

/// A page of [`list`].
///
/// # Errors
/// The workspace file's.
pub async fn page(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    ask: InvoicesAsk,
    page: Page,
) -> Result<InvoicesPage, WorkspaceError> {
    let today = ask.overdue_on.unwrap_or_else(|| cx.today());
    let of = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let (offset, limit) = (of(page.offset), of(page.limit));
    cx.store
        .read(move |r| {
            let (rows, by_state) = chosen(r, &ask, today)?;
            let total = rows.len();
            let shown: Vec<InvoiceRow> = rows.into_iter().skip(offset).take(limit).collect();
            Ok(InvoicesPage {
                views: read(r, &shown, today)?,
                total,
                by_state,
            })
        })
        .await
}

/// What fits the question, and how many there are in each state.
fn chosen(
    r: &Reads<'_>,
    ask: &InvoicesAsk,
    today: Date,
) -> Result<(Vec<InvoiceRow>, BTreeMap<InvoiceState, usize>), WorkspaceError> {
    let owner = ask.recipient.map(|key| r.owner_of(key)).transpose()?;
    let rows = r.invoice_rows(InvoiceQuery {
        month: ask.month,
        owner,
        issued: None,
    })?;
    let rows = rows.into_iter().map(|row| with_figures(r, row));
    let rows: Vec<(InvoiceRow, InvoiceFigures)> = rows.collect::<Result<_, _>>()?;
    let paid = r.paid()?;
    // The credit notes of an invoice are of its month and for its recipient: they are among the rows.
    let mut credited: HashMap<InvoiceId, Money> = HashMap::new();
    for (row, figures) in &rows {
        if let Some(of) = row.credits.filter(|_| row.number.is_some()) {
            let nothing = Money::zero(figures.total.currency());
            let sum = credited.entry(of).or_insert(nothing);
            *sum = sum.plus(figures.total)?;
        }
    }
    let sought = ask.search.as_ref().map(|text| text.trim().to_lowercase());
    let (mut listed, mut by_state) = (Vec::new(), BTreeMap::new());
    for (row, figures) in rows {
        let nothing = Money::zero(figures.total.currency());
        let standing = Standing {
            total: figures.total,
            credited: credited.get(&row.id).copied().unwrap_or(nothing),
            paid: Money::from_nanos(
                paid.get(&row.id).copied().unwrap_or_default(),
                figures.total.currency(),
            ),
        };
        let is_credit_note = row.credits.is_some();
        let issued = row.number.is_some();
        let state = show::state(issued, row.approved, is_credit_note, &standing)?;
        let due_on = figures.due_on.filter(|_| !is_credit_note);
        let overdue_days = match due_on {
            Some(due_on) => standing.overdue(due_on, today)?,
            None => None,
        };
        let found = sought.as_ref().is_none_or(|sought| {
            let number = row.number.as_ref().map(ToString::to_string);
            let name = format!("{} {}", figures.buyer, number.unwrap_or_default());
            name.to_lowercase().contains(sought.as_str())
        });
        if !found || (ask.overdue_on.is_some() && overdue_days.is_none()) {
            continue;
        }
        *by_state.entry(state).or_default() += 1;
        if ask.states.is_empty() || ask.states.contains(&state) {
            listed.push((overdue_days, row));
        }
    }
    if ask.overdue_on.is_some() {
        listed.sort_by_key(|(overdue_days, _)| std::cmp::Reverse(*overdue_days));
    }
    let rows = listed.into_iter().map(|(_, row)| row).collect();
    Ok((rows, by_state))
}

/// The row with what it comes to; of what was kept before lists had that, from what stands on it.
fn with_figures(
    r: &Reads<'_>,
    mut row: InvoiceRow,
) -> Result<(InvoiceRow, InvoiceFigures), WorkspaceError> {
    let figures = match row.figures.take() {
        Some(figures) => figures,
        None => Frozen::from_json(r.invoice(row.id)?.frozen)?.figures()?,
    };
    Ok((row, figures))
}

/// The documents themselves, in this order.
fn read(
    r: &Reads<'_>,
    rows: &[InvoiceRow],
    today: Date,
) -> Result<Vec<InvoiceView>, WorkspaceError> {
    // All that a document refers to is of its month and for its recipient.
    let families: BTreeSet<(BillingPeriod, OwnerId)> =
        rows.iter().map(|row| (row.month, row.owner)).collect();
    let mut records = Vec::new();
    for (month, owner) in families {
        records.extend(r.invoices(InvoiceQuery {
            month: Some(month),
            owner: Some(owner),
            issued: None,
        })?);
    }
    let shelf = Shelf::around(r, &records, today)?;
    let mut records: HashMap<InvoiceId, _> = records
        .into_iter()
        .map(|record| (record.id, record))
        .collect();
    let of_page = rows.iter().filter_map(|row| records.remove(&row.id));
    of_page.map(|record| show::view(record, &shelf)).collect()
}
