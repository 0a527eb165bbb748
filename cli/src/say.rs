//! The two places this program writes to: answers to standard output, all else to standard error.

use std::io::Write;

use serde_json::Value;

/// One JSON value on standard output.
pub fn answer(value: &Value) {
    line(&serde_json::to_string_pretty(value).unwrap_or_default());
}

/// A line on standard output. A reader that went away (`| head`) is no failure.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Bytes on standard output, as they are.
pub fn bytes(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}

/// A sentence on standard error.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
