//! DuckDB in the environment of the oracles.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// The Python that has the oracles.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is the top of its program"
)]
fn python() -> PathBuf {
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

/// Runs a statement over a file, as `tests/oracle/roll_up.py` says.
pub fn roll_up(ask: &Value) {
    let mut child = Command::new(python())
        .arg(repository("tests/oracle/roll_up.py"))
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(ask.to_string().as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}\n{}",
        ask["statement"].as_str().unwrap_or_default(),
        String::from_utf8_lossy(&output.stderr)
    );
}
