//! From a channel as it is kept to something that sends.

use tallyport_ledger::channel::ChannelKind;
use tallyport_notify::{Mail, Mailer, SendError, Sender, Ses, Slack, Sms, Teams, Webhook};
use tallyport_store::{Channel, ConnectionId};

use crate::channels::check::for_sending;
use crate::channels::settings::{ChannelSettings, Secrets, settings_from};
use crate::clients::stored;
use crate::{Context, WorkspaceError};

/// What sends on a channel; to one of its numbers only, if one is named.
pub(crate) async fn sender(
    cx: &Context,
    channel: &Channel,
    secrets: Secrets,
    only: Option<String>,
) -> Result<Result<Box<dyn Sender>, SendError>, WorkspaceError> {
    let settings = settings_from(channel.kind, &channel.settings)?;
    if matches!(channel.kind, ChannelKind::Mail | ChannelKind::Ses) {
        let mailer = mailer_of(cx, settings, &secrets).await?;
        return Ok(mailer.map(|mailer| -> Box<dyn Sender> { mailer }));
    }
    let Secrets { url, key, .. } = secrets;
    Ok(match settings {
        ChannelSettings::Mail { .. } | ChannelSettings::Ses { .. } => Err(no_mail()),
        ChannelSettings::Post {
            kind,
            host: _,
            allow_private,
        } => match (url.as_ref().map(for_sending), kind) {
            (None, _) => Err(unusable("the channel's address is missing")),
            (Some(address), ChannelKind::Slack) => Ok(Box::new(Slack {
                address,
                allow_private,
            })),
            (Some(address), ChannelKind::Teams) => Ok(Box::new(Teams {
                address,
                allow_private,
            })),
            (Some(address), _) => match key.as_ref().map(for_sending) {
                Some(key) => Ok(Box::new(Webhook {
                    address,
                    key,
                    allow_private,
                })),
                None => Err(unusable(
                    "the key that the webhook is signed with is missing",
                )),
            },
        },
        ChannelSettings::Sms {
            connection,
            region,
            to,
            sender_id,
        } => match config(cx, connection, region).await? {
            Ok(config) => Ok(Box::new(Sms {
                config,
                to: only.map_or(to, |number| vec![number]),
                sender_id,
            })),
            Err(error) => Err(error),
        },
    })
}

/// What sends letters on a channel of mail.
pub(crate) async fn mailer(
    cx: &Context,
    channel: &Channel,
    secrets: Secrets,
) -> Result<Result<Box<dyn Mailer>, SendError>, WorkspaceError> {
    let settings = settings_from(channel.kind, &channel.settings)?;
    mailer_of(cx, settings, &secrets).await
}

async fn mailer_of(
    cx: &Context,
    settings: ChannelSettings,
    secrets: &Secrets,
) -> Result<Result<Box<dyn Mailer>, SendError>, WorkspaceError> {
    Ok(match settings {
        ChannelSettings::Mail {
            host,
            port,
            security,
            user,
            from,
            to,
            certificate,
        } => Ok(Box::new(Mail {
            host,
            port,
            protection: security,
            authority: certificate,
            sign_in: user.zip(secrets.password.as_ref().map(for_sending)),
            from,
            to,
        })),
        ChannelSettings::Ses {
            connection,
            region,
            from,
            to,
        } => match config(cx, connection, region).await? {
            Ok(config) => Ok(Box::new(Ses { config, from, to })),
            Err(error) => Err(error),
        },
        ChannelSettings::Post { .. } | ChannelSettings::Sms { .. } => Err(no_mail()),
    })
}

fn no_mail() -> SendError {
    unusable("this channel sends no mail")
}

async fn config(
    cx: &Context,
    connection: ConnectionId,
    region: Option<String>,
) -> Result<Result<aws_config::SdkConfig, SendError>, WorkspaceError> {
    match stored(cx, connection).await {
        Ok(found) => {
            let region = region.or(found.region);
            Ok(Ok((cx.aws)(&found.access, region.as_deref()).await))
        }
        Err(WorkspaceError::NotFound { .. }) => Ok(Err(unusable(
            "the connection whose credentials the channel sends with is gone",
        ))),
        Err(other) => Err(other),
    }
}

fn unusable(why: &str) -> SendError {
    SendError::Unusable(why.to_owned())
}
