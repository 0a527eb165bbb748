//! Files come packed, cut short, under false names, and people change their minds.

use std::ops::ControlFlow;

use tallyport_lake::{Format, LakeError, Options, read_file};

use crate::bills::{ROW, complaint, data, file, focus, gzipped, loaded, outcome, read, sums};

#[test]
fn a_gzipped_file_is_the_same_file_whatever_its_name() {
    let path = data("focus-sample/focus_sample.csv");
    let plain = loaded(&path);
    let bytes = std::fs::read(&path).unwrap();
    let (_folder, packed) = file("notes.txt", &gzipped(&bytes));
    let unpacked = loaded(&packed);
    assert_eq!(
        sums(&plain.load, |a| a.billed),
        sums(&unpacked.load, |a| a.billed)
    );
    assert_eq!(unpacked.format, Format::Focus { version: "1.0" });
    assert_eq!(unpacked.file_name, "notes.txt");
    assert_ne!(
        plain.hash, unpacked.hash,
        "the hash is of the bytes on disk"
    );
    assert_eq!(plain.bytes, 755_423);
    // Two members one after another are one text.
    let middle = bytes.len() / 2;
    let halves = [gzipped(&bytes[..middle]), gzipped(&bytes[middle..])].concat();
    let (_folder, joined) = file("bill", &halves);
    assert_eq!(loaded(&joined).lines, 1_000);
}

#[test]
fn the_hash_is_blake3() {
    let path = data("koku-aws/2023-06-01.csv");
    let expected: [u8; 32] = blake3::hash(&std::fs::read(&path).unwrap()).into();
    assert_eq!(loaded(&path).hash, expected);
}

#[test]
fn a_truncated_gzip_file_is_refused_wherever_it_was_cut() {
    let bytes = gzipped(focus(&vec![ROW.to_owned(); 50]).as_bytes());
    for end in [2, 5, 10, bytes.len() / 2, bytes.len() - 5, bytes.len() - 1] {
        let said = complaint(&bytes[..end]);
        assert!(
            said.contains("damaged or truncated gzip"),
            "{end} of {}: {said}",
            bytes.len()
        );
    }
    let mut damaged = bytes.clone();
    let crc = damaged.len() - 8;
    damaged[crc] ^= 1;
    assert!(complaint(&damaged).contains("damaged or truncated gzip"));
}

#[test]
fn a_gzip_bomb_is_refused() {
    let line = format!("{}\n", "0".repeat(999));
    let text = format!("{}{}", focus(&[]), line.repeat(90_000));
    assert_eq!(
        complaint(gzipped(text.as_bytes())),
        "bill.csv unpacks to more than 300 times its size, which no cost file does"
    );
    let zeros = gzipped(&vec![0; 20 << 20]);
    assert!(complaint(zeros).starts_with("bill.csv is not a cost file: a field is longer"));
}

#[test]
fn other_kinds_of_file_are_told_apart() {
    let cases: [(&[u8], &str); 5] = [
        (b"", "it is empty"),
        (b"\xEF\xBB\xBF", "it is empty"),
        (b"PK\x03\x04\x14", "it is a ZIP archive or a spreadsheet"),
        (b"\xFF\xFEB\0i\0", "it is UTF-16 text; save it as UTF-8"),
        (
            b"name,age\nJane,40\n",
            "its first row names 2 columns, beginning with \"name\", \"age\"",
        ),
    ];
    for (bytes, reason) in cases {
        assert_eq!(
            complaint(bytes),
            format!(
                "bill.csv is not a cost file: {reason}. FOCUS and Cost and Usage Report files can be \
                 read, in Parquet and in CSV, plain or gzipped"
            )
        );
    }
    assert_eq!(
        complaint(focus(&[])),
        "bill.csv holds no rows that can be imported"
    );
}

#[test]
fn a_file_that_is_not_there_or_a_folder_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("gone.csv"), folder.path().to_owned()] {
        assert!(matches!(read(&path, false), Err(LakeError::Io { .. })));
    }
}

#[test]
fn a_byte_order_mark_and_blank_lines_at_the_top_do_no_harm() {
    let text = format!("\u{feff}\n\r\n{}", focus(&[ROW.to_owned()]));
    let file = outcome(text, false).unwrap();
    assert_eq!(file.load.periods[0].charges[0].first_line, 4);
}

#[test]
fn progress_is_told_and_can_stop_the_reading() {
    let (_folder, path) = file("bill.csv", focus(&vec![ROW.to_owned(); 100_000]).as_bytes());
    let mut seen = Vec::new();
    let file = read_file(&path, &Options::default(), &mut |now| {
        seen.push(now);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(seen.len() >= 3, "{seen:?}");
    assert!(seen.is_sorted_by_key(|now| (now.bytes_done, now.lines)));
    let last = seen.last().unwrap();
    assert_eq!((last.bytes_done, last.lines), (file.bytes, 100_000));
    assert_eq!(last.bytes_total, file.bytes);
    let mut asked = 0;
    let stopped = read_file(&path, &Options::default(), &mut |_| {
        asked += 1;
        ControlFlow::Break(())
    });
    assert!(matches!(stopped, Err(LakeError::Cancelled)));
    assert_eq!(asked, 1);
}
