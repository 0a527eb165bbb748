//! Time, randomness and the environment: they come in here and are passed down.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::failure::Failure;

/// Now.
#[expect(clippy::disallowed_methods, reason = "time comes in here")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// A variable of the environment, unless it is missing or empty.
#[expect(clippy::disallowed_methods, reason = "the environment comes in here")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Fills `bytes` with randomness from the operating system.
///
/// # Errors
/// It has none to give.
#[expect(clippy::disallowed_methods, reason = "randomness comes in here")]
pub fn random(bytes: &mut [u8]) -> Result<(), Failure> {
    getrandom::fill(bytes)
        .map_err(|error| Failure::internal(format!("The system gives no randomness: {error}.")))
}

/// Today in UTC, or the day that `TALLY_TODAY` names.
///
/// # Errors
/// `TALLY_TODAY` is not a day.
pub fn today() -> Result<Date, Failure> {
    match variable("TALLY_TODAY") {
        None => Ok(now().to_zoned(jiff::tz::TimeZone::UTC).date()),
        Some(text) => text.parse().map_err(|_| {
            Failure::usage(format!(
                "TALLY_TODAY: \"{text}\" is not a day (YYYY-MM-DD)."
            ))
        }),
    }
}

/// Where the workspace lies if nothing names one.
///
/// # Errors
/// This account has no home folder.
pub fn default_workspace() -> Result<PathBuf, Failure> {
    let folder = if cfg!(windows) {
        variable("APPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| PathBuf::from(home).join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .or_else(|| variable("HOME").map(|home| PathBuf::from(home).join(".local/share")))
    };
    folder
        .map(|folder| folder.join("tallyport").join("default.tally"))
        .ok_or_else(|| {
            Failure::usage("This account has no home folder.".to_owned())
                .hint("Name the workspace with --workspace PATH.")
        })
}
