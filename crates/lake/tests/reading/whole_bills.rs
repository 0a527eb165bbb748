//! A month that comes in several files is taken from all of them or not at all.

use std::ops::ControlFlow;
use std::path::Path;

use tallyport_lake::{LakeError, Loaded, Options, read_set, sets};

use crate::bills::{gzipped, sums};
use crate::reports::{item, report};

const MANIFEST: &str = r#"{"reportName": "hourly", "assemblyId": "a", "bucket": "bills",
    "billingPeriod": {"start": "MONTH01T000000.000Z", "end": "MONTH28T000000.000Z"},
    "reportKeys": ["x/hourly-1.csv.gz", "x/hourly-2.csv.gz"]}"#;

/// Two files of a report, the second with a tag that the first has no column for.
fn files() -> [Vec<u8>; 2] {
    let usage = |cost| item("Usage", cost, &[]);
    let first = report(&[usage("1"), usage("2")], false, &[]);
    let tagged = [("resourceTags/user:owner", "jane.doe")];
    let second = report(&[usage("4"), item("Credit", "-0.5", &[])], false, &tagged);
    [gzipped(first.as_bytes()), gzipped(second.as_bytes())]
}

/// What a folder with these files and a manifest of this month gives.
fn outcome(files: &[Vec<u8>], month: &str) -> Result<Loaded, LakeError> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    for (number, bytes) in (1..).zip(files) {
        write(&format!("hourly-{number}.csv.gz"), bytes);
    }
    write(
        "hourly-Manifest.json",
        MANIFEST.replace("MONTH", month).as_bytes(),
    );
    whole(folder.path())
}

fn whole(folder: &Path) -> Result<Loaded, LakeError> {
    let mut bills = sets(folder)?;
    assert_eq!(bills.len(), 1);
    read_set(&bills.remove(0), &Options::default(), &mut |_| {
        ControlFlow::Continue(())
    })
}

#[test]
fn all_files_of_a_manifest_are_one_bill_with_the_columns_of_each() {
    let bill = outcome(&files(), "202609").unwrap();
    assert_eq!(bill.lines, 4);
    assert_eq!(bill.files.len(), 2);
    assert_eq!(
        sums(&bill.load, |amounts| amounts.billed),
        [
            "012345678901 2026-09 USD AWS Credit -0.5",
            "012345678901 2026-09 USD AWS Usage 7"
        ]
        .map(str::to_owned)
        .into_iter()
        .collect()
    );
    let tags = &bill.load.dimensions.tag_sets;
    let tagged = bill.load.periods[0]
        .charges
        .iter()
        .filter(|charge| tags[charge.tags as usize].contains_key("owner"));
    assert_eq!(tagged.map(|charge| charge.lines).sum::<u32>(), 2);
}

#[test]
fn a_file_that_was_cut_short_keeps_the_others_out() {
    let [first, second] = files();
    for end in [second.len() - 1, second.len() / 2] {
        let error = outcome(&[first.clone(), second[..end].to_vec()], "202609").unwrap_err();
        let said = error.to_string();
        assert!(
            said.starts_with("hourly-2.csv.gz is a damaged or truncated gzip file"),
            "{said}"
        );
    }
}

#[test]
fn a_file_that_did_not_come_keeps_the_others_out() {
    let [first, _] = files();
    let error = outcome(&[first], "202609").unwrap_err();
    assert!(matches!(error, LakeError::Set(_)), "{error}");
    assert!(
        error
            .to_string()
            .contains("1 is missing: x/hourly-2.csv.gz")
    );
}

#[test]
fn the_manifest_of_another_month_keeps_all_out() {
    let error = outcome(&files(), "202608").unwrap_err();
    assert_eq!(
        error.to_string(),
        "hourly-Manifest.json says that it is of 2026-08, but its files hold charges of 2026-09: \
         it is not their manifest"
    );
}

#[test]
fn a_file_of_another_format_keeps_all_out() {
    let [first, _] = files();
    let focus = gzipped(crate::bills::focus(&[crate::bills::ROW.to_owned()]).as_bytes());
    let error = outcome(&[first, focus], "202609").unwrap_err().to_string();
    assert!(
        error.contains("it is FOCUS 1.0, and hourly-1.csv.gz of the same bill is CUR"),
        "{error}"
    );
}
