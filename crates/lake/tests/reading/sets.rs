//! Which files are one bill: manifests, folders, numbered files.

use std::fs;
use std::path::Path;

use tallyport_lake::{FileSet, Note, SetError, sets};

use crate::bills::{ROW, focus, loaded};

/// A folder with these files; those that end in `.json` hold what is given, others a bill.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn bill(&self, name: &str) -> &Self {
        self.write(name, &focus(&[ROW.to_owned()]))
    }

    fn sets(&self, name: &str) -> Result<Vec<FileSet>, SetError> {
        sets(&self.path().join(name))
    }

    /// The sets of the whole folder: name and files, the folder's own path left out.
    fn told(&self) -> Vec<String> {
        let sets = sets(self.path()).unwrap();
        sets.iter()
            .map(|set| {
                let files: Vec<String> = set.files.iter().map(|file| self.short(file)).collect();
                format!("{}: {}", set.name, files.join(" "))
            })
            .collect()
    }

    fn short(&self, path: &Path) -> String {
        let path = path.strip_prefix(self.path()).unwrap_or(path);
        path.display().to_string()
    }

    fn refusal(&self, name: &str) -> String {
        self.sets(name).unwrap_err().to_string()
    }
}

/// A report's manifest.
fn report(month: (&str, &str), assembly: &str, keys: &[&str]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("\"{key}\"")).collect();
    format!(
        r#"{{"assemblyId": "{assembly}", "account": "111122223333", "reportName": "hourly",
            "billingPeriod": {{"start": "{}T000000.000Z", "end": "{}T000000.000Z"}},
            "bucket": "bills", "reportKeys": [{}]}}"#,
        month.0,
        month.1,
        keys.join(", ")
    )
}

/// A data export's manifest.
fn export(files: &[&str]) -> String {
    let files: Vec<String> = files
        .iter()
        .map(|file| format!("\"s3://bills/{file}\""))
        .collect();
    format!(
        r#"{{"exportName": "focus", "dataFiles": [{}]}}"#,
        files.join(", ")
    )
}

const JUNE: (&str, &str) = ("20230601", "20230701");

#[test]
fn a_file_by_itself_is_a_set_of_one() {
    let folder = Folder::new();
    folder.bill("any name");
    let set = &folder.sets("any name").unwrap()[0];
    assert_eq!(set.name, "any name");
    assert_eq!(set.files.len(), 1);
    assert_eq!((&set.manifest, set.period), (&None, None));
}

#[test]
fn a_reports_manifest_finds_its_files_wherever_the_copy_keeps_them() {
    let keys = [
        "cur/hourly/20230601-20230701/hourly-1.csv.gz",
        "cur/hourly/20230601-20230701/hourly-2.csv.gz",
    ];
    for (manifest, place) in [
        (
            "m/cur/hourly/20230601-20230701/hourly-Manifest.json",
            "m/cur/hourly/20230601-20230701/",
        ),
        ("hourly-Manifest.json", ""),
        (
            "metadata/hourly-Manifest.json",
            "data/cur/hourly/20230601-20230701/",
        ),
        (
            "20230601-20230701/hourly-Manifest.json",
            "20230601-20230701/",
        ),
    ] {
        let folder = Folder::new();
        folder.write(manifest, &report(JUNE, "a", &keys));
        folder.bill(&format!("{place}hourly-1.csv.gz"));
        folder.bill(&format!("{place}hourly-2.csv.gz"));
        if place.starts_with("data/") {
            // Its folder is no part of the key, so it is not looked into.
            assert!(folder.refusal("").contains("2 are missing"));
            continue;
        }
        let expected = format!("hourly 2023-06: {place}hourly-1.csv.gz {place}hourly-2.csv.gz");
        assert_eq!(folder.told(), [expected], "{manifest}");
        let of_manifest = folder.sets(manifest).unwrap();
        assert_eq!(of_manifest[0].files.len(), 2, "the manifest by itself");
        assert_eq!(of_manifest[0].period.unwrap().to_string(), "2023-06");
    }
}

#[test]
fn a_data_exports_manifest_finds_the_partition_beside_its_metadata() {
    let folder = Folder::new();
    for month in ["2026-09", "2026-10"] {
        let data = format!("exports/focus/data/BILLING_PERIOD={month}");
        folder.write(
            &format!("exports/focus/metadata/BILLING_PERIOD={month}/focus-Manifest.json"),
            &export(&[
                &format!("{data}/focus-00001.csv.gz"),
                &format!("{data}/focus-00002.csv.gz"),
            ]),
        );
        folder.bill(&format!("{data}/focus-00001.csv.gz"));
        folder.bill(&format!("{data}/focus-00002.csv.gz"));
    }
    let told = folder.told();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].starts_with(
        "focus 2026-10: exports/focus/data/BILLING_PERIOD=2026-10/focus-00001.csv.gz"
    ));
    let alone = folder
        .sets("exports/focus/metadata/BILLING_PERIOD=2026-10/focus-Manifest.json")
        .unwrap();
    assert_eq!(alone[0].files.len(), 2);
    assert!(alone[0].files[1].ends_with("BILLING_PERIOD=2026-10/focus-00002.csv.gz"));
}

#[test]
fn a_period_without_its_last_file_is_refused_by_name() {
    let folder = Folder::new();
    let keys = [
        "x/hourly-1.csv.gz",
        "x/hourly-2.csv.gz",
        "x/hourly-3.csv.gz",
    ];
    folder.write("hourly-Manifest.json", &report(JUNE, "a", &keys));
    folder.bill("hourly-1.csv.gz").bill("hourly-2.csv.gz");
    let expected = "hourly-Manifest.json names 3 files of which 1 is missing: x/hourly-3.csv.gz; \
                    fetch them, since a bill is imported whole or not at all";
    assert_eq!(folder.refusal(""), expected);
    assert_eq!(folder.refusal("hourly-Manifest.json"), expected);
    folder.write("hourly-3.csv.gz", "");
    assert_eq!(
        folder.refusal(""),
        "hourly-3.csv.gz, which hourly-Manifest.json names, is empty; fetch it again"
    );
}

#[test]
fn one_file_of_several_is_refused_beside_its_manifest() {
    let folder = Folder::new();
    folder.write(
        "hourly-Manifest.json",
        &report(JUNE, "a", &["x/hourly-1.csv", "x/hourly-2.csv"]),
    );
    folder
        .bill("hourly-1.csv")
        .bill("hourly-2.csv")
        .bill("other.csv");
    assert_eq!(
        folder.refusal("hourly-2.csv"),
        "hourly-2.csv is one of the 2 files of a bill that hourly-Manifest.json names: import the \
         manifest or the folder"
    );
    assert_eq!(folder.sets("other.csv").unwrap()[0].files.len(), 1);
}

#[test]
fn of_several_deliveries_of_a_month_the_newest_counts() {
    let month = "cur/hourly/20230601-20230701";
    let key = |assembly: &str| format!("{month}/{assembly}/hourly-1.csv.gz");
    let (first, second, third) = ("20230603T101010Z", "20230604T101010Z", "20230605T101010Z");
    let folder = Folder::new();
    for assembly in [first, third, second] {
        folder.bill(&key(assembly));
        folder.write(
            &format!("{month}/{assembly}/hourly-Manifest.json"),
            &report(JUNE, assembly, &[&key(assembly)]),
        );
    }
    let newest = |folder: &Folder| {
        let sets = sets(folder.path()).unwrap();
        assert_eq!(sets.len(), 1);
        (folder.short(&sets[0].files[0]), sets[0].notes.clone())
    };
    let older = Note::OlderDeliveries {
        name: "hourly 2023-06".to_owned(),
        deliveries: 2,
    };
    let (file, notes) = newest(&folder);
    assert_eq!(file, key(third));
    assert_eq!(notes[0], older);
    assert_eq!(
        notes[1].code(),
        "not_in_manifest",
        "their files are not counted beside it"
    );
    // The copy above the deliveries is AWS's word for which one counts.
    folder.write(
        &format!("{month}/hourly-Manifest.json"),
        &report(JUNE, second, &[&key(second)]),
    );
    let (file, notes) = newest(&folder);
    assert_eq!((file, &notes[0]), (key(second), &older));
}

#[test]
fn wrong_and_truncated_manifests_are_named() {
    let folder = Folder::new();
    folder.bill("bill.csv");
    let whole = report(JUNE, "a", &["x/bill.csv"]);
    folder.write("hourly-Manifest.json", &whole[..whole.len() - 20]);
    let said = folder.refusal("");
    assert!(
        said.starts_with(
            "hourly-Manifest.json is not a manifest that can be read: it is not whole JSON"
        ),
        "{said}"
    );
    folder.write("hourly-Manifest.json", "{\"files\": 1}");
    assert!(
        folder
            .refusal("hourly-Manifest.json")
            .contains("names neither reportKeys nor dataFiles")
    );
    folder.write(
        "hourly-Manifest.json",
        &report(JUNE, "a", &["x/../../../../etc/bill.csv"]),
    );
    assert_eq!(
        folder.refusal(""),
        "hourly-Manifest.json names \"x/../../../../etc/bill.csv\", which is no key of a delivered file"
    );
    fs::remove_file(folder.path().join("hourly-Manifest.json")).unwrap();
    folder.write("notes.json", "{\"a\": 1}");
    assert_eq!(
        folder.told(),
        ["bill.csv: bill.csv"],
        "other JSON files are nobody's business"
    );
}

#[test]
fn a_manifest_of_another_month_is_not_the_files_manifest() {
    let folder = Folder::new();
    folder.write("hourly-Manifest.json", &report(JUNE, "a", &["x/bill.csv"]));
    folder.bill("bill.csv");
    let set = &folder.sets("").unwrap()[0];
    let read = loaded(&set.files[0]);
    assert_eq!(
        set.check(&read.load).unwrap_err().to_string(),
        "hourly-Manifest.json says that it is of 2023-06, but its files hold charges of 2026-09: \
         it is not their manifest"
    );
    assert!(FileSet::of_file(&set.files[0]).check(&read.load).is_ok());
}

#[test]
fn loose_files_are_bills_of_their_own_unless_they_are_numbered() {
    let folder = Folder::new();
    for name in [
        "bill-2026-09.csv",
        "bill-2026-10.csv",
        "acme.com-cur-1.csv.gz",
        "acme.com-cur-2.csv.gz",
        "deep/BILLING_PERIOD=2026-09/focus-00001.snappy.parquet",
        "deep/BILLING_PERIOD=2026-09/focus-00002.snappy.parquet",
        "deep/BILLING_PERIOD=2026-10/focus-00001.snappy.parquet",
        "_SUCCESS",
        ".hidden.csv",
        "notes.txt",
    ] {
        folder.bill(name);
    }
    assert_eq!(
        folder.told(),
        [
            "acme.com-cur-1.csv.gz: acme.com-cur-1.csv.gz acme.com-cur-2.csv.gz",
            "bill-2026-09.csv: bill-2026-09.csv",
            "bill-2026-10.csv: bill-2026-10.csv",
            "focus-00001.snappy.parquet: deep/BILLING_PERIOD=2026-09/focus-00001.snappy.parquet \
             deep/BILLING_PERIOD=2026-09/focus-00002.snappy.parquet",
            "focus-00001.snappy.parquet: deep/BILLING_PERIOD=2026-10/focus-00001.snappy.parquet",
        ]
    );
    let sets = sets(folder.path()).unwrap();
    assert_eq!(sets[0].notes, [Note::WithoutManifest { files: 2 }]);
    fs::remove_file(folder.path().join("acme.com-cur-1.csv.gz")).unwrap();
    folder.bill("acme.com-cur-3.csv.gz");
    assert_eq!(
        folder.refusal(""),
        "acme.com-cur-2.csv.gz is one of a numbered row of files, but number 1 of it is missing"
    );
}

#[test]
fn an_empty_folder_and_a_path_that_is_not_there_are_said_so() {
    let folder = Folder::new();
    folder.write("notes.txt", "x");
    assert!(folder.refusal("").ends_with(
        "holds no manifest and no file that ends like a cost file (.csv, .gz, .parquet)"
    ));
    assert!(matches!(folder.sets("gone"), Err(SetError::Io { .. })));
}

#[cfg(unix)]
#[test]
fn links_lead_neither_around_in_a_circle_nor_out_of_the_folder() {
    let folder = Folder::new();
    let outside = Folder::new();
    outside.bill("secret.csv");
    folder.bill("bill.csv");
    std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("out")).unwrap();
    std::os::unix::fs::symlink(
        outside.path().join("secret.csv"),
        folder.path().join("link.csv"),
    )
    .unwrap();
    assert_eq!(folder.told(), ["bill.csv: bill.csv"]);
}
