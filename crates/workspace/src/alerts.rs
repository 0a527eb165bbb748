//! Alerts, and what people answer to them.

use jiff::Timestamp;
use serde_json::json;
use tallyport_ledger::alert::{AlertId, Notice};
use tallyport_ledger::{SetBudgets, ViewCosts};
use tallyport_store::{Alert, AlertQuery, Outgoing, Writes};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// Alerts, and how many are open.
#[derive(Debug, Clone)]
pub struct Alerts {
    /// The newest first.
    pub alerts: Vec<Alert>,
    /// How many nobody has answered.
    pub open: u32,
}

/// What somebody answers to an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is seen to.
    Acknowledge,
    /// Later.
    Snooze(Timestamp),
    /// Not answered after all.
    Reopen,
}

/// Alerts, the newest first.
///
/// # Errors
/// The workspace file's.
pub async fn list(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    query: AlertQuery,
) -> Result<Alerts, WorkspaceError> {
    cx.store
        .read(move |r| {
            Ok(Alerts {
                alerts: r.alerts(query)?,
                open: r.open_alerts()?,
            })
        })
        .await
}

/// Answers an alert.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; put off until a moment that has passed.
pub async fn answer(
    cx: &Context,
    by: &Grant<SetBudgets>,
    id: AlertId,
    answer: Answer,
) -> Result<Alert, WorkspaceError> {
    let (trail, name, now) = (Trail::of(cx, by), by.name().to_owned(), cx.now());
    if let Answer::Snooze(until) = answer
        && until <= now
    {
        return Err(WorkspaceError::invalid(
            "until",
            "an alert is put off until a later moment",
        ));
    }
    cx.store
        .write(move |w| {
            let alert = answered(w, id, answer, &name, now)?;
            let (action, until) = match answer {
                Answer::Acknowledge => ("alert.acknowledged", None),
                Answer::Snooze(until) => ("alert.snoozed", Some(until.to_string())),
                Answer::Reopen => ("alert.reopened", None),
            };
            let details = json!({ "id": id.0, "until": until });
            trail.keep(w, action, &alert.title, &details)?;
            Ok(alert)
        })
        .await
}

fn answered(
    w: &mut Writes<'_>,
    id: AlertId,
    answer: Answer,
    by: &str,
    now: Timestamp,
) -> Result<Alert, WorkspaceError> {
    Ok(match answer {
        Answer::Acknowledge => w.acknowledge_alert(id, by, now)?,
        Answer::Snooze(until) => w.snooze_alert(id, until)?,
        Answer::Reopen => w.reopen_alert(id)?,
    })
}

/// Puts a notice out for the desktop and every channel that is used; each decides whether it is urgent enough.
pub(crate) fn tell_everybody(
    w: &mut Writes<'_>,
    notice: &Notice,
    at: Timestamp,
) -> Result<(), WorkspaceError> {
    let channels = w.channels()?.into_iter().filter(|channel| channel.enabled);
    let channels: Vec<_> = channels.map(|channel| Some(channel.id)).collect();
    for channel in std::iter::once(None).chain(channels) {
        w.post(&Outgoing {
            channel,
            kind: "alerts",
            notice,
            at,
        })?;
    }
    Ok(())
}

/// One alert.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn one(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    id: AlertId,
) -> Result<Alert, WorkspaceError> {
    cx.store.read(move |r| Ok(r.alert(id)?)).await
}
