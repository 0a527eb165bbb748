//! Which files are one bill: a manifest with the files that it names, a numbered row of files, a
//! file by itself.
//!
//! A month that AWS delivers in several files is taken from all of them or not at all: any of them
//! would look like a whole bill. Where a manifest lies, it decides; what it does not name is left
//! out and told.

mod error;
mod loose;
mod named;
mod walk;

use std::path::{Path, PathBuf};

use tallyport_ledger::{BillingPeriod, Load};

use crate::Note;
use named::Named;
use walk::Found;

pub use error::SetError;

/// The files of one bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSet {
    /// What people call it: the file's name, or the manifest's.
    pub name: String,
    /// Its files in order. Line numbers run on from one to the next.
    pub files: Vec<PathBuf>,
    /// The manifest that names them.
    pub manifest: Option<PathBuf>,
    /// The month that the manifest says it is of.
    pub period: Option<BillingPeriod>,
    /// What was left out beside it.
    pub notes: Vec<Note>,
}

impl FileSet {
    /// A file by itself.
    #[must_use]
    pub fn of_file(path: &Path) -> Self {
        Self {
            name: shown(path),
            files: vec![path.to_owned()],
            manifest: None,
            period: None,
            notes: Vec::new(),
        }
    }

    /// Holds what was read against what the manifest says.
    ///
    /// # Errors
    /// The files are of other months: the manifest is not theirs.
    pub fn check(&self, load: &Load) -> Result<(), SetError> {
        let (Some(period), Some(manifest)) = (self.period, &self.manifest) else {
            return Ok(());
        };
        let other = load.periods.iter().find(|found| found.period != period);
        match other {
            None => Ok(()),
            Some(found) => Err(SetError::OtherPeriod {
                manifest: shown(manifest),
                says: period,
                holds: found.period,
            }),
        }
    }
}

/// The bills that lie at a path: in a file, in the files of a manifest, or anywhere in a folder.
/// They come in the order of their months as far as manifests say them, then by name.
///
/// # Errors
/// [`SetError`] says which manifest or file is at fault. Nothing else is read then.
pub fn sets(path: &Path) -> Result<Vec<FileSet>, SetError> {
    let facts = std::fs::metadata(path).map_err(|source| SetError::Io {
        path: shown(path),
        source,
    })?;
    if facts.is_dir() {
        return of_folder(path);
    }
    if walk::may_be_manifest(path) {
        let folder = walk::containing(path);
        return Ok(vec![Named::read(path)?.set(&walk::above(folder))?]);
    }
    let set = FileSet::of_file(path);
    refuse_a_part(path)?;
    Ok(vec![set])
}

/// Refuses one file of several that a manifest beside it names.
fn refuse_a_part(path: &Path) -> Result<(), SetError> {
    let Ok(beside) = std::fs::read_dir(walk::containing(path)) else {
        return Ok(());
    };
    for entry in beside.flatten() {
        let manifest = entry.path();
        if !walk::may_be_manifest(&manifest) {
            continue;
        }
        // A file beside that is no manifest says nothing about this one.
        let Ok(named) = Named::read(&manifest) else {
            continue;
        };
        if named.count() > 1 && named.names(path) {
            return Err(SetError::Part {
                file: shown(path),
                manifest: shown(&manifest),
                files: named.count(),
            });
        }
    }
    Ok(())
}

fn of_folder(folder: &Path) -> Result<Vec<FileSet>, SetError> {
    let Found { manifests, files } = walk::walk(folder)?;
    let mut named = Vec::new();
    for path in &manifests {
        match Named::read(path) {
            Ok(manifest) => named.push(manifest),
            // Other programs keep JSON files in folders too; only a manifest's name binds.
            Err(_) if !walk::is_manifests_name(path) => {}
            Err(error) => return Err(error),
        }
    }
    let mut sets = Vec::new();
    for (newest, older) in named::newest(&named) {
        let mut set = newest.set(&walk::bases(newest.path(), folder))?;
        if older > 0 {
            set.notes.push(Note::OlderDeliveries {
                name: set.name.clone(),
                deliveries: older,
            });
        }
        sets.push(set);
    }
    sets.sort_by(|a, b| (a.period, &a.name).cmp(&(b.period, &b.name)));
    let (mut loose, left_out) = loose::sets(&files, &named, &sets)?;
    sets.append(&mut loose);
    let Some(first) = sets.first_mut() else {
        return Err(SetError::Nothing {
            folder: shown(folder),
        });
    };
    if !left_out.is_empty() {
        let names = left_out.iter().map(|path| shown(path)).collect();
        first.notes.push(Note::NotInManifest(names));
    }
    Ok(sets)
}

/// A file's name without its folder.
fn shown(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
