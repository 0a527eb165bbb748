//! The kept corpus, and reading its inputs within bounds.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tallyport_lake::{LakeError, Loaded, Manifest, Options, read_file};

/// The targets of the fuzzers.
pub const TARGETS: [&str; 5] = ["report", "focus", "gzip", "parquet", "manifest"];

/// No input may take longer.
const LONGEST: Duration = Duration::from_secs(5);

/// The inputs that are kept for a target, in order.
pub fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut inputs: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder.join(target))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    inputs.sort();
    inputs
}

/// A folder in which inputs become files.
pub struct Bench(tempfile::TempDir);

impl Bench {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("bill")
    }

    /// Reads an input, strictly and with bad rows skipped, and holds what must hold of all.
    pub fn read(&self, target: &str, bytes: &[u8]) {
        let begun = Instant::now();
        if target == "manifest" {
            if let Err(error) = Manifest::parse(bytes) {
                assert!(error.to_string().len() < 64 << 10);
            }
        } else {
            std::fs::write(self.path(), bytes).unwrap();
            let skipping = self.outcome(true);
            let strict = self.outcome(false);
            if let Ok(strict) = &strict {
                let skipping = skipping.as_ref().unwrap();
                assert_eq!((strict.lines, 0), (skipping.lines, skipping.bad_row_count));
            }
        }
        let taken = begun.elapsed();
        assert!(taken < LONGEST, "{taken:?} for {} bytes", bytes.len());
    }

    pub fn outcome(&self, skip_bad_rows: bool) -> Result<Loaded, LakeError> {
        let options = Options {
            skip_bad_rows,
            threads: 1,
            ..Options::default()
        };
        let read = read_file(&self.path(), &options, &mut |_| ControlFlow::Continue(()));
        match &read {
            Ok(loaded) => check(loaded),
            Err(error) => assert!(error.to_string().len() < 64 << 10, "{error}"),
        }
        read
    }
}

/// What was read adds up.
fn check(loaded: &Loaded) {
    let lines: u64 = loaded.load.periods.iter().map(|period| period.lines).sum();
    assert_eq!(lines, loaded.lines, "every row is in one period");
    for period in &loaded.load.periods {
        let of_charges = period.charges.iter().map(|c| u64::from(c.lines));
        assert_eq!(of_charges.sum::<u64>(), period.lines, "and in one charge");
    }
    for note in &loaded.notes {
        assert!(note.to_string().len() < 64 << 10, "{note}");
    }
}

#[test]
fn every_kept_input_is_read_or_refused() {
    let bench = Bench::new();
    for target in TARGETS {
        let inputs = corpus(target);
        assert!(inputs.len() >= 4, "{target} keeps inputs");
        for (_, bytes) in inputs {
            bench.read(target, &bytes);
        }
    }
}

#[test]
fn the_sound_inputs_of_the_corpus_are_read_so_that_changes_to_them_reach_deep() {
    let bench = Bench::new();
    for (target, sound) in [
        ("report", ["every_type", "legacy", "underscored"].as_slice()),
        ("focus", &["small", "two_lines", "sample"]),
        ("gzip", &["small", "small_two_members"]),
        ("parquet", &["doubles", "decimals", "groups"]),
    ] {
        for (name, bytes) in corpus(target) {
            if sound.contains(&name.as_str()) {
                std::fs::write(bench.path(), &bytes).unwrap();
                let read = bench.outcome(false);
                assert!(read.is_ok(), "{target}/{name}: {}", read.unwrap_err());
            }
        }
    }
}
