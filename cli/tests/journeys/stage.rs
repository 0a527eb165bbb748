//! A home of its own for each journey, and the program run in it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// An account without a keychain: its own home, nothing of the tester's environment.
pub struct Stage {
    home: TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Stage {
    /// A home without a workspace.
    pub fn empty() -> Self {
        Self {
            home: TempDir::new().unwrap(),
        }
    }

    /// A home with a workspace.
    pub fn new() -> Self {
        let stage = Self::empty();
        stage.tally(&["init"]).ok();
        stage
    }

    /// A home with a workspace into which the FOCUS sample was imported.
    pub fn with_focus_sample() -> Self {
        let stage = Self::new();
        stage.tally(&["import", &focus_sample()]).ok();
        stage
    }

    /// The home's folder.
    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// A path in the home.
    pub fn file(&self, name: &str) -> String {
        self.home.path().join(name).display().to_string()
    }

    /// Writes a file in the home and returns its path.
    pub fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.home.path().join(name), text).unwrap();
        self.file(name)
    }

    /// The program, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        // A soak names the release build.
        let program = std::env::var_os("TALLY_BIN");
        let program = program.unwrap_or_else(|| env!("CARGO_BIN_EXE_tally").into());
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home.path())
            .env("XDG_DATA_HOME", self.home.path().join("data"))
            .env("TALLY_PASSPHRASE", "correct horse battery staple")
            .env("TALLY_TODAY", "2026-11-21")
            .current_dir(self.home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program to its end.
    pub fn tally(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).spawn().unwrap())
    }

    /// Runs the program with `--json` and reads the answer.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let mut arguments = arguments.to_vec();
        arguments.push("--json");
        let ran = self.tally(&arguments);
        assert_eq!(ran.code, 0, "tally {arguments:?}: {ran:?}");
        serde_json::from_str(&ran.out).unwrap()
    }

    /// The rows of `tally costs` as `(key, amount)`, with the total at the end.
    pub fn costs(&self, arguments: &[&str]) -> Vec<(String, String)> {
        let mut all = vec!["costs"];
        all.extend(arguments);
        let answer = self.json(&all);
        let results = answer["results"].as_array().unwrap();
        assert_eq!(results.len(), 1, "one currency: {answer}");
        let mut rows: Vec<(String, String)> = results[0]["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (word(&row["label"]), word(&row["amount"])))
            .collect();
        rows.push(("total".to_owned(), word(&results[0]["total"])));
        rows
    }
}

impl Ran {
    /// Waits for the end of `child`.
    pub fn of(child: Child) -> Self {
        let output = child.wait_with_output().unwrap();
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// What it printed, if it went well.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }
}

/// The FOCUS 1.0 sample of the specification.
pub fn focus_sample() -> String {
    data("focus-sample/focus_sample.csv").display().to_string()
}

/// A file of the test data.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/data")
        .join(name)
        .canonicalize()
        .unwrap()
}

/// A text of an answer.
pub fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Pairs of texts, to compare with.
pub fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|(key, amount)| ((*key).to_owned(), (*amount).to_owned()))
        .collect()
}
