use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use tempfile::TempDir;

use crate::environment;

/// A program that plays AWS, on a port of its own, and its folder.
pub struct Emulator {
    program: Child,
    pub port: u16,
    pub folder: TempDir,
}

impl Emulator {
    /// Starts the program that stands at `path` beside the environment of the oracles, and waits until it
    /// listens on the port that `prepare` is told.
    pub fn start(path: &str, prepare: impl FnOnce(&mut Command, u16)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let python = environment::python();
        let beside = python.ancestors().nth(3).unwrap();
        let port = free_port();
        let mut program = Command::new(beside.join(path));
        program
            .current_dir(folder.path())
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("HOME", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        prepare(&mut program, port);
        let started = Self {
            program: program.spawn().unwrap(),
            port,
            folder,
        };
        wait_for(port);
        started
    }

    /// What asks it. A gap in it is an error of the server, which would be asked again and again.
    pub fn sdk_config(&self, key: &str, secret: &str, session: Option<String>) -> SdkConfig {
        let credentials = Credentials::new(key, secret, session, None, "emulator");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .endpoint_url(format!("http://127.0.0.1:{}", self.port))
            .retry_config(RetryConfig::disabled())
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .build()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

pub fn wait_for(port: u16) {
    let begun = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        let waited = begun.elapsed();
        assert!(waited < Duration::from_secs(60), "nobody listens on {port}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
