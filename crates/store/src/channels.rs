use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use tallyport_ledger::Name;
use tallyport_ledger::alert::Severity;
use tallyport_ledger::channel::{ChannelKind, DigestTime};

use crate::keys::Secret;
use crate::number::folded;
use crate::people::taken;
use crate::{ChannelId, Reads, StoreError, Writes};

/// A way on which notices go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its identity.
    pub id: ChannelId,
    /// What it is.
    pub kind: ChannelKind,
    /// Its name.
    pub name: String,
    /// Whether it is used.
    pub enabled: bool,
    /// What it is set to, as JSON; never a secret.
    pub settings: String,
    /// Whether there is a secret.
    pub has_secret: bool,
    /// The least severity that goes out on it.
    pub least: Severity,
    /// When notices that can wait go out as one, and in which zone.
    pub digest: Option<(DigestTime, String)>,
    /// How the last attempt went.
    pub last: Option<LastSending>,
}

/// How an attempt went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSending {
    /// When.
    pub at: Timestamp,
    /// Why it failed; nothing if it did not.
    pub error: Option<String>,
}

/// What a channel is to be.
#[derive(Debug, Clone)]
pub struct ChannelDraft {
    /// Its kind; one that is there keeps its own.
    pub kind: ChannelKind,
    /// Its name.
    pub name: Name,
    /// Whether it is used.
    pub enabled: bool,
    /// What it is set to, as JSON; never a secret.
    pub settings: String,
    /// Its secrets, as JSON.
    pub secrets: Option<Secret<String>>,
    /// The least severity that goes out on it.
    pub least: Severity,
    /// When notices that can wait go out as one, and in which zone.
    pub digest: Option<(DigestTime, String)>,
}

const CHANNELS: &str =
    "SELECT id, kind, name, enabled, settings, secrets IS NOT NULL, least, digest_minute,
    digest_zone FROM channel WHERE archived = 0";

impl Reads<'_> {
    /// The channels by name.
    ///
    /// # Errors
    /// The file's.
    pub fn channels(&self) -> Result<Vec<Channel>, StoreError> {
        let sql = [CHANNELS, " ORDER BY folded_name, id"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let found: Vec<Channel> = query
            .query_and_then([], channel)?
            .collect::<Result<_, _>>()?;
        found
            .into_iter()
            .map(|channel| {
                let last = self.last_sending(Some(channel.id))?;
                Ok(Channel { last, ..channel })
            })
            .collect()
    }

    /// One channel.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn channel(&self, id: ChannelId) -> Result<Channel, StoreError> {
        let sql = [CHANNELS, " AND id = ?1"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([id.0])?;
        let Some(row) = rows.next()? else {
            return Err(not_found(id));
        };
        let last = self.last_sending(Some(id))?;
        Ok(Channel {
            last,
            ..channel(row)?
        })
    }

    /// A channel's secrets, for the one place that sends with them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn channel_secrets(&self, id: ChannelId) -> Result<Option<Secret<String>>, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT secrets FROM channel WHERE id = ?1 AND archived = 0")?
            .query_row([id.0], |row| row.get::<_, Option<String>>(0))
            .optional()?;
        Ok(found.ok_or_else(|| not_found(id))?.map(Secret::new))
    }

    /// How the last attempt of a channel went, or of the desktop's popup.
    ///
    /// # Errors
    /// The file's.
    pub fn last_sending(&self, id: Option<ChannelId>) -> Result<Option<LastSending>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT d.at, d.error FROM outbox o JOIN delivery d ON d.outbox_id = o.id
             WHERE o.channel_id IS ?1 ORDER BY o.id DESC, d.attempt DESC LIMIT 1",
        )?;
        let mut rows = query.query([id.map(|id| id.0)])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        Ok(Some(LastSending {
            at: Timestamp::from_millisecond(row.get(0)?)
                .map_err(|_| StoreError::unreadable("a moment of a delivery"))?,
            error: row.get(1)?,
        }))
    }
}

impl Writes<'_> {
    /// Adds a channel.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`].
    pub fn add_channel(&mut self, draft: &ChannelDraft) -> Result<ChannelId, StoreError> {
        let (minute, zone) = parts(draft);
        let added = self.connection.execute(
            "INSERT INTO channel (kind, name, folded_name, enabled, settings, secrets, least, digest_minute,
                 digest_zone)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                draft.kind.number(),
                draft.name.as_str(),
                folded(draft.name.as_str()),
                draft.enabled,
                draft.settings,
                draft.secrets.as_ref().map(Secret::reveal),
                draft.least.number(),
                minute,
                zone,
            ],
        );
        taken("channel", &draft.name, added)?;
        Ok(ChannelId(self.connection.last_insert_rowid()))
    }

    /// Changes all of a channel but its kind.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], [`StoreError::NotFound`].
    pub fn change_channel(
        &mut self,
        id: ChannelId,
        draft: &ChannelDraft,
    ) -> Result<(), StoreError> {
        self.channel(id)?;
        let (minute, zone) = parts(draft);
        let changed = self.connection.execute(
            "UPDATE channel SET name = ?2, folded_name = ?3, enabled = ?4, settings = ?5, secrets = ?6,
                 least = ?7, digest_minute = ?8, digest_zone = ?9
             WHERE id = ?1",
            params![
                id.0,
                draft.name.as_str(),
                folded(draft.name.as_str()),
                draft.enabled,
                draft.settings,
                draft.secrets.as_ref().map(Secret::reveal),
                draft.least.number(),
                minute,
                zone,
            ],
        );
        taken("channel", &draft.name, changed)
    }

    /// Removes a channel and forgets its secrets. What was sent on it stays in the log; what waits is dropped.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn remove_channel(&mut self, id: ChannelId) -> Result<(), StoreError> {
        self.channel(id)?;
        self.connection.execute(
            "UPDATE channel SET archived = 1, enabled = 0, secrets = NULL WHERE id = ?1",
            [id.0],
        )?;
        self.connection
            .execute("DELETE FROM budget_channel WHERE channel_id = ?1", [id.0])?;
        self.connection.execute(
            "UPDATE outbox SET state = 3, error = 'the channel was removed' WHERE channel_id = ?1 AND state = 0",
            [id.0],
        )?;
        Ok(())
    }
}

fn parts(draft: &ChannelDraft) -> (Option<u16>, Option<&str>) {
    match &draft.digest {
        Some((time, zone)) => (Some(time.minute()), Some(zone)),
        None => (None, None),
    }
}

fn not_found(id: ChannelId) -> StoreError {
    StoreError::NotFound {
        what: "channel",
        name: id.to_string(),
    }
}

fn channel(row: &Row<'_>) -> Result<Channel, StoreError> {
    let unreadable = || StoreError::unreadable("a channel");
    let digest = match (row.get::<_, Option<u16>>(7)?, row.get(8)?) {
        (Some(minute), Some(zone)) => Some((
            DigestTime::from_minute(minute).ok_or_else(unreadable)?,
            zone,
        )),
        _ => None,
    };
    Ok(Channel {
        id: ChannelId(row.get(0)?),
        kind: ChannelKind::from_number(row.get(1)?).ok_or_else(unreadable)?,
        name: row.get(2)?,
        enabled: row.get(3)?,
        settings: row.get(4)?,
        has_secret: row.get(5)?,
        least: Severity::from_number(row.get(6)?).ok_or_else(unreadable)?,
        digest,
        last: None,
    })
}
