//! A mail server that is not ours, which tells what it got line by line.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use crate::environment::python;

/// The mail server of the oracles.
pub struct Mailbox {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<Value>,
}

/// A path of the repository.
pub fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(path)
}

impl Mailbox {
    /// One that takes what it gets, and its port: over TLS with a company's own authority, or in plain.
    pub fn start(way: &str) -> (Self, u64) {
        let certificates = repository("crates/notify/tests/certificates");
        let mut child = Command::new(python())
            .arg(repository("tests/oracle/mailbox.py"))
            .args([
                certificates.join("server.pem"),
                certificates.join("server.key"),
            ])
            .args([way, "take"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (told, lines) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        // Read as it comes: a server that cannot tell of one mail takes no other.
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = told.send(serde_json::from_str(&line).unwrap_or(Value::Null));
            }
        });
        let mailbox = Self {
            lines,
            input: child.stdin.take(),
            child,
        };
        let port = mailbox.next()["port"].as_u64().unwrap();
        (mailbox, port)
    }

    /// What it got next.
    pub fn next(&self) -> Value {
        self.lines.recv_timeout(Duration::from_secs(20)).unwrap()
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
