//! What must hold of every input, whatever it is: it is read or refused, in words that fit a screen,
//! and what was read adds up.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::OnceLock;

use tallyport_lake::{Loaded, Options, read_file};

/// Reads these bytes as a file, strictly and with bad rows skipped.
pub fn read(bytes: &[u8]) {
    static PLACE: OnceLock<PathBuf> = OnceLock::new();
    let path = PLACE.get_or_init(|| {
        std::panic::set_hook(Box::new(panicked));
        let name = format!("tallyport-fuzz-{}", std::process::id());
        std::env::temp_dir().join(name)
    });
    std::fs::write(path, bytes).expect("a file in the temporary folder");
    let mut lines = Vec::new();
    for skip_bad_rows in [true, false] {
        let options = Options {
            skip_bad_rows,
            threads: 1,
            ..Options::default()
        };
        match read_file(path, &options, &mut |_| ControlFlow::Continue(())) {
            Ok(loaded) => {
                check(&loaded);
                lines.push((loaded.lines, loaded.bad_row_count));
            }
            Err(error) => assert!(error.to_string().len() < 64 << 10, "{error}"),
        }
    }
    if let [skipping, strict] = lines[..] {
        assert_eq!(
            skipping, strict,
            "what has no bad row is the same either way"
        );
        assert_eq!(strict.1, 0);
    }
}

/// A panic of ours is a fault. One of the crate that decodes Parquet is an error by the time it is
/// told: the room catches it.
fn panicked(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map_or("", |location| location.file());
    let decoders = [
        "/parquet-",
        "/arrow-",
        "/snap-",
        "/flate2-",
        "/miniz_oxide-",
    ];
    if !decoders.iter().any(|decoder| place.contains(decoder)) {
        eprintln!("{panic}\n{}", std::backtrace::Backtrace::force_capture());
        std::process::abort();
    }
}

fn check(loaded: &Loaded) {
    let periods = &loaded.load.periods;
    let lines: u64 = periods.iter().map(|period| period.lines).sum();
    assert_eq!(lines, loaded.lines, "every row is in one period");
    for period in periods {
        let of_charges: u64 = period.charges.iter().map(|c| u64::from(c.lines)).sum();
        assert_eq!(of_charges, period.lines, "every row is in one charge");
        for charge in &period.charges {
            assert!(charge.first_line <= charge.last_line && charge.lines > 0);
            let dimensions = &loaded.load.dimensions;
            assert!((charge.service as usize) < dimensions.services.len());
            assert!((charge.tags as usize) < dimensions.tag_sets.len());
        }
    }
    for note in &loaded.notes {
        assert!(note.to_string().len() < 64 << 10, "{note}");
    }
}
