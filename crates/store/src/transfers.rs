//! The journal of files on their way.

mod clear;
mod files;
mod limits;
mod notes;

use jiff::Timestamp;
use rusqlite::{Row, params};
use tallyport_ledger::transfer::{OnClash, TransferDirection, TransferPriority, TransferState};

use crate::sql::Sql;
use crate::{Reads, StoreError, TransferId, Writes};

pub use files::{FoundFile, Part, Receipt, SourceMarks, TransferFile};
pub use limits::TransferLimits;
pub use notes::{Arrived, Beginning, FileNote};

/// A transfer as it is begun.
#[derive(Debug, Clone)]
pub struct NewTransfer {
    /// Random: written on every object, so that ours are known.
    pub token: [u8; 16],
    /// Which way.
    pub direction: TransferDirection,
    /// What it is, in words.
    pub title: String,
    /// Whose it is, in the words of whoever begins it.
    pub scope: String,
    /// Who begins it.
    pub started_by: String,
    /// The bucket.
    pub bucket: String,
    /// Where in the bucket: nothing, or ending with a slash.
    pub prefix: String,
    /// The bucket's region, if it is not that of the configuration.
    pub region: Option<String>,
    /// The key of KMS to encrypt with, if it is not the bucket's own.
    pub key_id: Option<String>,
    /// Where downloads go.
    pub folder: Option<String>,
    /// What is done where something else is in the way.
    pub on_clash: OnClash,
    /// Whose turn it is.
    pub priority: TransferPriority,
    /// Its own limit.
    pub bytes_per_second: Option<u64>,
    /// What was asked for: paths, or keys.
    pub roots: Vec<String>,
    /// When.
    pub at: Timestamp,
}

/// A transfer and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Its identity.
    pub id: TransferId,
    /// What is written on every object of it, in hexadecimal digits.
    pub token: String,
    /// Which way.
    pub direction: TransferDirection,
    /// What it is, in words.
    pub title: String,
    /// Whose it is, in the words of whoever began it.
    pub scope: String,
    /// Who began it.
    pub started_by: String,
    /// The bucket.
    pub bucket: String,
    /// Where in the bucket.
    pub prefix: String,
    /// The bucket's region, if it is not that of the configuration.
    pub region: Option<String>,
    /// The key of KMS to encrypt with, if it is not the bucket's own.
    pub key_id: Option<String>,
    /// Where downloads go.
    pub folder: Option<String>,
    /// What is done where something else is in the way.
    pub on_clash: OnClash,
    /// Whose turn it is.
    pub priority: TransferPriority,
    /// Its own limit.
    pub bytes_per_second: Option<u64>,
    /// How far it is.
    pub state: TransferState,
    /// What whoever is at work on it was asked to make of it: paused or cancelled.
    pub asked: Option<TransferState>,
    /// Who is at work on it, or was.
    pub process: Option<String>,
    /// Whether all its files are known.
    pub walked: bool,
    /// Why it stopped: a stable word, and a sentence.
    pub problem: Option<(String, String)>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Files known so far, and their bytes.
    pub files: u64,
    /// See `files`.
    pub bytes: u64,
    /// Files that arrived, and their bytes.
    pub done: u64,
    /// See `done`.
    pub done_bytes: u64,
    /// Files left out or cancelled.
    pub left_out: u64,
    /// Files that did not arrive.
    pub failed: u64,
    /// Files that wait for an answer.
    pub clashes: u64,
    /// Bytes of what was left out, failed or waits for an answer.
    pub lost_bytes: u64,
}

/// Which transfers to list, the newest first.
#[derive(Debug, Clone, Default)]
pub struct TransferQuery {
    /// Only of this scope.
    pub scope: Option<String>,
    /// Only those that have not ended.
    pub open_only: bool,
    /// Those that were cleared off the list, whose receipts are kept; otherwise the others.
    pub cleared: bool,
    /// Only those before this one.
    pub before: Option<TransferId>,
    /// At most so many.
    pub limit: u32,
}

const COLUMNS_FROM_TRANSFER: &str =
    "SELECT id, token, direction, title, scope, started_by, bucket, prefix, region, key_id, folder,
    on_clash, priority, bytes_per_second, state, asked, process, walked, problem, said, created_at, ended_at,
    files, bytes, done, done_bytes, left_out, failed, clashes, lost_bytes FROM transfer";

impl Reads<'_> {
    /// One transfer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn transfer(&self, id: TransferId) -> Result<Transfer, StoreError> {
        let found = Sql::new(COLUMNS_FROM_TRANSFER)
            .bind("WHERE id = ?", id.0)
            .rows(self.connection, transfer)?;
        found.into_iter().next().ok_or_else(|| not_found(id))
    }

    /// Transfers, the newest first.
    ///
    /// # Errors
    /// The file's.
    pub fn transfers(&self, query: &TransferQuery) -> Result<Vec<Transfer>, StoreError> {
        let mut sql = Sql::new(COLUMNS_FROM_TRANSFER);
        sql.push(match query.cleared {
            true => "WHERE cleared_at IS NOT NULL",
            false => "WHERE cleared_at IS NULL",
        });
        if let Some(scope) = &query.scope {
            sql.bind("AND scope = ?", scope.clone());
        }
        if query.open_only {
            sql.push("AND state < 3");
        }
        if let Some(before) = query.before {
            sql.bind("AND id < ?", before.0);
        }
        sql.bind("ORDER BY id DESC LIMIT ?", i64::from(query.limit));
        sql.rows(self.connection, transfer)
    }

    /// What a transfer was asked for: paths, or keys.
    ///
    /// # Errors
    /// The file's.
    pub fn transfer_roots(&self, id: TransferId) -> Result<Vec<String>, StoreError> {
        Sql::new("SELECT path FROM transfer_root")
            .bind("WHERE transfer_id = ? ORDER BY position", id.0)
            .rows(self.connection, |row| Ok(row.get(0)?))
    }
}

impl Writes<'_> {
    /// Begins a transfer; none of its files is known yet.
    ///
    /// # Errors
    /// The disk's.
    pub fn add_transfer(&mut self, new: &NewTransfer) -> Result<TransferId, StoreError> {
        let token: String = new.token.iter().map(|byte| format!("{byte:02x}")).collect();
        self.connection.execute(
            "INSERT INTO transfer (token, direction, title, scope, started_by, bucket, prefix, region,
                 key_id, folder, on_clash, priority, bytes_per_second, state, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, ?14)",
            params![
                token,
                new.direction.number(),
                new.title,
                new.scope,
                new.started_by,
                new.bucket,
                new.prefix,
                new.region,
                new.key_id,
                new.folder,
                new.on_clash.number(),
                new.priority.number(),
                new.bytes_per_second.map(signed),
                new.at.as_millisecond(),
            ],
        )?;
        let id = TransferId(self.connection.last_insert_rowid());
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO transfer_root (transfer_id, position, path) VALUES (?1, ?2, ?3)",
        )?;
        for (position, path) in (0_i64..).zip(&new.roots) {
            insert.execute(params![id.0, position, path])?;
        }
        Ok(id)
    }

    /// Takes a transfer to work on, unless it has ended or was cancelled or paused before it was begun.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn take_transfer(&mut self, id: TransferId, process: &str) -> Result<Transfer, StoreError> {
        self.connection.execute(
            "UPDATE transfer SET state = 1, process = ?2, problem = NULL, said = NULL
             WHERE id = ?1 AND state < 2",
            params![id.0, process],
        )?;
        self.transfer(id)
    }

    /// Notes that all files of a transfer are known.
    ///
    /// # Errors
    /// The disk's.
    pub fn transfer_is_walked(&mut self, id: TransferId) -> Result<(), StoreError> {
        self.change_transfer("UPDATE transfer SET walked = 1 WHERE id = ?1", id)
    }

    /// Lets go of a transfer: paused, ended, or waiting for a better moment.
    ///
    /// # Errors
    /// The disk's.
    pub fn leave_transfer(
        &mut self,
        id: TransferId,
        state: TransferState,
        problem: Option<(&str, &str)>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let ended = !state.is_open();
        self.connection.execute(
            "UPDATE transfer SET state = ?2, asked = NULL, process = NULL, problem = ?3, said = ?4,
                 ended_at = ?5 WHERE id = ?1",
            params![
                id.0,
                state.number(),
                problem.map(|(code, _)| code),
                problem.map(|(_, said)| said),
                ended.then(|| at.as_millisecond()),
            ],
        )?;
        Ok(())
    }

    /// Asks for a pause: at once where nobody is at work on it.
    ///
    /// # Errors
    /// The disk's.
    pub fn pause_transfer(&mut self, id: TransferId) -> Result<(), StoreError> {
        self.change_transfer(
            "UPDATE transfer SET asked = CASE state WHEN 1 THEN ifnull(asked, 2) END, state = max(state, 1 + (state = 0))
             WHERE id = ?1 AND state < 2",
            id,
        )
    }

    /// Asks for its end. Whoever is at work on it, or takes it next, clears up and ends it.
    ///
    /// # Errors
    /// The disk's.
    pub fn cancel_transfer(&mut self, id: TransferId) -> Result<(), StoreError> {
        self.change_transfer(
            "UPDATE transfer SET asked = 5, state = CASE state WHEN 2 THEN 0 ELSE state END
             WHERE id = ?1 AND state < 3",
            id,
        )
    }

    /// Lets a paused transfer go on.
    ///
    /// # Errors
    /// The disk's.
    pub fn resume_transfer(&mut self, id: TransferId) -> Result<(), StoreError> {
        self.change_transfer(
            "UPDATE transfer SET asked = NULL, state = CASE state WHEN 2 THEN 0 ELSE state END
             WHERE id = ?1 AND state < 3 AND ifnull(asked, 2) = 2",
            id,
        )
    }

    /// Gives a transfer another priority.
    ///
    /// # Errors
    /// The disk's.
    pub fn prioritise_transfer(
        &mut self,
        id: TransferId,
        priority: TransferPriority,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE transfer SET priority = ?2 WHERE id = ?1",
            params![id.0, priority.number()],
        )?;
        Ok(())
    }

    /// Gives a transfer a limit of its own, or none.
    ///
    /// # Errors
    /// The disk's.
    pub fn limit_transfer(
        &mut self,
        id: TransferId,
        bytes_per_second: Option<u64>,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE transfer SET bytes_per_second = ?2 WHERE id = ?1",
            params![id.0, bytes_per_second.map(signed)],
        )?;
        Ok(())
    }

    fn change_transfer(&self, sql: &'static str, id: TransferId) -> Result<(), StoreError> {
        self.connection.prepare_cached(sql)?.execute([id.0])?;
        Ok(())
    }
}

fn not_found(id: TransferId) -> StoreError {
    StoreError::NotFound {
        what: "transfer",
        name: id.to_string(),
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(at)?;
    Ok(u64::try_from(number).unwrap_or(0))
}

fn moment(millisecond: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(millisecond)
        .map_err(|_| StoreError::unreadable("a moment of a transfer"))
}

fn transfer(row: &Row<'_>) -> Result<Transfer, StoreError> {
    let unreadable = || StoreError::unreadable("a transfer");
    let code: Option<String> = row.get(18)?;
    let said: Option<String> = row.get(19)?;
    Ok(Transfer {
        id: TransferId(row.get(0)?),
        token: row.get(1)?,
        direction: TransferDirection::from_number(row.get(2)?).ok_or_else(unreadable)?,
        title: row.get(3)?,
        scope: row.get(4)?,
        started_by: row.get(5)?,
        bucket: row.get(6)?,
        prefix: row.get(7)?,
        region: row.get(8)?,
        key_id: row.get(9)?,
        folder: row.get(10)?,
        on_clash: OnClash::from_number(row.get(11)?).ok_or_else(unreadable)?,
        priority: TransferPriority::from_number(row.get(12)?).ok_or_else(unreadable)?,
        bytes_per_second: row
            .get::<_, Option<i64>>(13)?
            .and_then(|limit| u64::try_from(limit).ok()),
        state: TransferState::from_number(row.get(14)?).ok_or_else(unreadable)?,
        asked: row
            .get::<_, Option<i64>>(15)?
            .and_then(TransferState::from_number),
        process: row.get(16)?,
        walked: row.get(17)?,
        problem: code.map(|code| (code, said.unwrap_or_default())),
        created_at: moment(row.get(20)?)?,
        ended_at: row.get::<_, Option<i64>>(21)?.map(moment).transpose()?,
        files: unsigned(row, 22)?,
        bytes: unsigned(row, 23)?,
        done: unsigned(row, 24)?,
        done_bytes: unsigned(row, 25)?,
        left_out: unsigned(row, 26)?,
        failed: unsigned(row, 27)?,
        clashes: unsigned(row, 28)?,
        lost_bytes: unsigned(row, 29)?,
    })
}
