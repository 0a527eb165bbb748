//! DuckDB in the environment of the oracles.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

#[path = "../../../../tests/oracle/python.rs"]
mod environment;

use environment::python;

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
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
