//! A server in the environment of the oracles, which tells what it got line by line.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use crate::environment::python;

/// A server; it ends with this.
pub struct Server {
    pub port: u64,
    lines: Receiver<Value>,
    input: Option<ChildStdin>,
    child: Child,
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// A file of the tests' certificates.
pub fn certificate(name: &str) -> PathBuf {
    repository("crates/notify/tests/certificates").join(name)
}

impl Server {
    fn start(script: &str, words: &[&str]) -> Self {
        let mut child = Command::new(python())
            .arg(repository("tests/oracle").join(script))
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (told, lines) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = told.send(serde_json::from_str(&line).unwrap_or(Value::Null));
            }
        });
        let mut server = Self {
            port: 0,
            lines,
            input: child.stdin.take(),
            child,
        };
        server.port = server.next()["port"].as_u64().unwrap();
        server
    }

    /// A mail server that takes `finance@example.com` with the password of the canaries.
    pub fn mailbox(way: &str, answers: &str) -> Self {
        let (pem, key) = (certificate("server.pem"), certificate("server.key"));
        let words = [pem.to_str().unwrap(), key.to_str().unwrap(), way, answers];
        Self::start("mailbox.py", &words)
    }

    /// A receiver of webhooks that are signed with `key`.
    pub fn receiver(key: &str, turns: &str) -> Self {
        Self::start("receiver.py", &[key, turns])
    }

    /// What it got next.
    pub fn next(&self) -> Value {
        self.lines
            .recv_timeout(Duration::from_secs(20))
            .expect("the server tells what it got")
    }

    /// Whether it got nothing more.
    pub fn is_silent(&self) -> bool {
        self.lines.recv_timeout(Duration::from_millis(300)).is_err()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
