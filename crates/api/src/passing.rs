//! Files in passing: they lie beside the workspace while they are needed.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::StatusCode;
use futures::StreamExt;
use tallyport_workspace::Context;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio_util::io::ReaderStream;

use crate::problem::Problem;

/// A file in passing; it is gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Passing {
    path: PathBuf,
}

impl Passing {
    /// A name that nothing has, in the folder for such files.
    pub(crate) fn new(context: &Context, what: &str) -> Self {
        let mut name = [0; 8];
        (context.random)(&mut name);
        let name = u64::from_le_bytes(name);
        Self {
            path: context
                .folder
                .join(format!(".tallyport-{name:016x}.{what}")),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves the file to somebody else.
    pub(crate) fn keep(self) {
        std::mem::forget(self);
    }

    /// Writes what comes in to the file, piece by piece.
    pub(crate) async fn receive(&self, body: Body) -> Result<(), Problem> {
        let mut file = File::create_new(&self.path).await.map_err(disk)?;
        let mut pieces = body.into_data_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| {
                Problem::unreadable(format!("The file did not come through: {error}."))
            })?;
            file.write_all(&piece).await.map_err(disk)?;
        }
        file.flush().await.map_err(disk)
    }

    /// The file as a body; it is gone once that was read or dropped.
    pub(crate) async fn streamed(self) -> Result<Body, Problem> {
        let file = File::open(&self.path).await.map_err(disk)?;
        let pieces = ReaderStream::with_capacity(file, 256 * 1024);
        Ok(Body::from_stream(pieces.map(move |piece| {
            let _still_here = &self;
            piece
        })))
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

fn disk(error: std::io::Error) -> Problem {
    tracing::error!(%error, "a file in passing");
    Problem::new(
        StatusCode::INSUFFICIENT_STORAGE,
        "disk.failed",
        "The file could not be kept beside the workspace.",
    )
    .hint("Check free space and permissions of the workspace's folder.")
}
