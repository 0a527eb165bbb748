use jiff::Timestamp;
use rusqlite::params;
use tallyport_ledger::transfer::FileState;

use super::{Part, signed};
use crate::{StoreError, TransferFileId, Writes};

/// What becomes of a file on its way. Each is written before or after the request that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileNote {
    /// An upload in parts is about to be begun.
    Beginning(Beginning),
    /// It has been begun.
    Began {
        /// The store's name for it.
        upload_id: String,
    },
    /// A part arrived.
    Part(Part),
    /// Every part arrived; the store is about to be asked to put them together.
    Completing {
        /// The checksum of the whole.
        crc64nvme: u64,
        /// The same.
        sha256: [u8; 32],
    },
    /// What is there is about to be replaced: this entity tag, and no other.
    Replacing {
        /// The entity tag.
        expected: String,
    },
    /// It arrived.
    Arrived(Arrived),
    /// It is not moved, or not any more, or waits for an answer.
    Ended {
        /// Skipped, clash, failed or cancelled.
        state: FileState,
        /// A stable word.
        problem: String,
        /// A sentence.
        said: String,
    },
    /// The upload in parts is gone from the store, with its parts.
    Abandoned,
    /// It is to be begun anew; nothing of it is in the store.
    Anew,
}

/// An upload in parts, or a download, as it is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// The size of the source.
    pub bytes: u64,
    /// The size of the parts.
    pub part_bytes: u64,
    /// When.
    pub at: Timestamp,
}

/// What the store confirmed of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Its size.
    pub bytes: u64,
    /// The checksum of the whole.
    pub crc64nvme: u64,
    /// The same.
    pub sha256: [u8; 32],
    /// The entity tag.
    pub etag: String,
    /// The version, where the bucket keeps versions.
    pub version: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What else there is to say.
    pub remark: Option<String>,
}

impl Writes<'_> {
    /// Notes what became of files, in the order given.
    ///
    /// # Errors
    /// The disk's.
    pub fn note_files<'n>(
        &mut self,
        notes: impl IntoIterator<Item = &'n (TransferFileId, FileNote)>,
    ) -> Result<(), StoreError> {
        for (file, note) in notes {
            self.note_file(*file, note)?;
        }
        Ok(())
    }

    /// Gives a file another key, unless another file of its transfer has it; whether it has it now.
    ///
    /// # Errors
    /// The disk's.
    pub fn rename_transfer_file(
        &mut self,
        id: TransferFileId,
        key: &str,
    ) -> Result<bool, StoreError> {
        let changed = self
            .connection
            .prepare_cached("UPDATE OR IGNORE transfer_file SET key = ?2 WHERE id = ?1")?
            .execute(params![id.0, key])?;
        Ok(changed == 1)
    }

    fn note_file(&self, id: TransferFileId, note: &FileNote) -> Result<(), StoreError> {
        let change = |sql: &'static str, values: &[&dyn rusqlite::ToSql]| {
            let changed = self.connection.prepare_cached(sql)?.execute(values);
            changed.map(drop).map_err(StoreError::from)
        };
        match note {
            FileNote::Beginning(from) => change(
                "UPDATE transfer_file SET state = 1, bytes = ?2, part_bytes = ?3, creating_at = ?4,
                     upload_id = NULL WHERE id = ?1",
                params![
                    id.0,
                    signed(from.bytes),
                    signed(from.part_bytes),
                    from.at.as_millisecond()
                ],
            ),
            FileNote::Began { upload_id } => change(
                "UPDATE transfer_file SET upload_id = ?2 WHERE id = ?1",
                params![id.0, upload_id],
            ),
            FileNote::Part(part) => change(
                "INSERT OR REPLACE INTO transfer_part (file_id, number, crc64nvme, etag)
                 VALUES (?1, ?2, ?3, ?4)",
                params![id.0, part.number, part.crc64nvme.to_be_bytes(), part.etag],
            ),
            FileNote::Completing { crc64nvme, sha256 } => change(
                "UPDATE transfer_file SET state = 2, crc64nvme = ?2, sha256 = ?3 WHERE id = ?1",
                params![id.0, crc64nvme.to_be_bytes(), sha256],
            ),
            FileNote::Replacing { expected } => change(
                "UPDATE transfer_file SET expected = ?2 WHERE id = ?1",
                params![id.0, expected],
            ),
            FileNote::Arrived(arrived) => {
                self.forget_parts(id)?;
                // What is left of the row is the receipt.
                change(
                    "UPDATE transfer_file SET state = 3, bytes = ?2, crc64nvme = ?3,
                         sha256 = ?4, etag = ?5, version = ?6, confirmed_at = ?7, said = ?8,
                         problem = NULL, upload_id = NULL, creating_at = NULL, part_bytes = NULL,
                         modified = NULL, changed = NULL, inode = NULL, on_clash = NULL, expected = NULL
                     WHERE id = ?1",
                    params![
                        id.0,
                        signed(arrived.bytes),
                        arrived.crc64nvme.to_be_bytes(),
                        arrived.sha256,
                        arrived.etag,
                        arrived.version,
                        arrived.at.as_millisecond(),
                        arrived.remark,
                    ],
                )
            }
            FileNote::Ended {
                state,
                problem,
                said,
            } => change(
                "UPDATE transfer_file SET state = ?2, problem = ?3, said = ?4 WHERE id = ?1",
                params![id.0, state.number(), problem, said],
            ),
            FileNote::Abandoned => {
                self.forget_parts(id)?;
                change(
                    "UPDATE transfer_file SET upload_id = NULL, creating_at = NULL, part_bytes = NULL
                     WHERE id = ?1",
                    params![id.0],
                )
            }
            FileNote::Anew => {
                self.forget_parts(id)?;
                change(
                    "UPDATE transfer_file SET state = 0, upload_id = NULL, creating_at = NULL,
                         part_bytes = NULL, crc64nvme = NULL, sha256 = NULL, problem = NULL, said = NULL
                     WHERE id = ?1",
                    params![id.0],
                )
            }
        }
    }

    fn forget_parts(&self, id: TransferFileId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM transfer_part WHERE file_id = ?1")?
            .execute([id.0])?;
        Ok(())
    }
}
