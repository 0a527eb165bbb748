use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Row, params};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tallyport_ledger::{BillingPeriod, Currency, InvoiceNumber, InvoiceState, Money, OwnerId};

use crate::number::{currency_of, day_number, day_of, parted, period_of};
use crate::{Billable, Reads, StoreError, Writes};

/// Identifies an invoice or a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InvoiceId(pub i64);

impl fmt::Display for InvoiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A draft to be kept.
#[derive(Debug, Clone)]
pub struct InvoiceDraft {
    /// Whom it is for.
    pub owner: OwnerId,
    /// The month it bills.
    pub month: BillingPeriod,
    /// The exact sum of its lines.
    pub exact: Money,
    /// When it was made.
    pub drafted_at: Timestamp,
    /// Everything on it.
    pub frozen: Value,
}

/// What makes a draft an invoice.
#[derive(Debug)]
pub struct InvoiceIssue<'a> {
    /// Its number, from [`Writes::take_invoice_number`] in the same transaction.
    pub number: u32,
    /// The series of the number.
    pub series: &'a str,
    /// The day of issue.
    pub issued_on: Date,
    /// Everything on it.
    pub frozen: &'a Value,
    /// Its paper.
    pub pdf: &'a [u8],
    /// What it bills.
    pub billable: &'a Billable,
}

/// An invoice or a draft, as kept.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceRecord {
    /// Its identity.
    pub id: InvoiceId,
    /// Whom it is for.
    pub owner: OwnerId,
    /// The month it bills.
    pub month: BillingPeriod,
    /// Its currency.
    pub currency: Currency,
    /// Its number, once it is issued.
    pub number: Option<InvoiceNumber>,
    /// When it was drafted.
    pub drafted_at: Timestamp,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// Everything on it.
    pub frozen: Value,
}

const COLUMNS_FROM_INVOICE: &str = "SELECT id, owner_id, period, currency, series, number, drafted_at, issued_on, frozen FROM invoice";

impl Reads<'_> {
    /// Invoices and drafts, the newest month first.
    ///
    /// # Errors
    /// The file's.
    pub fn invoices(
        &self,
        month: Option<BillingPeriod>,
        state: Option<InvoiceState>,
    ) -> Result<Vec<InvoiceRecord>, StoreError> {
        let sql = [
            COLUMNS_FROM_INVOICE,
            " WHERE (?1 IS NULL OR period = ?1)
                 AND (?2 IS NULL OR (number IS NOT NULL) = ?2)
             ORDER BY period DESC, number IS NOT NULL, series, number DESC, id DESC",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let issued = state.map(|state| state == InvoiceState::Issued);
        let rows =
            query.query_and_then(params![month.map(BillingPeriod::number), issued], record)?;
        rows.collect()
    }

    /// One invoice or draft.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn invoice(&self, id: InvoiceId) -> Result<InvoiceRecord, StoreError> {
        let sql = [COLUMNS_FROM_INVOICE, " WHERE id = ?1"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([id.0])?;
        match rows.next()? {
            Some(row) => record(row),
            None => Err(StoreError::NotFound {
                what: "invoice",
                name: id.to_string(),
            }),
        }
    }

    /// The invoices that were issued to `owner` for `month` in `currency`, the first one first.
    ///
    /// # Errors
    /// The file's.
    pub fn issued_to(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        currency: Currency,
    ) -> Result<Vec<InvoiceRecord>, StoreError> {
        let sql = [
            COLUMNS_FROM_INVOICE,
            " WHERE owner_id = ?1 AND period = ?2 AND currency = ?3 AND number IS NOT NULL
             ORDER BY issued_on, id",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows =
            query.query_and_then(params![owner.0, month.number(), currency.code()], record)?;
        rows.collect()
    }

    /// The paper of an issued invoice, the bytes that were issued; none for a draft.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Damaged`] if they are not those bytes.
    pub fn invoice_paper(&self, id: InvoiceId) -> Result<Option<Vec<u8>>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT pdf, pdf_sha256 FROM invoice WHERE id = ?1")?;
        let mut rows = query.query([id.0])?;
        let Some(row) = rows.next()? else {
            return Err(StoreError::NotFound {
                what: "invoice",
                name: id.to_string(),
            });
        };
        let paper: Option<Vec<u8>> = row.get(0)?;
        let issued: Option<[u8; 32]> = row.get(1)?;
        if paper.as_deref().map(sha256) == issued {
            Ok(paper)
        } else {
            Err(StoreError::Damaged(
                "the paper of an invoice is not the one that was issued".to_owned(),
            ))
        }
    }
}

impl Writes<'_> {
    /// Keeps a draft in place of the one before for the same owner, month and currency.
    ///
    /// # Errors
    /// The disk's.
    pub fn put_draft(&mut self, draft: &InvoiceDraft) -> Result<InvoiceId, StoreError> {
        let currency = draft.exact.currency();
        let (units, rest) = parted(draft.exact.nanos())?;
        let id = self
            .connection
            .prepare_cached(
                "INSERT INTO invoice (owner_id, period, currency, drafted_at, exact_units,
                     exact_rest, frozen)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (owner_id, period, currency) WHERE number IS NULL DO UPDATE SET
                     drafted_at = excluded.drafted_at, exact_units = excluded.exact_units,
                     exact_rest = excluded.exact_rest, frozen = excluded.frozen
                 RETURNING id",
            )?
            .query_row(
                params![
                    draft.owner.0,
                    draft.month.number(),
                    currency.code(),
                    draft.drafted_at.as_millisecond(),
                    units,
                    rest,
                    draft.frozen.to_string()
                ],
                |row| row.get(0),
            )?;
        Ok(InvoiceId(id))
    }

    /// Throws the drafts for `owner` and `month` away, but those `kept`; answers how many.
    ///
    /// # Errors
    /// The disk's.
    pub fn drop_drafts(
        &mut self,
        owner: OwnerId,
        month: BillingPeriod,
        kept: &[InvoiceId],
    ) -> Result<usize, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT id FROM invoice WHERE owner_id = ?1 AND period = ?2 AND number IS NULL",
        )?;
        let drafts = query
            .query_map(params![owner.0, month.number()], |row| {
                row.get(0).map(InvoiceId)
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let gone: Vec<_> = drafts.into_iter().filter(|id| !kept.contains(id)).collect();
        for id in &gone {
            self.drop_draft(*id)?;
        }
        Ok(gone.len())
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::InUse`] for an issued invoice.
    pub fn drop_draft(&mut self, id: InvoiceId) -> Result<(), StoreError> {
        if let Some(number) = self.invoice(id)?.number {
            return Err(StoreError::InUse {
                what: format!("invoice {number}"),
                why: "it is issued, and an issued invoice never changes".to_owned(),
            });
        }
        self.connection
            .execute("DELETE FROM invoice WHERE id = ?1", [id.0])?;
        Ok(())
    }

    /// Takes the next number of `series`. It is given back if the transaction is not kept, so that
    /// there is no gap.
    ///
    /// # Errors
    /// The disk's.
    pub fn take_invoice_number(&mut self, series: &str) -> Result<u32, StoreError> {
        let mut query = self.connection.prepare_cached(
            "INSERT INTO invoice_series (series, next) VALUES (?1, 2)
             ON CONFLICT (series) DO UPDATE SET next = next + 1 RETURNING next - 1",
        )?;
        Ok(query.query_row([series], |row| row.get(0))?)
    }

    /// Makes a draft an invoice and claims what it bills.
    ///
    /// # Errors
    /// The disk's.
    pub fn issue_invoice(
        &mut self,
        id: InvoiceId,
        issue: &InvoiceIssue<'_>,
    ) -> Result<(), StoreError> {
        let (units, rest) = parted(issue.billable.total.nanos())?;
        self.connection.execute(
            "UPDATE invoice SET series = ?2, number = ?3, issued_on = ?4, exact_units = ?5,
                 exact_rest = ?6, frozen = ?7, pdf = ?8, pdf_sha256 = ?9
             WHERE id = ?1",
            params![
                id.0,
                issue.series,
                issue.number,
                day_number(issue.issued_on),
                units,
                rest,
                issue.frozen.to_string(),
                issue.pdf,
                sha256(issue.pdf)
            ],
        )?;
        self.claim(id, issue.billable)
    }
}

fn record(row: &Row<'_>) -> Result<InvoiceRecord, StoreError> {
    let unreadable = || StoreError::unreadable("an invoice");
    let series: Option<String> = row.get(4)?;
    let number: Option<u32> = row.get(5)?;
    let frozen: String = row.get(8)?;
    Ok(InvoiceRecord {
        id: InvoiceId(row.get(0)?),
        owner: OwnerId(row.get(1)?),
        month: period_of(row.get(2)?)?,
        currency: currency_of(&row.get::<_, String>(3)?)?,
        number: series
            .zip(number)
            .map(|(series, number)| InvoiceNumber::new(&series, number))
            .transpose()
            .map_err(|_| unreadable())?,
        drafted_at: Timestamp::from_millisecond(row.get(6)?).map_err(|_| unreadable())?,
        issued_on: row.get::<_, Option<i64>>(7)?.map(day_of).transpose()?,
        frozen: serde_json::from_str(&frozen).map_err(|_| unreadable())?,
    })
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
