//! Cost files that no manifest names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::named::{Named, is_month};
use super::{FileSet, SetError, shown, walk};
use crate::Note;

/// The sets of loose files, and the files that belong to no set: beside a manifest, what it does
/// not name is of an older delivery, and would be counted twice.
pub(super) fn sets(
    files: &[PathBuf],
    manifests: &[Named],
    named: &[FileSet],
) -> Result<(Vec<FileSet>, Vec<PathBuf>), SetError> {
    let taken: Vec<&PathBuf> = named.iter().flat_map(|set| &set.files).collect();
    let mut places: Vec<&Path> = manifests
        .iter()
        .map(|manifest| walk::containing(manifest.path()))
        .collect();
    places.extend(taken.iter().map(|path| month_of(path)));
    let (mut rows, mut left_out) = (Rows::new(), Vec::new());
    for path in files {
        if taken.contains(&path) {
            continue;
        }
        let folder = walk::containing(path);
        if places.iter().any(|place| folder.starts_with(place)) {
            left_out.push(path.clone());
            continue;
        }
        match numbered(path) {
            Some((stem, number)) => {
                let row = rows.entry((folder.to_owned(), stem)).or_default();
                row.push((number, path.clone()));
            }
            None => {
                let alone = (folder.to_owned(), shown(path));
                rows.insert(alone, vec![(1, path.clone())]);
            }
        }
    }
    let sets = rows.into_values().map(row).collect::<Result<_, _>>()?;
    Ok((sets, left_out))
}

/// The folder of a file's month, which may hold folders of deliveries; its own where none is one.
fn month_of(path: &Path) -> &Path {
    let folder = walk::containing(path);
    folder
        .ancestors()
        .find(|above| is_month(&shown(above)))
        .unwrap_or(folder)
}

/// Files by folder and by name without number.
type Rows = BTreeMap<(PathBuf, String), Vec<(u64, PathBuf)>>;

/// One row of numbered files is one bill, if no number is missing before the last that is there.
fn row(mut files: Vec<(u64, PathBuf)>) -> Result<FileSet, SetError> {
    files.sort();
    let first = files
        .first()
        .map(|(_, path)| path.clone())
        .unwrap_or_default();
    if let [(_, only)] = &files[..] {
        return Ok(FileSet::of_file(only));
    }
    for (expected, (number, _)) in (1..).zip(&files) {
        if *number != expected {
            return Err(SetError::Gap {
                first: shown(&first),
                number: expected,
            });
        }
    }
    let count = files.len();
    Ok(FileSet {
        name: shown(&first),
        files: files.into_iter().map(|(_, path)| path).collect(),
        manifest: None,
        period: None,
        notes: vec![Note::WithoutManifest { files: count }],
    })
}

/// What cost files end in, longest first.
const ENDINGS: &[&str] = &[
    ".snappy.parquet",
    ".gz.parquet",
    ".parquet",
    ".csv.gz",
    ".csv",
    ".gz",
];

/// A name that ends in a number as AWS numbers the files of a delivery: `report-2.csv.gz`,
/// `report-00002.snappy.parquet`. A month or a day, as in `bill-2026-09.csv`, is no such number.
fn numbered(path: &Path) -> Option<(String, u64)> {
    let name = shown(path);
    let lower = name.to_ascii_lowercase();
    let ending = ENDINGS.iter().find(|ending| lower.ends_with(**ending))?;
    let stem = name.get(..name.len() - ending.len())?;
    let (before, digits) = stem.rsplit_once('-')?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_date = before
        .rsplit('-')
        .next()
        .is_some_and(|last| last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit()));
    let is_count = matches!(digits.len(), 1..=3 | 5);
    if is_date || !is_count {
        return None;
    }
    let number = digits.parse().ok().filter(|number| *number > 0)?;
    Some((format!("{before}-*{ending}"), number))
}
