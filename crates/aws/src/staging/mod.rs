//! Files of a bill on their way from S3: fetched once, in pieces if need be, and verified.
//!
//! A file that is whole has its own name; one that is not ends in `.part`. What was fetched before an
//! interruption is kept: a whole file is not fetched again, a part goes on where it ended, as long as the
//! object is still the same (entity tag and size).

mod checksum;
mod fetch;

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::AwsError;
use crate::exports::Object;

pub use fetch::OnBytes;

/// Characters of a name that are kept.
const MOST: usize = 80;

/// A folder for files on their way, readable by this account only.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    /// Held locked for as long as the folder is in use; the lock goes with the process.
    _lock: File,
}

impl Staging {
    /// The folder, made if it is not there; nothing while another program uses it.
    ///
    /// # Errors
    /// [`AwsError::Disk`].
    pub fn open(folder: &Path) -> Result<Option<Self>, AwsError> {
        let failed = |source| AwsError::Disk {
            path: folder.to_owned(),
            source,
        };
        make_private(folder).map_err(failed)?;
        let lock = File::create(folder.join("in-use")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self {
                folder: folder.to_owned(),
                _lock: lock,
            })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// How many bytes of an object lie here already.
    #[must_use]
    pub fn here(&self, object: &Object) -> u64 {
        if self.finished(object).is_some() {
            return object.bytes;
        }
        let part = fs::metadata(self.part(object));
        part.map_or(0, |facts| facts.len().min(object.bytes))
    }

    /// Where the whole of an object lies, if it does.
    #[must_use]
    pub fn finished(&self, object: &Object) -> Option<PathBuf> {
        let path = self.path(object);
        let facts = fs::metadata(&path).ok()?;
        (facts.len() == object.bytes).then_some(path)
    }

    /// Deletes files; what cannot be deleted is left for the next time.
    pub fn discard(&self, objects: &[Object]) {
        for object in objects {
            drop(fs::remove_dir_all(self.place(object)));
        }
    }

    /// Deletes everything but `objects`: files of deliveries that have been replaced since.
    pub fn keep_only(&self, objects: &[Object]) {
        let kept: Vec<PathBuf> = objects.iter().map(|object| self.place(object)).collect();
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            if entry.path().is_dir() && !kept.contains(&entry.path()) {
                drop(fs::remove_dir_all(entry.path()));
            }
        }
    }

    /// Deletes the folder.
    pub fn remove(self) {
        drop(fs::remove_dir_all(&self.folder));
    }

    /// A folder of its own for each object, so that the file in it has the name that people know.
    fn place(&self, object: &Object) -> PathBuf {
        self.folder.join(mark_of(object))
    }

    fn path(&self, object: &Object) -> PathBuf {
        self.place(object).join(name_of(object))
    }

    fn part(&self, object: &Object) -> PathBuf {
        self.place(object).join(name_of(object) + ".part")
    }
}

/// A name that other bytes do not have.
fn mark_of(object: &Object) -> String {
    let Object {
        bucket,
        key,
        bytes,
        etag,
        modified: _,
    } = object;
    let whole = format!("{bucket}\0{key}\0{bytes}\0{etag}");
    format!("{:016x}", mark(whole.as_bytes()))
}

/// A number that other bytes hardly have.
#[must_use]
pub fn mark(bytes: &[u8]) -> u64 {
    crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, bytes)
}

/// The last part of the key, so far as it leads nowhere else.
fn name_of(object: &Object) -> String {
    let last = object.key.rsplit('/').next().unwrap_or_default();
    let plain: Vec<char> = last
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c))
        .collect();
    let tail: String = plain
        .iter()
        .skip(plain.len().saturating_sub(MOST))
        .collect();
    match tail.trim_start_matches('.') {
        "" => "file".to_owned(),
        name => name.to_owned(),
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(key: &str, etag: &str) -> Object {
        Object {
            bucket: "bills".to_owned(),
            key: key.to_owned(),
            bytes: 3,
            etag: etag.to_owned(),
            modified: 0,
        }
    }

    #[test]
    fn the_place_of_a_file_changes_with_its_bytes_and_its_name_leads_nowhere_else() {
        let (first, second) = (
            object("a/../../etc/passwd\u{202e}.csv.gz", "1"),
            object("a/../../etc/passwd\u{202e}.csv.gz", "2"),
        );
        assert_eq!(name_of(&first), "passwd.csv.gz", "people know it again");
        assert_ne!(mark_of(&first), mark_of(&second));
        assert!(mark_of(&first).chars().all(|c| c.is_ascii_hexdigit()));
        for key in ["..", ".", "", "a/..", "\u{202e}"] {
            assert_eq!(name_of(&object(key, "1")), "file", "{key:?}");
        }
    }

    #[test]
    fn one_program_at_a_time_uses_a_folder_and_nobody_else_reads_it() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("staging").join("1");
        let first = Staging::open(&folder).unwrap().unwrap();
        assert!(Staging::open(&folder).unwrap().is_none(), "it is in use");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
        }
        drop(first);
        let again = Staging::open(&folder).unwrap().unwrap();
        for name in ["old", "new"] {
            make_private(&again.place(&object(name, "1"))).unwrap();
            fs::write(again.path(&object(name, "1")), name).unwrap();
        }
        again.keep_only(&[object("new", "1")]);
        assert_eq!(again.finished(&object("old", "1")), None);
        assert_eq!(again.here(&object("new", "1")), 3);
        again.remove();
        assert!(!folder.exists());
    }
}
