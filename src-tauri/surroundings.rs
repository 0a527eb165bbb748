//! Time, randomness and the environment: for the window they come in here.

use std::{env, path::PathBuf};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Now.
#[expect(clippy::disallowed_methods, reason = "time comes in here")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Today in UTC, or the day that `TALLY_TODAY` names, for demonstrations of a certain day.
pub fn today() -> Date {
    variable("TALLY_TODAY")
        .and_then(|day| day.parse().ok())
        .unwrap_or_else(|| now().to_zoned(TimeZone::UTC).date())
}

/// A variable of the environment, unless it is missing or empty.
#[expect(clippy::disallowed_methods, reason = "the environment comes in here")]
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Fills `bytes` from the operating system; a program that cannot have randomness must not make
/// keys.
#[expect(clippy::disallowed_methods, reason = "randomness comes in here")]
#[expect(
    clippy::expect_used,
    reason = "a system without randomness cannot be gone on with"
)]
pub fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system gives randomness");
}

/// Where this person's workspaces lie.
pub fn data_folder() -> Option<PathBuf> {
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
    folder.map(|folder| folder.join("tallyport"))
}

/// Where this person's desktop is configured.
#[cfg(all(unix, not(target_os = "macos")))]
pub fn configuration_folder() -> Option<PathBuf> {
    variable("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| variable("HOME").map(|home| PathBuf::from(home).join(".config")))
}

/// Whether a session bus answers; the part that keeps one window per person needs one.
#[cfg(target_os = "linux")]
pub fn bus_answers() -> bool {
    let address = variable("DBUS_SESSION_BUS_ADDRESS")
        .or_else(|| variable("XDG_RUNTIME_DIR").map(|folder| format!("unix:path={folder}/bus")));
    address.is_some_and(|address| {
        address
            .split(';')
            .filter_map(|way| way.strip_prefix("unix:path="))
            .filter_map(|path| path.split(',').next())
            .any(|path| std::os::unix::net::UnixStream::connect(path).is_ok())
    })
}

/// Elsewhere one window per person needs no bus.
#[cfg(not(target_os = "linux"))]
pub const fn bus_answers() -> bool {
    true
}
