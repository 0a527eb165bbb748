use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroize;

use crate::{DataKey, StoreError};

/// Marks the file as ours: "TALY".
pub(crate) const APPLICATION_ID: i64 = 0x5441_4C59;

/// Opens the encrypted file and sets what every connection needs. Nothing is migrated.
pub(crate) fn connect(path: &Path, key: &DataKey, create: bool) -> Result<Connection, StoreError> {
    Ok(connect_as_found(path, key, create)?.0)
}

/// As [`connect`], and whether the file was in log mode when it was found. One that is not has given
/// up its log with everything in it.
pub(crate) fn connect_as_found(
    path: &Path,
    key: &DataKey,
    create: bool,
) -> Result<(Connection, bool), StoreError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let connection = keyed(path, key, flags)?;
    connection.pragma_update(None, "busy_timeout", 5_000)?;
    // The first read authenticates the first page: this is where a wrong key shows.
    match connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())) {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(StoreError::WrongKey);
        }
        other => other?,
    }
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    use_log(&connection)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // Temporary tables and sorts stay in memory: nothing leaves the cipher.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update_and_check(None, "journal_size_limit", 67_108_864, |_| Ok(()))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok((connection, mode.eq_ignore_ascii_case("wal")))
}

/// Opens a file and gives its key to the cipher; one at a time in a process. The cipher sets itself
/// up at the first connection, and a second one that is keyed meanwhile is refused without reason.
pub(crate) fn keyed(
    path: &Path,
    key: &DataKey,
    flags: OpenFlags,
) -> Result<Connection, StoreError> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let connection = Connection::open_with_flags(path, flags)?;
    unlock(&connection, key)?;
    Ok(connection)
}

/// Switches to the write-ahead log. Of two programs that do so at the same moment SQLite refuses
/// one without waiting.
fn use_log(connection: &Connection) -> Result<(), StoreError> {
    const TRIES: u32 = 100;
    for _ in 1..TRIES {
        match connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())) {
            Ok(()) => return Ok(()),
            Err(error) => match StoreError::from(error) {
                StoreError::Busy => std::thread::sleep(std::time::Duration::from_millis(20)),
                other => return Err(other),
            },
        }
    }
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    Ok(())
}

/// Gives the raw key to the cipher.
fn unlock(connection: &Connection, key: &DataKey) -> Result<(), StoreError> {
    let mut text = String::with_capacity(67);
    text.push_str("x'");
    for byte in key.bytes() {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
    }
    text.push('\'');
    // A wrong key is our caller's to tell, not the cipher's to print.
    quietly(connection, "cipher_log_level", "NONE")?;
    let outcome = connection.pragma_update_and_check(None, "key", &text, |_| Ok(()));
    text.zeroize();
    answered(outcome)
}

fn quietly(connection: &Connection, pragma: &str, value: &str) -> Result<(), StoreError> {
    answered(connection.pragma_update_and_check(None, pragma, value, |_| Ok(())))
}

/// Some versions of the cipher answer a row, some none.
fn answered(outcome: rusqlite::Result<()>) -> Result<(), StoreError> {
    match outcome {
        Ok(()) | Err(rusqlite::Error::QueryReturnedNoRows) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
