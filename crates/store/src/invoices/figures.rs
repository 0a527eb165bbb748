//! What lists need of a document, kept beside it: a list of ten thousand reads nothing of what stands on them.

use jiff::civil::Date;
use rusqlite::{Row, params};
use tallyport_ledger::{BillingPeriod, InvoiceNumber, Money, OwnerId};

use super::{InvoiceId, InvoiceQuery, number_of};
use crate::number::{currency_of, day_number, day_of, money_at, parted, period_of};
use crate::{Reads, StoreError, Writes};

/// What a document comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceFigures {
    /// Who pays, as on the paper.
    pub buyer: String,
    /// What is to be paid, or is credited.
    pub total: Money,
    /// The day it is due, once it is issued.
    pub due_on: Option<Date>,
}

/// A document as lists choose and sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRow {
    /// Its identity.
    pub id: InvoiceId,
    /// Whom it is for.
    pub owner: OwnerId,
    /// The month it bills.
    pub month: BillingPeriod,
    /// Its number, once it is issued.
    pub number: Option<InvoiceNumber>,
    /// The invoice that it credits, if it is a credit note.
    pub credits: Option<InvoiceId>,
    /// Whether somebody found it right.
    pub approved: bool,
    /// What it comes to; none for what was kept before lists had this.
    pub figures: Option<InvoiceFigures>,
}

impl Reads<'_> {
    /// Documents as lists choose them, in the order of [`Reads::invoices`].
    ///
    /// # Errors
    /// The file's.
    pub fn invoice_rows(&self, ask: InvoiceQuery) -> Result<Vec<InvoiceRow>, StoreError> {
        let columns =
            "SELECT id, owner_id, period, series, number, credits_id, approved_by IS NOT NULL,
                 buyer, paper_currency, units, rest, due_on
             FROM invoice LEFT JOIN invoice_figures ON invoice_id = id";
        ask.select(columns).rows(self.connection, row)
    }

    /// What a document comes to, as lists have it.
    ///
    /// # Errors
    /// The file's.
    pub fn invoice_figures(&self, id: InvoiceId) -> Result<Option<InvoiceFigures>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT buyer, paper_currency, units, rest, due_on FROM invoice_figures WHERE invoice_id = ?1",
        )?;
        let mut rows = query.query([id.0])?;
        rows.next()?.map_or(Ok(None), |row| figures(row, 0))
    }

    /// Every issued document, in the order in which they were made.
    ///
    /// # Errors
    /// The file's.
    pub fn issued_invoices(&self) -> Result<Vec<InvoiceId>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id FROM invoice WHERE number IS NOT NULL ORDER BY id")?;
        let rows = query.query_map([], |row| row.get(0).map(InvoiceId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writes<'_> {
    /// Keeps what a document comes to, in place of what was kept of it.
    pub(super) fn keep_figures(
        &mut self,
        id: InvoiceId,
        figures: &InvoiceFigures,
    ) -> Result<(), StoreError> {
        let (units, rest) = parted(figures.total.nanos())?;
        self.connection
            .prepare_cached(
                "INSERT INTO invoice_figures (invoice_id, buyer, paper_currency, units, rest, due_on)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (invoice_id) DO UPDATE SET buyer = excluded.buyer,
                     paper_currency = excluded.paper_currency, units = excluded.units,
                     rest = excluded.rest, due_on = excluded.due_on",
            )?
            .execute(params![
                id.0,
                figures.buyer,
                figures.total.currency().code(),
                units,
                rest,
                figures.due_on.map(day_number),
            ])?;
        Ok(())
    }
}

fn row(row: &Row<'_>) -> Result<InvoiceRow, StoreError> {
    Ok(InvoiceRow {
        id: InvoiceId(row.get(0)?),
        owner: OwnerId(row.get(1)?),
        month: period_of(row.get(2)?)?,
        number: number_of(row.get(3)?, row.get(4)?)?,
        credits: row.get::<_, Option<i64>>(5)?.map(InvoiceId),
        approved: row.get(6)?,
        figures: figures(row, 7)?,
    })
}

/// The figures whose five columns begin at `at`.
fn figures(row: &Row<'_>, at: usize) -> Result<Option<InvoiceFigures>, StoreError> {
    let Some(buyer) = row.get::<_, Option<String>>(at)? else {
        return Ok(None);
    };
    let currency = currency_of(&row.get::<_, String>(at + 1)?)?;
    Ok(Some(InvoiceFigures {
        buyer,
        total: money_at(row, at + 2, currency)?,
        due_on: row.get::<_, Option<i64>>(at + 4)?.map(day_of).transpose()?,
    }))
}
