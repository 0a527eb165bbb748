//! Where the oracles are that tests run in Python. Taken in by path, since no room is a room for tests.

use std::path::PathBuf;

/// The Python that has the oracles.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is the top of its program"
)]
pub fn python() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .unwrap_or_default();
    let python = cache.join("tallyport/oracle/bin/python");
    assert!(
        python.exists(),
        "{} is missing: `cargo xtask setup oracle` makes it",
        python.display()
    );
    python
}
