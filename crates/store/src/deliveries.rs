//! What became of notices: which wait, which are claimed, how each attempt went.

use jiff::Timestamp;
use rusqlite::{Row, params};
use tallyport_ledger::alert::Notice;
use tallyport_ledger::delivery::{DeliveryState, LONGEST_WAIT};

use crate::letters::letter_of;
use crate::outbox::notice_of;
use crate::sql::Sql;
use crate::{ChannelId, InvoiceId, Letter, OutgoingId, Reads, StoreError, Writes};

/// A notice that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its identity.
    pub id: OutgoingId,
    /// The channel; the desktop if there is none.
    pub channel: Option<ChannelId>,
    /// The one of the channel's recipients that it is for; all of them if there is none.
    pub recipient: Option<String>,
    /// What kind of notice: `test`, …
    pub kind: String,
    /// What it says.
    pub notice: Notice,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was put out.
    pub created_at: Timestamp,
    /// The first of those that it went out with, once it was tried.
    pub parcel: Option<OutgoingId>,
    /// Where it is a letter: the invoice that it carries, to whom, and with what.
    pub letter: Option<(InvoiceId, Letter)>,
}

/// A notice and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its identity.
    pub id: OutgoingId,
    /// The channel's identity; the desktop if there is none.
    pub channel: Option<ChannelId>,
    /// The channel's name and kind, also of one that was removed.
    pub channel_name: Option<(String, i64)>,
    /// The one of the channel's recipients that it is for; all of them if there is none.
    pub recipient: Option<String>,
    /// What it says.
    pub notice: Notice,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next.
    pub next_attempt_at: Option<Timestamp>,
    /// When it was put out.
    pub created_at: Timestamp,
    /// When it was taken.
    pub sent_at: Option<Timestamp>,
    /// Why it is not.
    pub error: Option<String>,
    /// Where it is a letter: the invoice that it carries, to whom, and with what.
    pub letter: Option<(InvoiceId, Letter)>,
}

/// Which deliveries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeliveryQuery {
    /// Of this channel; zero is the desktop.
    pub channel: Option<ChannelId>,
    /// In this state.
    pub state: Option<DeliveryState>,
    /// How many are left out at the beginning.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// How an attempt went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempted {
    /// It was taken.
    Sent,
    /// It is tried again then.
    Again {
        /// When.
        at: Timestamp,
        /// Why.
        error: String,
    },
    /// It is not tried again.
    Failed(String),
}

/// Notices claimed at once.
const MOST: u32 = 500;

impl Reads<'_> {
    /// The notices that are due and that nobody is sending, oldest first: the desktop's, or all others.
    ///
    /// A moment that no wait could have led to was set by a clock that has been set back since: it is due.
    ///
    /// # Errors
    /// The file's.
    pub fn outgoing_waiting(
        &self,
        desktop: bool,
        now: Timestamp,
    ) -> Result<Vec<Waiting>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, channel_id, kind, notice, attempts, created_at, parcel, recipient, invoice_id, letter
             FROM outbox
             WHERE state = 0 AND (channel_id IS NULL) = ?1
               AND (next_attempt_at IS NULL OR next_attempt_at <= ?2 OR created_at > ?2
                    OR (attempts > 0 AND next_attempt_at > ?2 + ?3))
               AND (claimed_until IS NULL OR claimed_until <= ?2 OR claimed_until > ?2 + ?3)
             ORDER BY id LIMIT ?4",
        )?;
        let longest = i64::try_from(LONGEST_WAIT.as_millis()).unwrap_or(i64::MAX);
        let rows = query.query_and_then(
            params![desktop, now.as_millisecond(), longest, MOST],
            |row| {
                let notice: String = row.get(3)?;
                Ok(Waiting {
                    id: OutgoingId(row.get(0)?),
                    channel: row.get::<_, Option<i64>>(1)?.map(ChannelId),
                    kind: row.get(2)?,
                    notice: notice_of(&notice)?,
                    attempts: row.get(4)?,
                    created_at: moment(row.get(5)?)?,
                    parcel: row.get::<_, Option<i64>>(6)?.map(OutgoingId),
                    recipient: row.get(7)?,
                    letter: letter_at(row, 8)?,
                })
            },
        )?;
        rows.collect()
    }

    /// Deliveries of notices, newest first. What is about invoices is not for everybody who sees these.
    ///
    /// # Errors
    /// The file's.
    pub fn deliveries(&self, ask: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError> {
        let mut sql = Sql::new(DELIVERIES);
        sql.push("WHERE o.invoice_id IS NULL");
        match ask.channel {
            None => {}
            Some(ChannelId(0)) => {
                sql.push("AND o.channel_id IS NULL");
            }
            Some(channel) => {
                sql.bind("AND o.channel_id = ?", channel.0);
            }
        }
        if let Some(state) = ask.state {
            sql.bind("AND o.state = ?", state.number());
        }
        sql.bind("ORDER BY o.id DESC LIMIT ?", i64::from(ask.limit));
        sql.bind("OFFSET ?", i64::from(ask.offset));
        sql.rows(self.connection, delivery)
    }

    /// One delivery.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delivery(&self, id: OutgoingId) -> Result<Delivery, StoreError> {
        let mut sql = Sql::new(DELIVERIES);
        sql.bind("WHERE o.id = ?", id.0);
        let found: Vec<Delivery> = sql.rows(self.connection, delivery)?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| StoreError::NotFound {
                what: "delivery",
                name: id.to_string(),
            })
    }
}

impl Writes<'_> {
    /// Claims notices that go out as one, `parcel` being the first of them: until then nobody else sends them.
    ///
    /// # Errors
    /// The disk's.
    pub fn claim_outgoing(
        &mut self,
        ids: &[OutgoingId],
        parcel: OutgoingId,
        process: &str,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE outbox SET parcel = ?2, claimed_by = ?3, claimed_until = ?4 WHERE id = ?1",
        )?;
        for id in ids {
            statement.execute(params![id.0, parcel.0, process, until.as_millisecond()])?;
        }
        Ok(())
    }

    /// Notes how an attempt to send them went, and lets go of them.
    ///
    /// # Errors
    /// The disk's.
    pub fn outgoing_attempted(
        &mut self,
        ids: &[OutgoingId],
        at: Timestamp,
        outcome: &Attempted,
    ) -> Result<(), StoreError> {
        let (state, next, sent, error) = match outcome {
            Attempted::Sent => (DeliveryState::Sent, None, Some(at), None),
            Attempted::Again { at, error } => {
                (DeliveryState::Waiting, Some(*at), None, Some(error))
            }
            Attempted::Failed(error) => (DeliveryState::Failed, None, None, Some(error)),
        };
        for id in ids {
            self.connection
                .prepare_cached(
                    "INSERT INTO delivery (outbox_id, attempt, at, error)
                     SELECT ?1, 1 + ifnull(max(attempt), 0), ?2, ?3 FROM delivery WHERE outbox_id = ?1",
                )?
                .execute(params![id.0, at.as_millisecond(), error])?;
            // One that was taken stays so, whoever says otherwise later.
            self.connection
                .prepare_cached(
                    "UPDATE outbox SET state = ?2, next_attempt_at = ?3, sent_at = ?4, error = ?5,
                         attempts = attempts + 1, claimed_by = NULL, claimed_until = NULL
                     WHERE id = ?1 AND state <> 1",
                )?
                .execute(params![
                    id.0,
                    state.number(),
                    next.map(Timestamp::as_millisecond),
                    sent.map(Timestamp::as_millisecond),
                    error,
                ])?;
        }
        Ok(())
    }

    /// Makes of a notice for all recipients of its channel one for each of them, so that what one of them has is
    /// not sent to them again because another could not be reached.
    ///
    /// # Errors
    /// The disk's.
    pub fn split_outgoing(
        &mut self,
        id: OutgoingId,
        recipients: &[String],
    ) -> Result<(), StoreError> {
        let Some((first, others)) = recipients.split_first() else {
            return Ok(());
        };
        let mut copy = self.connection.prepare_cached(
            "INSERT INTO outbox (channel_id, kind, notice, next_attempt_at, created_at, recipient)
             SELECT channel_id, kind, notice, next_attempt_at, created_at, ?2 FROM outbox WHERE id = ?1",
        )?;
        for recipient in others {
            copy.execute((id.0, recipient))?;
        }
        self.connection
            .prepare_cached("UPDATE outbox SET recipient = ?2 WHERE id = ?1")?
            .execute((id.0, first))?;
        Ok(())
    }

    /// Lets a notice wait until then without counting an attempt.
    ///
    /// # Errors
    /// The disk's.
    pub fn hold_outgoing(&mut self, id: OutgoingId, until: Timestamp) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE outbox SET next_attempt_at = ?2 WHERE id = ?1 AND state = 0")?
            .execute((id.0, until.as_millisecond()))?;
        Ok(())
    }

    /// Does not send a notice, and says why.
    ///
    /// # Errors
    /// The disk's.
    pub fn drop_outgoing(&mut self, id: OutgoingId, why: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE outbox SET state = 3, error = ?2, next_attempt_at = NULL, claimed_by = NULL,
                     claimed_until = NULL
                 WHERE id = ?1 AND state = 0",
            )?
            .execute((id.0, why))?;
        Ok(())
    }

    /// Has everything tried again now that waits on a channel, or failed on it since: it was mended.
    ///
    /// # Errors
    /// The disk's.
    pub fn retry_channel(
        &mut self,
        id: ChannelId,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let changed = self.connection.execute(
            "UPDATE outbox SET state = 0, error = NULL, next_attempt_at = ?3
             WHERE channel_id = ?1 AND kind <> 'test'
               AND (state = 0 OR (state = 2 AND created_at >= ?2))",
            (id.0, since.as_millisecond(), now.as_millisecond()),
        )?;
        Ok(changed as u64)
    }
}

/// What [`delivery`] reads.
pub(crate) const DELIVERIES: &str =
    "SELECT o.id, o.channel_id, c.name, c.kind, o.notice, o.state, o.attempts,
    o.next_attempt_at, o.created_at, o.sent_at, o.error, o.recipient, o.invoice_id, o.letter
    FROM outbox o LEFT JOIN channel c ON c.id = o.channel_id";

pub(crate) fn delivery(row: &Row<'_>) -> Result<Delivery, StoreError> {
    let notice: String = row.get(4)?;
    let state = DeliveryState::from_number(row.get(5)?);
    let optional = |at: Option<i64>| at.map(moment).transpose();
    Ok(Delivery {
        id: OutgoingId(row.get(0)?),
        channel: row.get::<_, Option<i64>>(1)?.map(ChannelId),
        channel_name: row
            .get::<_, Option<String>>(2)?
            .zip(row.get::<_, Option<i64>>(3)?),
        notice: notice_of(&notice)?,
        state: state.ok_or_else(|| StoreError::unreadable("the state of a delivery"))?,
        attempts: row.get(6)?,
        next_attempt_at: optional(row.get(7)?)?,
        created_at: moment(row.get(8)?)?,
        sent_at: optional(row.get(9)?)?,
        error: row.get(10)?,
        recipient: row.get(11)?,
        letter: letter_at(row, 12)?,
    })
}

/// The invoice and the letter in two columns from `at` on.
fn letter_at(row: &Row<'_>, at: usize) -> Result<Option<(InvoiceId, Letter)>, StoreError> {
    let invoice: Option<i64> = row.get(at)?;
    let letter: Option<String> = row.get(at + 1)?;
    let letter = letter.as_deref().map(letter_of).transpose()?;
    Ok(invoice.map(InvoiceId).zip(letter))
}

fn moment(number: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(number)
        .map_err(|_| StoreError::unreadable("a moment of a delivery"))
}
