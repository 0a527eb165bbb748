//! What lies in a folder. Links are not followed, so that there is no way around in a circle or out
//! of the folder.

use std::path::{Path, PathBuf};

use super::{SetError, shown};

/// Files that a folder may hold.
const MOST_FILES: usize = 100_000;
/// Folders within folders.
const DEEPEST: usize = 16;
/// Folders above a manifest in which its files are looked for.
const HIGHEST: usize = 8;

/// What may be manifests, and what may be cost files.
#[derive(Default)]
pub(super) struct Found {
    pub(super) manifests: Vec<PathBuf>,
    pub(super) files: Vec<PathBuf>,
}

pub(super) fn walk(folder: &Path) -> Result<Found, SetError> {
    let mut found = Found::default();
    let mut open = vec![(folder.to_owned(), 0)];
    let mut seen = 0;
    while let Some((inner, depth)) = open.pop() {
        let unreadable = |source| SetError::Io {
            path: inner.display().to_string(),
            source,
        };
        for entry in std::fs::read_dir(&inner).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = entry.path();
            let kind = entry.file_type().map_err(unreadable)?;
            seen += 1;
            if seen > MOST_FILES {
                return Err(SetError::TooMany {
                    folder: shown(folder),
                    limit: MOST_FILES,
                });
            }
            if shown(&path).starts_with(['.', '_']) {
                // What programs keep for themselves, such as _SUCCESS.
            } else if kind.is_dir() && depth < DEEPEST {
                open.push((path, depth + 1));
            } else if kind.is_file() && may_be_manifest(&path) {
                found.manifests.push(path);
            } else if kind.is_file() && may_be_bill(&path) {
                found.files.push(path);
            }
        }
    }
    found.manifests.sort();
    found.files.sort();
    Ok(found)
}

fn ends(path: &Path, ends: &[&str]) -> bool {
    let name = shown(path).to_ascii_lowercase();
    ends.iter().any(|end| name.ends_with(end))
}

pub(super) fn may_be_manifest(path: &Path) -> bool {
    ends(path, &[".json"])
}

/// Whether it is called as AWS calls manifests.
pub(super) fn is_manifests_name(path: &Path) -> bool {
    ends(path, &["manifest.json"])
}

fn may_be_bill(path: &Path) -> bool {
    ends(path, &[".csv", ".gz", ".gzip", ".parquet"])
}

/// The folder that a file lies in.
pub(super) fn containing(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A folder and some of those above it, nearest first.
pub(super) fn above(folder: &Path) -> Vec<PathBuf> {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    whole
        .ancestors()
        .take(HIGHEST)
        .map(Path::to_owned)
        .collect()
}

/// The folders in which a manifest's files are looked for: its own and those above it, up to the
/// one that was asked for.
pub(super) fn bases(manifest: &Path, limit: &Path) -> Vec<PathBuf> {
    containing(manifest)
        .ancestors()
        .take_while(|folder| folder.starts_with(limit))
        .take(HIGHEST)
        .map(Path::to_owned)
        .collect()
}
