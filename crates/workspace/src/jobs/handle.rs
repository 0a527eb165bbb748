use std::ops::ControlFlow;

use serde_json::Value;
use tallyport_store::{JobId, JobState};

use super::Jobs;

/// What a job's body holds: it says how far it is and learns whether to stop.
#[derive(Debug, Clone)]
pub struct JobHandle {
    pub(super) board: Jobs,
    pub(super) id: JobId,
}

impl JobHandle {
    /// Which job it is.
    #[must_use]
    pub const fn id(&self) -> JobId {
        self.id
    }

    /// Says how far it is. As often as convenient: what is passed on is a few times a second.
    /// `Break` says that it has been told to stop.
    pub fn progress(&self, done: u64, total: u64, message: &str) -> ControlFlow<()> {
        let far = (done, total);
        self.board
            .progress(self.id, JobState::Running, far, message)
    }

    /// Says that it waits for others, until it next says how far it is.
    pub fn waits(&self, message: &str) -> ControlFlow<()> {
        self.board
            .progress(self.id, JobState::Queued, (0, 0), message)
    }

    /// Keeps what came of it so far: it stays the job's result if it ends before its time.
    pub fn keep(&self, result: Value) {
        self.board.keep(self.id, result);
    }

    /// Whether it has been told to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.board.is_cancelled(self.id)
    }
}
