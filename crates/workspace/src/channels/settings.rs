//! What a channel is set to, and how it is written down: settings that may be read, and secrets apart.

use serde_json::{Value, json};
use tallyport_ledger::channel::ChannelKind;
use tallyport_notify::Protection;
use tallyport_store::ConnectionId;
use tallyport_store::keys::Secret;

use crate::WorkspaceError;

/// What a channel is set to. Nothing secret is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelSettings {
    /// A mail server.
    Mail {
        /// Its name.
        host: String,
        /// Its port.
        port: u16,
        /// What protects the way there.
        security: Protection,
        /// Who signs in, if somebody must.
        user: Option<String>,
        /// From whom.
        from: String,
        /// To whom.
        to: Vec<String>,
        /// An authority in PEM that is trusted besides the computer's own.
        certificate: Option<String>,
    },
    /// Amazon SES, with a connection's credentials.
    Ses {
        /// Whose credentials.
        connection: ConnectionId,
        /// The region; the connection's if it is not said.
        region: Option<String>,
        /// From whom.
        from: String,
        /// To whom.
        to: Vec<String>,
    },
    /// Slack, Teams or a webhook, at an address that is a secret.
    Post {
        /// Which of them.
        kind: ChannelKind,
        /// The host of the address.
        host: String,
        /// Whether it may lead into a private network.
        allow_private: bool,
    },
    /// Text messages through Amazon SNS, with a connection's credentials.
    Sms {
        /// Whose credentials.
        connection: ConnectionId,
        /// The region; the connection's if it is not said.
        region: Option<String>,
        /// To which numbers.
        to: Vec<String>,
        /// The name shown as sender.
        sender_id: Option<String>,
    },
}

/// What a channel signs in with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Secrets {
    /// The password of a mail server.
    pub password: Option<Secret<String>>,
    /// The address of a chat or webhook.
    pub url: Option<Secret<String>>,
    /// The key that a webhook is signed with.
    pub key: Option<Secret<String>>,
}

/// The word for a protection.
#[must_use]
pub const fn security_word(security: Protection) -> &'static str {
    match security {
        Protection::Tls => "tls",
        Protection::StartTls => "starttls",
        Protection::None => "none",
    }
}

/// The protection that a word stands for.
#[must_use]
pub fn security_from(word: &str) -> Option<Protection> {
    [Protection::Tls, Protection::StartTls, Protection::None]
        .into_iter()
        .find(|security| security_word(*security) == word)
}

pub(crate) fn settings_to(settings: &ChannelSettings) -> Value {
    match settings {
        ChannelSettings::Mail {
            host,
            port,
            security,
            user,
            from,
            to,
            certificate,
        } => json!({
            "host": host, "port": port, "security": security_word(*security), "user": user, "from": from,
            "to": to, "certificate": certificate,
        }),
        ChannelSettings::Ses {
            connection,
            region,
            from,
            to,
        } => json!({ "connection": connection.0, "region": region, "from": from, "to": to }),
        ChannelSettings::Post {
            kind: _,
            host,
            allow_private,
        } => json!({ "host": host, "allow_private": allow_private }),
        ChannelSettings::Sms {
            connection,
            region,
            to,
            sender_id,
        } => {
            json!({ "connection": connection.0, "region": region, "to": to, "sender_id": sender_id })
        }
    }
}

pub(crate) fn settings_from(
    kind: ChannelKind,
    text: &str,
) -> Result<ChannelSettings, WorkspaceError> {
    serde_json::from_str(text)
        .ok()
        .and_then(|value| parsed(kind, &value))
        .ok_or_else(|| WorkspaceError::Fault("a channel's settings cannot be read".to_owned()))
}

fn parsed(kind: ChannelKind, value: &Value) -> Option<ChannelSettings> {
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    let list = || -> Option<Vec<String>> {
        let all = value.get("to")?.as_array()?.iter();
        all.map(|one| one.as_str().map(str::to_owned)).collect()
    };
    let connection = || Some(ConnectionId(value.get("connection")?.as_i64()?));
    Some(match kind {
        ChannelKind::Mail => ChannelSettings::Mail {
            host: text("host")?,
            port: u16::try_from(value.get("port")?.as_u64()?).ok()?,
            security: security_from(&text("security")?)?,
            user: text("user"),
            from: text("from")?,
            to: list()?,
            certificate: text("certificate"),
        },
        ChannelKind::Ses => ChannelSettings::Ses {
            connection: connection()?,
            region: text("region"),
            from: text("from")?,
            to: list()?,
        },
        ChannelKind::Slack | ChannelKind::Teams | ChannelKind::Webhook => ChannelSettings::Post {
            kind,
            host: text("host")?,
            allow_private: value.get("allow_private")?.as_bool()?,
        },
        ChannelKind::Sms => ChannelSettings::Sms {
            connection: connection()?,
            region: text("region"),
            to: list()?,
            sender_id: text("sender_id"),
        },
    })
}

impl Secrets {
    /// As they are kept in the workspace file, which is encrypted as a whole; nothing if there are none.
    pub fn to_text(&self) -> Option<Secret<String>> {
        let Self { password, url, key } = self;
        let mut kept = serde_json::Map::new();
        for (name, secret) in [("password", password), ("url", url), ("key", key)] {
            if let Some(secret) = secret {
                kept.insert(name.to_owned(), secret.reveal().as_str().into());
            }
        }
        (!kept.is_empty()).then(|| Secret::new(Value::Object(kept).to_string()))
    }

    pub fn from_text(text: Option<&Secret<String>>) -> Result<Self, WorkspaceError> {
        let Some(text) = text else {
            return Ok(Self::default());
        };
        // The error of the parser would repeat a part of it.
        let mut value: Value = serde_json::from_str(text.reveal())
            .map_err(|_| WorkspaceError::Fault("a channel's secrets cannot be read".to_owned()))?;
        let mut taken = |name: &str| match value.get_mut(name).map(Value::take) {
            Some(Value::String(text)) => Some(Secret::new(text)),
            _ => None,
        };
        Ok(Self {
            password: taken("password"),
            url: taken("url"),
            key: taken("key"),
        })
    }
}
