//! A manifest on the disk, and the files that it names.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{FileSet, SetError, shown};
use crate::manifest::{Manifest, ManifestFile};

/// The largest manifest that is read: the real ones hold some hundred columns and files.
const LARGEST: u64 = 16 << 20;

/// A manifest that was read.
pub(super) struct Named {
    path: PathBuf,
    manifest: Manifest,
    written: Option<SystemTime>,
}

impl Named {
    pub(super) fn read(path: &Path) -> Result<Self, SetError> {
        let unreadable = |source| SetError::Io {
            path: shown(path),
            source,
        };
        let facts = std::fs::metadata(path).map_err(unreadable)?;
        if facts.len() > LARGEST {
            let source = std::io::Error::other("it is larger than 16 MiB, which no manifest is");
            return Err(unreadable(source));
        }
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let manifest = Manifest::parse(&bytes).map_err(|source| SetError::Manifest {
            manifest: shown(path),
            source,
        })?;
        Ok(Self {
            path: path.to_owned(),
            manifest,
            written: facts.modified().ok(),
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How many files it names.
    pub(super) fn count(&self) -> usize {
        self.manifest.files.len()
    }

    /// Whether a file may be one that it names: the end of its path is that of a key.
    pub(super) fn names(&self, file: &Path) -> bool {
        let name = file.file_name();
        self.manifest
            .files
            .iter()
            .any(|named| Path::new(&named.key).file_name() == name)
    }

    /// The set of its files, looked for in these folders.
    pub(super) fn set(&self, folders: &[PathBuf]) -> Result<FileSet, SetError> {
        let (mut files, mut missing) = (Vec::new(), Vec::new());
        for named in &self.manifest.files {
            match self.find(named, folders)? {
                Some(path) => files.push(path),
                None => missing.push(named.key.clone()),
            }
        }
        if !missing.is_empty() {
            return Err(SetError::Missing {
                manifest: shown(&self.path),
                count: self.count(),
                missing,
            });
        }
        for path in &files {
            let facts = std::fs::metadata(path).map_err(|source| SetError::Io {
                path: shown(path),
                source,
            })?;
            if facts.len() == 0 {
                return Err(SetError::Empty {
                    file: shown(path),
                    manifest: shown(&self.path),
                });
            }
        }
        let name = match (&self.manifest.name, self.manifest.period) {
            (Some(name), Some(period)) => format!("{name} {period}"),
            (Some(name), None) => name.clone(),
            _ => shown(&self.path),
        };
        Ok(FileSet {
            name,
            files,
            manifest: Some(self.path.clone()),
            period: self.manifest.period,
            notes: Vec::new(),
        })
    }

    /// Looks for a file by as much of its key as there is: copies keep the folders of the bucket,
    /// some of them, or none.
    fn find(&self, named: &ManifestFile, folders: &[PathBuf]) -> Result<Option<PathBuf>, SetError> {
        let parts: Vec<&str> = named
            .key
            .split('/')
            .filter(|part| !part.is_empty())
            .collect();
        let strange = |part: &&&str| {
            matches!(**part, "." | "..") || part.contains(['\\', '\0']) || part.contains(':')
        };
        if parts.is_empty() || parts.iter().any(|part| strange(&part)) {
            return Err(SetError::Outside {
                manifest: shown(&self.path),
                key: named.key.chars().take(80).collect(),
            });
        }
        // The longest end of the key first: files of other deliveries have the same name.
        for start in 0..parts.len() {
            let end: PathBuf = parts[start..].iter().collect();
            let found = folders
                .iter()
                .map(|folder| folder.join(&end))
                .find(|path| path.is_file());
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}

/// The newest delivery of each month of each export, with the number of older ones.
///
/// AWS keeps a copy of the newest manifest above the folders of the deliveries; where there is
/// none, deliveries are named by their time or, where those are not, were written in order.
pub(super) fn newest(manifests: &[Named]) -> Vec<(&Named, usize)> {
    let mut newest: Vec<(&Named, Vec<&Named>)> = Vec::new();
    for manifest in manifests {
        let known = newest
            .iter_mut()
            .find(|(known, _)| same_bill(known, manifest));
        match known {
            None => newest.push((manifest, Vec::new())),
            Some((known, older)) if age(known) < age(manifest) => {
                older.push(std::mem::replace(known, manifest));
            }
            Some((_, older)) => older.push(manifest),
        }
    }
    newest
        .into_iter()
        .map(|(newest, mut older)| {
            // The copy above and the original below are one delivery.
            older.retain(|older| older.manifest.files != newest.manifest.files);
            let mut deliveries: Vec<&[ManifestFile]> = older
                .iter()
                .map(|older| older.manifest.files.as_slice())
                .collect();
            deliveries.sort_by_key(|files| files.first().map(|file| file.key.clone()));
            deliveries.dedup();
            (newest, deliveries.len())
        })
        .collect()
}

/// Whether two manifests are deliveries of one month of one export.
fn same_bill(a: &Named, b: &Named) -> bool {
    let (of_a, of_b) = (&a.manifest, &b.manifest);
    of_a.period.is_some()
        && of_a.period == of_b.period
        && of_a.kind == of_b.kind
        && of_a.name == of_b.name
        && a.bucket() == b.bucket()
        && a.place() == b.place()
}

impl Named {
    fn bucket(&self) -> Option<&str> {
        self.manifest.files.first()?.bucket.as_deref()
    }

    /// The part of the keys above what differs by delivery: two exports of one name lie apart.
    fn place(&self) -> Vec<&str> {
        let Some(first) = self.manifest.files.first() else {
            return Vec::new();
        };
        first
            .key
            .split('/')
            .take_while(|part| !is_month(part))
            .collect()
    }
}

/// Whether a folder's name says a month, as AWS names folders: `BILLING_PERIOD=2026-09`,
/// `20260901-20261001`.
pub(super) fn is_month(name: &str) -> bool {
    let is_day = |text: &str| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    name.to_ascii_lowercase().starts_with("billing_period=")
        || name
            .split_once('-')
            .is_some_and(|(from, to)| is_day(from) && is_day(to))
}

/// What makes a delivery newer than another: how far up its manifest lies, its name where that is
/// a time, when it was written.
fn age(named: &Named) -> (isize, Option<&str>, Option<SystemTime>, &Path) {
    let depth = isize::try_from(named.path.components().count()).unwrap_or(isize::MAX);
    let time = named.manifest.assembly.as_deref().filter(|name| {
        let digits = name.bytes().take_while(u8::is_ascii_digit).count();
        digits == 8 && name.as_bytes().get(8) == Some(&b'T')
    });
    (-depth, time, named.written, &named.path)
}
