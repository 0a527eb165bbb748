use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

/// `tally channels`.
#[derive(Debug, Subcommand)]
pub enum Channels {
    /// Add a channel; its password, key or address is asked for, or read from standard input
    Add(Box<AddChannel>),
    /// Change a channel: what is not said stays as it is, its secret too
    Edit(Box<EditChannel>),
    /// The channels, and how the last attempt of each went
    List,
    /// Send what an alert looks like on one channel, now
    Test {
        /// The channel's name
        name: String,
    },
    /// Remove a channel and forget its secret
    Remove {
        /// The channel's name
        name: String,
    },
    /// Send what is due now, on a machine where neither the window nor `tally serve` runs
    Send,
    /// What became of each notice, the latest first
    Log {
        /// Only this channel's
        #[arg(long, value_name = "NAME")]
        channel: Option<String>,
        /// Only those in this state: waiting, sent, failed or dropped
        #[arg(long, value_name = "STATE")]
        state: Option<String>,
        /// The page, from 1
        #[arg(long, value_name = "N")]
        page: Option<u32>,
    },
}

/// `tally channels add`.
#[derive(Debug, Args)]
pub struct AddChannel {
    /// What it is
    pub kind: ChannelKind,
    /// Its name
    pub name: String,
    #[command(flatten)]
    pub settings: ChannelSettings,
    #[command(flatten)]
    pub telling: Telling,
}

/// `tally channels edit`: what is not said stays as it is.
#[derive(Debug, Args)]
pub struct EditChannel {
    /// Its name
    pub name: String,
    /// Another name
    #[arg(long, value_name = "NAME")]
    pub rename: Option<String>,
    /// Use it again
    #[arg(long, conflicts_with = "off")]
    pub on: bool,
    /// Send nothing on it
    #[arg(long)]
    pub off: bool,
    /// Ask for its password, key or address anew, or read it from standard input
    #[arg(long)]
    pub secret: bool,
    #[command(flatten)]
    pub settings: ChannelSettings,
    #[command(flatten)]
    pub telling: Telling,
    /// Notices go out one by one again
    #[arg(long, conflicts_with = "digest")]
    pub no_digest: bool,
}

/// What a channel is set to, by the names that the wire has.
#[derive(Debug, Args, Serialize)]
pub struct ChannelSettings {
    /// mail: the server
    #[arg(long, value_name = "NAME")]
    pub host: Option<String>,
    /// mail: its port [default: 465, or 587 with starttls]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// mail: tls, starttls, or none to a server on this computer [default: tls]
    #[arg(long, value_name = "WAY")]
    pub security: Option<String>,
    /// mail: who signs in
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    /// mail: a file with an authority in PEM that is trusted besides this computer's own
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    pub certificate: Option<PathBuf>,
    /// mail, ses: from whom
    #[arg(long, value_name = "ADDRESS")]
    pub from: Option<String>,
    /// mail, ses: an address; sms: a number such as +431234567 (may be repeated)
    #[arg(long, value_name = "ADDRESS")]
    pub to: Option<Vec<String>>,
    /// ses, sms: the connection whose credentials send
    #[arg(long, value_name = "ID")]
    pub connection: Option<i64>,
    /// ses, sms: the region, if it is not the connection's
    #[arg(long, value_name = "NAME")]
    pub region: Option<String>,
    /// sms: the name shown as sender
    #[arg(long, value_name = "NAME")]
    pub sender_id: Option<String>,
    /// slack, teams, webhook: the address may lead into a private network
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub allow_private: Option<bool>,
}

/// What goes out on a channel, and when.
#[derive(Debug, Args)]
pub struct Telling {
    /// What is less urgent does not go out on it: notice, warning or urgent [default: notice]
    #[arg(long, value_name = "SEVERITY")]
    pub least: Option<String>,
    /// Notices that can wait go out as one, at this time of day
    #[arg(long, value_name = "HH:MM")]
    pub digest: Option<String>,
    /// The zone of --digest [default: the workspace's]
    #[arg(long, value_name = "ZONE", requires = "digest")]
    pub zone: Option<String>,
}

/// What a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChannelKind {
    /// Mail over SMTP
    Mail,
    /// Mail through Amazon SES
    Ses,
    /// A webhook of Slack, or of a chat that takes the same
    Slack,
    /// A webhook of Microsoft Teams
    Teams,
    /// Any program, by a signed webhook
    Webhook,
    /// Text messages through Amazon SNS
    Sms,
}

impl ChannelKind {
    /// Its word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Ses => "ses",
            Self::Slack => "slack",
            Self::Teams => "teams",
            Self::Webhook => "webhook",
            Self::Sms => "sms",
        }
    }
}
