//! Documents as they are kept: drafts, invoices, credit notes.

mod attachments;
mod figures;
mod payments;
mod write;

pub use attachments::{Attachment, NewAttachment};
pub use figures::{InvoiceFigures, InvoiceRow};
pub use payments::{NewPayment, Payment, RemovedPayment};
pub use write::{InvoiceDraft, InvoiceIssue};

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Row, params};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tallyport_ledger::{BillingPeriod, Currency, InvoiceNumber, OwnerId};

use crate::number::{currency_of, day_of, period_of};
use crate::sql::Sql;
use crate::{AuditRecord, Reads, StoreError};

/// Identifies an invoice or a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InvoiceId(pub i64);

impl fmt::Display for InvoiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Who found a draft right, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Which documents.
#[derive(Debug, Clone, Copy, Default)]
pub struct InvoiceQuery {
    /// Only of this month.
    pub month: Option<BillingPeriod>,
    /// Only for this owner.
    pub owner: Option<OwnerId>,
    /// Only issued ones, or only the others.
    pub issued: Option<bool>,
}

/// The numbers of a series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeriesNumbers {
    /// The number that is taken next.
    pub next: u32,
    /// The numbers that documents have, in order.
    pub numbers: Vec<u32>,
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
    /// The invoice that it credits, if it is a credit note.
    pub credits: Option<InvoiceId>,
    /// The invoice that it stands in for.
    pub replaces: Option<InvoiceId>,
    /// When it was drafted.
    pub drafted_at: Timestamp,
    /// Everybody who had a hand in the draft.
    pub drafted_by: Vec<String>,
    /// Who found it right.
    pub approval: Option<Approval>,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// Everything on it.
    pub frozen: Value,
}

impl SeriesNumbers {
    /// The numbers that no document has, up to the highest that one has or that was taken.
    #[must_use]
    pub fn missing(&self) -> Vec<u32> {
        let highest = self.numbers.last().copied().unwrap_or_default();
        let last = highest.max(self.next.saturating_sub(1));
        let have: BTreeSet<u32> = self.numbers.iter().copied().collect();
        (1..=last).filter(|number| !have.contains(number)).collect()
    }

    /// What is wrong with it, if its numbers do not run from one to the last that was taken.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        let taken = self.next.saturating_sub(1);
        let highest = self.numbers.last().copied().unwrap_or_default();
        let missing = self.missing();
        if highest > taken {
            return Some(format!(
                "number {highest} was not taken from it: the next would be {}",
                self.next
            ));
        }
        let shown: Vec<String> = missing.iter().take(10).map(ToString::to_string).collect();
        let more = if missing.len() > 10 { ", …" } else { "" };
        (!missing.is_empty()).then(|| {
            format!(
                "{taken} numbers were taken and no document has {}{more}",
                shown.join(", ")
            )
        })
    }
}

impl InvoiceQuery {
    /// `columns` of the documents that are asked for, in the order of lists. Only what is asked stands in it, so
    /// that an index can serve it.
    fn select(self, columns: &'static str) -> Sql {
        let Self {
            month,
            owner,
            issued,
        } = self;
        let mut sql = Sql::new(columns);
        sql.push("WHERE true");
        if let Some(month) = month {
            sql.bind("AND period = ?", month.number());
        }
        if let Some(owner) = owner {
            sql.bind("AND owner_id = ?", owner.0);
        }
        match issued {
            Some(true) => sql.push("AND number IS NOT NULL"),
            Some(false) => sql.push("AND number IS NULL"),
            None => &mut sql,
        };
        sql.push("ORDER BY period DESC, number IS NOT NULL, kind, series, number DESC, id DESC");
        sql
    }
}

const COLUMNS_FROM_INVOICE: &str =
    "SELECT id, owner_id, period, currency, series, number, drafted_at,
    issued_on, frozen, credits_id, replaces_id, drafted_by, approved_by, approved_at FROM invoice";

impl Reads<'_> {
    /// Invoices, credit notes and drafts, the newest month first.
    ///
    /// # Errors
    /// The file's.
    pub fn invoices(&self, ask: InvoiceQuery) -> Result<Vec<InvoiceRecord>, StoreError> {
        ask.select(COLUMNS_FROM_INVOICE)
            .rows(self.connection, record)
    }

    /// The draft of an invoice for `owner`, `month` and `currency`.
    ///
    /// # Errors
    /// The file's.
    pub fn draft_for(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        currency: Currency,
    ) -> Result<Option<InvoiceRecord>, StoreError> {
        let sql = [
            COLUMNS_FROM_INVOICE,
            " WHERE owner_id = ?1 AND period = ?2 AND currency = ?3 AND number IS NULL AND kind = 1",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query(params![owner.0, month.number(), currency.code()])?;
        rows.next()?.map(record).transpose()
    }

    /// The credit notes of an invoice, drafts last.
    ///
    /// # Errors
    /// The file's.
    pub fn credit_notes(&self, of: InvoiceId) -> Result<Vec<InvoiceRecord>, StoreError> {
        let sql = [
            COLUMNS_FROM_INVOICE,
            " WHERE credits_id = ?1 ORDER BY number IS NULL, number, id",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_and_then([of.0], record)?;
        rows.collect()
    }

    /// The invoices and drafts of a month and whose they are, in the order in which they were drafted; credit
    /// notes are none.
    ///
    /// # Errors
    /// The file's.
    pub fn invoices_of(
        &self,
        month: BillingPeriod,
    ) -> Result<Vec<(OwnerId, InvoiceId)>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT owner_id, id FROM invoice WHERE period = ?1 AND kind = 1 ORDER BY id",
        )?;
        let rows = query.query_map([month.number()], |row| {
            Ok((OwnerId(row.get(0)?), InvoiceId(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What stands in for an invoice, if something does.
    ///
    /// # Errors
    /// The file's.
    pub fn replacement_of(&self, id: InvoiceId) -> Result<Option<InvoiceRecord>, StoreError> {
        let sql = [
            COLUMNS_FROM_INVOICE,
            " WHERE replaces_id = ?1 ORDER BY id DESC LIMIT 1",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([id.0])?;
        rows.next()?.map(record).transpose()
    }

    /// The numbers of every series.
    ///
    /// # Errors
    /// The file's.
    pub fn invoice_numbers(&self) -> Result<BTreeMap<String, SeriesNumbers>, StoreError> {
        let mut found: BTreeMap<String, SeriesNumbers> = BTreeMap::new();
        let mut query = self
            .connection
            .prepare_cached("SELECT series, next FROM invoice_series")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            found.entry(row.get(0)?).or_default().next = row.get(1)?;
        }
        let mut query = self.connection.prepare_cached(
            "SELECT series, number FROM invoice WHERE number IS NOT NULL ORDER BY series, number",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let series = found.entry(row.get(0)?).or_default();
            series.numbers.push(row.get(1)?);
        }
        Ok(found)
    }

    /// What the trail says of documents that were issued, the first one first.
    ///
    /// # Errors
    /// The file's.
    pub fn issued_trail(&self) -> Result<Vec<AuditRecord>, StoreError> {
        self.audit_where("WHERE action = 'invoice.issued' ORDER BY number", params![])
    }

    /// What was done with one invoice, the first thing first.
    ///
    /// # Errors
    /// The file's.
    pub fn invoice_trail(&self, id: InvoiceId) -> Result<Vec<AuditRecord>, StoreError> {
        self.audit_where(
            "WHERE action GLOB 'invoice.*' AND json_extract(details, '$.invoice') = ?1
             ORDER BY number",
            params![id.0],
        )
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
            " WHERE owner_id = ?1 AND period = ?2 AND currency = ?3 AND number IS NOT NULL AND kind = 1
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

fn record(row: &Row<'_>) -> Result<InvoiceRecord, StoreError> {
    let unreadable = || StoreError::unreadable("an invoice");
    let frozen: String = row.get(8)?;
    Ok(InvoiceRecord {
        id: InvoiceId(row.get(0)?),
        owner: OwnerId(row.get(1)?),
        month: period_of(row.get(2)?)?,
        currency: currency_of(&row.get::<_, String>(3)?)?,
        number: number_of(row.get(4)?, row.get(5)?)?,
        drafted_at: Timestamp::from_millisecond(row.get(6)?).map_err(|_| unreadable())?,
        issued_on: row.get::<_, Option<i64>>(7)?.map(day_of).transpose()?,
        credits: row.get::<_, Option<i64>>(9)?.map(InvoiceId),
        replaces: row.get::<_, Option<i64>>(10)?.map(InvoiceId),
        drafted_by: serde_json::from_str(&row.get::<_, String>(11)?).map_err(|_| unreadable())?,
        approval: match (row.get::<_, Option<String>>(12)?, row.get(13)?) {
            (Some(by), Some(at)) => Some(Approval {
                by,
                at: Timestamp::from_millisecond(at).map_err(|_| unreadable())?,
            }),
            _ => None,
        },
        frozen: serde_json::from_str(&frozen).map_err(|_| unreadable())?,
    })
}

fn number_of(
    series: Option<String>,
    number: Option<u32>,
) -> Result<Option<InvoiceNumber>, StoreError> {
    let both = series.zip(number);
    both.map(|(series, number)| InvoiceNumber::new(&series, number))
        .transpose()
        .map_err(|_| StoreError::unreadable("the number of an invoice"))
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
