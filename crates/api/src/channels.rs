//! The ways on which notices go out, and what became of each notice.

use axum::extract::State;
use axum::http::StatusCode;
use tallyport_ledger::channel::ChannelKind;
use tallyport_ledger::{ManageChannels, ViewCosts};
use tallyport_workspace::channels::{
    self, ChannelAsk, ChannelSettings, SettingsAsk, security_word,
};
use tallyport_workspace::{ChannelId, ConnectionId, Context, LastSending, Secret};
use utoipa_axum::router::OpenApiRouter;

use crate::deliveries::Delivery;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::wire::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// All channels.
#[derive(Debug, Serialize, ToSchema)]
pub struct Channels {
    /// The desktop's popup first, then by name.
    pub channels: Vec<Channel>,
}

/// A way on which notices go out. What it signs in with is never told.
#[derive(Debug, Serialize, ToSchema)]
pub struct Channel {
    /// Its number; 0 is the desktop's popup, which is always there.
    pub id: i64,
    /// popup, mail, ses, slack, teams, webhook or sms.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Whether it is used.
    pub enabled: bool,
    /// What it is set to, as its kind has it.
    pub settings: Settings,
    /// Whether it has a password, a key or a secret address.
    pub has_secret: bool,
    /// notice, warning or urgent: what is less urgent does not go out on it.
    pub least: String,
    /// When notices that can wait go out as one. Urgent ones never wait.
    #[schema(required)]
    pub digest: Option<Digest>,
    /// How the last attempt went.
    #[schema(required)]
    pub last: Option<LastAttempt>,
}

/// Settings of a channel: of these, the ones that its kind has.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = ChannelSettings)]
pub struct Settings {
    /// mail: the server. slack, teams, webhook: the host of the address, which itself is not told.
    #[schema(required)]
    pub host: Option<String>,
    /// mail: its port.
    #[schema(required)]
    pub port: Option<u16>,
    /// mail: tls, starttls or none.
    #[schema(required)]
    pub security: Option<String>,
    /// mail: who signs in.
    #[schema(required)]
    pub user: Option<String>,
    /// mail: an authority in PEM that is trusted besides this computer's own.
    #[schema(required)]
    pub certificate: Option<String>,
    /// mail, ses: from whom.
    #[schema(required)]
    pub from: Option<String>,
    /// mail, ses: addresses. sms: numbers such as +431234567.
    #[schema(required)]
    pub to: Option<Vec<String>>,
    /// ses, sms: the connection whose credentials send.
    #[schema(required)]
    pub connection: Option<i64>,
    /// ses, sms: the region, if it is not the connection's.
    #[schema(required)]
    pub region: Option<String>,
    /// sms: the name shown as sender.
    #[schema(required)]
    pub sender_id: Option<String>,
    /// slack, teams, webhook: whether the address may lead into a private network.
    #[schema(required)]
    pub allow_private: Option<bool>,
}

/// What a channel is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelDraft {
    /// mail, ses, slack, teams, webhook or sms; one that is there keeps its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Whether it is used.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What it is set to: the settings that its kind has, and no others.
    pub settings: SettingsDraft,
    /// mail: the password. slack, teams: the whole address of the webhook. webhook: the key of at least 16
    /// characters that its signature is made with. A change without one keeps the one that is there.
    #[schema(value_type = Option<String>)]
    pub secret: Option<Hidden>,
    /// notice, warning or urgent: what is less urgent does not go out on it.
    pub least: Option<String>,
    /// When notices that can wait go out as one.
    pub digest: Option<Digest>,
}

const fn yes() -> bool {
    true
}

/// Settings of a channel to be.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsDraft {
    /// mail: the server. Elsewhere it is taken from the address.
    pub host: Option<String>,
    /// mail: its port; 465, or 587 with starttls, if none is given.
    pub port: Option<u16>,
    /// mail: tls, starttls or none (only to this computer, and without a password).
    pub security: Option<String>,
    /// mail: who signs in.
    pub user: Option<String>,
    /// mail: an authority in PEM that is trusted besides this computer's own.
    pub certificate: Option<String>,
    /// mail, ses: from whom.
    pub from: Option<String>,
    /// mail, ses: addresses. sms: numbers such as +431234567.
    pub to: Option<Vec<String>>,
    /// ses, sms: the connection whose credentials send.
    pub connection: Option<i64>,
    /// ses, sms: the region, if it is not the connection's.
    pub region: Option<String>,
    /// sms: the name shown as sender.
    pub sender_id: Option<String>,
    /// slack, teams, webhook: whether the address may lead into a private network.
    pub allow_private: Option<bool>,
    /// webhook: the whole address. It is never told; a change without one keeps the one that is there.
    #[schema(value_type = Option<String>)]
    pub url: Option<Hidden>,
}

/// A secret on its way in.
#[derive(Debug)]
pub struct Hidden(Secret<String>);

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Whatever else stands here may be the secret in another form: the refusal does not repeat it.
        match serde_json::Value::deserialize(deserializer) {
            Ok(serde_json::Value::String(text)) => Ok(Self(Secret::new(text))),
            _ => Err(serde::de::Error::custom("a secret is a text")),
        }
    }
}

/// When notices that can wait go out as one.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Digest {
    /// A time of day.
    #[schema(example = "08:00")]
    pub at: String,
    /// On the clocks of this zone.
    #[schema(example = "Europe/Vienna")]
    pub zone: String,
}

/// How the last attempt went.
#[derive(Debug, Serialize, ToSchema)]
pub struct LastAttempt {
    /// When.
    pub at: Moment,
    /// sent or failed.
    pub state: String,
    /// Why it failed.
    #[schema(required)]
    pub error: Option<String>,
}

impl From<channels::Channel> for Channel {
    fn from(channel: channels::Channel) -> Self {
        let channels::Channel {
            id,
            kind,
            name,
            enabled,
            settings,
            has_secret,
            least,
            digest,
            last,
        } = channel;
        Self {
            id: id.0,
            kind: kind.map_or("popup", ChannelKind::word).to_owned(),
            name,
            enabled,
            settings: settings.map(Settings::from).unwrap_or_default(),
            has_secret,
            least: least.word().to_owned(),
            digest: digest.map(|(time, zone)| Digest {
                at: time.to_string(),
                zone,
            }),
            last: last.map(LastAttempt::from),
        }
    }
}

impl From<LastSending> for LastAttempt {
    fn from(last: LastSending) -> Self {
        let LastSending { at, error } = last;
        Self {
            at: Moment(at),
            state: if error.is_none() { "sent" } else { "failed" }.to_owned(),
            error,
        }
    }
}

impl From<ChannelSettings> for Settings {
    fn from(settings: ChannelSettings) -> Self {
        let none = Self::default();
        match settings {
            ChannelSettings::Mail {
                host,
                port,
                security,
                user,
                from,
                to,
                certificate,
            } => Self {
                host: Some(host),
                port: Some(port),
                security: Some(security_word(security).to_owned()),
                user,
                certificate,
                from: Some(from),
                to: Some(to),
                ..none
            },
            ChannelSettings::Ses {
                connection,
                region,
                from,
                to,
            } => Self {
                connection: Some(connection.0),
                region,
                from: Some(from),
                to: Some(to),
                ..none
            },
            ChannelSettings::Post {
                kind: _,
                host,
                allow_private,
            } => Self {
                host: Some(host),
                allow_private: Some(allow_private),
                ..none
            },
            ChannelSettings::Sms {
                connection,
                region,
                to,
                sender_id,
            } => Self {
                connection: Some(connection.0),
                region,
                to: Some(to),
                sender_id,
                ..none
            },
        }
    }
}

impl TryFrom<ChannelDraft> for ChannelAsk {
    type Error = Problem;

    fn try_from(draft: ChannelDraft) -> Result<Self, Problem> {
        let ChannelDraft {
            kind,
            name,
            enabled,
            settings,
            secret,
            least,
            digest,
        } = draft;
        let wrong = |field: &str, sentence: &str| {
            Problem::invalid(crate::problem::sentence(sentence))
                .details(serde_json::json!({ "field": field }))
        };
        Ok(Self {
            kind: kind
                .parse()
                .map_err(|error: String| wrong("kind", &error))?,
            name,
            enabled,
            settings: settings.into(),
            secret: secret.map(|Hidden(secret)| secret),
            least: least
                .as_deref()
                .unwrap_or("notice")
                .parse()
                .map_err(|error: String| wrong("least", &error))?,
            digest: digest.map(|Digest { at, zone }| (at, zone)),
        })
    }
}

impl From<SettingsDraft> for SettingsAsk {
    fn from(draft: SettingsDraft) -> Self {
        let SettingsDraft {
            host,
            port,
            security,
            user,
            certificate,
            from,
            to,
            connection,
            region,
            sender_id,
            allow_private,
            url,
        } = draft;
        Self {
            host,
            port,
            security,
            user,
            certificate,
            from,
            to,
            connection: connection.map(ConnectionId),
            region,
            sender_id,
            allow_private,
            url: url.map(|Hidden(url)| url),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(channels))
        .routes(guarded_routes!(add_channel))
        .routes(guarded_routes!(change_channel))
        .routes(guarded_routes!(delete_channel))
        .routes(guarded_routes!(test_channel))
}

/// All channels.
#[utoipa::path(
    get, path = "/channels", tag = "channels",
    responses((status = 200, body = Channels), Problem)
)]
async fn channels(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Channels> {
    let found = channels::list(&context, &by.grant).await?;
    Ok(axum::Json(Channels {
        channels: found.into_iter().map(Channel::from).collect(),
    }))
}

/// Adds a channel. Nothing is sent on it until it is tested or an alert is raised.
#[utoipa::path(
    post, path = "/channels", tag = "channels",
    responses((status = 201, body = Channel), Problem)
)]
async fn add_channel(
    by: Caller<ManageChannels>,
    State(context): State<Context>,
    Json(ask): Json<ChannelDraft>,
) -> Result<(StatusCode, axum::Json<Channel>), Problem> {
    let added = channels::add(&context, &by.grant, ask.try_into()?).await?;
    Ok((StatusCode::CREATED, axum::Json(added.into())))
}

/// Changes a channel. What waits on it is tried at once, and so is what failed on it since yesterday.
#[utoipa::path(
    put, path = "/channels/{id}", tag = "channels",
    params(("id" = i64, Path)),
    responses((status = 200, body = Channel), Problem)
)]
async fn change_channel(
    by: Caller<ManageChannels>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<ChannelDraft>,
) -> Answer<Channel> {
    let changed = channels::change(&context, &by.grant, ChannelId(id), ask.try_into()?).await?;
    Ok(axum::Json(changed.into()))
}

/// Removes a channel and forgets its secret; what was sent stays in the log.
#[utoipa::path(
    delete, path = "/channels/{id}", tag = "channels",
    params(("id" = i64, Path)),
    responses((status = 204), Problem)
)]
async fn delete_channel(
    by: Caller<ManageChannels>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    channels::remove(&context, &by.grant, ChannelId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends what an alert looks like on this channel alone, for real, and answers how that went.
#[utoipa::path(
    post, path = "/channels/{id}/test", tag = "channels",
    params(("id" = i64, Path)),
    responses((status = 200, body = Delivery), Problem)
)]
async fn test_channel(
    by: Caller<ManageChannels>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<Delivery> {
    let tested = channels::test(&context, &by.grant, ChannelId(id)).await?;
    Ok(axum::Json(tested.into()))
}
