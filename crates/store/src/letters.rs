//! Letters: invoices on their way to who is billed. They are in the outbox as notices are.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use tallyport_ledger::alert::Notice;

use crate::deliveries::{DELIVERIES, delivery};
use crate::outbox::notice_text;
use crate::sql::Sql;
use crate::{ChannelId, Delivery, InvoiceId, OutgoingId, Reads, StoreError, Writes};

/// To whom a letter goes and what goes with it. What it says is its notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// To whom.
    pub to: Vec<String>,
    /// Who gets a copy.
    pub copy_to: Vec<String>,
    /// Where an answer goes, if not to the sender.
    pub reply_to: Option<String>,
    /// Who wants it sent.
    pub asked_by: String,
    /// Which of an invoice's files it carries besides its paper, or in place of it.
    pub electronic: Option<String>,
    /// What goes with it.
    pub files: Vec<LetterFile>,
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterFile {
    /// Its name.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A letter to be sent.
#[derive(Debug, Clone)]
pub struct NewLetter<'a> {
    /// On which channel.
    pub channel: ChannelId,
    /// What it is about.
    pub invoice: InvoiceId,
    /// What it says: the title is its subject.
    pub notice: &'a Notice,
    /// To whom, and with what.
    pub letter: &'a Letter,
    /// When it is put out.
    pub at: Timestamp,
}

/// How invoices go out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mailing {
    /// On which channel; none is the only one that sends mail.
    pub channel: Option<ChannelId>,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<String>,
    /// Who gets a copy of each.
    pub copy_to: Vec<String>,
}

/// The letter that a text was kept of.
pub(crate) fn letter_of(text: &str) -> Result<Letter, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::unreadable("a letter"))
}

impl Reads<'_> {
    /// The letters that went out with an invoice, the newest first.
    ///
    /// # Errors
    /// The file's.
    pub fn letters(&self, invoice: InvoiceId) -> Result<Vec<Delivery>, StoreError> {
        let mut sql = Sql::new(DELIVERIES);
        sql.bind("WHERE o.letter IS NOT NULL AND o.invoice_id = ?", invoice.0);
        sql.push("ORDER BY o.id DESC");
        sql.rows(self.connection, delivery)
    }

    /// The newest letter that went out with an invoice.
    ///
    /// # Errors
    /// The file's.
    pub fn last_letter(&self, invoice: InvoiceId) -> Result<Option<Delivery>, StoreError> {
        let sql = [
            DELIVERIES,
            " WHERE o.letter IS NOT NULL AND o.invoice_id = ?1 ORDER BY o.id DESC LIMIT 1",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([invoice.0])?;
        rows.next()?.map(delivery).transpose()
    }

    /// How invoices go out.
    ///
    /// # Errors
    /// The file's.
    pub fn mailing(&self) -> Result<Mailing, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT channel_id, reply_to, copy_to FROM invoice_mailing")?;
        let kept = query
            .query_row([], |row| {
                let channel: Option<i64> = row.get(0)?;
                Ok((channel, row.get(1)?, row.get::<_, String>(2)?))
            })
            .optional()?;
        let Some((channel, reply_to, copy_to)) = kept else {
            return Ok(Mailing::default());
        };
        Ok(Mailing {
            channel: channel.map(ChannelId),
            reply_to,
            copy_to: serde_json::from_str(&copy_to)
                .map_err(|_| StoreError::unreadable("how invoices go out"))?,
        })
    }
}

impl Writes<'_> {
    /// Puts a letter into the outbox.
    ///
    /// # Errors
    /// The disk's.
    pub fn post_letter(&mut self, new: &NewLetter<'_>) -> Result<OutgoingId, StoreError> {
        let letter =
            serde_json::to_string(new.letter).map_err(|_| StoreError::unreadable("a letter"))?;
        self.connection
            .prepare_cached(
                "INSERT INTO outbox (channel_id, kind, notice, next_attempt_at, created_at, invoice_id, letter)
                 VALUES (?1, 'invoice', ?2, ?3, ?3, ?4, ?5)",
            )?
            .execute(params![
                new.channel.0,
                notice_text(new.notice)?,
                new.at.as_millisecond(),
                new.invoice.0,
                letter,
            ])?;
        Ok(OutgoingId(self.connection.last_insert_rowid()))
    }

    /// Puts a notice about an invoice's letter on the desktop. It is in no log that others read.
    ///
    /// # Errors
    /// The disk's.
    pub fn post_about(
        &mut self,
        invoice: InvoiceId,
        notice: &Notice,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO outbox (kind, notice, next_attempt_at, created_at, invoice_id)
                 VALUES ('invoice', ?1, ?2, ?2, ?3)",
            )?
            .execute(params![
                notice_text(notice)?,
                at.as_millisecond(),
                invoice.0
            ])?;
        Ok(())
    }

    /// Claims a letter that waits and that nobody is sending; whether it was.
    ///
    /// # Errors
    /// The disk's.
    pub fn claim_letter(
        &mut self,
        id: OutgoingId,
        process: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let claimed = self
            .connection
            .prepare_cached(
                "UPDATE outbox SET parcel = id, claimed_by = ?2, claimed_until = ?4
                 WHERE id = ?1 AND state = 0 AND letter IS NOT NULL
                     AND (claimed_until IS NULL OR claimed_until <= ?3)",
            )?
            .execute(params![
                id.0,
                process,
                now.as_millisecond(),
                until.as_millisecond()
            ])?;
        Ok(claimed == 1)
    }

    /// Sets how invoices go out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a channel that is not there.
    pub fn set_mailing(&mut self, mailing: &Mailing) -> Result<(), StoreError> {
        if let Some(channel) = mailing.channel {
            self.channel(channel)?;
        }
        let copy_to = serde_json::Value::from(mailing.copy_to.clone()).to_string();
        self.connection.execute(
            "INSERT OR REPLACE INTO invoice_mailing (only, channel_id, reply_to, copy_to) VALUES (1, ?1, ?2, ?3)",
            params![
                mailing.channel.map(|channel| channel.0),
                mailing.reply_to,
                copy_to
            ],
        )?;
        Ok(())
    }
}
