use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use super::{Check, counted};
use crate::number::nanos_at;
use crate::{Reads, StoreError};

impl Reads<'_> {
    /// Whether the numbers of every series run from one without a gap.
    pub(super) fn check_invoice_numbers(&self) -> Result<Check, StoreError> {
        let mut invoices = 0;
        for (series, found) in self.invoice_numbers()? {
            if let Some(fault) = found.fault() {
                return Ok(Check::failed(
                    "invoice numbers",
                    ["series ", &series, ": ", &fault].concat(),
                ));
            }
            invoices += i64::try_from(found.numbers.len()).unwrap_or(i64::MAX);
        }
        Ok(Check::passed(
            "invoice numbers",
            counted(invoices, "invoice", "no gap"),
        ))
    }

    /// Whether the papers of issued invoices are the bytes that were issued.
    pub(super) fn check_invoice_papers(&self) -> Result<Check, StoreError> {
        let mut query = self
            .connection
            .prepare("SELECT id, pdf, pdf_sha256 FROM invoice WHERE number IS NOT NULL")?;
        let mut rows = query.query([])?;
        let mut papers = 0;
        while let Some(row) = rows.next()? {
            let paper = match row.get_ref(1)? {
                ValueRef::Blob(bytes) => bytes,
                _ => &[],
            };
            let hash: [u8; 32] = Sha256::digest(paper).into();
            if hash != row.get::<_, [u8; 32]>(2)? {
                let id: i64 = row.get(0)?;
                return Ok(Check::failed(
                    "invoice papers",
                    format!("the paper of invoice {id} is not the one that was issued"),
                ));
            }
            papers += 1;
        }
        Ok(Check::passed(
            "invoice papers",
            counted(papers, "paper", "as issued"),
        ))
    }

    /// Whether every issued invoice claims what it bills, to the nano.
    pub(super) fn check_claims(&self) -> Result<Check, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT i.id, i.exact_units, i.exact_rest, sum(c.amount / 1000000000),
                    sum(c.amount % 1000000000)
             FROM invoice i LEFT JOIN invoice_claim c ON c.invoice_id = i.id
             WHERE i.number IS NOT NULL GROUP BY i.id",
        )?;
        let mut rows = query.query([])?;
        let mut claims = 0;
        while let Some(row) = rows.next()? {
            if nanos_at(row, 1)? != nanos_at(row, 3)? {
                let id: i64 = row.get(0)?;
                return Ok(Check::failed(
                    "invoice claims",
                    format!("invoice {id} does not claim what it bills"),
                ));
            }
            claims += 1;
        }
        Ok(Check::passed(
            "invoice claims",
            counted(claims, "invoice", "exact to the nano"),
        ))
    }
}
