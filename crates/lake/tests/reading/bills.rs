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
    let options = Options {
        skip_bad_rows,
        ..Options::default()
    };
    read_file(path, &options, &mut |_| ControlFlow::Continue(()))
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

/// The columns of a small FOCUS 1.0 file.
pub const FOCUS: &str = "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,\
    BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,\
    ProviderName,ServiceName,ResourceId,SubAccountId,ChargeDescription,Tags";

/// A sound row of it.
pub const ROW: &str = "1.5,1.5,2,1.5,000123,USD,2026-09-01T00:00:00Z,Usage,\
    2026-09-03T10:00:00Z,2026-09-03T11:00:00Z,AWS,Amazon EC2,i-1,000456,Hours,";

/// That row with one column changed.
pub fn row_with(column: &str, value: &str) -> String {
    let at = FOCUS.split(',').position(|name| name == column).unwrap();
    let mut fields: Vec<&str> = ROW.split(',').collect();
    fields[at] = value;
    fields.join(",")
}

/// A FOCUS file of these rows.
pub fn focus(rows: &[String]) -> String {
    format!("{FOCUS}\n{}\n", rows.join("\n"))
}

/// What reading these bytes gives.
pub fn outcome(bytes: impl AsRef<[u8]>, skip_bad_rows: bool) -> Result<Loaded, LakeError> {
    let (_folder, path) = file("bill.csv", bytes.as_ref());
    read(&path, skip_bad_rows)
}

/// Why these bytes are refused.
pub fn complaint(bytes: impl AsRef<[u8]>) -> String {
    outcome(bytes, false).unwrap_err().to_string()
}
