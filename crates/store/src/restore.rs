use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::backup::{FORMAT, MARK, disk};
use crate::fingerprint::{Fingerprint, fingerprint};
use crate::keys::{Envelope, sync_folder};
use crate::{DataKey, Reads, StoreError, connection, migrations};

/// No honest key file is longer.
const MOST_KEYS: u32 = 64 * 1_024;

/// A workspace that was restored and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What it holds.
    pub fingerprint: Fingerprint,
}

/// The wrapped keys in the backup at `path`: what can open it.
///
/// # Errors
/// [`StoreError::BadBackup`], [`StoreError::Keys`].
pub fn read_backup_keys(path: &Path) -> Result<Envelope, StoreError> {
    Ok(Opened::open(path)?.envelope)
}

/// Restores the backup at `path` to `target`, where nothing may be: checks its hash, opens it with
/// `key`, checks every page and every figure, and only then gives it its name. The key file is the
/// caller's to write. Blocks until it is done.
///
/// # Errors
/// [`StoreError::Exists`], [`StoreError::BadBackup`], [`StoreError::WrongKey`],
/// [`StoreError::Newer`], [`StoreError::Damaged`]. Nothing is left behind then.
pub fn restore_backup(path: &Path, target: &Path, key: &DataKey) -> Result<Restored, StoreError> {
    if target.exists() {
        return Err(StoreError::Exists(target.to_owned()));
    }
    let mut aside = target.as_os_str().to_owned();
    aside.push(".restoring");
    let aside = Passing(PathBuf::from(aside));
    remove(&aside.0);
    Opened::open(path)?.unpack(&aside.0)?;
    let restored = prove(&aside.0, key, path)?;
    std::fs::rename(&aside.0, target)
        .and_then(|()| sync_folder(target))
        .map_err(|error| disk(&error))?;
    Ok(restored)
}

/// A file in passing; it goes, however the work ends.
struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

/// Removes a database with what SQLite may have put beside it.
pub(crate) fn remove(path: &Path) {
    for end in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        drop(std::fs::remove_file(PathBuf::from(name)));
    }
}

fn prove(path: &Path, key: &DataKey, backup: &Path) -> Result<Restored, StoreError> {
    let mut connection = connection::connect(path, key, false)?;
    migrations::migrate(&mut connection)?;
    let fingerprint = fingerprint(&connection)?;
    let reads = Reads {
        connection: &connection,
    };
    let mut checks = vec![reads.check_pages()?];
    checks.extend(reads.checks()?);
    if let Some(check) = checks.into_iter().find(|check| check.breaks_a_backup()) {
        return Err(StoreError::BadBackup {
            path: backup.to_owned(),
            why: check.detail,
        });
    }
    // It was copied from an open workspace and is whole without a log.
    connection.execute("UPDATE closing SET in_order = 1", [])?;
    connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    connection
        .close()
        .map_err(|(_, error)| StoreError::from(error))?;
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|error| disk(&error))?;
    Ok(Restored { fingerprint })
}

/// A backup whose head was read.
struct Opened<'a> {
    path: &'a Path,
    file: BufReader<File>,
    hash: Sha256,
    envelope: Envelope,
    rows: u64,
}

impl<'a> Opened<'a> {
    fn open(path: &'a Path) -> Result<Self, StoreError> {
        let file = File::open(path).map_err(|error| {
            if error.kind() == std::io::ErrorKind::NotFound {
                StoreError::Missing(path.to_owned())
            } else {
                disk(&error)
            }
        })?;
        let size = file.metadata().map_err(|error| disk(&error))?.len();
        let mut file = BufReader::new(file);
        let mut hash = Sha256::new();
        let mut take = |length: usize| {
            let mut bytes = vec![0; length];
            file.read_exact(&mut bytes)
                .map_err(|_| bad(path, "it ends too early"))?;
            hash.update(&bytes);
            Ok::<_, StoreError>(bytes)
        };
        if take(MARK.len())? != MARK {
            return Err(bad(path, "it does not begin as a Tallyport backup does"));
        }
        let number = |bytes: Vec<u8>| bytes.iter().fold(0_u64, |n, b| (n << 8) | u64::from(*b));
        let format = number(take(4)?);
        if format != u64::from(FORMAT) {
            return Err(StoreError::Newer {
                found: i64::try_from(format).unwrap_or(i64::MAX),
                known: i64::from(FORMAT),
            });
        }
        let keys_length = number(take(4)?);
        if keys_length > u64::from(MOST_KEYS) {
            return Err(bad(path, "its key file is too long"));
        }
        let keys = take(usize::try_from(keys_length).unwrap_or(0))?;
        let rows = number(take(8)?);
        let head = u64::try_from(MARK.len()).unwrap_or(0) + 16 + keys_length;
        if rows.checked_add(head + 32) != Some(size) {
            return Err(bad(path, "it is shorter or longer than it says"));
        }
        Ok(Self {
            path,
            file,
            hash,
            envelope: Envelope::parse(&keys, path)?,
            rows,
        })
    }

    fn unpack(mut self, target: &Path) -> Result<(), StoreError> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(target).map_err(|error| disk(&error))?;
        let mut file = BufWriter::new(file);
        let mut buffer = vec![0; 1 << 20];
        let mut left = self.rows;
        while left > 0 {
            let want = usize::try_from(left)
                .unwrap_or(usize::MAX)
                .min(buffer.len());
            let read = self
                .file
                .read(&mut buffer[..want])
                .map_err(|error| disk(&error))?;
            if read == 0 {
                return Err(bad(self.path, "it ends too early"));
            }
            self.hash.update(&buffer[..read]);
            file.write_all(&buffer[..read])
                .map_err(|error| disk(&error))?;
            left -= u64::try_from(read).unwrap_or(left);
        }
        let mut written = [0; 32];
        self.file
            .read_exact(&mut written)
            .map_err(|_| bad(self.path, "it ends too early"))?;
        let found: [u8; 32] = self.hash.finalize().into();
        if found != written {
            return Err(bad(self.path, "its bytes are not those that were written"));
        }
        file.flush().map_err(|error| disk(&error))
    }
}

fn bad(path: &Path, why: &str) -> StoreError {
    StoreError::BadBackup {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}
