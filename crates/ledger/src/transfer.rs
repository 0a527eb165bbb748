//! The words of files on their way: which way they go, how far they are, what is done where something is
//! in the way.

mod limits;

use crate::charge::words;

pub use limits::{LimitWindow, Limits};

words!(
    /// Which way files go.
    TransferDirection, "a direction (up or down)" {
        /// From this computer into a bucket.
        Up = 0 "up",
        /// From a bucket to this computer.
        Down = 1 "down",
    }
);

words!(
    /// How far a transfer is.
    TransferState, "a state of a transfer (waiting, running, paused, done, failed or cancelled)" {
        /// Nobody has begun it.
        Waiting = 0 "waiting",
        /// At work, or interrupted where the program that was at work is gone.
        Running = 1 "running",
        /// Told to wait.
        Paused = 2 "paused",
        /// Every file is where it belongs, or was left out on purpose.
        Done = 3 "done",
        /// It has ended, and some files did not arrive.
        Failed = 4 "failed",
        /// Told to stop for good.
        Cancelled = 5 "cancelled",
    }
);

words!(
    /// How far one file of a transfer is.
    FileState, "a state of a file (waiting, underway, completing, done, skipped, clash, failed or cancelled)" {
        /// Not begun.
        Waiting = 0 "waiting",
        /// In parts, some of which may have arrived.
        Underway = 1 "underway",
        /// All parts have arrived; the store was asked, or is about to be asked, to put them together.
        Completing = 2 "completing",
        /// It arrived, and the store's checksum is the source's.
        Done = 3 "done",
        /// Left out, with a reason.
        Skipped = 4 "skipped",
        /// Something else is where it is to go, and a person is asked.
        Clash = 5 "clash",
        /// It did not arrive, with a reason.
        Failed = 6 "failed",
        /// The transfer was told to stop before it arrived.
        Cancelled = 7 "cancelled",
    }
);

impl TransferState {
    /// Whether there is, or may be, something left to do.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running | Self::Paused)
    }
}

impl FileState {
    /// Whether there is still something to do without asking anybody.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Underway | Self::Completing)
    }
}

words!(
    /// What is done where something else is where a file is to go.
    OnClash, "an answer to a clash (ask, skip, replace or keep-both)" {
        /// A person is asked; until then the file waits.
        Ask = 0 "ask",
        /// What is there stays, the file is left out.
        Skip = 1 "skip",
        /// The file replaces what was seen there, and nothing newer.
        Replace = 2 "replace",
        /// The file goes under another name beside it.
        KeepBoth = 3 "keep-both",
    }
);

words!(
    /// Whose turn it is where several transfers want the line.
    TransferPriority, "a priority (low, usual or high)" {
        /// When nothing else wants the line.
        Low = 0 "low",
        /// As it comes.
        Usual = 1 "usual",
        /// Before all others.
        High = 2 "high",
    }
);
