//! One file that holds a whole workspace: its wrapped keys and its encrypted rows.
//!
//! Layout: a mark of sixteen bytes, the length and the text of the key file, the length and the bytes
//! of the encrypted database, and a SHA-256 of all that. It is no weaker than the workspace itself:
//! what opens one opens the other.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};

use crate::fingerprint::{Fingerprint, fingerprint};
use crate::keys::{Envelope, envelope_path, sync_folder};
use crate::{DataKey, Store, StoreError, connection, restore};

/// The first bytes of a backup, with its format.
pub(crate) const MARK: &[u8; 16] = b"tallyport backup";
pub(crate) const FORMAT: u32 = 1;
/// Pages copied at a time.
const STEP: i32 = 512;

/// How far a backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupProgress {
    /// Pages copied.
    pub done: u64,
    /// Pages in all.
    pub total: u64,
}

/// A backup that was made, and restored to see that it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFacts {
    /// Its size.
    pub bytes: u64,
    /// The hash at its end.
    pub sha256: [u8; 32],
    /// What it holds.
    pub fingerprint: Fingerprint,
}

impl Store {
    /// Writes a backup of this moment to `target` and restores it aside to see that it holds the
    /// same. Writers go on meanwhile and are not waited for: what is read is one state of the log.
    /// Blocks until it is done.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::Cancelled`], the disk's, or [`StoreError::BadBackup`]
    /// where what was written does not come back. No `target` is left behind then.
    pub fn backup_to(
        &self,
        target: &Path,
        progress: &mut dyn FnMut(BackupProgress) -> ControlFlow<()>,
    ) -> Result<BackupFacts, StoreError> {
        if target.exists() {
            return Err(StoreError::Exists(target.to_owned()));
        }
        let aside = Aside::new(target);
        let path = self.path();
        let envelope = Envelope::read(&envelope_path(&path))?;
        let source = connection::connect(&path, self.key(), false)?;
        source.pragma_update(None, "query_only", true)?;
        // One state for the copy and for what it is compared with, whatever is written meanwhile.
        source.execute_batch("BEGIN; SELECT one FROM workspace;")?;
        copy(&source, &aside.rows, self.key(), progress)?;
        let held = fingerprint(&source)?;
        drop(source);
        let (bytes, sha256) = pack(&envelope, &aside).map_err(|error| disk(&error))?;
        let restored = restore::restore_backup(&aside.file, &aside.proof, self.key())?;
        if restored.fingerprint != held {
            return Err(StoreError::BadBackup {
                path: target.to_owned(),
                why: "it does not hold what the workspace holds".to_owned(),
            });
        }
        std::fs::rename(&aside.file, target)
            .and_then(|()| sync_folder(target))
            .map_err(|error| disk(&error))?;
        Ok(BackupFacts {
            bytes,
            sha256,
            fingerprint: held,
        })
    }
}

/// The files that a backup needs in passing; they go with it, however it ends.
struct Aside {
    rows: PathBuf,
    file: PathBuf,
    proof: PathBuf,
}

impl Aside {
    fn new(target: &Path) -> Self {
        let with = |end: &str| {
            let mut name = target.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        Self {
            rows: with(".rows"),
            file: with(".part"),
            proof: with(".proof"),
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        for path in [&self.rows, &self.file, &self.proof] {
            restore::remove(path);
        }
    }
}

fn copy(
    source: &Connection,
    target: &Path,
    key: &DataKey,
    progress: &mut dyn FnMut(BackupProgress) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    restore::remove(target);
    let mut copy = connection::keyed(target, key, OpenFlags::default())?;
    // It is thrown away unless it is whole: nothing to fall back on is needed.
    copy.pragma_update_and_check(None, "journal_mode", "OFF", |_| Ok(()))?;
    copy.pragma_update(None, "synchronous", "OFF")?;
    let backup = Backup::new(source, &mut copy)?;
    loop {
        let step = backup.step(STEP)?;
        let pages = backup.progress();
        let (total, left) = (count(pages.pagecount), count(pages.remaining));
        let now = BackupProgress {
            done: total.saturating_sub(left),
            total,
        };
        if progress(now).is_break() {
            return Err(StoreError::Cancelled);
        }
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
}

fn count(pages: i32) -> u64 {
    u64::try_from(pages).unwrap_or(0)
}

fn pack(envelope: &Envelope, aside: &Aside) -> std::io::Result<(u64, [u8; 32])> {
    let mut rows = BufReader::new(File::open(&aside.rows)?);
    let length = rows.get_ref().metadata()?.len();
    let keys = envelope.text();
    let keys_length = u32::try_from(keys.len()).map_err(std::io::Error::other)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = BufWriter::new(options.open(&aside.file)?);
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut put = |part: &[u8]| {
        hash.update(part);
        bytes += u64::try_from(part.len()).unwrap_or(0);
        file.write_all(part)
    };
    put(MARK)?;
    put(&FORMAT.to_be_bytes())?;
    put(&keys_length.to_be_bytes())?;
    put(&keys)?;
    put(&length.to_be_bytes())?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = rows.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        put(&buffer[..read])?;
    }
    let sha256: [u8; 32] = hash.finalize().into();
    file.write_all(&sha256)?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok((bytes + 32, sha256))
}

pub(crate) fn disk(error: &std::io::Error) -> StoreError {
    StoreError::Disk(error.to_string())
}
