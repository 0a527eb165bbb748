//! A file of this computer that is being sent: opened without following a link or waiting for a pipe, and
//! known again by its size, its times and its number.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tallyport_store::{SourceMarks, TransferFile};

use crate::Problem;

/// What tells that a file is still the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    pub bytes: u64,
    pub marks: SourceMarks,
}

impl Identity {
    pub fn of(facts: &Metadata) -> Self {
        Self {
            bytes: facts.len(),
            marks: SourceMarks {
                modified: modified(facts),
                changed: changed(facts),
                inode: inode(facts),
            },
        }
    }

    /// What the journal noted when the file was found, or was tried again.
    pub const fn noted(row: &TransferFile) -> Self {
        Self {
            bytes: row.bytes,
            marks: row.marks,
        }
    }

    /// What differs, in words, in the order in which it says most. What was not noted is not compared.
    fn difference(self, now: Self) -> Option<&'static str> {
        fn differs<T: PartialEq>(noted: Option<T>, now: Option<T>) -> bool {
            noted.is_some() && noted != now
        }
        let (noted, there) = (self.marks, now.marks);
        if differs(noted.inode, there.inode) {
            Some("it was replaced by another file")
        } else if self.bytes > now.bytes {
            Some("it became shorter")
        } else if self.bytes < now.bytes {
            Some("it became longer")
        } else if differs(noted.modified, there.modified) {
            Some("it was written to")
        } else if differs(noted.changed, there.changed) {
            Some("it was changed, though its time does not say so,")
        } else {
            None
        }
    }

    /// The problem of a file that is no longer what it was.
    pub fn compared(self, now: Self) -> Result<(), Problem> {
        self.difference(now)
            .map_or(Ok(()), |what| Err(Problem::changed(what)))
    }
}

/// Where a file of a transfer lies on this computer.
pub(crate) fn place(roots: &[String], row: &TransferFile) -> PathBuf {
    let root = roots.get(row.root as usize);
    let root = Path::new(root.map_or("", String::as_str));
    // Joining nothing would put a slash behind the path of a file.
    if row.path.is_empty() {
        root.to_owned()
    } else {
        root.join(&row.path)
    }
}

/// What a file is now, if there is one.
pub(crate) fn seen(path: &Path) -> Option<Identity> {
    let facts = std::fs::symlink_metadata(path).ok()?;
    facts.is_file().then(|| Identity::of(&facts))
}

/// An open source.
#[derive(Debug)]
pub(crate) struct Source {
    file: File,
    path: PathBuf,
    identity: Identity,
    /// Set where fewer bytes came than the size promised.
    ended_early: AtomicBool,
}

impl Source {
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let file = open_plainly(path).map_err(|error| unreadable(path, &error))?;
        let facts = file.metadata().map_err(|error| unreadable(path, &error))?;
        if !facts.is_file() {
            return Err(Problem::new(
                "transfer.not_a_file",
                "it is no longer a plain file",
            ));
        }
        Ok(Self {
            file,
            path: path.to_owned(),
            identity: Identity::of(&facts),
            ended_early: AtomicBool::new(false),
        })
    }

    pub const fn identity(&self) -> Identity {
        self.identity
    }

    /// Fills the buffer from `at` on.
    pub fn read(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        let outcome = read_exactly_at(&self.file, at, buffer);
        if let Err(error) = &outcome
            && error.kind() == io::ErrorKind::UnexpectedEof
        {
            self.ended_early.store(true, Ordering::Relaxed);
        }
        outcome
    }

    /// Why it could not be read.
    pub fn why(&self, error: &io::Error) -> Problem {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Problem::changed("it became shorter"),
            _ => unreadable(&self.path, error),
        }
    }

    /// Whether it is still what it was when it was opened: the open file, and what its path leads to.
    pub fn check(&self) -> Result<(), Problem> {
        if self.ended_early.load(Ordering::Relaxed) {
            return Err(Problem::changed("it became shorter"));
        }
        let now = self.file.metadata();
        let there = std::fs::symlink_metadata(&self.path);
        for facts in [now, there] {
            let facts = facts.map_err(|error| unreadable(&self.path, &error))?;
            self.identity.compared(Identity::of(&facts))?;
        }
        Ok(())
    }
}

pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let name = name.to_string_lossy();
    match error.kind() {
        io::ErrorKind::NotFound => {
            Problem::new("transfer.gone", format!("{name} is no longer there"))
        }
        io::ErrorKind::PermissionDenied => Problem::new(
            "transfer.unreadable",
            format!("{name} may not be read by the account that runs this program"),
        ),
        _ => Problem::new(
            "transfer.unreadable",
            format!("{name} cannot be read: {error}"),
        ),
    }
}

/// Opens without following a link in the last place and without waiting for the other end of a pipe.
#[cfg(unix)]
fn open_plainly(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}

#[cfg(not(unix))]
fn open_plainly(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(unix)]
pub(crate) fn read_exactly_at(file: &File, at: u64, buffer: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, at)
}

#[cfg(windows)]
pub(crate) fn read_exactly_at(file: &File, mut at: u64, mut buffer: &mut [u8]) -> io::Result<()> {
    while !buffer.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, buffer, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        buffer = &mut buffer[read..];
        at += read as u64;
    }
    Ok(())
}

/// The time of the last change of anything about a file: also of its rights and its name.
#[cfg(unix)]
fn changed(facts: &Metadata) -> Option<i64> {
    use std::os::unix::fs::MetadataExt;
    let seconds = facts.ctime().checked_mul(1_000_000_000)?;
    seconds.checked_add(facts.ctime_nsec())
}

/// NTFS keeps such a time; the standard library does not tell it.
#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<i64> {
    None
}

#[cfg(unix)]
fn inode(facts: &Metadata) -> Option<u64> {
    Some(std::os::unix::fs::MetadataExt::ino(facts))
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> Option<u64> {
    None
}

fn modified(facts: &Metadata) -> Option<i64> {
    let written = jiff::Timestamp::try_from(facts.modified().ok()?).ok()?;
    i64::try_from(written.as_nanosecond()).ok()
}
