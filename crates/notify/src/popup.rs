//! Popups on the desktop of whoever sits here.
//!
//! The notification service is asked on a thread of its own: its library blocks, and it may wait for
//! ever for a person who never clicks.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tallyport_ledger::alert::{Notice, Severity};
use tokio::sync::oneshot;

use crate::text;
use crate::{SendError, figure};

/// What a person did with a popup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// They want to see what it speaks of: a click on it, or its button "Open".
    Open,
    /// Not today.
    Snooze,
    /// It was closed, or went by itself.
    Dismissed,
}

/// How long the notification service may take to accept one.
const ACCEPT: Duration = Duration::from_secs(5);
/// Popups that wait for a click, at most; each costs a thread and a connection to the bus.
const WAITING: usize = 16;
static WAIT: AtomicUsize = AtomicUsize::new(0);

/// Shows a popup; answers once the notification service has it. What the person does is told later,
/// once, on a thread of its own.
///
/// # Errors
/// [`SendError::NoDaemon`] where nothing shows popups: the inbox has the alert anyway.
pub async fn show(
    notice: &Notice,
    on_action: impl FnOnce(Action) + Send + 'static,
) -> Result<(), SendError> {
    let notice = notice.clone();
    let (told, shown) = oneshot::channel();
    std::thread::Builder::new()
        .name("popup".to_owned())
        .spawn(move || on_screen::show(&notice, told, on_action))
        .map_err(|error| SendError::Unusable(format!("no thread for a popup: {error}")))?;
    match tokio::time::timeout(ACCEPT, shown).await {
        Ok(Ok(answer)) => answer,
        // Its thread ended without an answer.
        Ok(Err(_)) => Err(SendError::NoDaemon),
        Err(_) => Err(SendError::TimedOut {
            place: "the notification service".to_owned(),
        }),
    }
}

/// What stands below the title: the text, then the figures.
fn body(notice: &Notice, markup: bool) -> String {
    let mut parts = vec![text::lines(&notice.text, 300)];
    let figures = notice.lines.iter().take(4);
    parts.extend(
        figures.map(|line| format!("{}: {}", text::line(&line.label, 60), figure(line.amount))),
    );
    if notice.lines.len() > 4 {
        parts.push(format!("… and {} more", notice.lines.len() - 4));
    }
    let body = parts.join("\n");
    if markup { text::escaped(&body) } else { body }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod on_screen {
    use notify_rust::{Hint, Notification, NotificationResponse, Timeout, Urgency};

    use super::*;

    pub fn show(
        notice: &Notice,
        told: oneshot::Sender<Result<(), SendError>>,
        on_action: impl FnOnce(Action),
    ) {
        let can = match notify_rust::get_capabilities() {
            Ok(can) => can,
            Err(error) => {
                tracing::debug!(%error, "nothing shows popups");
                let _ = told.send(Err(SendError::NoDaemon));
                return;
            }
        };
        let has = |what: &str| can.iter().any(|known| known == what);
        if told.is_closed() {
            // Too late: it will be asked again.
            return;
        }
        let waits = has("actions") && WAIT.fetch_add(1, Ordering::Relaxed) < WAITING;
        let mut popup = Notification::new();
        popup
            .appname("Tallyport")
            .icon("tallyport")
            .summary(&text::line(&notice.title, 120))
            .body(&body(notice, has("body-markup")))
            .hint(Hint::DesktopEntry("tallyport".to_owned()));
        match notice.severity {
            Severity::Urgent => popup.urgency(Urgency::Critical).timeout(Timeout::Never),
            Severity::Warning => popup
                .urgency(Urgency::Normal)
                .timeout(Timeout::Milliseconds(30_000)),
            Severity::Notice => popup
                .urgency(Urgency::Low)
                .timeout(Timeout::Milliseconds(15_000)),
        };
        if waits {
            popup
                .action("default", "Open")
                .action("open", "Open")
                .action("snooze", "Snooze a day");
        }
        let shown = popup.show();
        let answer = match &shown {
            Ok(_) => Ok(()),
            Err(error) => Err(SendError::Unreachable {
                place: "the notification service".to_owned(),
                why: text::line(&error.to_string(), 200),
            }),
        };
        let _ = told.send(answer);
        if let (Ok(handle), true) = (shown, waits) {
            let mut done = Action::Dismissed;
            let waited = handle.wait_for_response(|response: &NotificationResponse| {
                done = match response {
                    NotificationResponse::Default => Action::Open,
                    NotificationResponse::Action(key) if key == "open" => Action::Open,
                    NotificationResponse::Action(key) if key == "snooze" => Action::Snooze,
                    _ => Action::Dismissed,
                };
            });
            if let Err(error) = waited {
                tracing::debug!(%error, "the notification service went away");
            }
            WAIT.fetch_sub(1, Ordering::Relaxed);
            on_action(done);
        } else {
            if has("actions") {
                WAIT.fetch_sub(1, Ordering::Relaxed);
            }
            on_action(Action::Dismissed);
        }
    }
}

/// macOS and Windows show it; what is clicked there is not told.
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod on_screen {
    use super::*;

    pub fn show(
        notice: &Notice,
        told: oneshot::Sender<Result<(), SendError>>,
        on_action: impl FnOnce(Action),
    ) {
        let _ = (WAITING, &WAIT, Severity::Notice, Ordering::Relaxed);
        let shown = notify_rust::Notification::new()
            .appname("Tallyport")
            .summary(&text::line(&notice.title, 120))
            .body(&body(notice, false))
            .show();
        let _ = told.send(shown.map(drop).map_err(|error| SendError::Unreachable {
            place: "the notification service".to_owned(),
            why: text::line(&error.to_string(), 200),
        }));
        on_action(Action::Dismissed);
    }
}
