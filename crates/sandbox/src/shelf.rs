//! A part of the sandbox's state that is one file: read whole, changed whole.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::SandboxError;
use crate::lock::locked;
use crate::sandbox::publish;

/// One file's worth of state. Clones are one, and so are processes: a file that another process
/// wrote is read again.
#[derive(Debug, Clone)]
pub(crate) struct Shelf<T> {
    path: Arc<PathBuf>,
    held: Arc<Mutex<Held<T>>>,
}

#[derive(Debug)]
struct Held<T> {
    /// What the file looked like when it was read or written last.
    seen: Option<(SystemTime, u64)>,
    value: Arc<T>,
}

impl<T: Clone + Serialize + DeserializeOwned> Shelf<T> {
    /// Opens the file, or begins with `first` where there is none yet.
    pub fn open(path: PathBuf, first: impl FnOnce() -> T) -> Result<Self, SandboxError> {
        let value = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| SandboxError::damaged(&path, error))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let value = first();
                write(&path, &value).map_err(SandboxError::folder(&path))?;
                value
            }
            Err(error) => return Err(SandboxError::folder(&path)(error)),
        };
        let held = Held {
            seen: looks(&path),
            value: Arc::new(value),
        };
        Ok(Self {
            path: Arc::new(path),
            held: Arc::new(Mutex::new(held)),
        })
    }

    /// What stands there now.
    pub fn read(&self) -> Arc<T> {
        let mut held = locked(&self.held);
        self.look_again(&mut held);
        held.value.clone()
    }

    /// Changes what stands there; a change that fails leaves everything as it was.
    pub fn change<R, E: From<std::io::Error>>(
        &self,
        change: impl FnOnce(&mut T) -> Result<R, E>,
    ) -> Result<R, E> {
        let mut held = locked(&self.held);
        self.look_again(&mut held);
        let mut next = T::clone(&held.value);
        let result = change(&mut next)?;
        write(&self.path, &next)?;
        *held = Held {
            seen: looks(&self.path),
            value: Arc::new(next),
        };
        Ok(result)
    }

    fn look_again(&self, held: &mut Held<T>) {
        let looks = looks(&self.path);
        if looks == held.seen {
            return;
        }
        let read = std::fs::read(&*self.path).ok();
        if let Some(value) = read.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            *held = Held {
                seen: looks,
                value: Arc::new(value),
            };
        }
    }
}

fn write<T: Serialize>(path: &Path, value: &T) -> std::io::Result<()> {
    publish(path, &serde_json::to_vec_pretty(value)?)
}

fn looks(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}
