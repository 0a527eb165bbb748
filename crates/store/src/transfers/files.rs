use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params};
use tallyport_ledger::transfer::{FileState, OnClash};

use super::{moment, signed, unsigned};
use crate::sql::Sql;
use crate::{Reads, StoreError, TransferFileId, TransferId, Writes};

/// What tells, beside its size, whether a source is still what it was. What is not known says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SourceMarks {
    /// When it was last written, in nanoseconds since 1970.
    pub modified: Option<i64>,
    /// When its file system last changed anything about it, in nanoseconds since 1970: nobody can set it.
    pub changed: Option<i64>,
    /// Its number in its file system.
    pub inode: Option<u64>,
}

/// A file as it was found on the way through a folder, or in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// The root that it lies below.
    pub root: u32,
    /// Its path below that root, with slashes; empty for the root itself.
    pub path: String,
    /// The key that it has, or is to have.
    pub key: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// What it is known by.
    pub marks: SourceMarks,
    /// Of an object to be fetched: its entity tag.
    pub expected: Option<String>,
    /// Why it is not moved at all: a stable word, and a sentence.
    pub left_out: Option<(&'static str, String)>,
}

/// A file of a transfer and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferFile {
    /// Its identity.
    pub id: TransferFileId,
    /// The root that it lies below.
    pub root: u32,
    /// Its path below that root, with slashes.
    pub path: String,
    /// The key that it has, or is to have; none if it can have none.
    pub key: Option<String>,
    /// How far it is.
    pub state: FileState,
    /// Its size.
    pub bytes: u64,
    /// What the source is known by, since it was found or tried again.
    pub marks: SourceMarks,
    /// What a person answered where something was in the way.
    pub on_clash: Option<OnClash>,
    /// The entity tag of what a replacement replaces, or of what a download reads.
    pub expected: Option<String>,
    /// The upload in parts that it is in.
    pub upload_id: Option<String>,
    /// The size of its parts.
    pub part_bytes: Option<u64>,
    /// When an upload in parts was about to be begun.
    pub creating_at: Option<Timestamp>,
    /// The checksum of the whole, once it is known.
    pub crc64nvme: Option<u64>,
    /// The same.
    pub sha256: Option<[u8; 32]>,
    /// Why it is where it is: a stable word, and a sentence.
    pub problem: Option<(String, String)>,
}

/// A part that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// From 1 on.
    pub number: u32,
    /// The checksum of what was sent.
    pub crc64nvme: u64,
    /// Its entity tag.
    pub etag: String,
}

/// What proves that a file arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Which file of the transfer.
    pub file: TransferFileId,
    /// Its path below its root; of a file that was chosen by itself its name.
    pub path: String,
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// Its size.
    pub bytes: u64,
    /// CRC-64/NVME of the whole, as S3 writes it: big-endian, in base64.
    pub crc64nvme: String,
    /// SHA-256 of the whole, in hexadecimal digits.
    pub sha256: String,
    /// The entity tag.
    pub etag: String,
    /// The version, where the bucket keeps versions.
    pub version: Option<String>,
    /// When the store confirmed it.
    pub confirmed_at: Timestamp,
    /// What else there is to say: that it was there already, say.
    pub remark: Option<String>,
}

const COLUMNS_FROM_FILE: &str =
    "SELECT id, root, path, key, state, bytes, modified, changed, inode, on_clash, expected, upload_id,
    part_bytes, creating_at, crc64nvme, sha256, problem, said FROM transfer_file";

impl Reads<'_> {
    /// Files of a transfer in their order, after one of them, in one state or in any.
    ///
    /// # Errors
    /// The file's.
    pub fn transfer_files(
        &self,
        id: TransferId,
        state: Option<FileState>,
        after: Option<TransferFileId>,
        limit: u32,
    ) -> Result<Vec<TransferFile>, StoreError> {
        let mut sql = Sql::new(COLUMNS_FROM_FILE);
        sql.bind("WHERE transfer_id = ?", id.0);
        if let Some(state) = state {
            sql.bind("AND state = ?", state.number());
        }
        sql.bind("AND id > ?", after.map_or(0, |after| after.0))
            .bind("ORDER BY id LIMIT ?", i64::from(limit));
        sql.rows(self.connection, file)
    }

    /// Files that are not moved any more and of which an upload in parts may be left.
    ///
    /// # Errors
    /// The file's.
    pub fn transfer_leftovers(&self, id: TransferId) -> Result<Vec<TransferFile>, StoreError> {
        Sql::new(COLUMNS_FROM_FILE)
            .bind("WHERE transfer_id = ?", id.0)
            .push("AND creating_at IS NOT NULL AND state > 2 ORDER BY id")
            .rows(self.connection, file)
    }

    /// The parts of a file that arrived, in their order.
    ///
    /// # Errors
    /// The file's.
    pub fn transfer_parts(&self, id: TransferFileId) -> Result<Vec<Part>, StoreError> {
        Sql::new("SELECT number, crc64nvme, etag FROM transfer_part")
            .bind("WHERE file_id = ? ORDER BY number", id.0)
            .rows(self.connection, |row| {
                Ok(Part {
                    number: row.get(0)?,
                    crc64nvme: u64::from_be_bytes(row.get(1)?),
                    etag: row.get(2)?,
                })
            })
    }

    /// Receipts of a transfer in the order of its files, after one of them.
    ///
    /// # Errors
    /// The file's.
    pub fn receipts(
        &self,
        id: TransferId,
        after: Option<TransferFileId>,
        limit: u32,
    ) -> Result<Vec<Receipt>, StoreError> {
        let bucket = self.transfer(id)?.bucket;
        let roots = self.transfer_roots(id)?;
        Sql::new(
            "SELECT id, root, path, key, bytes, crc64nvme, sha256, etag, version, confirmed_at, said
             FROM transfer_file",
        )
        .bind("WHERE transfer_id = ? AND state = 3", id.0)
        .bind("AND id > ?", after.map_or(0, |after| after.0))
        .bind("ORDER BY id LIMIT ?", i64::from(limit))
        .rows(self.connection, |row| receipt(row, &bucket, &roots))
    }
}

impl Writes<'_> {
    /// Adds files to a transfer. One that is known already is left as it is; of two that would become one
    /// object the second is left out, and says so.
    ///
    /// # Errors
    /// The disk's.
    pub fn add_transfer_files(
        &mut self,
        id: TransferId,
        found: &[FoundFile],
    ) -> Result<(), StoreError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO transfer_file
                 (transfer_id, root, path, key, state, bytes, modified, changed, inode, expected, problem,
                  said)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT DO NOTHING",
        )?;
        let mut add = |file: &FoundFile, key: Option<&str>, left_out: Option<(&str, &str)>| {
            let state = match left_out {
                Some(_) => FileState::Skipped,
                None => FileState::Waiting,
            };
            insert.execute(params![
                id.0,
                file.root,
                file.path,
                key,
                state.number(),
                signed(file.bytes),
                file.marks.modified,
                file.marks.changed,
                file.marks.inode.map(u64::cast_signed),
                file.expected,
                left_out.map(|(code, _)| code),
                left_out.map(|(_, said)| said),
            ])
        };
        for file in found {
            let left_out = file.left_out.as_ref();
            let left_out = left_out.map(|(code, said)| (*code, said.as_str()));
            if add(file, file.key.as_deref(), left_out)? == 1 {
                continue;
            }
            let key = file.key.as_deref().unwrap_or_default();
            let (root, path) = self.holder(id, key)?;
            if root != file.root || path != file.path {
                let said = [
                    "\"",
                    &file.path,
                    "\" and \"",
                    &path,
                    "\" would become one object; the first one found is taken",
                ]
                .concat();
                add(file, None, Some(("transfer.same_name", &said)))?;
            }
        }
        Ok(())
    }

    /// The file that has a key.
    fn holder(&self, id: TransferId, key: &str) -> Result<(u32, String), StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT root, path FROM transfer_file WHERE transfer_id = ?1 AND key = ?2",
        )?;
        let found = query.query_row(params![id.0, key], |row| Ok((row.get(0)?, row.get(1)?)));
        found
            .optional()?
            .ok_or_else(|| StoreError::unreadable("a file of a transfer"))
    }

    /// Forgets what was left out while a folder was walked: it is walked again.
    ///
    /// # Errors
    /// The disk's.
    pub fn forget_left_out(&mut self, id: TransferId) -> Result<(), StoreError> {
        let gone = self.connection.execute(
            "DELETE FROM transfer_file WHERE transfer_id = ?1 AND state = 4 AND key IS NULL",
            [id.0],
        )?;
        self.connection.execute(
            "UPDATE transfer SET files = files - ?2, left_out = left_out - ?2 WHERE id = ?1",
            params![id.0, i64::try_from(gone).unwrap_or(i64::MAX)],
        )?;
        Ok(())
    }

    /// Ends every file of a transfer that has not ended.
    ///
    /// # Errors
    /// The disk's.
    pub fn cancel_transfer_files(&mut self, id: TransferId) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE transfer_file SET state = 7, problem = 'transfer.cancelled',
                 said = 'the transfer was cancelled'
             WHERE transfer_id = ?1 AND state IN (0, 1, 2, 5)",
            [id.0],
        )?;
        Ok(())
    }

    /// Lets files that failed be tried again, those of this computer as they were just seen: size and marks.
    /// Answers how many may be.
    ///
    /// # Errors
    /// The disk's.
    pub fn retry_transfer_files(
        &mut self,
        id: TransferId,
        files: &[(TransferFileId, Option<(u64, SourceMarks)>)],
    ) -> Result<usize, StoreError> {
        let mut update = self.connection.prepare_cached(
            "UPDATE transfer_file SET state = 0, problem = NULL, said = NULL
             WHERE id = ?1 AND transfer_id = ?2 AND state = 6 AND key IS NOT NULL AND creating_at IS NULL",
        )?;
        let mut renew = self.connection.prepare_cached(
            "UPDATE transfer_file SET bytes = ?2, modified = ?3, changed = ?4, inode = ?5 WHERE id = ?1",
        )?;
        let mut retried = 0;
        for (file, seen) in files {
            if update.execute(params![file.0, id.0])? == 0 {
                continue;
            }
            retried += 1;
            if let Some((bytes, marks)) = seen {
                renew.execute(params![
                    file.0,
                    signed(*bytes),
                    marks.modified,
                    marks.changed,
                    marks.inode.map(u64::cast_signed),
                ])?;
            }
        }
        Ok(retried)
    }

    /// Answers clashes, of some files or of all that wait for an answer.
    ///
    /// # Errors
    /// The disk's.
    pub fn settle_clashes(
        &mut self,
        id: TransferId,
        answer: OnClash,
        only: Option<&[TransferFileId]>,
    ) -> Result<(), StoreError> {
        let mut sql = Sql::new("UPDATE transfer_file SET state = 0, problem = NULL, said = NULL,");
        sql.bind("on_clash = ?", Value::from(answer.number()))
            .bind("WHERE transfer_id = ? AND state = 5", id.0);
        if let Some(only) = only {
            sql.list("AND id IN", only.iter().map(|file| file.0));
        }
        sql.run(self.connection)?;
        self.reopen_transfer(id)
    }

    /// Lets a transfer go on that has files to move again. What somebody asked for of one under way holds.
    ///
    /// # Errors
    /// The disk's.
    pub fn reopen_transfer(&mut self, id: TransferId) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE transfer SET state = CASE WHEN state < 2 THEN state ELSE 0 END,
                 asked = CASE WHEN state < 2 THEN asked END, ended_at = NULL, problem = NULL, said = NULL
             WHERE id = ?1 AND state <> 5 AND cleared_at IS NULL",
            [id.0],
        )?;
        Ok(())
    }
}

fn file(row: &Row<'_>) -> Result<TransferFile, StoreError> {
    let unreadable = || StoreError::unreadable("a file of a transfer");
    let number = |at| -> rusqlite::Result<Option<u64>> {
        let number: Option<i64> = row.get(at)?;
        Ok(number.map(i64::cast_unsigned))
    };
    let code: Option<String> = row.get(16)?;
    let said: Option<String> = row.get(17)?;
    Ok(TransferFile {
        id: TransferFileId(row.get(0)?),
        root: row.get(1)?,
        path: row.get(2)?,
        key: row.get(3)?,
        state: FileState::from_number(row.get(4)?).ok_or_else(unreadable)?,
        bytes: unsigned(row, 5)?,
        marks: SourceMarks {
            modified: row.get(6)?,
            changed: row.get(7)?,
            inode: number(8)?,
        },
        on_clash: row.get::<_, Option<i64>>(9)?.and_then(OnClash::from_number),
        expected: row.get(10)?,
        upload_id: row.get(11)?,
        part_bytes: number(12)?,
        creating_at: row.get::<_, Option<i64>>(13)?.map(moment).transpose()?,
        crc64nvme: row.get::<_, Option<[u8; 8]>>(14)?.map(u64::from_be_bytes),
        sha256: row.get(15)?,
        problem: code.map(|code| (code, said.unwrap_or_default())),
    })
}

fn receipt(row: &Row<'_>, bucket: &str, roots: &[String]) -> Result<Receipt, StoreError> {
    let crc64nvme: [u8; 8] = row.get(5)?;
    let sha256: [u8; 32] = row.get(6)?;
    let mut path: String = row.get(2)?;
    if path.is_empty() {
        let root = usize::try_from(row.get::<_, u32>(1)?).unwrap_or(usize::MAX);
        let name = roots.get(root).and_then(|root| Path::new(root).file_name());
        path = name.map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    }
    Ok(Receipt {
        file: TransferFileId(row.get(0)?),
        path,
        bucket: bucket.to_owned(),
        key: row.get(3)?,
        bytes: unsigned(row, 4)?,
        crc64nvme: STANDARD.encode(crc64nvme),
        sha256: sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
        etag: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
        version: row.get(8)?,
        confirmed_at: moment(row.get(9)?)?,
        remark: row.get(10)?,
    })
}
