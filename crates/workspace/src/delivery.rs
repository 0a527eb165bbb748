//! Notices on their way: what is due is claimed, sent and noted, by whichever program comes first.
//!
//! Who calls this is the program's own clock, not a person; so nothing here asks for a permission.

pub(crate) mod letters;
mod popups;

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tallyport_ledger::ViewCosts;
use tallyport_ledger::alert::{AlertState, Notice, Severity};
use tallyport_ledger::channel::ChannelKind;
use tallyport_ledger::delivery::{is_given_up, merged, wait_after};
use tallyport_notify::{Parcel, SendError};
use tallyport_store::{
    Attempted, Channel, ChannelId, Delivery, DeliveryQuery, InvoiceId, Letter, OutgoingId, Reads,
    StoreError, Waiting, Workspace, Writes,
};

use crate::channels::{self, ChannelSettings, Secrets, settings_from};
use crate::{Context, Grant, WorkspaceError};

pub use popups::{Popup, popup_shown, popups};
pub use tallyport_notify::popup::{Action as PopupAction, show as show_popup};

/// The kind of a notice that tries a channel: it goes out at once, whatever the channel is set to.
pub(crate) const TEST: &str = "test";

/// For how long a notice that is being sent is nobody else's; what a program that died had claimed is sent
/// by another after that.
const LEASE: SignedDuration = SignedDuration::from_secs(180);
/// How long sending may take, whatever the channel does.
const PATIENCE: Duration = Duration::from_secs(90);
/// Parcels on one channel in one call; the rest follows at the next.
const ROUNDS: usize = 50;
/// Letters that one channel sends at the same time: servers turn away who comes with more.
const LETTERS: usize = 4;

/// What came of a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Notices that were taken.
    pub sent: usize,
    /// Notices that are not tried again.
    pub failed: usize,
    /// Notices that are tried again.
    pub waiting: usize,
}

/// Notices that go out as one, and all that is needed for it.
#[derive(Debug, Clone)]
pub(crate) struct Sendable {
    channel: Channel,
    secrets: Secrets,
    /// The one of the channel's recipients that they are for; all of them if there is none.
    recipient: Option<String>,
    /// The first of them, by which receivers know the parcel.
    first: OutgoingId,
    ids: Vec<OutgoingId>,
    notice: Notice,
    /// Where it is a letter: the invoice that it carries, to whom, and with what.
    letter: Option<(InvoiceId, Letter)>,
    attempts: u32,
    created_at: Timestamp,
}

impl Sendable {
    /// A notice that goes out by itself, for the first time.
    pub fn one(channel: Channel, secrets: Secrets, id: OutgoingId, notice: Notice) -> Self {
        Self {
            channel,
            secrets,
            recipient: None,
            first: id,
            ids: vec![id],
            notice,
            letter: None,
            attempts: 0,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }
}

/// Until when something claimed now is nobody else's.
pub(crate) fn lease(now: Timestamp) -> Timestamp {
    now.saturating_add(LEASE).unwrap_or(now)
}

/// Sends what is due on all channels but the desktop's. Several programs may do so at the same time.
///
/// # Errors
/// The workspace file's; that a channel does not work is noted, not told.
pub async fn deliver_due(cx: &Context) -> Result<Delivered, WorkspaceError> {
    let mut total = Delivered::default();
    // A way that failed in this call is left alone until the next: it would keep all others waiting.
    let mut resting: HashSet<Way> = HashSet::new();
    for _ in 0..ROUNDS {
        let now = cx.now();
        // Most of the time there is nothing to do, and nobody has to wait for the one writer.
        let idle = cx
            .store
            .read(move |r| Ok::<_, WorkspaceError>(r.outgoing_waiting(false, now)?.is_empty()))
            .await?;
        if idle {
            break;
        }
        let process = cx.jobs.process().to_owned();
        let left_alone = resting.clone();
        let parcels = cx
            .store
            .write(move |w| claim(w, &left_alone, &process, now))
            .await?;
        if parcels.is_empty() {
            break;
        }
        let mut sending = tokio::task::JoinSet::new();
        for parcel in parcels {
            let cx = cx.clone();
            sending.spawn(async move {
                let way = (parcel.channel.id, parcel.recipient.clone());
                let is_letter = parcel.letter.is_some();
                (way, is_letter, parcel.ids.len(), sent(&cx, parcel).await)
            });
        }
        while let Some(ended) = sending.join_next().await {
            let (way, is_letter, count, outcome) = ended
                .map_err(|error| WorkspaceError::Fault(format!("sending ended badly: {error}")))?;
            match outcome? {
                Attempted::Sent => total.sent += count,
                Attempted::Again { .. } => {
                    total.waiting += count;
                    if is_letter {
                        // Others would wait for the same server.
                        resting.insert((way.0, None));
                    }
                    resting.insert(way);
                }
                Attempted::Failed(_) => {
                    total.failed += count;
                    resting.insert(way);
                }
            }
        }
    }
    Ok(total)
}

/// A channel, and the one of its recipients who is meant where each gets their own.
type Way = (ChannelId, Option<String>);

/// Claims at most one parcel a way. What is not to go out is dropped with the reason.
fn claim(
    w: &mut Writes<'_>,
    resting: &HashSet<Way>,
    process: &str,
    now: Timestamp,
) -> Result<Vec<Sendable>, WorkspaceError> {
    let known: BTreeMap<ChannelId, Channel> = w
        .channels()?
        .into_iter()
        .map(|channel| (channel.id, channel))
        .collect();
    let numbers = numbers(&known)?;
    for waiting in w.outgoing_waiting(false, now)? {
        let of = waiting.channel.and_then(|id| numbers.get(&id));
        if let (Some(of), None) = (of, &waiting.recipient) {
            w.split_outgoing(waiting.id, of)?;
        }
    }
    let mut chosen: BTreeMap<Way, Vec<Waiting>> = BTreeMap::new();
    let mut letters: BTreeMap<ChannelId, usize> = BTreeMap::new();
    for waiting in w.outgoing_waiting(false, now)? {
        let Some(id) = waiting.channel else {
            continue;
        };
        let is_letter = waiting.letter.is_some();
        let recipient = letters::recipients(&waiting).or(waiting.recipient.clone());
        let way: Way = (id, recipient);
        if resting.contains(&way) || (is_letter && resting.contains(&(id, None))) {
            continue;
        }
        let Some(channel) = known.get(&id) else {
            w.drop_outgoing(waiting.id, "the channel was removed")?;
            continue;
        };
        let of = numbers.get(&id).map_or(&[][..], Vec::as_slice);
        if let Some(why) = unwanted(channel, of, &waiting) {
            w.drop_outgoing(waiting.id, why)?;
            continue;
        }
        // A parcel that was tried stays as it is.
        if waiting.parcel.is_none() && is_settled(w, &waiting.notice)? {
            w.drop_outgoing(waiting.id, SETTLED)?;
            continue;
        }
        let held = held_until(channel, &waiting, now);
        if let Some(until) = held.filter(|until| *until > now) {
            w.hold_outgoing(waiting.id, until)?;
            continue;
        }
        if is_letter {
            let begun = letters.entry(id).or_default();
            if *begun >= LETTERS || chosen.contains_key(&way) {
                continue;
            }
            *begun += 1;
        }
        let together = chosen.entry(way).or_default();
        let fits = match together.first() {
            None => true,
            // A second attempt is the same parcel as the first.
            Some(first) if first.parcel.is_some() => waiting.parcel == first.parcel,
            // What waited for one digest goes out as one.
            Some(first) => {
                waiting.parcel.is_none()
                    && held.is_some()
                    && held_until(channel, first, now).is_some()
            }
        };
        if fits {
            together.push(waiting);
        }
    }
    let mut parcels = Vec::new();
    for ((id, recipient), together) in chosen {
        let (Some(channel), Some(first)) = (known.get(&id), together.first()) else {
            continue;
        };
        let parcel = first.parcel.unwrap_or(first.id);
        let (attempts, created_at) = (first.attempts, first.created_at);
        let letter = first.letter.clone();
        let ids: Vec<OutgoingId> = together.iter().map(|waiting| waiting.id).collect();
        w.claim_outgoing(&ids, parcel, process, lease(now))?;
        let notices = together.into_iter().map(|waiting| waiting.notice).collect();
        if let Some(notice) = merged(notices) {
            parcels.push(Sendable {
                channel: channel.clone(),
                secrets: Secrets::from_text(w.channel_secrets(id)?.as_ref())?,
                recipient,
                first: parcel,
                ids,
                notice,
                letter,
                attempts,
                created_at,
            });
        }
    }
    Ok(parcels)
}

/// The numbers of the channels that send to each of several by itself.
fn numbers(
    channels: &BTreeMap<ChannelId, Channel>,
) -> Result<BTreeMap<ChannelId, Vec<String>>, WorkspaceError> {
    let mut numbers = BTreeMap::new();
    for channel in channels.values() {
        if channel.kind == ChannelKind::Sms
            && let ChannelSettings::Sms { to, .. } = settings_from(channel.kind, &channel.settings)?
        {
            numbers.insert(channel.id, to);
        }
    }
    Ok(numbers)
}

/// Why a notice does not go out on a channel, if so.
fn unwanted(channel: &Channel, numbers: &[String], waiting: &Waiting) -> Option<&'static str> {
    if waiting.kind == TEST {
        // Its program died while it was sent; nobody waits for it any more.
        Some("the test was broken off")
    } else if !channel.enabled {
        Some("the channel is switched off")
    } else if waiting.letter.is_some() {
        // Whom it is for and that it is to go, somebody has said.
        None
    } else if waiting.notice.severity < channel.least {
        Some("it is less urgent than what this channel is for")
    } else if (waiting.recipient.as_ref()).is_some_and(|number| !numbers.contains(number)) {
        Some("the number was taken from the channel")
    } else {
        None
    }
}

/// Why a notice is not sent that nobody has to hear any more.
const SETTLED: &str = "somebody has seen to it before it went out, or it is so no longer";

/// Whether all that a notice tells of was acknowledged or cleared while it waited.
fn is_settled(r: &Reads<'_>, notice: &Notice) -> Result<bool, WorkspaceError> {
    for id in &notice.alerts {
        match r.alert(*id) {
            Ok(alert) if matches!(alert.state, AlertState::Acknowledged | AlertState::Cleared) => {}
            Ok(_) | Err(StoreError::NotFound { .. }) => return Ok(false),
            Err(other) => return Err(other.into()),
        }
    }
    Ok(!notice.alerts.is_empty())
}

/// When a notice that can wait goes out, where the channel collects those.
fn held_until(channel: &Channel, waiting: &Waiting, now: Timestamp) -> Option<Timestamp> {
    let (time, zone) = channel.digest.as_ref()?;
    let at_once = waiting.notice.severity == Severity::Urgent || waiting.letter.is_some();
    if at_once || waiting.parcel.is_some() {
        return None;
    }
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Some(time.after(waiting.created_at.min(now), &zone))
}

async fn sent(cx: &Context, parcel: Sendable) -> Result<Attempted, WorkspaceError> {
    let outcome = send(cx, &parcel).await?;
    let now = cx.now();
    let outcome = match outcome {
        Ok(()) => Attempted::Sent,
        Err(error) if error.is_lasting() => Attempted::Failed(error.to_string()),
        Err(error) if is_given_up(parcel.created_at, now) => {
            Attempted::Failed(format!("{error}; given up after three days"))
        }
        Err(error) => {
            let mut chance = [0];
            (cx.random)(&mut chance);
            let wait = wait_after(parcel.attempts + 1, chance[0], error.after());
            Attempted::Again {
                at: later(now, wait),
                error: error.to_string(),
            }
        }
    };
    let (ids, letter, noted) = (parcel.ids, parcel.letter, outcome.clone());
    cx.store
        .write(move |w| {
            w.outgoing_attempted(&ids, now, &noted)?;
            match &letter {
                Some(letter) => letters::noted(w, letter, &noted, now),
                None => Ok(()),
            }
        })
        .await?;
    match &outcome {
        Attempted::Sent => tracing::info!(channel = parcel.channel.id.0, "a notice was sent"),
        Attempted::Again { error, .. } | Attempted::Failed(error) => {
            tracing::warn!(
                channel = parcel.channel.id.0,
                error,
                "a notice was not sent"
            );
        }
    }
    Ok(outcome)
}

pub(crate) fn later(now: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait)
        .ok()
        .and_then(|wait| now.checked_add(wait).ok())
        .unwrap_or(now)
}

/// Sends a parcel, once.
pub(crate) async fn send(
    cx: &Context,
    parcel: &Sendable,
) -> Result<Result<(), SendError>, WorkspaceError> {
    if let Some((invoice, letter)) = &parcel.letter {
        return letters::send(cx, parcel, *invoice, letter).await;
    }
    let (secrets, only) = (parcel.secrets.clone(), parcel.recipient.clone());
    let sender = match channels::sender(cx, &parcel.channel, secrets, only).await? {
        Ok(sender) => sender,
        Err(error) => return Ok(Err(error)),
    };
    let workspace = cx
        .store
        .read(|r| Ok::<_, WorkspaceError>(r.workspace()?))
        .await?;
    let parcel = Parcel {
        id: reference(&workspace, parcel.first),
        sent_at: cx.now(),
        workspace: workspace.name,
        notice: parcel.notice.clone(),
    };
    Ok(
        match tokio::time::timeout(PATIENCE, sender.send(&parcel)).await {
            Ok(answer) => answer,
            Err(_) => Err(SendError::TimedOut {
                place: "the channel".to_owned(),
            }),
        },
    )
}

/// The name of a parcel whose first notice this is: of this workspace and of no other, the same at every attempt.
fn reference(workspace: &Workspace, first: OutgoingId) -> String {
    let id = workspace.id.0.iter().map(|byte| format!("{byte:02x}"));
    format!("{}-{first}", id.collect::<String>())
}

/// Deliveries, newest first, and whether there are more.
///
/// # Errors
/// The workspace file's.
pub async fn log(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    mut ask: DeliveryQuery,
) -> Result<(Vec<Delivery>, bool), WorkspaceError> {
    let limit = ask.limit;
    ask.limit = limit.saturating_add(1);
    let mut found = cx
        .store
        .read(move |r| Ok::<_, WorkspaceError>(r.deliveries(&ask)?))
        .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    Ok((found, more))
}
