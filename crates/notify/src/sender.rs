use async_trait::async_trait;
use jiff::Timestamp;
use tallyport_ledger::alert::Notice;

use crate::SendError;

/// A notice on its way.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// The same at every attempt, and no other notice's: a receiver that has seen it drops the second.
    pub id: String,
    /// When it is sent.
    pub sent_at: Timestamp,
    /// The workspace that it comes from, for people with more than one.
    pub workspace: String,
    /// What it says.
    pub notice: Notice,
}

/// A way to somebody.
#[async_trait]
pub trait Sender: Send + Sync {
    /// Sends it, within a minute or so. An answer of `Ok` means that the other side took it.
    ///
    /// # Errors
    /// [`SendError`] says whether sending again can help.
    async fn send(&self, parcel: &Parcel) -> Result<(), SendError>;
}
