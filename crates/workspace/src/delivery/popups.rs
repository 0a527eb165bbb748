//! Popups for whoever can show them.

use std::time::Duration;

use jiff::SignedDuration;
use tallyport_ledger::alert::Notice;
use tallyport_ledger::delivery::{merged, wait_after};
use tallyport_notify::SendError;
use tallyport_store::{Attempted, OutgoingId, Waiting};

use crate::delivery::{SETTLED, TEST, is_settled, later, lease};
use crate::{Context, WorkspaceError};

/// More than this at once and they become one that says so.
const AT_ONCE: usize = 3;
/// A popup that nobody could show for so long is of no use; the inbox has what it says.
const FRESH: SignedDuration = SignedDuration::from_hours(24);
/// The shortest wait where nothing shows popups.
const WITHOUT_DAEMON: Duration = Duration::from_secs(300);

/// A popup to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Popup {
    /// What it says.
    pub notice: Notice,
    ids: Vec<OutgoingId>,
    attempts: u32,
}

/// The popups that are due, claimed for this program: it shows them and says so with [`popup_shown`].
///
/// # Errors
/// The workspace file's.
pub async fn popups(cx: &Context) -> Result<Vec<Popup>, WorkspaceError> {
    let now = cx.now();
    let idle = cx
        .store
        .read(move |r| Ok::<_, WorkspaceError>(r.outgoing_waiting(true, now)?.is_empty()))
        .await?;
    if idle {
        return Ok(Vec::new());
    }
    let process = cx.jobs.process().to_owned();
    cx.store
        .write(move |w| {
            let mut due: Vec<Waiting> = Vec::new();
            for waiting in w.outgoing_waiting(true, now)? {
                if waiting.kind == TEST {
                    w.drop_outgoing(waiting.id, "the test was broken off")?;
                } else if now.duration_since(waiting.created_at) > FRESH {
                    w.drop_outgoing(
                        waiting.id,
                        "nothing showed popups for a day; the inbox has it",
                    )?;
                } else if is_settled(w, &waiting.notice)? {
                    w.drop_outgoing(waiting.id, SETTLED)?;
                } else {
                    due.push(waiting);
                }
            }
            let groups: Vec<Vec<Waiting>> = if due.len() > AT_ONCE {
                vec![due]
            } else {
                due.into_iter().map(|waiting| vec![waiting]).collect()
            };
            let mut popups = Vec::new();
            for group in groups {
                let ids: Vec<OutgoingId> = group.iter().map(|waiting| waiting.id).collect();
                let attempts = group
                    .iter()
                    .map(|waiting| waiting.attempts)
                    .max()
                    .unwrap_or(0);
                if let Some(first) = ids.first() {
                    w.claim_outgoing(&ids, *first, &process, lease(now))?;
                }
                let notices = group.into_iter().map(|waiting| waiting.notice).collect();
                popups.extend(merged(notices).map(|notice| Popup {
                    notice,
                    ids,
                    attempts,
                }));
            }
            Ok(popups)
        })
        .await
}

/// Notes whether a popup was shown. Where nothing shows popups it is tried again later and later for a day.
///
/// # Errors
/// The workspace file's.
pub async fn popup_shown(
    cx: &Context,
    popup: &Popup,
    shown: Result<(), SendError>,
) -> Result<(), WorkspaceError> {
    let now = cx.now();
    let outcome = match shown {
        Ok(()) => Attempted::Sent,
        Err(error) => {
            let mut chance = [0];
            (cx.random)(&mut chance);
            let wait = wait_after(popup.attempts + 1, chance[0], None).max(WITHOUT_DAEMON);
            Attempted::Again {
                at: later(now, wait),
                error: error.to_string(),
            }
        }
    };
    let ids = popup.ids.clone();
    cx.store
        .write(move |w| Ok(w.outgoing_attempted(&ids, now, &outcome)?))
        .await
}
