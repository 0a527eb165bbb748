//! The ways on which notices go out: who may set them, what they are set to, trying one.

mod check;
mod settings;
mod way;

use jiff::tz::TimeZone;
use serde_json::json;
use tallyport_ledger::alert::{Notice, NoticeLine, Severity};
use tallyport_ledger::channel::{ChannelKind, DigestTime};
use tallyport_ledger::{Currency, ManageChannels, Money, Name, ViewCosts};
use tallyport_store::keys::Secret;
use tallyport_store::{
    Attempted, ChannelDraft, ChannelId, Delivery, LastSending, Outgoing, OutgoingId, Reads,
};

use crate::delivery::{self, Sendable};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

pub use check::SettingsAsk;
pub use settings::{ChannelSettings, security_word};
pub(crate) use settings::{Secrets, settings_from};
pub(crate) use way::{mailer, sender};

use settings::settings_to;

/// The desktop's popup, which is always there.
pub const DESKTOP: ChannelId = ChannelId(0);

/// How far back a channel that was mended sends what failed on it.
const MENDED: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

/// A channel as people see it; its secret stays in the workspace file.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Its identity.
    pub id: ChannelId,
    /// What it is; nothing for the desktop's popup.
    pub kind: Option<ChannelKind>,
    /// Its name.
    pub name: String,
    /// Whether it is used.
    pub enabled: bool,
    /// What it is set to; nothing for the desktop's popup.
    pub settings: Option<ChannelSettings>,
    /// Whether there is a secret.
    pub has_secret: bool,
    /// The least severity that goes out on it.
    pub least: Severity,
    /// When notices that can wait go out as one, and in which zone.
    pub digest: Option<(DigestTime, String)>,
    /// How the last attempt went.
    pub last: Option<LastSending>,
}

/// What a channel is to be.
#[derive(Debug, Clone)]
pub struct ChannelAsk {
    /// What it is; one that is there keeps its kind.
    pub kind: ChannelKind,
    /// Its name.
    pub name: String,
    /// Whether it is used.
    pub enabled: bool,
    /// What it is set to.
    pub settings: SettingsAsk,
    /// Its password, key or address; what it had if none is given.
    pub secret: Option<Secret<String>>,
    /// The least severity that goes out on it.
    pub least: Severity,
    /// When notices that can wait go out as one, such as 08:00, and in which zone.
    pub digest: Option<(String, String)>,
}

/// The channels: the desktop first, then by name.
///
/// # Errors
/// The workspace file's.
pub async fn list(cx: &Context, _by: &Grant<ViewCosts>) -> Result<Vec<Channel>, WorkspaceError> {
    cx.store
        .read(|r| {
            let mut all = vec![desktop(r)?];
            for channel in r.channels()? {
                all.push(seen(channel)?);
            }
            Ok(all)
        })
        .await
}

/// Adds a channel. Nothing is sent: `test` does that.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field; the name is taken.
pub async fn add(
    cx: &Context,
    by: &Grant<ManageChannels>,
    ask: ChannelAsk,
) -> Result<Channel, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let draft = draft(w, ask, None)?;
            let id = w.add_channel(&draft)?;
            let details = json!({ "id": id.0, "channel": told(&draft)? });
            trail.keep(w, "channel.added", draft.name.as_str(), &details)?;
            seen(w.channel(id)?)
        })
        .await
}

/// Changes a channel; its kind stays. What waits on it, or failed on it since yesterday, is tried at once.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field; [`WorkspaceError::NotFound`]; the name is taken.
pub async fn change(
    cx: &Context,
    by: &Grant<ManageChannels>,
    id: ChannelId,
    ask: ChannelAsk,
) -> Result<Channel, WorkspaceError> {
    not_the_desktop(id)?;
    let trail = Trail::of(cx, by);
    let now = cx.now();
    cx.store
        .write(move |w| {
            let before = w.channel(id)?;
            if before.kind != ask.kind {
                return Err(WorkspaceError::invalid(
                    "kind",
                    "a channel keeps its kind: add another one",
                ));
            }
            let secrets = Secrets::from_text(w.channel_secrets(id)?.as_ref())?;
            let draft = draft(w, ask, Some((&before, secrets.clone())))?;
            w.change_channel(id, &draft)?;
            w.retry_channel(id, now.saturating_sub(MENDED).unwrap_or(now), now)?;
            let secret_changed = Secrets::from_text(draft.secrets.as_ref())? != secrets;
            let details = json!({
                "id": id.0, "before": before.name, "channel": told(&draft)?, "secret_changed": secret_changed,
            });
            trail.keep(w, "channel.changed", draft.name.as_str(), &details)?;
            seen(w.channel(id)?)
        })
        .await
}

/// Removes a channel and forgets its secret. What was sent on it stays in the log.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn remove(
    cx: &Context,
    by: &Grant<ManageChannels>,
    id: ChannelId,
) -> Result<(), WorkspaceError> {
    not_the_desktop(id)?;
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.channel(id)?;
            w.remove_channel(id)?;
            trail.keep(w, "channel.removed", &before.name, &json!({ "id": id.0 }))?;
            Ok(())
        })
        .await
}

/// Sends what an alert looks like, now and on this channel alone, and answers how that went. The delivery is
/// in the log as any other; it is not repeated.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; that it could not be sent is an answer, not an error.
pub async fn test(
    cx: &Context,
    by: &Grant<ManageChannels>,
    id: ChannelId,
) -> Result<Delivery, WorkspaceError> {
    let trail = Trail::of(cx, by);
    let now = cx.now();
    let process = cx.jobs.process().to_owned();
    let channel = (id != DESKTOP).then_some(id);
    let (outgoing, notice, way) = cx
        .store
        .write(move |w| {
            let found = channel.map(|id| w.channel(id)).transpose()?;
            let name = found.as_ref().map_or(DESKTOP_NAME, |found| &found.name);
            let notice = example(
                found
                    .as_ref()
                    .map_or(Severity::Warning, |found| found.least),
            );
            let outgoing = w.post(&Outgoing {
                channel,
                kind: delivery::TEST,
                notice: &notice,
                at: now,
            })?;
            w.claim_outgoing(&[outgoing], outgoing, &process, delivery::lease(now))?;
            trail.keep(w, "channel.tested", name, &json!({ "id": id.0 }))?;
            let way = found.map(|found| -> Result<_, WorkspaceError> {
                let secrets = Secrets::from_text(w.channel_secrets(found.id)?.as_ref())?;
                Ok((found, secrets))
            });
            Ok::<_, WorkspaceError>((outgoing, notice, way.transpose()?))
        })
        .await?;
    let sent = match way {
        None => tallyport_notify::popup::show(&notice, |_| {}).await,
        Some((channel, secrets)) => {
            let parcel = Sendable::one(channel, secrets, outgoing, notice);
            delivery::send(cx, &parcel).await?
        }
    };
    let outcome = match sent {
        Ok(()) => Attempted::Sent,
        Err(error) => Attempted::Failed(error.to_string()),
    };
    settled(cx, outgoing, outcome).await
}

async fn settled(
    cx: &Context,
    id: OutgoingId,
    outcome: Attempted,
) -> Result<Delivery, WorkspaceError> {
    let now = cx.now();
    cx.store
        .write(move |w| {
            w.outgoing_attempted(&[id], now, &outcome)?;
            Ok(w.delivery(id)?)
        })
        .await
}

/// What the desktop's popup is called among channels.
pub const DESKTOP_NAME: &str = "Desktop popup";

fn not_the_desktop(id: ChannelId) -> Result<(), WorkspaceError> {
    if id == DESKTOP {
        return Err(WorkspaceError::Conflict {
            code: "channel.desktop",
            reason: "the desktop's popup is always there and cannot be set".to_owned(),
            hint: Some("Snooze or mute a budget to hear less of it.".to_owned()),
        });
    }
    Ok(())
}

fn desktop(r: &Reads<'_>) -> Result<Channel, WorkspaceError> {
    Ok(Channel {
        id: DESKTOP,
        kind: None,
        name: DESKTOP_NAME.to_owned(),
        enabled: true,
        settings: None,
        has_secret: false,
        least: Severity::Notice,
        digest: None,
        last: r.last_sending(None)?,
    })
}

fn seen(channel: tallyport_store::Channel) -> Result<Channel, WorkspaceError> {
    let tallyport_store::Channel {
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
    Ok(Channel {
        id,
        kind: Some(kind),
        name,
        enabled,
        settings: Some(settings_from(kind, &settings)?),
        has_secret,
        least,
        digest,
        last,
    })
}

fn draft(
    r: &Reads<'_>,
    ask: ChannelAsk,
    before: Option<(&tallyport_store::Channel, Secrets)>,
) -> Result<ChannelDraft, WorkspaceError> {
    let ChannelAsk {
        kind,
        name,
        enabled,
        settings,
        secret,
        least,
        digest,
    } = ask;
    let name = Name::parse(&name)?;
    let digest = digest.map(digest_of).transpose()?;
    let parsed = before
        .map(|(before, secrets)| {
            settings_from(kind, &before.settings).map(|known| (known, secrets))
        })
        .transpose()?;
    let before = parsed
        .as_ref()
        .map(|(known, secrets)| (known, secrets.clone()));
    let (settings, secrets) = settings.checked(kind, secret, before)?;
    if let ChannelSettings::Ses { connection, .. } | ChannelSettings::Sms { connection, .. } =
        &settings
    {
        r.connection(*connection)?;
    }
    Ok(ChannelDraft {
        kind,
        name,
        enabled,
        settings: settings_to(&settings).to_string(),
        secrets: secrets.to_text(),
        least,
        digest,
    })
}

fn digest_of((at, zone): (String, String)) -> Result<(DigestTime, String), WorkspaceError> {
    let time = DigestTime::parse(&at).ok_or_else(|| {
        WorkspaceError::invalid("digest.at", "a time of day such as 08:00 is expected")
    })?;
    TimeZone::get(&zone).map_err(|_| {
        WorkspaceError::invalid(
            "digest.zone",
            "this zone is not known: a name such as Europe/Berlin or UTC is expected",
        )
    })?;
    Ok((time, zone))
}

/// What the audit trail says of a channel: all but its secrets.
fn told(draft: &ChannelDraft) -> Result<serde_json::Value, WorkspaceError> {
    let settings = settings_from(draft.kind, &draft.settings)?;
    let digest = draft
        .digest
        .as_ref()
        .map(|(time, zone)| json!({ "at": time.to_string(), "zone": zone }));
    Ok(json!({
        "kind": draft.kind.word(), "enabled": draft.enabled, "settings": settings_to(&settings),
        "least": draft.least.word(), "digest": digest, "has_secret": draft.secrets.is_some(),
    }))
}

/// What an alert looks like, with figures that nobody takes for real.
fn example(severity: Severity) -> Notice {
    let line = |label: &str, units: i128| NoticeLine {
        label: label.to_owned(),
        amount: Money::from_nanos(units * 10_000_000, Currency::USD),
    };
    Notice {
        title: "Test: example budget at 81 % of its limit".to_owned(),
        text: "This is a test of this channel; no budget of yours is meant. An alert names the budget, the \
               threshold it reached, and what was spent."
            .to_owned(),
        severity,
        alerts: Vec::new(),
        place: "/alerts/channels".to_owned(),
        lines: vec![
            line("Example: spent so far", 81_234),
            line("Example: limit of the month", 100_000),
        ],
    }
}
