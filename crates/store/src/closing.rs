//! Whether the workspace file was closed in order, and whether it has lost its log.
//!
//! SQLite keeps what is committed in a log beside the file and copies it over from time to time. If
//! a program dies, the log stays and the next one reads it. If somebody then takes the log away,
//! SQLite opens an older state without a word. This module gives it the word.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::{Reads, StoreError, Writes};

/// Held while a program opens or closes the file, so that each sees what the one before left. The
/// system gives it back when a program dies.
pub(crate) struct Turn(#[expect(dead_code, reason = "the lock goes with the file")] File);

impl Turn {
    /// Waits until it is our turn.
    pub fn take(workspace: &Path) -> Result<Self, StoreError> {
        let disk = |error: std::io::Error| StoreError::Disk(error.to_string());
        let file = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(beside(workspace, ".lock"))
            .map_err(disk)?;
        file.lock().map_err(disk)?;
        Ok(Self(file))
    }
}

/// Whether a log lies beside the file. To be asked before the file is opened, which makes one.
pub(crate) fn has_log(path: &Path) -> bool {
    beside(path, "-wal").exists()
}

/// How the program before left the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Closed, or about to be with everything in the file.
    InOrder,
    /// It died, and its log is there or everything was in the file.
    Whole,
    /// It died, and its log is gone.
    WithoutLog,
}

/// How the file was left; it is `complete` with its log, or with everything in the file itself.
pub(crate) fn found(connection: &Connection, complete: bool) -> Result<Found, StoreError> {
    let (in_order, leaving): (bool, bool) =
        connection.query_row("SELECT in_order, leaving FROM closing", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    Ok(match (in_order || leaving, complete) {
        (true, _) => Found::InOrder,
        (false, true) => Found::Whole,
        (false, false) => Found::WithoutLog,
    })
}

/// Notes that the file is open, and that its log is lost where that is so.
pub(crate) fn open(connection: &Connection, found: Found) -> Result<(), StoreError> {
    match found {
        Found::InOrder => {
            connection.execute("UPDATE closing SET in_order = 0, leaving = 0", [])?;
        }
        Found::Whole => return Ok(()),
        Found::WithoutLog => {
            tracing::error!("the log of the workspace is gone: its latest changes may be lost");
            connection.execute("UPDATE closing SET lost = 1", [])?;
        }
    }
    into_file(connection)?;
    Ok(())
}

/// Closes the writer's connection. Only the last connection of all programs can give up the log; it
/// notes in the file that it is about to, gives it up, and notes that it is done. Where others go
/// on, nothing stays noted.
pub(crate) fn close(connection: Connection) {
    let turn = connection.path().map(|path| Turn::take(Path::new(path)));
    let left = leave(&connection);
    if let Err(error) = &left {
        // Another program is at work; or the disk is full, and the next one reads the log.
        tracing::debug!(%error, "the workspace was left without giving up its log");
    }
    if !matches!(left, Ok(true)) {
        // SQLite would take the log away without a note of it, and the next program would miss it.
        let keeping = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        debug_assert!(keeping.is_ok(), "the log could not be kept: {keeping:?}");
    }
    drop(connection);
    drop(turn);
}

/// Whether the log was given up.
fn leave(connection: &Connection) -> rusqlite::Result<bool> {
    let mode = |name: &str| {
        connection
            .pragma_update_and_check(None, "journal_mode", name, |row| row.get::<_, String>(0))
    };
    connection.pragma_update(None, "busy_timeout", 0)?;
    connection.execute("UPDATE closing SET leaving = 1", [])?;
    let alone = into_file(connection)?
        && mode("DELETE").is_ok_and(|now| now.eq_ignore_ascii_case("delete"));
    if alone {
        connection.execute("UPDATE closing SET in_order = 1, leaving = 0", [])?;
        mode("WAL")?;
    } else {
        connection.execute("UPDATE closing SET leaving = 0", [])?;
        into_file(connection)?;
    }
    Ok(alone)
}

/// Copies of the log into the file what no reader needs there any more, while others read and write.
pub(crate) fn copy_log(connection: &Connection) {
    let copied = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    if let Err(error) = copied {
        // The next one copies it.
        tracing::debug!(%error, "the log was not copied into the file");
    }
}

/// Copies the log into the file: what is noted only in the log would be lost with it. Answers
/// whether all of it could be copied.
fn into_file(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("PRAGMA wal_checkpoint(FULL)", [], |row| {
        let (busy, pages, copied): (bool, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(!busy && pages == copied)
    })
}

fn beside(workspace: &Path, end: &str) -> PathBuf {
    let mut name = workspace.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

impl Reads<'_> {
    /// Whether the latest changes before a crash were lost with the log, and nobody has seen to it.
    ///
    /// # Errors
    /// The file's.
    pub fn lost_log(&self) -> Result<bool, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT lost FROM closing")?;
        Ok(query.query_row([], |row| row.get(0))?)
    }
}

impl Writes<'_> {
    /// Notes that somebody has seen to a lost log.
    ///
    /// # Errors
    /// The disk's.
    pub fn forget_lost_log(&mut self) -> Result<(), StoreError> {
        self.connection.execute("UPDATE closing SET lost = 0", [])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DataKey, NewWorkspace, Store, connection};

    const KEY: [u8; 32] = [7; 32];

    fn lost(path: &Path) -> bool {
        let store = Store::open(path, &DataKey::from_bytes(KEY)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime
            .block_on(store.read(|reads| reads.lost_log()))
            .unwrap()
    }

    /// A workspace that was closed in order.
    fn books(folder: &Path) -> PathBuf {
        let path = folder.join("books.tally");
        let new = NewWorkspace {
            id: [1; 16],
            name: "Books".to_owned(),
            demo: true,
            created_at: "2026-11-22T08:00:00Z".parse().unwrap(),
        };
        drop(Store::create(&path, &new, &DataKey::from_bytes(KEY)).unwrap());
        assert!(!lost(&path));
        path
    }

    #[test]
    fn a_program_that_cannot_note_its_leaving_keeps_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = books(folder.path());
        for refused in [
            "CREATE TEMP TRIGGER refused BEFORE UPDATE OF leaving ON closing
             BEGIN SELECT RAISE(ABORT, 'the disk does not take it'); END",
            "CREATE TEMP TRIGGER refused BEFORE UPDATE OF in_order ON closing
             BEGIN SELECT RAISE(ABORT, 'the disk does not take it'); END",
        ] {
            let writer = connection::connect(&path, &DataKey::from_bytes(KEY), false).unwrap();
            writer
                .execute("UPDATE closing SET in_order = 0, leaving = 0", [])
                .unwrap();
            writer.execute_batch(refused).unwrap();
            close(writer);
            assert!(!lost(&path), "{refused}");
        }
    }

    #[test]
    fn a_program_that_died_while_closing_has_lost_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = books(folder.path());
        // Closing gives up the log, then notes so. Here it died in between.
        let found = connection::connect(&path, &DataKey::from_bytes(KEY), false).unwrap();
        found
            .execute("UPDATE closing SET in_order = 0", [])
            .unwrap();
        found
            .pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
            .unwrap();
        drop(found);
        assert!(!has_log(&path));
        assert!(!lost(&path), "nothing was lost, so nothing is said");
        // SQLite takes the log away before it marks the file as having none. Here it died in between.
        let found = connection::connect(&path, &DataKey::from_bytes(KEY), false).unwrap();
        found
            .execute("UPDATE closing SET in_order = 0, leaving = 1", [])
            .unwrap();
        drop(found);
        assert!(!has_log(&path));
        assert!(!lost(&path), "what had been written was in the file");
        // While a log that is gone without having been given up is missed.
        let found = connection::connect(&path, &DataKey::from_bytes(KEY), false).unwrap();
        found
            .execute("UPDATE closing SET in_order = 0", [])
            .unwrap();
        drop(found);
        assert!(!has_log(&path));
        assert!(lost(&path));
    }
}
