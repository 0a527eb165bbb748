//! The workspace that was open last, so that the next window opens it again.

use std::{
    fs,
    path::{Path, PathBuf},
};

const FILE: &str = "last-workspace";

/// The one that was open last, if it is still there.
pub fn workspace(folder: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    let path = PathBuf::from(text.trim_end_matches('\n'));
    path.is_file().then_some(path)
}

/// Remembers it. A window that cannot remember opens all the same.
pub fn remember(folder: &Path, workspace: &Path) {
    let path = std::path::absolute(workspace).unwrap_or_else(|_| workspace.to_path_buf());
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(folder.join(FILE), path.to_string_lossy().as_bytes()));
    if let Err(error) = written {
        tracing::warn!(%error, "the workspace is not remembered for the next start");
    }
}
