//! What the tests of this room share: reading a file, writing one, adding up what was read.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tallyport_lake::{LakeError, Loaded, Options, read_file};
use tallyport_ledger::{Amounts, Load, Money};

/// A real bill.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/data")
        .join(name)
}

pub fn read(path: &Path, skip_bad_rows: bool) -> Result<Loaded, LakeError> {
    read_file(path, &Options { skip_bad_rows }, &mut |_| {
        ControlFlow::Continue(())
    })
}

pub fn loaded(path: &Path) -> Loaded {
    read(path, false).unwrap()
}

pub fn refused(path: &Path) -> LakeError {
    read(path, false).unwrap_err()
}

/// A file of these bytes that lives as long as the test.
pub fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

pub fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// One amount of the charges, by billing account, period, currency, provider and category.
pub fn sums(load: &Load, pick: fn(&Amounts) -> i64) -> BTreeSet<String> {
    let mut sums = HashMap::new();
    for period in &load.periods {
        for charge in &period.charges {
            let service = &load.dimensions.services[charge.service as usize];
            let key = format!(
                "{} {} {} {} {}",
                period.billing_account,
                period.period,
                charge.currency,
                service.provider,
                charge.category
            );
            let sum = sums.entry(key).or_insert(Money::zero(charge.currency));
            let amount = Money::from_nanos(i128::from(pick(&charge.amounts)), charge.currency);
            *sum = sum.plus(amount).unwrap();
        }
    }
    sums.into_iter()
        .map(|(key, sum)| format!("{key} {}", sum.to_decimal(0)))
        .collect()
}
