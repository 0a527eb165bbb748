//! What can go wrong before any request is answered.

use std::path::PathBuf;

/// Why a sandbox could not be opened or keep its state.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The folder of the sandbox cannot be read or written.
    #[error("the sandbox folder {} cannot be used: {cause}", path.display())]
    Folder {
        /// The path that failed.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A file of the sandbox is not what this program wrote.
    #[error("the sandbox file {} is damaged: {cause}", path.display())]
    Damaged {
        /// The file that does not parse.
        path: PathBuf,
        /// What was wrong with it.
        cause: String,
    },
    /// A date has no calendar year around it.
    #[error("the sandbox cannot tell a year of history before {0}")]
    Date(jiff::civil::Date),
}

impl SandboxError {
    pub(crate) fn folder(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |cause| Self::Folder { path, cause }
    }

    pub(crate) fn damaged(path: impl Into<PathBuf>, cause: impl std::fmt::Display) -> Self {
        Self::Damaged {
            path: path.into(),
            cause: cause.to_string(),
        }
    }
}
