use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;
use tallyport_ledger::{BillingPeriod, Money, OwnerId};

use super::{Approval, InvoiceFigures, InvoiceId, sha256};
use crate::number::{day_number, parted};
use crate::{Claims, StoreError, Writes};

/// A draft to be kept.
#[derive(Debug, Clone)]
pub struct InvoiceDraft {
    /// Whom it is for.
    pub owner: OwnerId,
    /// The month it bills.
    pub month: BillingPeriod,
    /// The exact sum of the costs that it claims, or frees.
    pub exact: Money,
    /// The invoice that it credits, if it is a credit note.
    pub credits: Option<InvoiceId>,
    /// The invoice that it stands in for.
    pub replaces: Option<InvoiceId>,
    /// When it was made.
    pub drafted_at: Timestamp,
    /// Everybody who had a hand in it.
    pub drafted_by: Vec<String>,
    /// Everything on it.
    pub frozen: Value,
    /// What it comes to.
    pub figures: InvoiceFigures,
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
    /// What it comes to, and when it is due.
    pub figures: &'a InvoiceFigures,
    /// Its paper.
    pub pdf: &'a [u8],
    /// What it bills, or frees.
    pub claims: &'a Claims,
}

impl Writes<'_> {
    /// Keeps a draft in place of the one before: for the same owner, month and currency, or of the same
    /// invoice's credit note. Nobody has approved it yet.
    ///
    /// # Errors
    /// The disk's.
    pub fn put_draft(&mut self, draft: &InvoiceDraft) -> Result<InvoiceId, StoreError> {
        let currency = draft.exact.currency();
        let before = match draft.credits {
            Some(of) => self
                .connection
                .prepare_cached("SELECT id FROM invoice WHERE credits_id = ?1 AND number IS NULL")?
                .query_row([of.0], |row| row.get(0).map(InvoiceId))
                .optional()?,
            None => self
                .draft_for(draft.owner, draft.month, currency)?
                .map(|record| record.id),
        };
        let (units, rest) = parted(draft.exact.nanos())?;
        let id = self
            .connection
            .prepare_cached(
                "INSERT INTO invoice (id, owner_id, period, currency, drafted_at, exact_units, exact_rest,
                     frozen, kind, credits_id, replaces_id, drafted_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                 ON CONFLICT (id) DO UPDATE SET
                     drafted_at = excluded.drafted_at, exact_units = excluded.exact_units,
                     exact_rest = excluded.exact_rest, frozen = excluded.frozen,
                     replaces_id = excluded.replaces_id, drafted_by = excluded.drafted_by,
                     approved_by = NULL, approved_at = NULL
                 RETURNING id",
            )?
            .query_row(
                params![
                    before.map(|id| id.0),
                    draft.owner.0,
                    draft.month.number(),
                    currency.code(),
                    draft.drafted_at.as_millisecond(),
                    units,
                    rest,
                    draft.frozen.to_string(),
                    if draft.credits.is_some() { 2 } else { 1 },
                    draft.credits.map(|of| of.0),
                    draft.replaces.map(|of| of.0),
                    Value::from(draft.drafted_by.clone()).to_string(),
                ],
                |row| row.get(0).map(InvoiceId),
            )?;
        self.keep_figures(id, &draft.figures)?;
        Ok(id)
    }

    /// Changes what stands on a draft.
    ///
    /// # Errors
    /// The disk's.
    pub fn change_draft(
        &mut self,
        id: InvoiceId,
        (frozen, figures): (&Value, &InvoiceFigures),
        drafted_by: &[String],
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE invoice SET frozen = ?2, drafted_by = ?3 WHERE id = ?1",
            params![
                id.0,
                frozen.to_string(),
                Value::from(drafted_by.to_vec()).to_string()
            ],
        )?;
        self.keep_figures(id, figures)
    }

    /// Notes who found a draft right, or that nobody does any more.
    ///
    /// # Errors
    /// The disk's.
    pub fn set_approval(
        &mut self,
        id: InvoiceId,
        approval: Option<&Approval>,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE invoice SET approved_by = ?2, approved_at = ?3 WHERE id = ?1",
            params![
                id.0,
                approval.map(|approval| &approval.by),
                approval.map(|approval| approval.at.as_millisecond())
            ],
        )?;
        Ok(())
    }

    /// Throws the drafts of invoices for `owner` and `month` away that nobody has approved, but those
    /// `kept`; answers how many.
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
            "SELECT id FROM invoice WHERE owner_id = ?1 AND period = ?2 AND number IS NULL AND kind = 1
                 AND approved_by IS NULL",
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

    /// Makes a draft an invoice or a credit note, and claims what it bills or frees.
    ///
    /// # Errors
    /// The disk's.
    pub fn issue_invoice(
        &mut self,
        id: InvoiceId,
        issue: &InvoiceIssue<'_>,
    ) -> Result<(), StoreError> {
        let (units, rest) = parted(issue.claims.total.nanos())?;
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
        self.keep_figures(id, issue.figures)?;
        self.claim(id, issue.claims)
    }
}
