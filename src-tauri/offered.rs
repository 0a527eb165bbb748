//! The files and folders that the person offered: dropped on the window or chosen in a dialog.
//!
//! The interface speaks of files by path. A path is read only if it was offered since the window
//! opened, so that no script, wherever it came from, can have any other file read.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::refusal::Refusal;

/// Every file offered since the window opened.
#[derive(Debug, Default)]
pub struct Offered {
    files: Mutex<HashSet<PathBuf>>,
}

impl Offered {
    /// Remembers files.
    pub fn add(&self, files: &[PathBuf]) {
        // A set of paths has no half-changed state that a panic elsewhere could leave behind.
        let mut known = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(files.iter().cloned());
    }

    /// Whether all of these were offered: a refusal that names the first that was not.
    pub fn hold(&self, files: &[PathBuf]) -> Result<(), Refusal> {
        let Some(foreign) = files.iter().find(|file| !self.has(file)) else {
            return Ok(());
        };
        let told = format!(
            "{} was neither dropped on this window nor picked in it.",
            foreign.display()
        );
        Err(Refusal::new("import.not_offered", told)
            .hint("Drop the file on the window, or choose it there."))
    }

    /// Whether this very path was offered.
    fn has(&self, file: &Path) -> bool {
        self.files
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_offered_may_be_read() {
        let offered = Offered::default();
        offered.add(&[PathBuf::from("/home/ada/bill.csv")]);
        assert!(offered.has(Path::new("/home/ada/bill.csv")));
        assert!(!offered.has(Path::new("/home/ada/.ssh/id_ed25519")));
        assert!(!offered.has(Path::new("/home/ada/../ada/bill.csv/..")));
    }
}
