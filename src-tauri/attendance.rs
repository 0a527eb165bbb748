//! What goes on while a workspace is open, with a window or without: the clock is looked at, popups are
//! shown, the tray says what the month costs.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tallyport_api::InProcess;
use tallyport_workspace::{
    Context,
    delivery::{self, PopupAction},
    jobs,
    schedules::{self, Keeper},
};
use tauri::{AppHandle, Manager, async_runtime::JoinHandle};

use crate::{habits::Habits, places, tray};

/// How often popups are looked for; after work that ended they are looked for at once.
const EVERY: Duration = Duration::from_secs(15);
/// How often the month's total is looked up where nothing ended.
const TOTAL_EVERY: u32 = 40;

/// Goes on until it is dropped.
pub struct Attendance {
    watch: JoinHandle<()>,
    _keeper: Keeper,
}

impl Attendance {
    /// Attends to an open workspace. To be called in the program's runtime.
    pub fn to(app: AppHandle, context: Context, door: InProcess) -> Self {
        Self {
            _keeper: schedules::keep(context.clone()),
            watch: tauri::async_runtime::spawn(watch(app, context, door)),
        }
    }
}

impl Drop for Attendance {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

async fn watch(app: AppHandle, context: Context, door: InProcess) {
    let mut ends = context.jobs.events();
    let mut rounds = 0_u32;
    loop {
        if rounds.is_multiple_of(TOTAL_EVERY) {
            tray::show_total(&app, &door, context.today()).await;
        }
        rounds = rounds.wrapping_add(1);
        tray::show_quiet(&app);
        if !app.state::<Habits>().is_quiet(context.now()) {
            show_popups(&app, &context, &door).await;
        }
        if jobs::ended(&mut ends, EVERY).await {
            rounds = 0;
        }
    }
}

async fn show_popups(app: &AppHandle, context: &Context, door: &InProcess) {
    let popups = match delivery::popups(context).await {
        Ok(popups) => popups,
        Err(error) => {
            tracing::warn!(%error, "popups could not be looked for");
            return;
        }
    };
    for popup in popups {
        let notice = &popup.notice;
        let (app, context_then, door) = (app.clone(), context.clone(), door.clone());
        let (place, alerts) = (notice.place.clone(), notice.alerts.clone());
        let on_action = move |action| match action {
            PopupAction::Open => places::open(&app, &place),
            PopupAction::Snooze => {
                let alerts = alerts.iter().map(|alert| alert.0).collect();
                let until = a_day_after(context_then.now());
                tauri::async_runtime::spawn(async move { snooze(&door, alerts, until).await });
            }
            PopupAction::Dismissed => {}
        };
        let shown = delivery::show_popup(notice, on_action).await;
        if let Err(error) = delivery::popup_shown(context, &popup, shown).await {
            tracing::warn!(%error, "that a popup was shown could not be written down");
        }
    }
}

fn a_day_after(now: Timestamp) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(24))
        .unwrap_or(now)
}

async fn snooze(door: &InProcess, alerts: Vec<i64>, until: Timestamp) {
    for alert in alerts {
        let path = format!("/api/v1/alerts/{alert}/snooze");
        let ask = serde_json::json!({ "until": until.to_string() }).to_string();
        let answer = door.ask(axum::http::Method::POST, &path, Some(ask)).await;
        if !answer.status.is_success() {
            tracing::warn!(alert, status = %answer.status, "an alert could not be snoozed");
        }
    }
}
