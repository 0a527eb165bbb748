use jiff::Timestamp;
use rusqlite::{Row, params};

use super::{InvoiceId, sha256};
use crate::{Reads, StoreError, Writes};

/// A file to be put with an invoice.
#[derive(Debug, Clone, Copy)]
pub struct NewAttachment<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is, such as `application/pdf`.
    pub media_type: &'a str,
    /// Its bytes.
    pub content: &'a [u8],
    /// Who puts it there.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
}

/// A file that lies with an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its number on its invoice, from one.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// Their hash.
    pub sha256: [u8; 32],
    /// Who put it there.
    pub added_by: String,
    /// When.
    pub added_at: Timestamp,
}

impl Reads<'_> {
    /// The files that lie with an invoice.
    ///
    /// # Errors
    /// The file's.
    pub fn attachments(&self, invoice: InvoiceId) -> Result<Vec<Attachment>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT number, name, media_type, length(content), sha256, added_by, added_at
             FROM invoice_attachment WHERE invoice_id = ?1 ORDER BY number",
        )?;
        let rows = query.query_and_then([invoice.0], attachment)?;
        rows.collect()
    }

    /// One of them with its bytes.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Damaged`] if they are not those that were put there.
    pub fn attachment(
        &self,
        invoice: InvoiceId,
        number: u32,
    ) -> Result<(Attachment, Vec<u8>), StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT number, name, media_type, length(content), sha256, added_by, added_at, content
             FROM invoice_attachment WHERE invoice_id = ?1 AND number = ?2",
        )?;
        let mut rows = query.query(params![invoice.0, number])?;
        let Some(row) = rows.next()? else {
            return Err(missing(number));
        };
        let (found, content): (_, Vec<u8>) = (attachment(row)?, row.get(7)?);
        if sha256(&content) == found.sha256 {
            Ok((found, content))
        } else {
            Err(StoreError::Damaged(
                "an attachment is not what was attached".to_owned(),
            ))
        }
    }
}

impl Writes<'_> {
    /// Puts a file with an invoice and answers its number there.
    ///
    /// # Errors
    /// The disk's.
    pub fn add_attachment(
        &mut self,
        invoice: InvoiceId,
        new: &NewAttachment<'_>,
    ) -> Result<u32, StoreError> {
        let mut query = self.connection.prepare_cached(
            "INSERT INTO invoice_attachment (invoice_id, number, name, media_type, content, sha256,
                 added_by, added_at)
             SELECT ?1, ifnull(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7
             FROM invoice_attachment WHERE invoice_id = ?1
             RETURNING number",
        )?;
        let written = params![
            invoice.0,
            new.name,
            new.media_type,
            new.content,
            sha256(new.content),
            new.by,
            new.at.as_millisecond()
        ];
        Ok(query.query_row(written, |row| row.get(0))?)
    }

    /// Takes a file away from an invoice.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn drop_attachment(&mut self, invoice: InvoiceId, number: u32) -> Result<(), StoreError> {
        let gone = self.connection.execute(
            "DELETE FROM invoice_attachment WHERE invoice_id = ?1 AND number = ?2",
            params![invoice.0, number],
        )?;
        if gone == 0 {
            return Err(missing(number));
        }
        Ok(())
    }
}

fn attachment(row: &Row<'_>) -> Result<Attachment, StoreError> {
    Ok(Attachment {
        number: row.get(0)?,
        name: row.get(1)?,
        media_type: row.get(2)?,
        size: u64::from(row.get::<_, u32>(3)?),
        sha256: row.get(4)?,
        added_by: row.get(5)?,
        added_at: Timestamp::from_millisecond(row.get(6)?)
            .map_err(|_| StoreError::unreadable("an attachment's moment"))?,
    })
}

fn missing(number: u32) -> StoreError {
    StoreError::NotFound {
        what: "attachment",
        name: number.to_string(),
    }
}
