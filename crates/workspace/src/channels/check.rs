//! What somebody asks of a channel, held against what can be sent.

use tallyport_ledger::channel::ChannelKind;
use tallyport_notify::{Protection, host_of, is_mail_address};
use tallyport_store::ConnectionId;
use tallyport_store::keys::Secret;

use crate::WorkspaceError;
use crate::channels::settings::{ChannelSettings, Secrets, security_from};

/// Settings as they are asked for: those that the kind has, and no others.
#[derive(Debug, Clone, Default)]
pub struct SettingsAsk {
    /// Of mail: the server.
    pub host: Option<String>,
    /// Of mail: its port.
    pub port: Option<u16>,
    /// Of mail: tls, starttls or none.
    pub security: Option<String>,
    /// Of mail: who signs in.
    pub user: Option<String>,
    /// Of mail: an authority in PEM.
    pub certificate: Option<String>,
    /// Of mail and SES.
    pub from: Option<String>,
    /// Of mail, SES and SMS.
    pub to: Option<Vec<String>>,
    /// Of SES and SMS.
    pub connection: Option<ConnectionId>,
    /// Of SES and SMS.
    pub region: Option<String>,
    /// Of SMS.
    pub sender_id: Option<String>,
    /// Of chats and webhooks.
    pub allow_private: Option<bool>,
    /// Of webhooks: where to. That of a chat is its secret.
    pub url: Option<Secret<String>>,
}

/// Recipients of one channel at most.
const RECIPIENTS: usize = 50;
/// The shortest key that signs.
const KEY: usize = 16;
/// The longest address and the longest password.
const ADDRESS: usize = 2_000;
/// The longest chain of certificates.
const CERTIFICATE: usize = 65_536;

fn wrong(field: &'static str, why: &str) -> WorkspaceError {
    WorkspaceError::invalid(field, why)
}

impl SettingsAsk {
    /// Settings and secrets of a channel of this kind. What `before` had and `secret` does not replace is kept.
    pub(crate) fn checked(
        self,
        kind: ChannelKind,
        secret: Option<Secret<String>>,
        before: Option<(&ChannelSettings, Secrets)>,
    ) -> Result<(ChannelSettings, Secrets), WorkspaceError> {
        self.has_no_other(kind)?;
        if let Some(secret) = &secret {
            let text = secret.reveal();
            if text.is_empty() || text.len() > ADDRESS || text.chars().any(char::is_control) {
                return Err(wrong(
                    "secret",
                    "a secret has between 1 and 2,000 characters and no control characters",
                ));
            }
        }
        match kind {
            ChannelKind::Mail => self.mail(secret, before),
            ChannelKind::Ses | ChannelKind::Sms if secret.is_some() => Err(wrong(
                "secret",
                "this channel has no secret: it sends with the credentials of its connection",
            )),
            ChannelKind::Ses => Ok((
                ChannelSettings::Ses {
                    connection: self.connection()?,
                    region: region(self.region)?,
                    from: sender(self.from)?,
                    to: recipients(self.to)?,
                },
                Secrets::default(),
            )),
            ChannelKind::Sms => Ok((
                ChannelSettings::Sms {
                    connection: self.connection()?,
                    region: region(self.region)?,
                    to: numbers(self.to)?,
                    sender_id: sender_id(self.sender_id)?,
                },
                Secrets::default(),
            )),
            ChannelKind::Slack | ChannelKind::Teams | ChannelKind::Webhook => {
                self.post(kind, secret, before)
            }
        }
    }

    fn has_no_other(&self, kind: ChannelKind) -> Result<(), WorkspaceError> {
        use ChannelKind as K;
        let mail = kind == K::Mail;
        let aws = matches!(kind, K::Ses | K::Sms);
        let post = matches!(kind, K::Slack | K::Teams | K::Webhook);
        for (given, has, field) in [
            // The host of a chat or webhook is shown, and may be sent back; the address decides.
            (self.host.is_some(), mail || post, "settings.host"),
            (self.port.is_some(), mail, "settings.port"),
            (self.security.is_some(), mail, "settings.security"),
            (self.user.is_some(), mail, "settings.user"),
            (self.certificate.is_some(), mail, "settings.certificate"),
            (self.from.is_some(), mail || kind == K::Ses, "settings.from"),
            (self.to.is_some(), mail || aws, "settings.to"),
            (self.connection.is_some(), aws, "settings.connection"),
            (self.region.is_some(), aws, "settings.region"),
            (
                self.sender_id.is_some(),
                kind == K::Sms,
                "settings.sender_id",
            ),
            (self.allow_private.is_some(), post, "settings.allow_private"),
            (self.url.is_some(), kind == K::Webhook, "settings.url"),
        ] {
            if given && !has {
                return Err(WorkspaceError::invalid(
                    field,
                    format!("a channel of kind {kind} has no such setting"),
                ));
            }
        }
        Ok(())
    }

    fn connection(&self) -> Result<ConnectionId, WorkspaceError> {
        self.connection.ok_or_else(|| {
            wrong(
                "settings.connection",
                "whose credentials? Name a connection",
            )
        })
    }

    fn mail(
        self,
        secret: Option<Secret<String>>,
        before: Option<(&ChannelSettings, Secrets)>,
    ) -> Result<(ChannelSettings, Secrets), WorkspaceError> {
        let host = self
            .host
            .map(|host| host.trim().to_owned())
            .unwrap_or_default();
        let is_host = !host.is_empty()
            && host.len() <= 253
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
        if !is_host {
            return Err(wrong(
                "settings.host",
                "the name of a mail server is expected",
            ));
        }
        let security = security_from(self.security.as_deref().unwrap_or("tls"))
            .ok_or_else(|| wrong("settings.security", "tls, starttls or none is expected"))?;
        let port = self.port.unwrap_or(match security {
            Protection::Tls => 465,
            Protection::StartTls => 587,
            Protection::None => 25,
        });
        let user = self.user.filter(|user| !user.is_empty());
        if security == Protection::None {
            if !matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1") {
                return Err(wrong(
                    "settings.security",
                    "mail goes out without TLS only to a server on this computer",
                ));
            }
            if user.is_some() {
                return Err(wrong(
                    "settings.user",
                    "nobody signs in without TLS: the password could be read on the way",
                ));
            }
        }
        let certificate = self.certificate.filter(|pem| !pem.trim().is_empty());
        if let Some(pem) = &certificate
            && (pem.len() > CERTIFICATE || !pem.contains("-----BEGIN CERTIFICATE-----"))
        {
            return Err(wrong(
                "settings.certificate",
                "a certificate in PEM form is expected: -----BEGIN CERTIFICATE-----",
            ));
        }
        let settings = ChannelSettings::Mail {
            host,
            port,
            security,
            user,
            from: sender(self.from)?,
            to: recipients(self.to)?,
            certificate,
        };
        let password = password(&settings, secret, before)?;
        let secrets = Secrets {
            password,
            ..Secrets::default()
        };
        Ok((settings, secrets))
    }

    fn post(
        self,
        kind: ChannelKind,
        secret: Option<Secret<String>>,
        before: Option<(&ChannelSettings, Secrets)>,
    ) -> Result<(ChannelSettings, Secrets), WorkspaceError> {
        let before = before.map(|(_, secrets)| secrets).unwrap_or_default();
        let (url, key, field) = if kind == ChannelKind::Webhook {
            let key = secret.or(before.key);
            if key
                .as_ref()
                .is_none_or(|key| key.reveal().chars().count() < KEY)
            {
                return Err(wrong(
                    "secret",
                    "a webhook is signed with a secret of at least 16 characters that the receiver knows too",
                ));
            }
            let given = self.url.filter(|url| !url.reveal().is_empty());
            (given.or(before.url), key, "settings.url")
        } else {
            (secret.or(before.url), None, "secret")
        };
        let url = url.ok_or_else(|| wrong(field, "the address of the webhook is missing"))?;
        if url.reveal().len() > ADDRESS {
            return Err(wrong(field, "the address has more than 2,000 characters"));
        }
        let host =
            host_of(&for_sending(&url)).map_err(|error| WorkspaceError::invalid(field, error))?;
        let settings = ChannelSettings::Post {
            kind,
            host,
            allow_private: self.allow_private.unwrap_or(false),
        };
        let secrets = Secrets {
            password: None,
            url: Some(url),
            key,
        };
        Ok((settings, secrets))
    }
}

/// The secret as the senders take it.
pub(crate) fn for_sending(secret: &Secret<String>) -> tallyport_notify::Secret {
    tallyport_notify::Secret::new(secret.reveal().clone())
}

/// The password of a mail channel. It is kept only for the server that it was given for: whoever may change
/// the settings could have it sent to another one.
fn password(
    settings: &ChannelSettings,
    secret: Option<Secret<String>>,
    before: Option<(&ChannelSettings, Secrets)>,
) -> Result<Option<Secret<String>>, WorkspaceError> {
    let server = |settings: &ChannelSettings| match settings {
        ChannelSettings::Mail {
            host,
            port,
            security,
            user,
            certificate,
            ..
        } => Some((
            host.clone(),
            *port,
            *security,
            user.clone(),
            certificate.clone(),
        )),
        _ => None,
    };
    let ChannelSettings::Mail { user: Some(_), .. } = settings else {
        return match secret {
            Some(_) => Err(wrong(
                "settings.user",
                "whose password is it? Name the user",
            )),
            None => Ok(None),
        };
    };
    if let Some(secret) = secret {
        return Ok(Some(secret));
    }
    let kept = before
        .filter(|(before, _)| server(before) == server(settings))
        .and_then(|(_, secrets)| secrets.password);
    kept.map(Some).ok_or_else(|| {
        wrong(
            "secret",
            "the password is missing; it is asked for again whenever the server or the user changes",
        )
    })
}

fn sender(from: Option<String>) -> Result<String, WorkspaceError> {
    from.filter(|from| is_mail_address(from)).ok_or_else(|| {
        wrong(
            "settings.from",
            "the mail address of the sender is expected",
        )
    })
}

fn recipients(to: Option<Vec<String>>) -> Result<Vec<String>, WorkspaceError> {
    let to = to.unwrap_or_default();
    if to.is_empty() || to.len() > RECIPIENTS {
        return Err(wrong(
            "settings.to",
            "between 1 and 50 recipients are expected",
        ));
    }
    match to.iter().find(|address| !is_mail_address(address)) {
        None => Ok(to),
        Some(other) => Err(WorkspaceError::invalid(
            "settings.to",
            format!("\"{}\" is not a mail address", shown(other)),
        )),
    }
}

fn numbers(to: Option<Vec<String>>) -> Result<Vec<String>, WorkspaceError> {
    let to = to.unwrap_or_default();
    if to.is_empty() || to.len() > RECIPIENTS {
        return Err(wrong(
            "settings.to",
            "between 1 and 50 numbers are expected",
        ));
    }
    let is_number = |text: &&String| {
        let digits = text.strip_prefix('+').unwrap_or_default();
        (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    match to.iter().find(|text| !is_number(text)) {
        None => Ok(to),
        Some(other) => Err(WorkspaceError::invalid(
            "settings.to",
            format!(
                "\"{}\" is not a phone number: one such as +431234567 is expected",
                shown(other)
            ),
        )),
    }
}

fn region(region: Option<String>) -> Result<Option<String>, WorkspaceError> {
    let region = region.filter(|text| !text.is_empty());
    let is_region = |text: &String| {
        text.len() <= 32
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    match region {
        Some(region) if !is_region(&region) => Err(wrong(
            "settings.region",
            "a region such as eu-central-1 is expected",
        )),
        region => Ok(region),
    }
}

fn sender_id(id: Option<String>) -> Result<Option<String>, WorkspaceError> {
    let id = id.filter(|text| !text.is_empty());
    let is_id = |text: &String| {
        text.len() <= 11
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && text.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    match id {
        Some(id) if !is_id(&id) => Err(wrong(
            "settings.sender_id",
            "a sender's name has 1 to 11 letters and digits, at least one of them a letter",
        )),
        id => Ok(id),
    }
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
