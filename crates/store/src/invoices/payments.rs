use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::params;
use tallyport_ledger::{Currency, Money};

use super::InvoiceId;
use crate::number::{day_number, day_of, joined, money_at, parted};
use crate::{Reads, StoreError, Writes};

/// A payment to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayment {
    /// The day the money came, or went back.
    pub day: Date,
    /// How much; below nothing where it was paid back.
    pub amount: Money,
    /// What the bank says.
    pub reference: String,
    /// Who records it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A payment, as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its number on its invoice, from one.
    pub number: u32,
    /// What was recorded.
    pub recorded: NewPayment,
    /// Who took it out again; it counts for nothing then.
    pub removed: Option<RemovedPayment>,
}

/// Why a payment no longer counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedPayment {
    /// Who took it out.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl Reads<'_> {
    /// The payments of an invoice in `currency`, in the order in which they were recorded.
    ///
    /// # Errors
    /// The file's.
    pub fn payments(
        &self,
        invoice: InvoiceId,
        currency: Currency,
    ) -> Result<Vec<Payment>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT number, day, units, rest, reference, recorded_by, recorded_at, removed_by,
                    removed_at, removed_for
             FROM invoice_payment WHERE invoice_id = ?1 ORDER BY number",
        )?;
        let moment = |at| {
            Timestamp::from_millisecond(at)
                .map_err(|_| StoreError::unreadable("a payment's moment"))
        };
        let rows = query.query_and_then([invoice.0], |row| {
            let removed_at: Option<i64> = row.get(8)?;
            Ok(Payment {
                number: row.get(0)?,
                recorded: NewPayment {
                    day: day_of(row.get(1)?)?,
                    amount: money_at(row, 2, currency)?,
                    reference: row.get(4)?,
                    by: row.get(5)?,
                    at: moment(row.get(6)?)?,
                },
                removed: match removed_at {
                    None => None,
                    Some(at) => Some(RemovedPayment {
                        by: row.get(7)?,
                        at: moment(at)?,
                        reason: row.get(9)?,
                    }),
                },
            })
        })?;
        rows.collect()
    }

    /// What was paid of each invoice, in nano-units; invoices without payments are left out.
    ///
    /// # Errors
    /// The file's.
    pub fn paid(&self) -> Result<HashMap<InvoiceId, i128>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT invoice_id, sum(units), sum(rest) FROM invoice_payment
             WHERE removed_at IS NULL GROUP BY invoice_id",
        )?;
        let rows = query.query_map([], |row| {
            Ok((InvoiceId(row.get(0)?), joined(row.get(1)?, row.get(2)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writes<'_> {
    /// Records a payment and answers its number on the invoice.
    ///
    /// # Errors
    /// The disk's.
    pub fn add_payment(
        &mut self,
        invoice: InvoiceId,
        payment: &NewPayment,
    ) -> Result<u32, StoreError> {
        let (units, rest) = parted(payment.amount.nanos())?;
        let number = self
            .connection
            .prepare_cached(
                "INSERT INTO invoice_payment (invoice_id, number, day, units, rest, reference,
                     recorded_by, recorded_at)
                 SELECT ?1, ifnull(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7
                 FROM invoice_payment WHERE invoice_id = ?1
                 RETURNING number",
            )?
            .query_row(
                params![
                    invoice.0,
                    day_number(payment.day),
                    units,
                    rest,
                    payment.reference,
                    payment.by,
                    payment.at.as_millisecond()
                ],
                |row| row.get(0),
            )?;
        Ok(number)
    }

    /// Marks a payment as taken out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also where it was taken out before.
    pub fn remove_payment(
        &mut self,
        invoice: InvoiceId,
        number: u32,
        removed: &RemovedPayment,
    ) -> Result<(), StoreError> {
        let changed = self.connection.execute(
            "UPDATE invoice_payment SET removed_by = ?3, removed_at = ?4, removed_for = ?5
             WHERE invoice_id = ?1 AND number = ?2 AND removed_at IS NULL",
            params![
                invoice.0,
                number,
                removed.by,
                removed.at.as_millisecond(),
                removed.reason
            ],
        )?;
        if changed == 0 {
            return Err(StoreError::NotFound {
                what: "payment",
                name: number.to_string(),
            });
        }
        Ok(())
    }
}
