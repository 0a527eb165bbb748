//! A bill says the same however many threads read it and in whatever pieces it comes.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tallyport_lake::{FileSet, LakeError, Loaded, Options, read_set};

use crate::bills::data;
use crate::parquet_bills::{AWS, Table, Way};

fn set(files: Vec<PathBuf>) -> FileSet {
    FileSet {
        name: "bill".to_owned(),
        files,
        ..FileSet::of_file(Path::new("bill"))
    }
}

fn with(set: &FileSet, options: &Options) -> Result<Loaded, LakeError> {
    read_set(set, options, &mut |_| ControlFlow::Continue(()))
}

/// Everything that comes out, to be compared to the letter.
fn all(bill: &Loaded) -> String {
    format!("{bill:#?}")
}

/// The sample six times over, each time for other resources, in the order of a real bill.
fn large() -> Table {
    let mut table = Table::of_csv(&data("focus-sample/focus_sample.csv"));
    let resource = table
        .names
        .iter()
        .position(|name| name == "ResourceId")
        .unwrap();
    let sample = std::mem::take(&mut table.rows);
    for copy in 0..6 {
        for row in &sample {
            let mut row = row.clone();
            row[resource] = row[resource]
                .as_ref()
                .map(|id| format!("{id}-{}", copy % 4));
            table.rows.push(row);
        }
    }
    table
}

#[test]
fn any_number_of_threads_gives_the_same_bill_of_csv() {
    let folder = tempfile::tempdir().unwrap();
    let text = large().csv();
    let path = folder.path().join("bill.csv");
    std::fs::write(&path, text).unwrap();
    let set = set(vec![path]);
    let one = all(&with(
        &set,
        &Options {
            threads: 1,
            ..Options::default()
        },
    )
    .unwrap());
    for threads in [2, 3, 7] {
        let other = all(&with(
            &set,
            &Options {
                threads,
                ..Options::default()
            },
        )
        .unwrap());
        assert!(one == other, "{threads} threads");
    }
}

#[test]
fn any_number_of_threads_and_any_row_groups_give_the_same_bill_of_parquet() {
    let table = large();
    let mut seen: Option<String> = None;
    for group in [900, 2_333, 1 << 20] {
        let (_folder, path) = table.parquet(Way { group, ..AWS });
        let set = set(vec![path]);
        for threads in [1, 2, 3, 7] {
            let bill = with(
                &set,
                &Options {
                    threads,
                    ..Options::default()
                },
            )
            .unwrap();
            let load = format!("{:#?} {:?}", bill.load, bill.notes);
            let first = seen.get_or_insert_with(|| load.clone());
            assert!(*first == load, "{threads} threads, {group} rows a group");
        }
    }
}

#[test]
fn the_files_of_a_bill_are_one_bill_and_their_lines_run_on() {
    let folder = tempfile::tempdir().unwrap();
    let table = large();
    let mut files = Vec::new();
    for (number, rows) in table.rows.chunks(2_100).enumerate() {
        let mut part = table.clone();
        part.rows = rows.to_vec();
        // The second file has its columns the other way round.
        if number == 1 {
            part.names.reverse();
            part.rows.iter_mut().for_each(|row| row.reverse());
        }
        let path = folder.path().join(format!("bill-{number}.csv"));
        std::fs::write(&path, part.csv()).unwrap();
        files.push(path);
    }
    let whole = folder.path().join("whole.csv");
    std::fs::write(&whole, table.csv()).unwrap();
    let options = |threads| Options {
        threads,
        ..Options::default()
    };
    let whole = with(&set(vec![whole]), &options(1)).unwrap();
    let parts = set(files);
    let joined = with(&parts, &options(2)).unwrap();
    assert_eq!(all(&joined), all(&with(&parts, &options(5)).unwrap()));
    assert_eq!(joined.lines, 6_000);
    let (a, b) = (&joined.load.periods, &whole.load.periods);
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(b) {
        let amounts = |charges: &[tallyport_ledger::Charge]| -> Vec<_> {
            charges
                .iter()
                .map(|charge| (charge.day, charge.amounts, charge.lines))
                .collect()
        };
        assert_eq!(amounts(&a.charges), amounts(&b.charges));
    }
    let starts: Vec<u64> = joined.files.iter().map(|file| file.first_line).collect();
    let physical = |text: String| text.matches('\n').count() as u64;
    let mut expected = vec![1];
    for rows in table.rows.chunks(2_100).take(2) {
        let mut part = table.clone();
        part.rows = rows.to_vec();
        expected.push(expected[expected.len() - 1] + physical(part.csv()));
    }
    assert_eq!(starts, expected);
    assert_ne!(joined.hash, joined.files[0].hash);
}

#[test]
fn a_bad_row_of_several_files_is_told_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = large();
    table.rows.truncate(5);
    let mut files = Vec::new();
    for number in 0..2 {
        let path = folder.path().join(format!("bill-{number}.csv"));
        if number == 1 {
            let billed = table
                .names
                .iter()
                .position(|name| name == "BilledCost")
                .unwrap();
            table.rows[3][billed] = Some("much".to_owned());
        }
        std::fs::write(&path, table.csv()).unwrap();
        files.push(path);
    }
    let error = with(&set(files), &Options::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "1 row of bill cannot be read, so nothing of it was imported: line 5, BilledCost: \"much\" \
         is not a decimal number (bill-1.csv)"
    );
}

#[test]
fn a_bill_that_has_no_room_in_memory_comes_out_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let table = large();
    let csv = folder.path().join("bill.csv");
    std::fs::write(&csv, table.csv()).unwrap();
    let (_other, parquet) = table.parquet(Way { group: 500, ..AWS });
    let away = tempfile::tempdir().unwrap();
    for path in [csv, parquet] {
        let set = set(vec![path]);
        let whole = all(&with(&set, &Options::default()).unwrap());
        for threads in [1, 3] {
            let tight = Options {
                threads,
                memory: 1,
                spill_folder: Some(away.path().to_owned()),
                ..Options::default()
            };
            assert!(whole == all(&with(&set, &tight).unwrap()), "{threads}");
        }
        let nowhere = Options {
            memory: 1,
            spill_folder: Some(folder.path().join("gone")),
            ..Options::default()
        };
        let said = with(&set, &nowhere).unwrap_err().to_string();
        assert!(
            said.contains("the disk of the workspace cannot be written to"),
            "{said}"
        );
    }
    assert_eq!(std::fs::read_dir(away.path()).unwrap().count(), 0);
}
