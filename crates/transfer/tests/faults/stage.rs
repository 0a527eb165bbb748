//! A store that can fail, files to bring there, and the uploader as a program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tallyport_servers::{FaultyS3, Held};
use tempfile::TempDir;

pub const MIB: usize = 1024 * 1024;
/// What a part has; the last one has the rest.
pub const PART: usize = 8 * MIB;
pub const PREFIX: &str = "tenant/";

/// The sandbox's own.
const KEY: &str = "AKIASANDBOXDEMO00001";
const SECRET: &str = "demo-data-only/nothing-here-is-a-secret/";

/// A number that the soak raises.
pub fn count(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |count| count.parse().unwrap())
}

/// Numbers by chance, the same ones each time.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// Bytes that nothing can guess from each other.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length + 8);
        while bytes.len() < length {
            bytes.extend_from_slice(&self.next().to_le_bytes());
        }
        bytes.truncate(length);
        bytes
    }
}

pub struct Stage {
    folder: TempDir,
    pub server: FaultyS3,
}

/// What the uploader said.
#[derive(Debug)]
pub struct Sent {
    pub succeeded: bool,
    pub receipts: Vec<Value>,
    pub ended: Value,
    pub text: String,
}

impl Stage {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = FaultyS3::start(&folder.path().join("store")).unwrap();
        Self { folder, server }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file to be uploaded.
    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The uploader, with the journal of this stage.
    pub fn sender(&self, url: &str, sources: &[&Path], options: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .args([url, FaultyS3::BUCKET, PREFIX])
            .arg(self.path("workspace"))
            .args(sources)
            .args(options)
            .env("AWS_ACCESS_KEY_ID", KEY)
            .env("AWS_SECRET_ACCESS_KEY", SECRET)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn start(&self, sources: &[&Path]) -> Child {
        self.sender(&self.server.url(), sources, &[])
            .spawn()
            .unwrap()
    }

    /// Uploads and waits for the end.
    pub fn send(&self, sources: &[&Path]) -> Sent {
        self.send_with(sources, &[])
    }

    pub fn send_with(&self, sources: &[&Path], options: &[&str]) -> Sent {
        let command = self.sender(&self.server.url(), sources, options);
        Sent::of(finished(command, Duration::from_secs(240)))
    }

    pub fn held(&self) -> Held {
        self.server.held(FaultyS3::BUCKET).unwrap()
    }

    pub fn bytes(&self, key: &str) -> Vec<u8> {
        self.server
            .bytes(FaultyS3::BUCKET, &format!("{PREFIX}{key}"))
            .unwrap()
    }

    /// One object of these bytes, and nothing else: no second object, no parts left.
    pub fn holds_only(&self, key: &str, bytes: &[u8], when: &str) {
        let held = self.held();
        let keys: Vec<&String> = held.objects.keys().collect();
        assert_eq!(keys, [&format!("{PREFIX}{key}")], "{when}");
        assert!(held.uploads.is_empty(), "{when}: {:?}", held.uploads);
        assert!(self.bytes(key) == bytes, "{when}: the bytes differ");
    }

    /// How many bytes of parts came, whether they were kept or not.
    pub fn came_as_parts(&self) -> u64 {
        self.server
            .seen()
            .iter()
            .filter(|seen| seen.operation == "UploadPart")
            .map(|seen| seen.bytes)
            .sum()
    }
}

impl Sent {
    pub fn of(output: Output) -> Self {
        let text = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        let lines: Vec<Value> = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        let ended = lines.iter().rev().find_map(|line| line.get("ended"));
        Self {
            succeeded: output.status.success(),
            receipts: lines
                .iter()
                .filter_map(|line| line.get("receipt").cloned())
                .collect(),
            ended: ended.cloned().unwrap_or_default(),
            text,
        }
    }
}

/// The uploader beside this test, or the one that is asked for.
fn program() -> PathBuf {
    let beside = || {
        let test = std::env::current_exe().unwrap();
        let built = test.parent().unwrap().parent().unwrap();
        built.join("examples").join("send")
    };
    let program = std::env::var_os("TALLYPORT_SEND").map_or_else(beside, PathBuf::from);
    assert!(
        program.exists(),
        "{} is missing: `cargo build -p tallyport-transfer --example send` makes it",
        program.display()
    );
    program
}

/// Runs a program to its end; one that hangs is a failure.
pub fn finished(mut command: Command, at_most: Duration) -> Output {
    let child = command.spawn().unwrap();
    let process = child.id();
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let _ = sender.send(child.wait_with_output());
    });
    match receiver.recv_timeout(at_most) {
        Ok(output) => output.unwrap(),
        Err(_) => {
            let _ = Command::new("kill")
                .args(["-9", &process.to_string()])
                .status();
            panic!("the uploader was still busy after {at_most:?}");
        }
    }
}

/// Waits until something holds.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "waited for {what}"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
}

pub fn kill(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}
