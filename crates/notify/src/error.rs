use std::net::IpAddr;
use std::time::Duration;

/// Why a notice did not get through. No text of it holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Nothing on this computer shows popups: normal on a server.
    #[error("nothing on this computer shows popups")]
    NoDaemon,
    /// No connection.
    #[error("{place} cannot be reached: {why}")]
    Unreachable {
        /// Whom.
        place: String,
        /// What the network says.
        why: String,
    },
    /// No answer.
    #[error("{place} did not answer in time")]
    TimedOut {
        /// Who.
        place: String,
    },
    /// It may take it later.
    #[error("{place} cannot take it now: {said}")]
    Later {
        /// Who.
        place: String,
        /// What it said.
        said: String,
        /// Not before this.
        after: Option<Duration>,
    },
    /// It does not accept who we are.
    #[error("{place} does not accept the sign-in: {said}")]
    SignIn {
        /// Who.
        place: String,
        /// What it said.
        said: String,
    },
    /// It will never take it.
    #[error("{place} refuses it: {said}")]
    Refused {
        /// Who.
        place: String,
        /// What it said.
        said: String,
    },
    /// The address leads into a network that is not the internet.
    #[error(
        "{host} leads to {address}, which is an address of this computer or of a private network: the channel does not allow that"
    )]
    PrivateTarget {
        /// The host.
        host: String,
        /// Where it leads.
        address: IpAddr,
    },
    /// It points elsewhere, and nobody has checked where that leads.
    #[error(
        "{place} sends us on to another address, which is not followed: enter that address itself"
    )]
    Redirected {
        /// Who.
        place: String,
    },
    /// What the channel is set to cannot be.
    #[error("{0}")]
    Unusable(String),
}

impl SendError {
    /// Whether sending the same again cannot help: somebody has to change something.
    #[must_use]
    pub const fn is_lasting(&self) -> bool {
        match self {
            Self::NoDaemon
            | Self::Unreachable { .. }
            | Self::TimedOut { .. }
            | Self::Later { .. } => false,
            Self::SignIn { .. }
            | Self::Refused { .. }
            | Self::PrivateTarget { .. }
            | Self::Redirected { .. }
            | Self::Unusable(_) => true,
        }
    }

    /// How long the other side asks us to wait.
    #[must_use]
    pub const fn after(&self) -> Option<Duration> {
        match self {
            Self::Later { after, .. } => *after,
            _ => None,
        }
    }
}
