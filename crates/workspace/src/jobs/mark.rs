use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// Shows other processes that this one is alive: a file beside the workspace that it holds locked.
/// The lock goes with the process, however that ends; process numbers would be used again.
#[derive(Debug)]
pub(super) struct Mark {
    path: PathBuf,
    file: Option<File>,
}

impl Mark {
    pub fn new(workspace: &Path, process: &str) -> Self {
        Self {
            path: path(workspace, process),
            file: None,
        }
    }

    /// Shows it from now on.
    pub fn show(&mut self) -> std::io::Result<()> {
        if self.file.is_none() {
            let file = File::create(&self.path)?;
            file.lock()?;
            self.file = Some(file);
        }
        Ok(())
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // What is left behind says nothing: nobody holds it locked.
            drop(std::fs::remove_file(&self.path));
        }
    }
}

/// Whether `process` is alive; clears away what a dead one left.
pub(super) fn is_alive(workspace: &Path, process: &str) -> bool {
    if process.is_empty() || !process.bytes().all(|b| b.is_ascii_hexdigit()) {
        return false;
    }
    let path = path(workspace, process);
    let Ok(file) = File::open(&path) else {
        return false;
    };
    match file.try_lock() {
        Ok(()) => {
            drop(std::fs::remove_file(&path));
            false
        }
        Err(TryLockError::WouldBlock) => true,
        Err(TryLockError::Error(_)) => false,
    }
}

fn path(workspace: &Path, process: &str) -> PathBuf {
    let mut name = workspace.as_os_str().to_owned();
    name.push(".running-");
    name.push(process);
    PathBuf::from(name)
}
